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

const sourceNames: Readonly<Record<LiveSource['name'], string>> = {
  statistics: 'the statistics of adapters and storage',
  performance: 'the performance counters of Windows',
  simulated: 'the simulated counters',
  recording: 'the recording',
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

function stalledText({ sources }: LiveState, nowMs: number): string {
  const stuck = sources.filter(({ phase }) => phase === 'stalled');
  const others = sources.length - stuck.length;
  const said = stuck.map(({ name, since, failure }) => {
    const seconds = Math.max(0, Math.round((nowMs - Date.parse(since)) / 1000));
    const why = failure === undefined ? '' : ` (${failure.message.replace(/\.$/, '')})`;
    return `${sourceNames[name]} ${name === 'performance' || name === 'statistics' || name === 'simulated' ? 'have' : 'has'} not answered for ${seconds} s${why}`;
  });
  const rest = others > 0 ? 'Other series go on' : 'Nothing is counted meanwhile, and the chart has a gap';
  return said.length === 0 ? 'A source does not answer.' : `${said.join('; ')}. ${rest}; it is tried again.`;
}

/** @param isQuietNow nothing worth a name moved at the newest reading. */
export function liveWord(state: LiveState, isQuietNow: boolean, nowMs: number): LiveWord {
  switch (state.phase) {
    case 'off':
      return { sign: 'none', word: 'Off', text: '' };
    case 'starting':
      return { sign: 'unknown', word: 'Starting', text: 'a rate needs two readings.' };
    case 'stalled':
      return { sign: 'warning', word: 'Stalled', text: stalledText(state, nowMs) };
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
