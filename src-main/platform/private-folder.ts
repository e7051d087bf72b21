/** Folders that only SYSTEM and administrators may open: what lies there is run or believed by an elevated program. */
import { spawnSync } from 'node:child_process';
import { lstatSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { fail, succeed, type Result } from '#shared/result.ts';

const administrators = '*S-1-5-32-544';
const system = '*S-1-5-18';

/** Where Switchyard keeps what must survive it and its user, on the system drive: never on storage that a change may cut. */
export function machineFolder(): string {
  const programData = process.env['ProgramData'];
  return process.platform === 'win32'
    ? path.join(programData ?? 'C:\\ProgramData', 'Switchyard')
    : path.join(
        process.env['XDG_STATE_HOME'] ?? path.join(process.env['HOME'] ?? '/', '.local/state'),
        'switchyard',
      );
}

/** Makes the folder and those above it up to the machine's own. A link in its place is refused. */
export function makePrivateFolder(folder: string): Result<void> {
  try {
    const above = [machineFolder(), path.dirname(folder)].filter(
      (one) => folder.startsWith(machineFolder() + path.sep) && one.startsWith(machineFolder()),
    );
    for (const one of [...above, folder]) {
      mkdirSync(one, { recursive: true, mode: 0o700 });
      if (lstatSync(one).isSymbolicLink()) {
        return fail('refused', `${one} is a link: somebody wants files of Switchyard elsewhere.`, {
          remedy: 'Remove the link, then try again.',
        });
      }
      const denied = process.platform === 'win32' ? restrict(one) : undefined;
      if (denied !== undefined) {
        return fail('access-denied', `${one} could not be closed to other users.`, { detail: denied });
      }
    }
    return succeed(undefined);
  } catch (cause) {
    return fail('bad-file', `The folder ${folder} could not be made.`, { detail: String(cause) });
  }
}

/** What icacls said, where it failed. */
function restrict(folder: string): string | undefined {
  const icacls = path.join(process.env['SystemRoot'] ?? 'C:\\Windows', 'System32', 'icacls.exe');
  for (const words of [
    [folder, '/setowner', administrators, '/Q'],
    [folder, '/inheritance:r', '/grant:r', `${system}:(OI)(CI)F`, `${administrators}:(OI)(CI)F`, '/Q'],
  ]) {
    const run = spawnSync(icacls, words, { encoding: 'utf8', windowsHide: true });
    if (run.status !== 0) return `${run.stdout}${run.stderr}${run.error?.message ?? ''}`;
  }
  return undefined;
}
