/** `switchyard capture`: everything the host answered, in one file that can be checked elsewhere. */
import { visibleText } from '#shared/visible-text.ts';
import { nothingCaptured } from '#shared/observed-paths.ts';
import { saveCapture } from '../app/save-capture.ts';
import { defineCommand, hostHelp, hostOptions, WrongCall } from './command.ts';
import { exitCodes } from './exit-codes.ts';
import { lookWithProgress } from './look.ts';
import { packetHelp, packetOptions, refusePackets } from './packet-option.ts';
import { showFailure } from './show-failure.ts';

export const command = defineCommand({
  help: `switchyard capture: write down what a host answers, to be checked elsewhere

  switchyard capture -o FILE [--demo NAME | --capture FILE | --host local] [--probe-packets]

  -o, --output FILE   where to; gzipped where the name ends in .gz
${packetHelp}
  -h, --help          this text

${hostHelp}

The file has the names and addresses of the host in it; secrets are never read.

Exit code
  0  written      3  nothing could be observed, or the file could not be written      64  a wrong call`,
  options: { ...hostOptions, ...packetOptions, output: { type: 'string', short: 'o' } },
  run: async (options, terminal) => {
    const { output } = options;
    if (output === undefined) {
      throw new WrongCall('Where should the capture go?', 'Give -o FILE, such as -o host.capture.json.gz.');
    }
    refusePackets(options);
    const looked = await lookWithProgress(
      options,
      terminal,
      options['probe-packets'] ? { settingsOf: () => Promise.resolve(undefined) } : undefined,
    );
    if (!looked.ok) return showFailure(looked.failure, terminal);
    const { capture } = looked.value;
    const written = await saveCapture(output, capture);
    if (!written.ok) return showFailure(written.failure, terminal);
    const answers = Object.values(capture.observations);
    const answered = answers.filter(({ status }) => status === 'ok').length;
    terminal.answer(
      visibleText(
        `Wrote ${output}: ${capture.host.name}, ${answered} of ${answers.length} observations answered.`,
      ),
    );
    const nothing = nothingCaptured(capture);
    return nothing ? showFailure({ ...nothing, kind: 'unexpected' }, terminal) : exitCodes.fine;
  },
});
