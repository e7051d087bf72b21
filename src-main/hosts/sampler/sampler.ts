/**
 * Reads the counters of a host at an even pace from several sources, and makes one sample of what they gave each time.
 *
 * A source is asked again only when it has answered: what is late is left out, never queued. A source that stalls is
 * named in each sample, and the others go on at their pace.
 */
import type { LiveSource, SamplerState } from '#shared/live.ts';
import type { Failure, Result } from '#shared/result.ts';
import type { CounterRow, MissingClass, Sample } from '#shared/sample.ts';
import { isObservationFailureKind } from '../../discovery/classify-error.ts';
import type { Sampler, SamplerOptions } from '../host.ts';
import { CostMeter } from './cost-meter.ts';
import type { CounterSource, SourceReading } from './counter-source.ts';

/** In the ticks of a sample: when it was put together. Not the name of any class. */
export const samplerTick = 'sampler';

/** A source that has not answered for so long has stalled, at any pace. */
const stallMs = 3000;
/** Nor is it called so before it missed as many readings. */
const stallReadings = 3;
/** For this part of a period those that have answered wait for the others; what comes later is in the next sample. */
const patience = 0.2;
/** How much slower than wanted the pace may become for the sake of the host. */
const mostSlower = 16;

const late: MissingClass = { kind: 'timed-out', message: 'Windows has not answered this time yet.' };

/** What a source is doing. */
interface Standing {
  readonly source: CounterSource;
  readonly meter: CostMeter;
  /** When the question under way was asked, in ms of a clock that only runs forward. */
  askedAt: number | undefined;
  /** Whether the question under way is of the tick now gathered. */
  isOfThisTick: boolean;
  hasAnswered: boolean;
  phase: LiveSource['phase'];
  since: string;
  failure: Failure | undefined;
  failures: number;
  skipped: number;
}

interface Gathered {
  at: string | undefined;
  readonly ticks: Record<string, number>;
  readonly counters: Record<string, readonly CounterRow[]>;
  readonly missing: Record<string, MissingClass>;
}

function nothingGathered(): Gathered {
  return { at: undefined, ticks: {}, counters: {}, missing: {} };
}

function missingFrom(failure: Failure): MissingClass {
  return {
    kind: isObservationFailureKind(failure.kind) ? failure.kind : 'unexpected',
    message: failure.message,
  };
}

