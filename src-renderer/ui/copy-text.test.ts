import { afterEach, describe, expect, it, vi } from 'vitest';
import { copyText } from './copy-text.ts';

afterEach(() => vi.unstubAllGlobals());

function withClipboard(writeText: (text: string) => Promise<void>, execCommand: () => boolean): void {
  vi.stubGlobal('navigator', { clipboard: { writeText } });
  Object.assign(document, { execCommand });
}

describe('copying', () => {
  it('uses the clipboard where that is permitted', async () => {
    const write = vi.fn(() => Promise.resolve());
    withClipboard(write, () => false);
    expect(await copyText('a\tb')).toBe(true);
    expect(write).toHaveBeenCalledWith('a\tb');
  });

  it('copies what it marks where that is refused, and leaves nothing behind', async () => {
    let marked = '';
    withClipboard(
      () => Promise.reject(new DOMException('Write permission denied.', 'NotAllowedError')),
      () => {
        marked = document.querySelector('textarea')?.value ?? '';
        return true;
      },
    );
    expect(await copyText('a\tb')).toBe(true);
    expect(marked).toBe('a\tb');
    expect(document.querySelector('textarea')).toBeNull();
  });

  it('says so where nothing can be copied', async () => {
    withClipboard(
      () => Promise.reject(new DOMException('no', 'NotAllowedError')),
      () => false,
    );
    expect(await copyText('a')).toBe(false);
  });
});
