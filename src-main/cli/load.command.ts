/** `switchyard load`: a bounded read, so that the spread verdict is of that very run. */
import type { LoadRun, LoadSource, LoadWish } from '#shared/load.ts';
import { loadBounds } from '#shared/load.ts';
import { isFault } from '#shared/spread-words.ts';
import { formatAmount, readBitsPerSecond } from '#shared/units.ts';
import { visibleText } from '#shared/visible-text.ts';
import { openSettings } from '../app/host-settings.ts';
import { openForLoad, type HostForLoad } from '../app/load-host.ts';
import { sourceOf } from '../app/select-host.ts';
import { renderLoadJson } from '../report/load-json.ts';
import { renderLoadPlan, renderLoadProgress, renderLoadResult } from '../report/load-text.ts';
import { defineCommand, judgingHelp, judgingOptions, WrongCall } from './command.ts';
import { exitCodes } from './exit-codes.ts';
import { readDuration } from './read-duration.ts';
import { showFailure } from './show-failure.ts';
import type { Terminal } from './terminal.ts';

const { streams, seconds, bytes } = loadBounds;

export const command = defineCommand({
  help: `switchyard load: proves by a read whether the traffic spreads; idle paths prove nothing

  switchyard load SOURCE [--streams N] [--for TIME] [--rate RATE] [--bytes AMOUNT] [--yes]
                         [--demo NAME | --host local] [--json]

  SOURCE           the number of a disk, such as 3, or a file on a share: \\\\server\\share\\folder\\file

${judgingHelp}

Bounds
  --streams N      readers of the second run, ${streams.least} to ${streams.most} (${streams.usual}); the first run has one
  --for TIME       of each of the two runs, ${seconds.least}s to ${seconds.most / 60}m (${seconds.usual}s)
  --rate RATE      at most so much, such as 500M or 2.5G bit/s; without it half of what is guaranteed, 5G at most
  --bytes AMOUNT   at most so much in both runs, such as 20G byte; ${formatAmount(bytes.least)} to ${formatAmount(bytes.most)}

Confirmation
  The plan is shown with what it takes from whoever works with the target meanwhile, and asked for.
  --yes            it has been read and is wanted; else nothing is read where the terminal cannot be asked
  Ctrl-C stops it, and what was seen up to then is told.

  --json           for programs: JSON on standard output, everything else on standard error
  -h, --help       this text

Nothing is written and nothing is left behind. What is refused, and how it works: docs/load.md

Exit code
  0  the paths share it, or their policy wants it as it is      3  refused, or nothing could be judged
  1  they do not                                                64  a wrong call`,
  options: {
    ...judgingOptions,
    source: { type: 'string', isWord: true },
    streams: { type: 'string' },
    for: { type: 'string' },
    rate: { type: 'string' },
    bytes: { type: 'string' },
    yes: { type: 'boolean' },
    json: { type: 'boolean' },
  },
  run: async (options, terminal) => {
    const wish = readWish(options);
    const settings = openSettings({ file: options.settings, source: sourceOf(options), mayBeNew: false });
    if (!settings.ok) return showFailure(settings.failure, terminal);
    let onRun = (_: LoadRun): void => undefined;
    const opened = await openForLoad(options, {
      settings: settings.value,
      signal: terminal.signal,
      onStart: (label) => terminal.progress(`Looking at ${visibleText(label)} ...`),
      onRun: (run) => onRun(run),
    });
    terminal.progress('');
    if (!opened.ok) return showFailure(opened.failure, terminal);
    const host = opened.value;
    try {
      terminal.progress('Counting what is read now ...');
      const planned = await host.load.plan(wish);
      terminal.progress('');
      if (!planned.ok) return showFailure(planned.failure, terminal);
      const plan = planned.value;
      const say = options.json ? terminal.remark : terminal.answer;
      say(renderLoadPlan(plan, terminal.textOptions()));
      if (plan.refusals.length > 0) return exitCodes.notMade;
      if (!options.yes && !(await isConfirmed(terminal))) return exitCodes.notMade;
      const begun = host.load.start(plan.hash);
      if (!begun.ok) return showFailure(begun.failure, terminal);
      onRun = progressLines(terminal);
      return await follow(host, begun.value.runId, options.json, terminal);
    } finally {
      await host.close();
    }
  },
});

