/** One window for each user: a second start shows the first one's and ends. */
import type { App } from 'electron';

type OneApp = Pick<App, 'requestSingleInstanceLock' | 'quit' | 'on'>;

/**
 * False: another one runs, and this one ends. Nothing is handed over: whatever the second start was called with may
 * come from somebody with less rights, so it means "show yourself" and no more.
 */
export function beTheOnlyOne(app: OneApp, show: () => void): boolean {
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return false;
  }
  app.on('second-instance', () => show());
  return true;
}
