/** `switchyard record`: a look at a host and its counters over time, in one file that can be replayed elsewhere. */
import { counted } from '#shared/units.ts';
import { visibleText } from '#shared/visible-text.ts';
import { recordSamples } from '../app/record-samples.ts';
import { defineCommand, hostHelp, hostOptions, WrongCall } from './command.ts';
import { exitCodes } from './exit-codes.ts';
import { readDuration } from './read-duration.ts';
import { showFailure } from './show-failure.ts';

const usualPace = '1s';

export const command = defineCommand({
  help: `switchyard record: a look at a host, and its counters over time

  switchyard record -o FILE [--for TIME] [--every TIME] [--demo NAME | --host local]

  -o, --output FILE   where to; gzipped where the name ends in .gz
  --for TIME          how long, such as 90s, 5m or 1h; until Ctrl-C where it is left out
  --every TIME        from one reading to the next, 250ms to 4s (default ${usualPace})
  -h, --help          this text

${hostHelp}

The file is whole after each sample: Ctrl-C, or whatever else ends the program, loses nothing. It is a capture with
samples, so that every command takes it; "serve --capture FILE" replays it.

Exit code
  0  recorded      3  nothing could be recorded, or the file could not be written      64  a wrong call`,
  options: {
    ...hostOptions,
    output: { type: 'string', short: 'o' },
    for: { type: 'string' },
    every: { type: 'string' },
  },
  run: async (options, terminal) => {
    const { output, capture } = options;
    if (output === undefined) {
      throw new WrongCall('Where should the recording go?', 'Give -o FILE, such as -o host.capture.json.gz.');
    }
    if (capture !== undefined) {
      throw new WrongCall('A capture has its samples already.', 'See "switchyard watch --capture FILE".');
    }
    const durationMs =
      options.for === undefined
        ? undefined
        : readDuration('--for', options.for, { least: '2s', most: '48h' });
    const intervalMs = readDuration('--every', options.every ?? usualPace, { least: '250ms', most: '4s' });
    const recorded = await recordSamples(options, {
      path: output,
      intervalMs,
      durationMs,
      signal: terminal.signal,
      onStart: ({ label }) => terminal.progress(`Looking at ${visibleText(label)} ...`),
      onProgress: ({ done, total, observation }) =>
        terminal.progress(`Looking: ${done} of ${total}, ${observation}`),
      onSample: (count, hostName) =>
        terminal.progress(`Recording ${visibleText(hostName)}: ${count} samples`),
    });
    terminal.progress('');
    if (!recorded.ok) return showFailure(recorded.failure, terminal);
    const { hostName, sampleCount, missing } = recorded.value;
    for (const [name, message] of missing)
      terminal.remark(visibleText(`Not always counted: ${name}. ${message}`));
    terminal.answer(visibleText(`Wrote ${output}: ${hostName}, ${counted(sampleCount, 'sample')}.`));
    if (sampleCount > 1) return exitCodes.fine;
    terminal.remark('A rate needs two samples, so this recording shows none.');
    return exitCodes.notMade;
  },
});
