/** The counters of a host while a load runs, and what is read from a target before it does. */
import type { Check } from '#shared/finding.ts';
import type { Snapshot } from '#shared/host/snapshot.ts';
import type { TargetCeilings } from '#shared/path-graph.ts';
import { fail, succeed, type Failure, type Result } from '#shared/result.ts';
import type { Host } from '../hosts/host.ts';
import { countedOf } from '../sampling/measured-rate.ts';
import { seriesId, type Moment } from '../sampling/moment.ts';
import { SeriesRecorder } from '../sampling/series-recorder.ts';
import type { SpreadLimits } from '../spread/limits.ts';

/** How often they are read; slower where the host takes long to tell them. */
export const loadIntervalMs = 1000;
/** What was counted before is not of the run: a reading covers what lies behind it. */
const settleMs = 1000;
/** Counters that say nothing for so long say nothing at all. */
const silentMs = 60_000;
/** Readings that the traffic of a moment rests on, and how long to wait for them. */
const readingsNow = 2;
const nowMs = 20_000;
const momentsKept = 16;

/** What a look told. */
export interface LoadAbout {
  readonly check: Pick<Check, 'model' | 'graph' | 'targets' | 'interfaces'>;
  readonly snapshot: Snapshot;
  readonly limits: SpreadLimits;
}

export interface Counters {
  /** Settles with the first rates; a failure where none come. */
  readonly first: (signal: AbortSignal) => Promise<Failure | undefined>;
  /** From a moment after now on, with how often they are read by then, in ms; gives the undo. */
  readonly listen: (listener: (moment: Moment, periodMs: number) => void) => () => void;
  readonly close: () => Promise<void>;
}

export function openCounters(
  host: Pick<Host, 'openSampler' | 'label'>,
  { check, snapshot }: LoadAbout,
): Result<Counters> {
  const { MpioDisk } = snapshot.readings;
  const recorder = new SeriesRecorder({
    model: check.model,
    mpio: MpioDisk.status === 'ok' ? MpioDisk.records : [],
    periodMs: loadIntervalMs,
    capacity: momentsKept,
  });
  const begun = Promise.withResolvers<undefined>();
  let listener: ((moment: Moment) => void) | undefined;
  const opened = host.openSampler?.({
    intervalMs: loadIntervalMs,
    onSample: (sample) => {
      const moment = recorder.take(sample);
      if (moment.values.size === 0) return;
      begun.resolve(undefined);
      listener?.(moment);
    },
    onState: () => undefined,
  });
  if (opened?.ok !== true) {
    return opened ?? fail('refused', `The counters of ${host.label} cannot be read.`);
  }
  return succeed({
    first: (signal) => {
      const { promise, resolve } = Promise.withResolvers<Failure | undefined>();
      const timer = setTimeout(
        () => resolve({ kind: 'timed-out', message: `The counters of ${host.label} did not answer.` }),
        silentMs,
      );
      const stop = (): void =>
        resolve({ kind: 'cancelled', message: 'It was stopped before anything was read.' });
      signal.addEventListener('abort', stop);
      if (signal.aborted) stop();
      void begun.promise.then(resolve);
      return promise.finally(() => {
        clearTimeout(timer);
        signal.removeEventListener('abort', stop);
      });
    },
    listen: (next) => {
      const from = performance.now() + settleMs;
      listener = (moment) => {
        if (performance.now() >= from) next(moment, opened.value.state().intervalMs);
      };
      return () => {
        listener = undefined;
      };
    },
    close: () => opened.value.close(),
  });
}

/** What is read from a target now, in byte/s of data; null where nothing tells it in time. */
export async function readNow(
  host: Pick<Host, 'openSampler' | 'label'>,
  about: LoadAbout,
  target: TargetCeilings,
): Promise<number | null> {
  const counters = openCounters(host, about);
  if (!counters.ok) return null;
  const ways = countedOf(target, about.check.model).map(({ of, directions }) =>
    of.map(({ id }) => seriesId(id, { measure: 'throughput', direction: directions.read, part: 'all' })),
  );
  const rates: number[] = [];
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => resolve(undefined), nowMs);
  counters.value.listen(({ values }) => {
    const way = ways.find((ids) => ids.some((id) => values.has(id)));
    if (way !== undefined) rates.push(way.reduce((sum, id) => sum + (values.get(id) ?? 0), 0));
    if (rates.length >= readingsNow) resolve(undefined);
  });
  await promise;
  clearTimeout(timer);
  await counters.value.close();
  return rates.length === 0 ? null : rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
}
