/** This machine, as `doctor` asks it. */
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { localHost } from '../hosts/local-host.ts';
import { configFolder, makeConfigFolder } from '../platform/config-folder.ts';
import { machineFolder } from '../platform/private-folder.ts';
import { changedResources, readResource } from '../platform/resources.ts';
import { findEngine, type Engine } from '../powershell/engine.ts';
import { openPool } from '../powershell/pool.ts';
import { fileJournal } from '../remediation/journal.ts';
import type { Machine } from './doctor.ts';
import { openSettings } from './host-settings.ts';
import { readFolderRights, withParents } from './program-rights.ts';

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

async function startPowerShell(
  engine: Engine,
  folders: readonly string[],
): ReturnType<Machine['startPowerShell']> {
  const shell = openPool({ engine, size: 1, prelude: readResource('powershell/probes/common.ps1') });
  const started = performance.now();
  try {
    const facts = await shell.facts();
    const startMs = performance.now() - started;
    return { facts, startMs, rights: await readFolderRights(shell, folders) };
  } finally {
    await shell.close();
  }
}

/** `pageFolder` is where the built page lies, `desktopProgram` where the desktop program would. */
export function thisMachine(places: {
  readonly pageFolder: string;
  readonly desktopProgram: string;
  /** The root of the program's own files. */
  readonly programFolder: string;
}): Machine {
  const dataFolder = configFolder();
  const journalFolder = join(machineFolder(), 'changes');
  const programFolders = [...new Set([places.programFolder, dirname(process.execPath)])];
  const machineFolders = [journalFolder, join(machineFolder(), 'guards')].filter((folder) =>
    existsSync(folder),
  );
  return {
    nodeVersion: process.versions.node,
    changedFiles: changedResources,
    dataFolder,
    tryDataFolder: () => tryFolder(dataFolder),
    settingsIgnored: () => {
      const store = openSettings({ source: 'local' });
      return store.ok ? store.value.read('').ignored : [store.failure.message];
    },
    journal: { folder: journalFolder, read: () => fileJournal(journalFolder).read() },
    programFolders,
    machineFolders,
    isPageBuilt: existsSync(join(places.pageFolder, 'index.html')),
    tryLoopback,
    desktopProgram: existsSync(places.desktopProgram) ? places.desktopProgram : undefined,
    isWindows: process.platform === 'win32',
    findEngine,
    startPowerShell: (engine) =>
      startPowerShell(engine, [
        ...new Set([...programFolders.flatMap(withParents), ...machineFolders, dataFolder]),
      ]),
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
