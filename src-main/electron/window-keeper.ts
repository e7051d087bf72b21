/**
 * Keeps the window there. One whose page has ended, or no longer answers, is replaced by a new one at its place; what it
 * showed it asks for anew, for state and changes live in this process and go on. Where that happens again and again, a
 * page without script says what to do.
 */
import type { BrowserWindow } from 'electron';
import { pageUrl } from './scheme.ts';
import type { WindowState } from './window-state.ts';

/** How long a page that does not answer may take to come to itself. Chromium has waited for half a minute by then. */
const patienceMs = 5_000;
/** So many ends within the window of time are no accident any more. */
const mostEnds = 3;
const withinMs = 5 * 60_000;

/** `app`: the page of the product; `ended`: the page that says that it cannot be kept up. */
export type WindowPage = 'app' | 'ended';

export interface KeeperOptions {
  readonly open: (page: WindowPage, state: WindowState | undefined) => BrowserWindow;
  /** Where the first window opens. */
  readonly state: WindowState | undefined;
  readonly log: (line: string) => void;
  /** Not even the page without script can be shown. */
  readonly giveUp: () => void;
  /** Milliseconds; never goes back. */
  readonly now?: () => number;
}

export interface WindowKeeper {
  /** Brings the window to the front. */
  readonly show: () => void;
}

export function keepWindow(options: KeeperOptions): WindowKeeper {
  const { open, log, giveUp, now = () => performance.now() } = options;
  let ends: number[] = [];
  let current: BrowserWindow;

  const follow = (window: BrowserWindow, page: WindowPage): BrowserWindow => {
    let patience: NodeJS.Timeout | undefined;
    window.on('unresponsive', () => {
      patience ??= setTimeout(() => {
        // Its end is heard like any other.
        if (!window.isDestroyed()) window.webContents.forcefullyCrashRenderer();
      }, patienceMs);
    });
    const calm = (): void => {
      clearTimeout(patience);
      patience = undefined;
    };
    window.on('responsive', calm);
    window.on('closed', calm);
    window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
      calm();
      if (reason === 'clean-exit' || window.isDestroyed()) return;
      log(`The page of the window ended: ${reason}, exit code ${exitCode}.`);
      // From the page without script a link leads back to the other one.
      if (page === 'ended' && window.webContents.getURL() !== pageUrl) giveUp();
      else replace(window);
    });
    return window;
  };

  const replace = (old: BrowserWindow): void => {
    const at = now();
    ends = [...ends.filter((end) => at - end < withinMs), at];
    const page = ends.length < mostEnds ? 'app' : 'ended';
    const state = { bounds: old.getNormalBounds(), isMaximized: old.isMaximized() };
    // The new one first: without any window the program would end.
    current = follow(open(page, state), page);
    old.destroy();
  };

  current = follow(open('app', options.state), 'app');
  return {
    show: () => {
      if (current.isDestroyed()) return;
      if (current.isMinimized()) current.restore();
      current.show();
      current.focus();
    },
  };
}
