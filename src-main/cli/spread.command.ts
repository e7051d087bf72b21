/** `switchyard spread`: count traffic for a while, and say whether it goes over the paths that are meant to share it. */
import { settingsFor, openSettings } from '../app/host-settings.ts';
import { countingSeconds, countTraffic } from '../app/count-traffic.ts';
import { sourceOf } from '../app/select-host.ts';
import { isAnythingJudged, renderSpreadJson, warns } from '../report/spread-json.ts';
import { renderSpreadText } from '../report/spread-text.ts';
import { defineCommand, judgingHelp, judgingOptions, WrongCall } from './command.ts';
import { exitCodes } from './exit-codes.ts';
import { showFailure } from './show-failure.ts';

const { usual, least, most } = countingSeconds;

export const command = defineCommand({
  help: `switchyard spread: does the traffic really go over all the paths that are meant to share it?

  switchyard spread [--for TIME] [--capture FILE | --demo NAME | --host local] [--json]

${judgingHelp}

  --for TIME   how long to count: 60s, 5m; ${least}s to ${most / 60}m, three windows of a third of it each.
               Without it ${usual} seconds, or all of a recording that a capture or a demo brings.
               Of a capture: its last part of that length

Answer
  A verdict for each target and for each group of paths, with the shares, the bytes and the time it rests on.
  --json       for programs: JSON on standard output, everything else on standard error
  -h, --help   this text

Exit code
  0  nothing that costs anything      3  nothing could be counted, or too little moved to judge anything
  1  uneven where it costs            64 a wrong call
Which verdict that is, and how it comes about: docs/spread.md`,
  options: { ...judgingOptions, for: { type: 'string' }, json: { type: 'boolean' } },
  run: async (options, terminal) => {
    const store = openSettings({ file: options.settings, source: sourceOf(options), mayBeNew: false });
    if (!store.ok) return showFailure(store.failure, terminal);
    const counted = await countTraffic(options, {
      seconds: secondsOf(options.for),
      settingsOf: (capture) => settingsFor(store.value, capture, terminal.textOptions().nowMs),
      signal: terminal.signal,
      onProgress: terminal.progress,
    });
    terminal.progress('');
    if (!counted.ok) return showFailure(counted.failure, terminal);
    const { check, traffic, origin } = counted.value;
    terminal.answer(
      options.json
        ? JSON.stringify(renderSpreadJson(check, traffic), undefined, 2)
        : renderSpreadText(check, traffic, origin, terminal.textOptions()),
    );
    if (!isAnythingJudged(traffic)) {
      terminal.remark(
        'Nothing could be judged: too little moved, or nothing counts the paths. Count again while storage is busy.',
      );
      return exitCodes.notMade;
    }
    return warns(traffic) ? exitCodes.warning : exitCodes.fine;
  },
});

/** Throws {@link WrongCall}. */
function secondsOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const [, count = '', unit = 's'] = /^(\d{1,4})(s|m)?$/.exec(text) ?? [];
  const seconds = Number(count) * (unit === 'm' ? 60 : 1);
  if (count === '' || seconds < least || seconds > most) {
    throw new WrongCall(
      `--for cannot be "${text}".`,
      `It is a time such as 60s or 5m, from ${least}s to ${most / 60}m.`,
    );
  }
  return seconds;
}