async function isConfirmed(terminal: Terminal): Promise<boolean> {
  const answer = await terminal.ask('Type "read" to do it, anything else to leave it: ');
  if (answer?.trim().toLowerCase() === 'read') return true;
  terminal.remark(answer === undefined ? 'Nothing was read. To do it: --yes' : 'Nothing was read.');
  return false;
}

const lineEverySeconds = 2;

/** A line that changes on a terminal; elsewhere a new one every few seconds, so that a log stays short. */
function progressLines(terminal: Terminal): (run: LoadRun) => void {
  let said = '';
  return (run) => {
    if (run.phase === 'over') return;
    terminal.progress(renderLoadProgress(run));
    const part = Math.floor((run.progress?.seconds ?? 0) / lineEverySeconds);
    const line = `${run.phase} ${run.streams} ${part}`;
    if (line === said || process.stderr.isTTY || (run.phase === 'reading' && part === 0)) return;
    said = line;
    terminal.remark(renderLoadProgress(run));
  };
}

async function follow(
  host: HostForLoad,
  runId: string,
  isJson: boolean,
  terminal: Terminal,
): Promise<number> {
  const stop = (): void => void host.load.stop(runId);
  terminal.signal.addEventListener('abort', stop, { once: true });
  if (terminal.signal.aborted) stop();
  await host.load.settled();
  terminal.signal.removeEventListener('abort', stop);
  terminal.progress('');
  const run = host.load.run();
  const { result, failure } = run ?? {};
  if (result === undefined) {
    return showFailure({ kind: 'refused', message: 'Nothing was read.', ...failure }, terminal);
  }
  terminal.answer(
    isJson
      ? JSON.stringify(renderLoadJson(host.check, result), undefined, 2)
      : `\n${renderLoadResult(result, terminal.textOptions())}`,
  );
  if (result.verdict === 'not-enough-traffic') {
    terminal.remark('Nothing could be judged: read for longer, or with a higher rate.');
    return exitCodes.notMade;
  }
  return isFault(result.verdict) ? exitCodes.warning : exitCodes.fine;
}

interface Words {
  readonly source: string | undefined;
  readonly streams: string | undefined;
  readonly for: string | undefined;
  readonly rate: string | undefined;
  readonly bytes: string | undefined;
}

/** Throws {@link WrongCall}. */
function readWish(words: Words): LoadWish {
  const { streams: readers, for: time, rate, bytes: amount } = words;
  return {
    source: sourceNamed(words.source),
    ...(readers !== undefined && { streams: wholeNumber('--streams', readers, streams) }),
    ...(time !== undefined && {
      seconds: readDuration('--for', time, { least: `${seconds.least}s`, most: `${seconds.most}s` }) / 1000,
    }),
    ...(rate !== undefined && { bitsPerSecond: amountOf('--rate', rate, '500M or 2.5G') }),
    ...(amount !== undefined && { bytes: amountOf('--bytes', amount, '500M or 20G') }),
  };
}

function sourceNamed(word: string | undefined): LoadSource {
  if (word === undefined) {
    throw new WrongCall('What is to be read?', 'The number of a disk, or \\\\server\\share\\folder\\file.');
  }
  return /^\d{1,5}$/.test(word) ? { kind: 'disk', number: Number(word) } : { kind: 'file', path: word };
}

function wholeNumber(
  option: string,
  text: string,
  { least, most }: { readonly least: number; readonly most: number },
): number {
  const number = /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw new WrongCall(
    `${option} cannot be "${visibleText(text)}".`,
    `It is a number from ${least} to ${most}.`,
  );
}

function amountOf(option: string, text: string, such: string): number {
  const amount = readBitsPerSecond(text);
  if (amount !== undefined) return amount;
  throw new WrongCall(`${option} cannot be "${visibleText(text)}".`, `Give it as ${such}.`);
}
