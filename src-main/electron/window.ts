/** The window: sandboxed, on our own page alone; it opens nothing, is permitted nothing, and downloads nothing but its reports. */
import {
  BrowserWindow,
  type BrowserWindowConstructorOptions,
  type Session,
  type WebContents,
} from 'electron';
import { isReportFile } from '#shared/report-file.ts';
import { isOwnBlob, isPageUrl, pageUrl } from './scheme.ts';
import { defaultSize, smallestSize, type WindowState } from './window-state.ts';

export interface WindowOptions {
  readonly preloadPath: string;
  readonly hasDevTools: boolean;
  /** Default: the page of the product. */
  readonly url?: string;
  /** Where it stood last, on the screens that are there now; left out: the default size where Windows puts it. */
  readonly state?: WindowState | undefined;
}

function windowPreferences({
  preloadPath,
  hasDevTools,
  state,
}: WindowOptions): BrowserWindowConstructorOptions {
  return {
    ...defaultSize,
    ...state?.bounds,
    minWidth: smallestSize.width,
    minHeight: smallestSize.height,
    show: false,
    title: 'Switchyard',
    autoHideMenuBar: true,
    webPreferences: {
      preload: preloadPath,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: hasDevTools,
    },
  };
}

export function openWindow(options: WindowOptions): BrowserWindow {
  const window = new BrowserWindow(windowPreferences(options));
  confineContents(window.webContents);
  // Shown when there is something to see.
  window.once('ready-to-show', () => {
    if (options.state?.isMaximized === true) window.maximize();
    window.show();
  });
  void window.loadURL(options.url ?? pageUrl);
  return window;
}

/** Stays on our page: every way to another one is closed, also that of a subframe or a redirect. */
export function confineContents(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-navigate', (event) => {
    if (!isPageUrl(event.url)) event.preventDefault();
  });
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame || !isPageUrl(event.url)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
}

/** What the page may ask the system for, and where its requests may go: nothing, and to our own scheme. */
export function confineSession(session: Session, options: { readonly hasDevTools: boolean }): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event, item) => {
    // The one exception: a report that the page made of text. The person is asked where to, the page is not; and the
    // dialog has no other kind of file in it. So a page that were not ours any more could only offer a document.
    if (isOwnBlob(item.getURL()) && isReportFile(item.getFilename())) {
      const name = item.getFilename();
      item.setSaveDialogOptions({
        title: 'Save the report',
        defaultPath: name,
        filters: [
          name.endsWith('.md')
            ? { name: 'Markdown', extensions: ['md'] }
            : { name: 'HTML', extensions: ['html'] },
        ],
      });
      return;
    }
    event.preventDefault();
  });
  session.webRequest.onBeforeRequest(({ url }, answer) => {
    const isDevTools = options.hasDevTools && url.startsWith('devtools://');
    answer({ cancel: !isPageUrl(url) && !isOwnBlob(url) && !isDevTools });
  });
}
