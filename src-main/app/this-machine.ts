/** This machine, as `doctor` asks it. */
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import process from 'node:process';
import { localHost } from '../hosts/local-host.ts';
import { configFolder, makeConfigFolder } from '../platform/config-folder.ts';
import { changedResources, readResource } from '../platform/resources.ts';
import { findEngine, type Engine } from '../powershell/engine.ts';
import { openPool } from '../powershell/pool.ts';
import type { Machine } from './doctor.ts';
import { openSettings } from './host-settings.ts';

function tryFolder(folder: string): void {
  makeConfigFolder(folder);
  const file = join(folder, `doctor-${process.pid}.tmp`);
  writeFileSync(file, 'This file can be deleted.', { flag: 'wx', mode: 0o600 });
  rmSync(file);
}

function tryLoopback(): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => server.close(() => resolve()));
  });
}

async function startPowerShell(engine: Engine): ReturnType<Machine['startPowerShell']> {
  const shell = openPool({ engine, size: 1, prelude: readResource('powershell/probes/common.ps1') });
  const started = performance.now();
  try {
    return { facts: await shell.facts(), startMs: performance.now() - started };
  } finally {
    await shell.close();
  }
}

/** `pageFolder` is where the built page lies, `desktopProgram` where the desktop program would. */
export function thisMachine(places: {
  readonly pageFolder: string;
  readonly desktopProgram: string;
}): Machine {
  const dataFolder = configFolder();
  return {
    nodeVersion: process.versions.node,
    changedFiles: changedResources,
    dataFolder,
    tryDataFolder: () => tryFolder(dataFolder),
    settingsIgnored: () => {
      const store = openSettings({ source: 'local' });
      return store.ok ? store.value.read('').ignored : [store.failure.message];
    },
    isPageBuilt: existsSync(join(places.pageFolder, 'index.html')),
    tryLoopback,
    desktopProgram: existsSync(places.desktopProgram) ? places.desktopProgram : undefined,
    isWindows: process.platform === 'win32',
    findEngine,
    startPowerShell,
    look: async () => {
      const host = localHost();
      try {
        return await host.look();
      } finally {
        await host.close();
      }
    },
  };
}
