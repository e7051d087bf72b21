/** Starts the stand-in as an engine of a session: a program of its own, so that real pipes and real ends are tested. */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { threadId } from 'node:worker_threads';
import type { Engine } from '../../../src-main/powershell/engine.ts';

export interface Behaviour {
  /** How lines end until the session cures it; Windows PowerShell ends them with `crlf`. */
  readonly lineEnd?: 'lf' | 'crlf';
  /** Whether the cure has no effect, as if it were not there. */
  readonly ignoresCure?: boolean;
  /** The language mode; in another one than full every line that calls .NET fails. */
  readonly languageMode?: 'FullLanguage' | 'ConstrainedLanguage';
  /** What it calls itself; 5.1 unless told so. */
  readonly version?: string;
  /** Whether it runs with administrator rights; without them unless told so. */
  readonly isElevated?: boolean;
  /** What becomes of the first line. */
  readonly start?: 'answer' | 'exit' | 'stall' | 'fail';
  readonly startDelayMs?: number;
  /** Starts up to and including this one exit; counted in `countFile`. */
  readonly failingStarts?: number;
  /** A line with the process id is added at each start. */
  readonly countFile?: string;
}

const program = fileURLToPath(new URL('./stand-in.ts', import.meta.url));
let launcher: string | undefined;

/**
 * node-powershell puts its own switches first, so the program needs a file of its own that can be executed. It stays:
 * the same in every run, and one that is running is never written over.
 */
function launcherFile(): string {
  if (launcher === undefined) {
    const folder = path.join(import.meta.dirname, '../../../.cache/stand-in');
    const making = path.join(folder, `making-${process.pid}-${threadId}`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(making, `#!/bin/sh\nexec "${process.execPath}" "${program}" "$@"\n`, { mode: 0o755 });
    launcher = path.join(folder, 'powershell');
    renameSync(making, launcher);
  }
  return launcher;
}

export function standIn(behaviour: Behaviour = {}): Engine {
  return {
    executable: launcherFile(),
    workingFolder: tmpdir(),
    environment: { STAND_IN: JSON.stringify(behaviour) },
    moduleFolders: ['/modules/of/the/system'],
  };
}
