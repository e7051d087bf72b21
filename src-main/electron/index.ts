/** The desktop shell, from start to end. */
import { join } from 'node:path';
import { app, dialog, session, type WebContents } from 'electron';
import { createApplication, type Application } from '../app/application.ts';
import { selectHost } from '../app/select-host.ts';
import { loadPageBundle } from '../platform/page-bundle.ts';
import { useResourcesFrom } from '../platform/resources.ts';
import { answerCalls, sendEvents } from './ipc.ts';
import { registerPageScheme, servePage } from './scheme.ts';
import { findDangerousSwitch, readHostChoice } from './start-arguments.ts';
import { confineContents, confineSession, openWindow } from './window.ts';

const out = join(import.meta.dirname, '..');
const hasDevTools = !app.isPackaged;
const words = process.argv.slice(1);

function start(): void {
  const switchFound = app.isPackaged ? findDangerousSwitch(words) : undefined;
  if (switchFound !== undefined) {
    refuseToStart(`Switchyard does not start with ${switchFound}.`);
    return;
  }
  if (app.isPackaged) useResourcesFrom(join(process.resourcesPath, 'resources'));
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  app.enableSandbox();
  registerPageScheme();
  // Whatever page there ever is, it is confined.
  app.on('web-contents-created', (_event, contents) => confineContents(contents));
  app.on('window-all-closed', () => app.quit());
  // Not awaited at the top level: ready waits for this module to end.
  void app.whenReady().then(open);
}

function open(): void {
  const selected = selectHost(readHostChoice(words, process.platform));
  if (!selected.ok) {
    const { message, remedy = '' } = selected.failure;
    refuseToStart(`${message}\n${remedy}`);
    return;
  }
  const application = createApplication({
    host: selected.value,
    shell: 'desktop',
    log: (line) => console.error(line),
  });
  const windows = new Set<WebContents>();
  confineSession(session.defaultSession, { hasDevTools });
  servePage(session.defaultSession, loadPageBundle(join(out, 'renderer')));
  answerCalls(application, windows);
  const window = openWindow({ preloadPath: join(out, 'preload', 'preload.cjs'), hasDevTools });
  windows.add(window.webContents);
  sendEvents(application, window.webContents);
  app.on('second-instance', () => {
    // Its arguments may come from someone with less rights: it only means "show yourself".
    if (window.isMinimized()) window.restore();
    window.focus();
  });
  application.watch.lookAgain();
  closeBeforeQuit(application);
}

/** PowerShell processes are ended before the program is. */
function closeBeforeQuit(application: Application): void {
  let isClosed = false;
  app.on('before-quit', (event) => {
    if (isClosed) return;
    event.preventDefault();
    void application.close().finally(() => {
      isClosed = true;
      app.quit();
    });
  });
}

function refuseToStart(reason: string): void {
  dialog.showErrorBox('Switchyard', reason);
  app.exit(1);
}

start();
