/** `switchyard doctor`: what works on this machine, and what to do about the rest. */
import { join } from 'node:path';
import { visibleText } from '#shared/visible-text.ts';
import { examine, type DoctorLine } from '../app/doctor.ts';
import { thisMachine } from '../app/this-machine.ts';
import { defineCommand } from './command.ts';
import { exitCodes } from './exit-codes.ts';

const root = join(import.meta.dirname, '../..');
const words = { works: 'works  ', limited: 'limited', broken: 'broken ' } as const;

export const command = defineCommand({
  help: `switchyard doctor: what of Switchyard works on this machine, and what to do about the rest

  switchyard doctor [--json]

  --json      the same for programs
  -h, --help  this text

It looks at Node.js, the files of Switchyard, the folder for settings and logs, the journal of changes, the browser
shell, the desktop program, and on Windows at PowerShell, your rights, who may write in the folders of Switchyard, and
every question that a check asks. It changes nothing.

Exit code
  0  all works      1  something is limited      2  something does not work`,
  options: { json: { type: 'boolean' } },
  run: async ({ json }, terminal) => {
    terminal.progress('Asking this machine ...');
    const lines = await examine(
      thisMachine({
        pageFolder: join(root, 'out/renderer'),
        programFolder: root,
        desktopProgram: join(
          root,
          'node_modules/electron/dist',
          process.platform === 'win32' ? 'electron.exe' : 'electron',
        ),
      }),
    );
    terminal.progress('');
    terminal.answer(
      json
        ? JSON.stringify({ format: 'switchyard-doctor', version: 1, lines }, null, 2)
        : lines.map(lineText).join('\n'),
    );
    return exitCodeOf(lines);
  },
});

function lineText({ state, says, remedy }: DoctorLine): string {
  const line = `${words[state]}  ${visibleText(says)}`;
  return remedy === undefined ? line : `${line}\n         ${visibleText(remedy)}`;
}

function exitCodeOf(lines: readonly DoctorLine[]): number {
  if (lines.some(({ state }) => state === 'broken')) return exitCodes.error;
  return lines.some(({ state }) => state === 'limited') ? exitCodes.warning : exitCodes.fine;
}
