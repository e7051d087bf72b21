/** How the reading of counters goes, in sentences. */
import type { LiveRate, LiveSource, LiveState } from '#shared/live.ts';

export interface LiveWord {
  readonly sign: 'fine' | 'info' | 'warning' | 'error' | 'unknown' | 'none';
  readonly word: string;
  /** What it means, where that is more than the word. */
  readonly text: string;
}

/** Less than this on all things together is what idle connections keep up, in bytes per second. */
const nextToNothing = 1000;

interface SourceWords {
  readonly name: string;
  readonly haveNot: 'have not' | 'has not';
  /** What is read from it. */
  readonly gives: string;
  /** What is not judged without it, with its verb. */
  readonly judges: string;
}

const sourceWords: Readonly<Record<LiveSource['name'], SourceWords>> = {
  statistics: {
    name: 'The statistics of adapters and storage',
    haveNot: 'have not',
    gives: 'adapters, iSCSI sessions and MPIO paths',
    judges: 'how traffic spreads is',
  },
  performance: {
    name: 'The performance counters of Windows',
    haveNot: 'have not',
    gives: 'disks, SMB shares, RDMA and virtual machines',
    judges: 'queues and the channels of SMB are',
  },
  simulated: {
    name: 'The simulated counters',
    haveNot: 'have not',
    gives: 'everything',
    judges: 'how traffic spreads is',
  },
  recording: {
    name: 'The recording',
    haveNot: 'has not',
    gives: 'everything',
    judges: 'how traffic spreads is',
  },
};

export function paceText(ms: number): string {
  return ms === 1000 ? 'every second' : `every ${ms / 1000} s`;
}

/** `75_000` → "1:15". */
export function positionText(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

export function isQuiet(rates: Iterable<LiveRate>): boolean {
  let sum = 0;
  for (const rate of rates) sum += (rate.in ?? 0) + (rate.out ?? 0);
  return sum < nextToNothing;
}

function isFailed({ phase, failure }: LiveSource): boolean {
  return phase === 'stalled' && failure !== undefined;
}

/** What to do about it; nothing where it passes by itself. */
function wayOut({ name, failure }: LiveSource): string {
  if (failure !== undefined) {
    return (
      failure.remedy ??
      'It is started anew for each reading; “switchyard doctor” says what stands in its way on this machine.'
    );
  }
  return name === 'performance'
    ? 'Windows does this every quarter of an hour on some hosts, and answers within half a minute by itself.'
    : 'It is asked again; nothing has to be done unless this lasts.';
}

/** What happened, what it means for the chart and the verdicts, and what to do. */
function stuckText(source: LiveSource, nowMs: number): string {
  const { name, haveNot, gives, judges } = sourceWords[source.name];
  const seconds = Math.max(0, Math.round((nowMs - Date.parse(source.since)) / 1000));
  const why = source.failure === undefined ? '' : `: ${source.failure.message.replace(/\.$/, '')}`;
  return `${name} ${haveNot} answered for ${seconds} s${why}. Meanwhile the lines of ${gives} have a gap, and ${judges} not judged. ${wayOut(source)}`;
}

function stalledText({ sources }: LiveState, nowMs: number): string {
  const stuck = sources.filter(({ phase }) => phase === 'stalled');
  return stuck.length === 0
    ? 'A source does not answer.'
    : stuck.map((source) => stuckText(source, nowMs)).join(' ');
}

/** Why the pace is slower than was wished, and what comes of that. */
export function slowedText({ slowedBecause }: Pick<LiveState, 'slowedBecause'>): string | undefined {
  return slowedBecause === undefined
    ? undefined
    : `${slowedBecause} The chart is coarser; verdicts need no more readings than these. It goes faster by itself when the host has time.`;
}

/** @param isQuietNow nothing worth a name moved at the newest reading. */
export function liveWord(state: LiveState, isQuietNow: boolean, nowMs: number): LiveWord {
  switch (state.phase) {
    case 'off':
      return { sign: 'none', word: 'Off', text: '' };
    case 'starting':
      return { sign: 'unknown', word: 'Starting', text: 'a rate needs two readings.' };
    case 'stalled':
      return state.sources.some(isFailed)
        ? { sign: 'error', word: 'Failed', text: stalledText(state, nowMs) }
        : { sign: 'warning', word: 'Stalled', text: stalledText(state, nowMs) };
    case 'paused':
      return { sign: 'info', word: 'Paused', text: 'the recording stands still.' };
    case 'ended':
      return { sign: 'info', word: 'Ended', text: 'all of the recording was shown.' };
    case 'running':
      if (state.sampleCount < 2)
        return { sign: 'unknown', word: 'Starting', text: 'a rate needs two readings.' };
      return isQuietNow
        ? { sign: 'info', word: 'No traffic', text: 'next to nothing moves on anything that is counted.' }
        : { sign: 'fine', word: state.replay === undefined ? 'Live' : 'Replay', text: '' };
  }
}

const figure = new Intl.NumberFormat('en', { maximumSignificantDigits: 2 });

/** What reading costs the host; undefined where nothing was measured yet. */
export function costText({ sources }: Pick<LiveState, 'sources'>): string | undefined {
  const costs = sources.flatMap(({ cost }) => cost ?? []);
  if (costs.length === 0) return undefined;
  const median = costs.reduce((sum, { medianMs }) => sum + medianMs, 0);
  const cpu = costs.flatMap(({ cpuPercent }) => cpuPercent ?? []);
  const ofCore = cpu.reduce((sum, percent) => sum + percent, 0);
  const load = cpu.length === 0 ? '' : `, ${figure.format(ofCore)} % of one core`;
  return `A reading takes ${figure.format(median)} ms${load}`;
}