/** Reads for the first time at once. `sources` are closed with it. */
export function openCounterSampler(
  sources: readonly CounterSource[],
  { intervalMs, onSample, onState }: SamplerOptions,
): Sampler {
  const nowText = (): string => new Date().toISOString();
  const standings = sources.map((source): Standing => ({
    source,
    meter: new CostMeter(),
    askedAt: undefined,
    isOfThisTick: false,
    hasAnswered: false,
    phase: 'starting',
    since: nowText(),
    failure: undefined,
    failures: 0,
    skipped: 0,
  }));
  let wantedMs = intervalMs;
  let slower = 1;
  let slowedBecause: string | undefined;
  let gathered = nothingGathered();
  let hasEmitted = true;
  let hasBegun = false;
  let isClosed = false;
  let nextAt = performance.now();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let patienceTimer: ReturnType<typeof setTimeout> | undefined;

  const pace = (): number => wantedMs * slower;

  const setPhase = (standing: Standing, phase: LiveSource['phase']): void => {
    if (standing.phase === phase) return;
    standing.phase = phase;
    standing.since = nowText();
    onState();
  };

  const emit = (): void => {
    clearTimeout(patienceTimer);
    patienceTimer = undefined;
    hasEmitted = true;
    const { at = nowText(), ticks, counters, missing } = gathered;
    gathered = nothingGathered();
    for (const { source, failure } of standings) {
      for (const name of source.classes) {
        if (counters[name] === undefined) missing[name] ??= failure ? missingFrom(failure) : late;
      }
    }
    const sample: Sample = {
      at,
      ticks: { ...ticks, [samplerTick]: performance.now() },
      counters,
      ...(Object.keys(missing).length > 0 ? { missing } : {}),
    };
    onSample(sample);
  };

  const emitIfComplete = (): void => {
    const isAwaited = standings.some(({ askedAt, isOfThisTick }) => askedAt !== undefined && isOfThisTick);
    if (hasEmitted || !hasBegun) return;
    if (!isAwaited) emit();
    else if (gathered.at !== undefined) patienceTimer ??= setTimeout(emit, patience * pace());
  };

  const keep = (reading: SourceReading): void => {
    gathered.at = reading.at;
    for (const answer of reading.answers) {
      if ('missing' in answer) gathered.missing[answer.counterClass] = answer.missing;
      else {
        gathered.ticks[answer.counterClass] = answer.tickMs;
        gathered.counters[answer.counterClass] = answer.rows;
      }
    }
  };

  const changePace = (factor: number, because: string | undefined): void => {
    slower = factor;
    slowedBecause = because;
    for (const { meter } of standings) meter.paceChanged();
    onState();
  };

  /** The host comes first: the pace becomes slower, and faster again when that is easy. */
  const mindTheHost = (meter: CostMeter): void => {
    const because = meter.tooMuch(pace());
    if (because !== undefined && slower < mostSlower) {
      changePace(slower * 2, because);
    } else if (slower > 1 && standings.every((standing) => standing.meter.isEasy(pace() / 2))) {
      changePace(slower / 2, slower > 2 ? slowedBecause : undefined);
    }
  };

  const answered = (standing: Standing, result: Result<SourceReading>): void => {
    standing.askedAt = undefined;
    if (isClosed) return;
    if (result.ok) {
      hasBegun = true;
      standing.hasAnswered = true;
      standing.failure = undefined;
      standing.meter.add(result.value.durationMs, result.value.cpuMs);
      keep(result.value);
      setPhase(standing, 'running');
      mindTheHost(standing.meter);
    } else {
      const isNews = standing.failure?.message !== result.failure.message;
      standing.failure = result.failure;
      standing.failures += 1;
      if (standing.phase === 'stalled' && isNews) onState();
      setPhase(standing, 'stalled');
    }
    emitIfComplete();
  };

  const ask = (standing: Standing, now: number): void => {
    standing.askedAt = now;
    standing.isOfThisTick = true;
    void standing.source.read().then((result) => answered(standing, result));
  };

  const tick = (): void => {
    const now = performance.now();
    if (!hasEmitted && hasBegun) emit();
    hasEmitted = false;
    for (const standing of standings) {
      if (standing.askedAt === undefined) {
        ask(standing, now);
        continue;
      }
      standing.isOfThisTick = false;
      standing.skipped += 1;
      const isLong = now - standing.askedAt > Math.max(stallMs, stallReadings * pace());
      if (isLong && standing.hasAnswered) setPhase(standing, 'stalled');
    }
    // What was missed while this machine was busy or asleep is left out.
    nextAt = Math.max(nextAt + pace(), now);
    timer = setTimeout(tick, nextAt - now);
    emitIfComplete();
  };

  const phase = (): SamplerState['phase'] => {
    if (standings.some((standing) => standing.phase === 'stalled')) return 'stalled';
    return standings.every((standing) => standing.phase === 'starting') ? 'starting' : 'running';
  };

  tick();
  return {
    state: () => ({
      phase: phase(),
      since: standings.reduce((newest, { since }) => (since > newest ? since : newest), ''),
      intervalMs: pace(),
      ...(slowedBecause === undefined ? {} : { slowedBecause }),
      sources: standings.map(({ source, meter, failure, failures, skipped, ...standing }): LiveSource => {
        const cost = meter.cost(pace());
        return {
          name: source.name,
          phase: standing.phase,
          since: standing.since,
          ...(cost === undefined ? {} : { cost }),
          ...(failure === undefined ? {} : { failure }),
          failures,
          skipped,
        };
      }),
    }),
    setInterval: (wanted) => {
      if (wanted === wantedMs) return;
      wantedMs = wanted;
      changePace(1, undefined);
      clearTimeout(timer);
      nextAt = performance.now();
      tick();
    },
    close: async () => {
      isClosed = true;
      clearTimeout(timer);
      clearTimeout(patienceTimer);
      await Promise.all(sources.map((source) => source.close()));
    },
  };
}
