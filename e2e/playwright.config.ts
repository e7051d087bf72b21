/** The end-to-end tests: the terminal, the browser shell in both colour schemes, and the desktop window where it can run. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { defineConfig } from 'playwright/test';
import { findBrowser } from './chromium.ts';
import type { ShellOptions } from './launch.ts';

const executablePath = findBrowser();
const hasElectron = existsSync(path.join(import.meta.dirname, '../node_modules/electron/dist/version'));

const pageSpecs = ['**/*.page.spec.ts'];
const use = {
  browserName: 'chromium' as const,
  viewport: { width: 1280, height: 800 },
  launchOptions: {
    ...(executablePath !== undefined && { executablePath }),
    // Chromium has no sandbox of its own for root, as in a container.
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  },
};

export default defineConfig<ShellOptions>({
  testDir: 'specs',
  outputDir: '../test-results',
  fullyParallel: true,
  forbidOnly: true,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  projects: [
    { name: 'terminal', testMatch: '**/cli.spec.ts' },
    { name: 'web', testMatch: '**/*.web.spec.ts', use },
    { name: 'web light', testMatch: pageSpecs, use: { ...use, colorScheme: 'light' } },
    { name: 'web dark', testMatch: pageSpecs, use: { ...use, colorScheme: 'dark' } },
    // Where the binary is absent, `npm test` names the suite as skipped, from may-skip.json.
    ...(hasElectron ? [{ name: 'electron', testMatch: pageSpecs, use: { shell: 'electron' as const } }] : []),
  ],
});
