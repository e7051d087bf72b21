/** `switchyard watch`: what every adapter, path and disk moves right now, in a terminal. */
import { replaySpeeds } from '#shared/live.ts';
import { visibleText } from '#shared/visible-text.ts';
import { watchSamples } from '../app/watch-samples.ts';
import { renderWatchLines, renderWatchTable } from '../report/watch-text.ts';
import { defineCommand, hostHelp, hostOptions, WrongCall } from './command.ts';
import { exitCodes } from './exit-codes.ts';
import { readDuration } from './read-duration.ts';
import { showFailure } from './show-failure.ts';

export const command = defineCommand({
  help: `switchyard watch: what every adapter, path and disk moves right now

  switchyard watch [--for TIME] [--every TIME] [--capture FILE [--speed N] | --demo NAME | --host local]

${hostHelp}

  --for TIME     how long, such as 90s or 5m; until it is ended where it is left out
  --every TIME   from one reading to the next, 250ms to 4s (default 1s)
  --speed N      of a recording (--capture): so many times as fast as it was recorded, ${replaySpeeds.slowest} to ${replaySpeeds.fastest}
  -h, --help     this text

A table with bars in a terminal, which q or Ctrl-C ends; else a line for each thing that moved anything.

Exit code
  0  watched      3  the counters could not be read      64  a wrong call`,
  options: {
    ...hostOptions,
    for: { type: 'string' },
    every: { type: 'string' },
    speed: { type: 'string' },
  },
  run: async (options, terminal) => {
    const durationMs =
      options.for === undefined
        ? undefined
        : readDuration('--for', options.for, { least: '2s', most: '48h' });
    const intervalMs = readDuration('--every', options.every ?? '1s', { least: '250ms', most: '4s' });
    const speed = readSpeed(options.speed, options.capture !== undefined);
    const screen = terminal.openScreen();
    let count = 0;
    const watched = await watchSamples(
      { ...options, speed },
      {
        intervalMs,
        durationMs,
        signal: screen === undefined ? terminal.signal : AbortSignal.any([terminal.signal, screen.quit]),
        onStart: ({ label }) => {
          const text = `Looking at ${visibleText(label)} ...`;
          if (screen === undefined) terminal.progress(text);
          else screen.draw(text);
        },
        onView: (view) => {
          count += 1;
          if (screen !== undefined) {
            screen.draw(renderWatchTable(view, terminal.textOptions(), screen.height()));
            return;
          }
          const lines = renderWatchLines(view);
          if (lines !== '') terminal.answer(lines);
        },
      },
    ).finally(() => {
      screen?.close();
      terminal.progress('');
    });
    if (!watched.ok) {
      // Ended before the first look was over: as asked.
      if (watched.failure.kind === 'cancelled') return exitCodes.fine;
      return showFailure(watched.failure, terminal);
    }
    if (count > 0) return exitCodes.fine;
    const failure = watched.value.sources.find((source) => source.failure !== undefined)?.failure;
    return showFailure(
      failure ?? { kind: 'unexpected', message: 'No counters were read: there is nothing to show.' },
      terminal,
    );
  },
});

function readSpeed(text: string | undefined, isReplay: boolean): number | undefined {
  if (text === undefined) return undefined;
  if (!isReplay) throw new WrongCall('--speed is of a recording.', 'Give --capture FILE with it.');
  const speed = Number(text);
  if (!/^\d{1,4}(?:\.\d{1,3})?$/.test(text) || speed < replaySpeeds.slowest || speed > replaySpeeds.fastest) {
    throw new WrongCall(
      `--speed cannot be "${visibleText(text)}".`,
      `It is a number from ${replaySpeeds.slowest} to ${replaySpeeds.fastest}.`,
    );
  }
  return speed;
}
