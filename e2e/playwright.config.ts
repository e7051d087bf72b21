/** The end-to-end tests: the terminal, the browser shell in both colour schemes, and the desktop window where it can run. */
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { defineConfig } from 'playwright/test';
import { findBrowser } from './chromium.ts';
import type { ShellOptions } from './launch.ts';

const executablePath = findBrowser();
const hasElectron = existsSync(path.join(import.meta.dirname, '../node_modules/electron/dist/version'));

function definedEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

const pageSpecs = ['**/*.page.spec.ts'];
const use = {
  browserName: 'chromium' as const,
  viewport: { width: 1280, height: 800 },
  launchOptions: {
    ...(executablePath !== undefined && { executablePath }),
    // Said here although Playwright says it today: in a container neither root nor anybody else may have a sandbox, and
    // memory that is shared may be 64 MB.
    chromiumSandbox: false,
    args: process.platform === 'linux' ? ['--disable-dev-shm-usage'] : [],
    // It makes a socket there, whose path has room for about 100 characters.
    ...(process.platform === 'linux' &&
      tmpdir().length > 50 && { env: { ...definedEnvironment(), TMPDIR: '/tmp' } }),
  },
  // What moves on its way is not what is looked at.
  contextOptions: { reducedMotion: 'reduce' as const },
};

export default defineConfig<ShellOptions>({
  testDir: 'specs',
  outputDir: '../test-results',
  fullyParallel: true,
  forbidOnly: true,
  workers: 2,
  // Tests wait for each other on a busy machine: time limits only catch what hangs.
  timeout: 180_000,
  expect: { timeout: 45_000 },
  // Named in the summary; it is not to hide a failure from anyone, but to tell a rare one from one of every run.
  retries: process.env['CI'] === undefined ? 0 : 1,
  projects: [
    { name: 'terminal', testMatch: ['**/cli.spec.ts', '**/*.cli.spec.ts'] },
    { name: 'web', testMatch: '**/*.web.spec.ts', use },
    { name: 'web light', testMatch: pageSpecs, use: { ...use, colorScheme: 'light' } },
    // What a page does is the same in both schemes; what it looks like to those who see little is not.
    { name: 'web dark', testMatch: pageSpecs, grep: /@both-schemes/, use: { ...use, colorScheme: 'dark' } },
    // Where the binary is absent, `npm test` names the suite as skipped, from may-skip.json.
    ...(hasElectron
      ? [{ name: 'electron', testMatch: pageSpecs, use: { ...use, shell: 'electron' as const } }]
      : []),
  ],
});
