/** Finds a browser for the end-to-end tests, or gets one where that is allowed. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

const systemBrowsers = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/microsoft-edge',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ...['ProgramFiles', 'ProgramFiles(x86)', 'LOCALAPPDATA'].flatMap((variable) => {
    const folder = process.env[variable];
    return folder === undefined
      ? []
      : ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'].map((file) =>
          path.join(folder, file),
        );
  }),
];

/** The first browser of this machine that Playwright can drive, or undefined. */
export function findBrowser(): string | undefined {
  const chosen = process.env['SWITCHYARD_CHROMIUM'];
  return [...(chosen === undefined ? [] : [chosen]), ...systemBrowsers].find((file) => existsSync(file));
}

export type Browser = { readonly executablePath: string } | 'playwright' | { readonly missing: string };

/** A browser of the system; else Debian's package, as root; else Playwright's own download; else why there is none. */
export function obtainBrowser(): Browser {
  const found = findBrowser();
  if (found !== undefined) return { executablePath: found };
  if (process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
    console.log('No browser on this machine: installing the chromium package ...');
    const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    spawnSync('apt-get', ['update', '-qq'], { stdio: 'ignore', env: environment });
    spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-noto-core'], {
      stdio: 'ignore',
      env: environment,
    });
    const installed = findBrowser();
    if (installed !== undefined) return { executablePath: installed };
  }
  console.log('No browser on this machine: trying the download of Playwright ...');
  const download = spawnSync(process.execPath, ['node_modules/playwright/cli.js', 'install', 'chromium'], {
    stdio: 'ignore',
    timeout: 180_000,
  });
  if (download.status === 0) return 'playwright';
  return { missing: 'no Chromium, Chrome or Edge was found and none could be installed' };
}
