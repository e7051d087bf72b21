/** How old the Electron of the desktop program is: its Chromium shows what others chose, in a program that may run elevated. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

const weekMs = 7 * 24 * 3_600_000;
const warnsAtWeeks = 6;
const mostWeeks = 8;

interface Noted {
  readonly version: string;
  /** ISO 8601. */
  readonly released: string;
}

/** `error`: too old to be released, or not known; `warning`: soon. */
export function electronAge(
  noted: Noted,
  used: string | undefined,
  nowMs: number,
): { readonly error?: string; readonly warning?: string } {
  if (noted.version !== used) {
    return {
      error: `packaging/electron-release.json tells of Electron ${noted.version}, and ${used ?? 'none'} is used: note when that came out.`,
    };
  }
  const weeks = (nowMs - Date.parse(noted.released)) / weekMs;
  const said = `Electron ${noted.version} is ${Math.floor(weeks)} weeks old`;
  if (!(weeks <= mostWeeks))
    return { error: `${said}, more than ${mostWeeks}: take a newer one before a release.` };
  return weeks > warnsAtWeeks ? { warning: `${said}: take a newer one soon.` } : {};
}

/** Of this checkout. */
export function usedElectron(root: string): { readonly noted: Noted; readonly used: string | undefined } {
  const read = (file: string): unknown => JSON.parse(readFileSync(path.join(root, file), 'utf8'));
  const { devDependencies } = read('package.json') as { devDependencies: Record<string, string | undefined> };
  return { noted: read('packaging/electron-release.json') as Noted, used: devDependencies['electron'] };
}

if (import.meta.main) {
  const { noted, used } = usedElectron(path.join(import.meta.dirname, '..'));
  const { error, warning } = electronAge(noted, used, Date.now());
  if (warning !== undefined) console.warn(warning);
  if (error !== undefined) console.error(error);
  process.exitCode = error === undefined ? 0 : 1;
}
