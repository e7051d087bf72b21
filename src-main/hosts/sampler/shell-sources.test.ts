import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fail, type FailureKind, type Result } from '#shared/result.ts';
import type { ScriptReply, Shell } from '../../powershell/shell.ts';
import { shellSources } from './shell-sources.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** The first source over a shell whose calls all fail alike. */
function failing(kind: FailureKind) {
  const run = vi.fn((): Promise<Result<ScriptReply>> => Promise.resolve(fail(kind, 'It ended.')));
  const shell: Shell = {
    run,
    facts: () => Promise.resolve(fail('exited', '')),
    close: () => Promise.resolve(),
  };
  const engine = { executable: '/ps', workingFolder: '/', environment: {}, moduleFolders: [] };
  const [source] = shellSources(engine, () => shell);
  if (source === undefined) throw new Error('No source.');
  return { source, run };
}

describe('a source whose PowerShell ends by itself', () => {
  it('three times in five minutes is not started again, and says what to do', async () => {
    const { source, run } = failing('exited');
    for (let count = 0; count < 2; count += 1) {
      expect(await source.read()).toMatchObject({ ok: false, failure: { message: 'It ended.' } });
      vi.advanceTimersByTime(60_000);
    }
    expect(await source.read()).toMatchObject({
      ok: false,
      failure: { kind: 'exited', remedy: expect.stringContaining('live off and on') as string },
    });
    expect(await source.read()).toMatchObject({ ok: false });
    expect(run).toHaveBeenCalledTimes(3);
  });

  it('now and then is started each time', async () => {
    const { source, run } = failing('exited');
    for (let count = 0; count < 6; count += 1) {
      await source.read();
      vi.advanceTimersByTime(151_000);
    }
    expect(run).toHaveBeenCalledTimes(6);
  });

  it('is another matter than one that hangs, which is asked on', async () => {
    const { source, run } = failing('timed-out');
    for (let count = 0; count < 6; count += 1) await source.read();
    expect(run).toHaveBeenCalledTimes(6);
  });
});
