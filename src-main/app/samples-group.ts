/** The calls of the group `samples`: series of what was sampled live, or with the last look. */
import * as z from 'zod';
import type { Capture } from '#shared/capture.ts';
import type { MainHandlers } from '#shared/contract.ts';
import type { HostModel } from '#shared/host/host-model.ts';
import { succeed } from '#shared/result.ts';
import { windowMinutes, type SeriesAnswer } from '#shared/sample.ts';
import { readSnapshot } from '../discovery/read-snapshot.ts';
import type { MpioInstance } from '../sampling/attribution.ts';
import { recordedSeries, type RecordedSeries } from '../sampling/recorded-series.ts';
import type { HostWatch } from './host-watch.ts';
import type { Live } from './live.ts';
import type { GroupSchemas } from './request-schemas.ts';

const longestWindowMs = Math.max(...windowMinutes) * 60_000;

export const samplesSchemas: GroupSchemas<'samples'> = {
  series: z.strictObject({
    subjectIds: z.array(z.string().max(1000)).max(2000).exactOptional(),
    windowMs: z.int().min(1000).max(longestWindowMs),
    mostMoments: z.int().min(2).max(20_000).exactOptional(),
  }),
};

/** The samples of a capture are read once, when they are first asked for. */
export function samplesHandlers(
  watch: Pick<HostWatch, 'capture' | 'state'>,
  live: Pick<Live, 'window'>,
): MainHandlers['samples'] {
  const read = new WeakMap<Capture, RecordedSeries>();
  return {
    series: (request) => {
      const now = live.window(request);
      if (now !== undefined) return succeed(now);
      const { subjectIds, windowMs, mostMoments } = request;
      const capture = watch.capture();
      const model = watch.state().check?.model;
      if (capture === undefined || model === undefined) {
        return succeed(none('The host has not been looked at yet, so there are no samples of it.'));
      }
      const known = read.get(capture) ?? readSamples(capture, model);
      if (!('window' in known)) return succeed(known);
      read.set(capture, known);
      return succeed(known.window(windowMs, subjectIds && new Set(subjectIds), mostMoments));
    },
  };
}

function readSamples(capture: Capture, model: HostModel): RecordedSeries | SeriesAnswer {
  const samples = capture.samples ?? [];
  if (samples.length === 0)
    return none('No traffic was recorded: this look holds no samples of the counters.');
  const series = recordedSeries(samples, model, mpioInstances(capture));
  return series ?? none('One sample of the counters was recorded; a rate needs two.');
}

/** Which disk MPIO's counters are of: the model does not keep these names. */
export function mpioInstances(capture: Capture): readonly MpioInstance[] {
  const { MpioDisk } = readSnapshot(capture).readings;
  return MpioDisk.status === 'ok' ? MpioDisk.records : [];
}

function none(reason: string): SeriesAnswer {
  return { status: 'none', reason };
}
