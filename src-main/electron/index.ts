/** The desktop shell, from start to end. */
import { dirname, join } from 'node:path';
import { app, dialog, Menu, screen, session, type BrowserWindow, type WebContents } from 'electron';
import { createApplication, type Application } from '../app/application.ts';
import { openSettings } from '../app/host-settings.ts';
import { refuseElevationFrom } from '../app/program-rights.ts';
import { selectHost, sourceOf } from '../app/select-host.ts';
import { reportCrashes } from '../platform/crash-report.ts';
import { logFolder, openLog } from '../platform/log.ts';
import { loadPageBundle } from '../platform/page-bundle.ts';
import { useResourcesFrom } from '../platform/resources.ts';
import { answerCalls, sendEvents } from './ipc.ts';
import { endedPageUrl, pageUrl, registerPageScheme, servePage } from './scheme.ts';
import { beTheOnlyOne } from './single-instance.ts';
import { findDangerousSwitch, readHostChoice, readSettingsFile } from './start-arguments.ts';
import {
  fitBounds,
  followWindow,
  readWindowState,
  writeWindowState,
  type WindowState,
} from './window-state.ts';
import { confineContents, confineSession, openWindow } from './window.ts';
import { keepWindow, type WindowKeeper } from './window-keeper.ts';

const out = join(import.meta.dirname, '..');
const hasDevTools = !app.isPackaged;
const words = process.argv.slice(1);
const windowGone = `The window of Switchyard ends again and again on this machine, so it closes. What was being changed is undone.
Use the browser instead: switchyard serve. The log says more: ${logFolder()}`;
let keeper: WindowKeeper | undefined;

const log = openLog({ shell: 'desktop', onStopped: (reason) => console.error(reason) });

reportCrashes('desktop', (error, sentence) => {
  console.error(error);
  endWith(`Something went wrong inside Switchyard, so it ends.\n${sentence}`);
});

function start(): void {
  const switchFound = app.isPackaged ? findDangerousSwitch(words) : undefined;
  if (switchFound !== undefined) {
    endWith(`Switchyard does not start with ${switchFound}.`);
    return;
  }
  if (app.isPackaged) useResourcesFrom(join(process.resourcesPath, 'resources'));
  if (!beTheOnlyOne(app, () => keeper?.show())) return;
  log.info(`Switchyard ${app.getVersion()} starts.`);
  app.enableSandbox();
  registerPageScheme();
  // Whatever page there ever is, it is confined.
  app.on('web-contents-created', (_event, contents) => confineContents(contents));
  app.on('window-all-closed', () => app.quit());
  // Not awaited at the top level: ready waits for this module to end.
  void app.whenReady().then(open);
}

function open(): void {
  const choice = readHostChoice(words, process.platform);
  const selected = selectHost(choice);
  const settings = openSettings({
    file: readSettingsFile(words),
    source: sourceOf(choice),
    mayBeNew: true,
  });
  for (const one of [selected, settings]) {
    if (one.ok) continue;
    endWith(`${one.failure.message}\n${one.failure.remedy ?? ''}`);
    return;
  }
  if (!selected.ok || !settings.ok) return;
  const application = createApplication({
    host: selected.value,
    settings: settings.value,
    shell: 'desktop',
    log: (line) => {
      console.error(line);
      log.warn(line);
    },
  });
  const windows = new Set<WebContents>();
  setMenu();
  confineSession(session.defaultSession, { hasDevTools });
  servePage(session.defaultSession, loadPageBundle(join(out, 'renderer')));
  answerCalls(application, windows);
  keeper = keepWindow({
    state: lastWindowState(),
    open: (page, state) => {
      const isApp = page === 'app';
      const window = openWindow({
        preloadPath: join(out, 'preload', 'preload.cjs'),
        hasDevTools,
        state,
        url: isApp ? pageUrl : endedPageUrl,
      });
      rememberWindow(window);
      const contents = window.webContents;
      contents.once('destroyed', () => windows.delete(contents));
      windows.add(contents);
      sendEvents(application, contents);
      return window;
    },
    log: (line) => log.error(line),
    giveUp: () => {
      dialog.showErrorBox('Switchyard', windowGone);
      app.quit();
    },
  });
  application.watch.lookAgain();
  closeBeforeQuit(application);
  if (app.isPackaged && process.platform === 'win32') void mindTheFolder();
}

/** Nothing can have been changed by then: that takes a look, a plan and a person. */
async function mindTheFolder(): Promise<void> {
  const refusal = await refuseElevationFrom(dirname(process.execPath));
  if (refusal === undefined) return;
  log.error(refusal.message);
  endWith(`${refusal.message}\n${refusal.remedy ?? ''}`);
}

const windowFile = (): string => join(app.getPath('userData'), 'window.json');

function lastWindowState(): WindowState | undefined {
  const state = readWindowState(windowFile());
  const bounds =
    state &&
    fitBounds(
      state.bounds,
      screen.getAllDisplays().map(({ workArea }) => workArea),
    );
  return state && bounds && { ...state, bounds };
}

function rememberWindow(window: BrowserWindow): void {
  followWindow(window, (state) => {
    if (!writeWindowState(windowFile(), state))
      console.error('The place of the window could not be written down.');
  });
}

/** Electron's own menu leads to pages on the network; of it only editing and the size of the text are left. */
function setMenu(): void {
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      { role: 'editMenu' },
      {
        label: 'View',
        submenu: [
          { role: 'resetZoom' },
          { role: 'zoomIn' },
          { role: 'zoomOut' },
          { role: 'togglefullscreen' },
          ...(hasDevTools ? [{ role: 'toggleDevTools' as const }] : []),
        ],
      },
    ]),
  );
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

function endWith(reason: string): void {
  dialog.showErrorBox('Switchyard', reason);
  app.exit(1);
}

start();
