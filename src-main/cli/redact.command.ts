/** `switchyard redact`: a copy of a capture that can be given away. */
import { visibleText } from '#shared/visible-text.ts';
import { saveCapture } from '../app/save-capture.ts';
import { redactCapture } from '../redaction/redact-capture.ts';
import { defineCommand, WrongCall } from './command.ts';
import { exitCodes } from './exit-codes.ts';
import { lookWithProgress } from './look.ts';
import { showFailure } from './show-failure.ts';

export const command = defineCommand({
  help: `switchyard redact: copy a capture without names, addresses and serial numbers

  switchyard redact FILE -o FILE

  -o, --output FILE   where to; gzipped where the name ends in .gz
  -h, --help          this text

Names of computers, adapters, machines and people, addresses, iSCSI names, MAC addresses and serial numbers are
replaced, each by the same stand-in everywhere. What the rules and the ceilings rest on stays true, such as which
addresses share a subnet, so the copy is judged as the original. Kept are models, drivers, versions, settings and
figures. There is no way back from the copy to the original.

Exit code
  0  written      3  the file could not be read or written      64  a wrong call`,
  options: { file: { type: 'string', isWord: true }, output: { type: 'string', short: 'o' } },
  run: async ({ file, output }, terminal) => {
    if (file === undefined) throw new WrongCall('Which capture?', 'switchyard redact FILE -o FILE');
    if (output === undefined) throw new WrongCall('Where should the copy go?', 'Give -o FILE.');
    const looked = await lookWithProgress({ capture: file }, terminal);
    if (!looked.ok) return showFailure(looked.failure, terminal);
    const written = await saveCapture(output, redactCapture(looked.value.capture));
    if (!written.ok) return showFailure(written.failure, terminal);
    terminal.answer(visibleText(`Wrote ${output}: a copy that names nothing of the host.`));
    return exitCodes.fine;
  },
});
