import type { Session, WebContents } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import { SessionDouble, WebContentsDouble, type BrowserWindowDouble } from './electron.test-double.ts';
import { confineContents, confineSession, openWindow } from './window.ts';

vi.mock('electron', async () => (await import('./electron.test-double.ts')).electronDouble());

const open = (hasDevTools: boolean): BrowserWindowDouble =>
  openWindow({ preloadPath: '/app/preload.cjs', hasDevTools }) as unknown as BrowserWindowDouble;

describe('the window', () => {
  it('is sandboxed and isolated, without Node anywhere', () => {
    expect(open(false).options).toMatchObject({
      show: false,
      webPreferences: {
        preload: '/app/preload.cjs',
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
        webSecurity: true,
        allowRunningInsecureContent: false,
        webviewTag: false,
        navigateOnDragDrop: false,
        spellcheck: false,
        devTools: false,
      },
    });
  });

  it('opens where it stood, maximised where it was', () => {
    const bounds = { x: -1000, y: 40, width: 900, height: 600 };
    const window = openWindow({
      preloadPath: '/app/preload.cjs',
      hasDevTools: false,
      state: { bounds, isMaximized: true },
    }) as unknown as BrowserWindowDouble;
    expect(window.options).toMatchObject({ ...bounds, minWidth: 640, minHeight: 480 });
    window.emit('ready-to-show');
    expect(window.maximize).toHaveBeenCalledOnce();
  });

  it('has developer tools only where it is told so', () => {
    expect(open(true).options).toMatchObject({ webPreferences: { devTools: true } });
  });

  it('loads our page, and is shown when there is something to see', () => {
    const window = open(false);
    expect(window.loadURL).toHaveBeenCalledWith('switchyard://app/');
    expect(window.show).not.toHaveBeenCalled();
    window.emit('ready-to-show');
    expect(window.show).toHaveBeenCalledOnce();
    expect(window.maximize).not.toHaveBeenCalled();
  });
});

describe('a page', () => {
  const attempt = (event: string, details: object): boolean => {
    const contents = new WebContentsDouble();
    confineContents(contents as unknown as WebContents);
    const preventDefault = vi.fn();
    contents.emit(event, { preventDefault, ...details });
    return preventDefault.mock.calls.length > 0;
  };

  it.each([
    'https://example.org/',
    'file:///C:/Windows/win.ini',
    'switchyard://app.evil/',
    'switchyard://app@evil/',
    'javascript:alert(1)',
    'data:text/html,x',
    'about:blank',
    'ms-settings:',
  ])('cannot navigate to %s', (url) => {
    expect(attempt('will-navigate', { url })).toBe(true);
    expect(attempt('will-frame-navigate', { url, isMainFrame: true })).toBe(true);
  });

  it('may load itself again', () => {
    expect(attempt('will-navigate', { url: 'switchyard://app/' })).toBe(false);
    expect(attempt('will-frame-navigate', { url: 'switchyard://app/', isMainFrame: true })).toBe(false);
  });

  it('has no frames, redirects, webviews or other windows', () => {
    expect(attempt('will-frame-navigate', { url: 'switchyard://app/', isMainFrame: false })).toBe(true);
    expect(attempt('will-redirect', { url: 'switchyard://app/' })).toBe(true);
    expect(attempt('will-attach-webview', {})).toBe(true);
    const contents = new WebContentsDouble();
    confineContents(contents as unknown as WebContents);
    const decide = contents.setWindowOpenHandler.mock.calls[0]?.[0] as (details: object) => unknown;
    expect(decide({ url: 'switchyard://app/' })).toEqual({ action: 'deny' });
  });
});

describe('the session', () => {
  const confined = (hasDevTools = false): SessionDouble => {
    const session = new SessionDouble();
    confineSession(session as unknown as Session, { hasDevTools });
    return session;
  };

  it('permits nothing that is asked or checked', () => {
    const session = confined();
    const answer = vi.fn();
    const request = session.setPermissionRequestHandler.mock.calls[0]?.[0] as (...words: unknown[]) => void;
    request({}, 'clipboard-read', answer);
    expect(answer).toHaveBeenCalledWith(false);
    const check = session.setPermissionCheckHandler.mock.calls[0]?.[0] as () => boolean;
    expect(check()).toBe(false);
    const device = session.setDevicePermissionHandler.mock.calls[0]?.[0] as () => boolean;
    expect(device()).toBe(false);
  });

  it.each([
    ['blob:switchyard://app/0f1a', 'switchyard-report-HV01-2026-01-15.html', true],
    ['blob:switchyard://app/0f1a', 'switchyard-report-HV01-2026-01-15.md', true],
    ['blob:switchyard://app/0f1a', 'switchyard-report.html.exe', false],
    ['blob:switchyard://app/0f1a', 'setup.exe', false],
    ['blob:switchyard://app.evil/0f1a', 'switchyard-report-HV01.html', false],
    ['blob:https://example.org/0f1a', 'switchyard-report-HV01.html', false],
    ['switchyard://app/assets/app.js', 'switchyard-report-HV01.html', false],
    ['data:text/html,x', 'switchyard-report-HV01.html', false],
    ['https://example.org/x', 'switchyard-report-HV01.html', false],
  ])('asked to download %s as %s: asks the person where to (%s), or denies it', (url, name, isOffered) => {
    const preventDefault = vi.fn();
    const setSaveDialogOptions = vi.fn();
    confined().emit(
      'will-download',
      { preventDefault },
      { getURL: () => url, getFilename: () => name, setSaveDialogOptions },
    );
    expect(preventDefault).toHaveBeenCalledTimes(isOffered ? 0 : 1);
    expect(setSaveDialogOptions).toHaveBeenCalledTimes(isOffered ? 1 : 0);
  });

  it.each<[string, boolean, boolean]>([
    ['switchyard://app/assets/app.js', false, false],
    ['blob:switchyard://app/0f1a', false, false],
    ['blob:https://example.org/0f1a', false, true],
    ['https://example.org/', false, true],
    ['http://127.0.0.1:80/', false, true],
    ['file:///etc/passwd', false, true],
    ['ws://127.0.0.1/', false, true],
    ['devtools://devtools/bundled/x.js', false, true],
    ['devtools://devtools/bundled/x.js', true, false],
  ])('asked for %s (developer tools %s): cancelled %s', (url, hasDevTools, isCancelled) => {
    const decide = confined(hasDevTools).webRequest.onBeforeRequest.mock.calls[0]?.[0] as (
      details: object,
      answer: (decision: object) => void,
    ) => void;
    const answer = vi.fn();
    decide({ url }, answer);
    expect(answer).toHaveBeenCalledWith({ cancel: isCancelled });
  });
});
