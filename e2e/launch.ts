/** Starts the product as a person does: a command in a terminal, the browser shell, or the desktop window. */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { _electron as electron, test as base, type Page } from 'playwright/test';

export const root = path.join(import.meta.dirname, '..');
const cli = path.join(root, 'src-main/cli/index.ts');

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Served {
  readonly process: ChildProcessWithoutNullStreams;
  readonly link: string;
  readonly origin: string;
  readonly code: string;
  /** Everything it has written so far. */
  readonly written: () => string;
  /** Settles with what the pattern found first, also in what was written before. */
  readonly waitFor: (pattern: RegExp) => Promise<string>;
  readonly ended: Promise<Ended>;
}

export interface ShellOptions {
  readonly shell: 'web' | 'electron';
}

export interface Shells {
  /** Serves a host; ends with the test, by the end of its standard input. */
  readonly serve: (words: readonly string[], environment?: NodeJS.ProcessEnv) => Promise<Served>;
  /** The page of a host, in the shell of the project. */
  readonly openHost: (words: readonly string[]) => Promise<Page>;
}

/** Environment without what the caller's terminal says about colour. */
function plainEnvironment(more: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { NO_COLOR: _noColour, FORCE_COLOR: _forceColour, ...rest } = process.env;
  return { ...rest, ...more };
}

function start(
  words: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): ChildProcessWithoutNullStreams {
  return spawn(process.execPath, [cli, ...words], { cwd: root, env: plainEnvironment(environment) });
}

/** Runs a command to its end, with nothing on its standard input. */
export function run(words: readonly string[], environment?: NodeJS.ProcessEnv): Promise<Ended> {
  const child = start(words, environment);
  child.stdin.end();
  return whenEnded(child);
}

function whenEnded(child: ChildProcessWithoutNullStreams): Promise<Ended> {
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (out += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (err += chunk));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, err }));
  });
}

/** Starts `serve` with these words; ends with the end of its standard input. */
export async function serveHost(words: readonly string[], environment?: NodeJS.ProcessEnv): Promise<Served> {
  const child = start(['serve', ...words], environment);
  let written = '';
  const waiting = new Set<() => void>();
  const note = (chunk: string): void => {
    written += chunk;
    for (const look of waiting) look();
  };
  const ended = whenEnded(child);
  child.stdout.on('data', note);
  child.stderr.on('data', note);
  const waitFor = (pattern: RegExp): Promise<string> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const found = pattern.exec(written)?.[0];
        if (found === undefined) return;
        waiting.delete(look);
        resolve(found);
      };
      waiting.add(look);
      look();
      void ended.then(() => reject(new Error(`It ended before it said ${String(pattern)}:\n${written}`)));
    });
  const link = await waitFor(/http:\/\/127\.0\.0\.1:\d+\/#[\w-]+/);
  const { origin, hash } = new URL(link);
  return { process: child, link, origin, code: hash.slice(1), written: () => written, waitFor, ended };
}

/** For tests that hold a page to what axe asks: they run in the light scheme and in the dark one. */
export const bothSchemes = { tag: '@both-schemes' };

export const test = base.extend<Shells & ShellOptions>({
  shell: ['web', { option: true }],

  // eslint-disable-next-line no-empty-pattern -- Playwright reads the parameter list, and wants a pattern there.
  serve: async ({}, use) => {
    const served: Served[] = [];
    await use(async (words, environment) => {
      const one = await serveHost(words, environment);
      served.push(one);
      return one;
    });
    for (const { process: child, ended } of served) {
      child.stdin.end();
      await ended;
    }
  },

  openHost: async ({ shell, serve, browser, contextOptions, colorScheme, viewport }, use) => {
    if (shell === 'web') {
      const context = await browser.newContext({ ...contextOptions, colorScheme, viewport });
      await use(async (words) => {
        const page = await context.newPage();
        await page.goto((await serve(words)).link);
        return page;
      });
      await context.close();
      return;
    }
    const programs: { readonly close: () => Promise<void>; readonly folder: string }[] = [];
    await use(async (words) => {
      // A folder of its own: the program runs once in each, and remembers its window there.
      const folder = mkdtempSync(path.join(tmpdir(), 'switchyard-desktop-'));
      const program = await electron.launch({
        args: [root, `--user-data-dir=${folder}`, ...words],
        cwd: root,
        colorScheme,
      });
      programs.push({ close: () => program.close(), folder });
      const page = await program.firstWindow();
      if (viewport) await page.setViewportSize(viewport);
      return page;
    });
    for (const { close, folder } of programs) {
      await close();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    }
  },
});

export { expect } from 'playwright/test';
