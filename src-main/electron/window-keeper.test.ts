import type { BrowserWindow } from 'electron';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BrowserWindowDouble } from './electron.test-double.ts';
import { endedPageUrl, pageUrl } from './scheme.ts';
import { keepWindow, type WindowPage } from './window-keeper.ts';

vi.mock('electron', async () => (await import('./electron.test-double.ts')).electronDouble());

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function kept() {
  const opened: {
    readonly page: WindowPage;
    readonly state: unknown;
    readonly window: BrowserWindowDouble;
  }[] = [];
  const giveUp = vi.fn();
  const log = vi.fn();
  const keeper = keepWindow({
    open: (page, state) => {
      const window = new BrowserWindowDouble({});
      window.webContents.mainFrame.url = page === 'app' ? pageUrl : endedPageUrl;
      opened.push({ page, state, window });
      return window as unknown as BrowserWindow;
    },
    state: undefined,
    log,
    giveUp,
    now: () => Date.now(),
  });
  const last = (): BrowserWindowDouble => {
    const newest = opened.at(-1);
    if (newest === undefined) throw new Error('No window was opened.');
    return newest.window;
  };
  const crash = (reason = 'crashed'): void => {
    last().webContents.emit('render-process-gone', {}, { reason, exitCode: 5 });
  };
  return { opened, giveUp, log, keeper, last, crash };
}

describe('the window', () => {
  it.each(['crashed', 'oom', 'killed', 'launch-failed', 'abnormal-exit'])(
    'whose page has ended (%s) is replaced at its place',
    (reason) => {
      const { opened, last, crash, log } = kept();
      const old = last();
      old.bounds = { x: 7, y: 8, width: 900, height: 600 };
      old.isFull = true;
      crash(reason);
      expect(opened.map(({ page }) => page)).toEqual(['app', 'app']);
      expect(opened[1]?.state).toEqual({ bounds: old.bounds, isMaximized: true });
      expect(old.destroy).toHaveBeenCalledOnce();
      expect(log).toHaveBeenCalledWith(expect.stringContaining(reason));
    },
  );

  it('is there anew before the old one goes, or the program would end', () => {
    const { opened, last, crash } = kept();
    last().destroy.mockImplementation(() => expect(opened).toHaveLength(2));
    crash();
    expect(opened).toHaveLength(2);
  });

  it('that was closed is not opened again', () => {
    const { opened, last, crash } = kept();
    crash('clean-exit');
    last().webContents.isGone = true;
    crash('killed');
    expect(opened).toHaveLength(1);
  });

  it('that does not answer is given a moment, and then ended', () => {
    const { last } = kept();
    const { webContents } = last();
    last().emit('unresponsive');
    vi.advanceTimersByTime(4_000);
    last().emit('responsive');
    vi.advanceTimersByTime(60_000);
    expect(webContents.forcefullyCrashRenderer).not.toHaveBeenCalled();
    last().emit('unresponsive');
    last().emit('unresponsive');
    vi.advanceTimersByTime(5_000);
    expect(webContents.forcefullyCrashRenderer).toHaveBeenCalledOnce();
  });

  it('that ends three times in five minutes says what to do instead', () => {
    const { opened, crash, giveUp } = kept();
    crash();
    vi.advanceTimersByTime(60_000);
    crash();
    vi.advanceTimersByTime(60_000);
    crash();
    expect(opened.map(({ page }) => page)).toEqual(['app', 'app', 'app', 'ended']);
    expect(giveUp).not.toHaveBeenCalled();
    crash();
    expect(giveUp).toHaveBeenCalledOnce();
    expect(opened).toHaveLength(4);
  });

  it('that was opened again from there, and ends, says so again', () => {
    const { opened, last, crash, giveUp } = kept();
    for (let count = 0; count < 3; count += 1) crash();
    last().webContents.mainFrame.url = pageUrl;
    crash();
    expect(opened.map(({ page }) => page)).toEqual(['app', 'app', 'app', 'ended', 'ended']);
    expect(giveUp).not.toHaveBeenCalled();
  });

  it('that ends now and then is opened each time', () => {
    const { opened, crash } = kept();
    for (let count = 0; count < 5; count += 1) {
      crash();
      vi.advanceTimersByTime(151_000);
    }
    expect(opened.map(({ page }) => page)).toEqual(Array.from({ length: 6 }, () => 'app'));
  });

  it('comes to the front when it is asked for', () => {
    const { keeper, last, crash } = kept();
    crash();
    last().isSmall = true;
    keeper.show();
    expect(last().restore).toHaveBeenCalledOnce();
    expect(last().focus).toHaveBeenCalledOnce();
  });
});
