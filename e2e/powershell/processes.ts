/** Which processes still run in a folder; only Linux tells. */
import { readdirSync, readlinkSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/** Ids of processes whose working folder is `folder`; undefined where the system does not tell. */
export function processesIn(folder: string): number[] | undefined {
  if (process.platform !== 'linux') return undefined;
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        return readlinkSync(`/proc/${name}/cwd`) === folder;
      } catch (error) {
        // It ended in between, or belongs to somebody else.
        if (['ENOENT', 'EACCES', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return false;
        throw error;
      }
    })
    .map(Number);
}

/** Those that are still there after they had ample time to end. */
export async function processesLeftIn(folder: string): Promise<number[]> {
  for (let tries = 0; tries < 100; tries += 1) {
    const left = processesIn(folder) ?? [];
    if (left.length === 0) return [];
    await pause(100);
  }
  return processesIn(folder) ?? [];
}
