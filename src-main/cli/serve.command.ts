/** `switchyard serve`: the same page as in the desktop window, in a browser; findings in brief in the terminal. */
import { existsSync, fstatSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { originText } from '#shared/origin-text.ts';
import { visibleText } from '#shared/visible-text.ts';
import { openSettings } from '../app/host-settings.ts';
import { createApplication, type Application } from '../app/application.ts';
import { selectHost, sourceOf } from '../app/select-host.ts';
import { openLog } from '../platform/log.ts';
import { loadPageBundle } from '../platform/page-bundle.ts';
import { productVersion } from '../platform/version.ts';
import { renderCheckBrief } from '../report/check-text.ts';
import { openServer, type BrowserServer } from '../web/server.ts';
import { defineCommand, judgingHelp, judgingOptions, WrongCall } from './command.ts';
import { exitCodes } from './exit-codes.ts';
import { showFailure } from './show-failure.ts';
import type { Terminal } from './terminal.ts';

const pageFolder = join(import.meta.dirname, '../../out/renderer');
const parentCheckMs = 2000;

export const command = defineCommand({
  help: `switchyard serve: Switchyard in a browser, on this machine only

  switchyard serve [--port N] [--allow-changes] [--capture FILE | --demo NAME | --host local]

${judgingHelp}

  --port N          the port on 127.0.0.1 (default: any free one). From another machine, as on Server Core:
                    ssh -L N:127.0.0.1:N HOST
  --allow-changes   fixes may be applied to this machine from the page; without it the page may only look.
                    A demo can always be changed: nothing real is
  -h, --help        this text

The printed link works once and for 60 seconds.
  Enter             prints a fresh link
  e, then Enter     ends every open page's session
  Ctrl-C            ends the program, as does the end of the terminal it runs in

Exit code
  130  ended by Ctrl-C      0  ended otherwise      3  could not be started      64  a wrong call`,
  options: { ...judgingOptions, port: { type: 'string' }, 'allow-changes': { type: 'boolean' } },
  run: async (options, terminal) => {
    const port = readPort(options.port);
    const settings = openSettings({ file: options.settings, source: sourceOf(options), mayBeNew: true });
    if (!settings.ok) return showFailure(settings.failure, terminal);
    const selected = selectHost(options);
    if (!selected.ok) return showFailure(selected.failure, terminal);
    if (!existsSync(join(pageFolder, 'index.html'))) {
      await selected.value.close();
      terminal.remark('switchyard: The page has not been built yet.\nRun: npm run build');
      return exitCodes.notMade;
    }
    const file = openLog({ shell: 'browser', onStopped: (reason) => terminal.remark(visibleText(reason)) });
    const log = (line: string): void => {
      terminal.remark(visibleText(line));
      file.warn(line);
    };
    file.info(`Switchyard ${productVersion} serves a page.`);
    const application = createApplication({
      host: selected.value,
      settings: settings.value,
      shell: 'browser',
      allowChanges: options['allow-changes'],
      log,
    });
    const opened = await openServer({ application, bundle: loadPageBundle(pageFolder), port, log });
    if (!opened.ok) {
      await application.close();
      return showFailure(opened.failure, terminal);
    }
    const server = opened.value;
    const { origin } = application.watch.state();
    terminal.answer(`Switchyard in the browser: ${visibleText(originText(origin))}`);
    printLink(server, terminal);
    printChecks(application, terminal);
    application.watch.lookAgain();
    await ownerGone(server, terminal);
    await server.close();
    await application.close();
    return terminal.signal.aborted ? exitCodes.interrupted : exitCodes.fine;
  },
});

function readPort(text: string | undefined): number {
  if (text === undefined) return 0;
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535) {
    throw new WrongCall(`--port cannot be "${visibleText(text)}".`, 'It is a number from 0 to 65535.');
  }
  return port;
}

function printLink(server: BrowserServer, terminal: Terminal): void {
  terminal.answer(`Open ${server.freshLink()}`);
  terminal.answer('The link works once, within 60 s. Enter prints a fresh one; Ctrl-C ends.');
}

/** The findings in brief, after each look that brought something new. */
function printChecks({ watch }: Application, terminal: Terminal): void {
  let printed: unknown;
  watch.listen((event) => {
    const { look, check, failure } = watch.state();
    if (event.event !== 'host.changed' || look) return;
    const news = failure ?? check;
    if (news === undefined || news === printed) return;
    printed = news;
    if (failure) {
      if (failure.kind !== 'cancelled') terminal.remark(visibleText(`The look failed: ${failure.message}`));
    } else if (check) {
      terminal.answer(`\n${renderCheckBrief(check, terminal.textOptions())}\n`);
    }
  });
}

/** Settles on Ctrl-C, when standard input ends, and when the process that started this one is gone. */
function ownerGone(server: BrowserServer, terminal: Terminal): Promise<void> {
  return new Promise((resolve) => {
    const parent = process.ppid;
    const watching = setInterval(() => {
      if (process.ppid !== parent) finish();
    }, parentCheckMs);
    const lines = isOwnedByInput() ? createInterface({ input: process.stdin }) : undefined;
    const finish = (): void => {
      clearInterval(watching);
      lines?.close();
      process.stdin.destroy();
      resolve();
    };
    lines?.on('line', (line) => {
      if (line.trim() === 'e') {
        server.endSessions();
        terminal.answer('Every session has ended. Enter prints a fresh link.');
      } else printLink(server, terminal);
    });
    lines?.on('close', finish);
    if (terminal.signal.aborted) finish();
    else terminal.signal.addEventListener('abort', finish, { once: true });
  });
}

/** A terminal, a pipe or a socket has an owner at its other end; a file or the null device says nothing. */
function isOwnedByInput(): boolean {
  try {
    const input = fstatSync(0);
    return process.stdin.isTTY || input.isFIFO() || input.isSocket();
  } catch (error) {
    // Standard input was closed before the start; the parent process is watched all the same.
    if ((error as NodeJS.ErrnoException).code === 'EBADF') return false;
    throw error;
  }
}
