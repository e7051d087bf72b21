import { EventEmitter } from 'node:events';
import type { App } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import { beTheOnlyOne } from './single-instance.ts';

class AppDouble extends EventEmitter {
  readonly quit = vi.fn();
  readonly requestSingleInstanceLock: () => boolean;

  constructor(isFirst: boolean) {
    super();
    this.requestSingleInstanceLock = vi.fn(() => isFirst);
  }
}

const asApp = (app: AppDouble): App => app as unknown as App;

describe('a second start', () => {
  it('ends, and hands nothing over', () => {
    const app = new AppDouble(false);
    expect(beTheOnlyOne(asApp(app), vi.fn())).toBe(false);
    expect(app.quit).toHaveBeenCalledOnce();
    expect(app.requestSingleInstanceLock).toHaveBeenCalledWith();
  });

  it('means "show yourself" to the first, whatever it was called with', () => {
    const app = new AppDouble(true);
    const show = vi.fn();
    expect(beTheOnlyOne(asApp(app), show)).toBe(true);
    const hostile = ['switchyard.exe', '--inspect', '--settings', '\\\\evil\\share\\x', '--capture=C:\\x'];
    app.emit('second-instance', {}, hostile, '\\\\evil\\share', { say: 'apply' });
    expect(show.mock.calls).toEqual([[]]);
    expect(app.quit).not.toHaveBeenCalled();
  });
});
