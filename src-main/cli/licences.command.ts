/** `switchyard licences`: whose work is part of the product, and under which terms. */
import { shippedLicences } from '../platform/licences.ts';
import { defineCommand } from './command.ts';
import { exitCodes } from './exit-codes.ts';

export const command = defineCommand({
  help: `switchyard licences: the packages that are part of Switchyard, with their licences

  switchyard licences [--full]

  --full      the text of each licence too
  -h, --help  this text

Exit code
  0  printed      3  this is a checkout that has not been built, and the build is what writes them down`,
  options: { full: { type: 'boolean' } },
  run: ({ full }, terminal) => {
    const licences = shippedLicences();
    if (licences.length === 0) {
      terminal.remark(
        'switchyard: The build writes the licences down, and nothing has been built.\nRun: npm run build',
      );
      return Promise.resolve(exitCodes.notMade);
    }
    terminal.answer(
      licences
        .map(({ name, version, licence, text }) => {
          const line = `${name} ${version}: ${licence}`;
          if (!full) return line;
          return `${line}\n\n${text === '' ? `It brings no text of its own; ${licence} is known by its name.` : text}\n`;
        })
        .join('\n'),
    );
    return Promise.resolve(exitCodes.fine);
  },
});
