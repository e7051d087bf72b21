/** Where the product keeps what a person set, on each system. */
import { lstatSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { posix, win32 } from 'node:path';
import process from 'node:process';

interface System {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}

const thisSystem = (): System => ({ platform: process.platform, env: process.env, home: homedir() });

/**
 * `%LOCALAPPDATA%\Switchyard`, or `switchyard` in the configuration folder elsewhere. Of the person, not of the machine:
 * everybody may lay files into the shared program data folder, and a settings file decides what counts as waived.
 */
export function configFolder({ platform, env, home }: System = thisSystem()): string {
  if (platform === 'win32') {
    const local = env['LOCALAPPDATA'];
    const base =
      local !== undefined && win32.isAbsolute(local) ? local : win32.join(home, 'AppData', 'Local');
    return win32.join(base, 'Switchyard');
  }
  const config = env['XDG_CONFIG_HOME'];
  const base = config !== undefined && posix.isAbsolute(config) ? config : posix.join(home, '.config');
  return posix.join(base, 'switchyard');
}

/** Makes the folder where it is missing. Throws where it is a link or a junction: it was not we who laid that. */
export function makeConfigFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (!lstatSync(folder).isDirectory()) throw new Error(`${folder} is not a folder of its own.`);
}
