/** The samples of a capture as series. */
import type { HostModel } from '#shared/host/host-model.ts';
import type { Sample, SeriesWindow } from '#shared/sample.ts';
import type { MpioInstance } from './attribution.ts';
import { SeriesRecorder } from './series-recorder.ts';
import { periodOf } from './timeline.ts';

/** An hour at four samples a second: the most that a window looks back. */
const mostMoments = 4 * 3600;

export interface RecordedSeries {
  readonly window: (windowMs: number, subjectIds?: ReadonlySet<string>, mostMoments?: number) => SeriesWindow;
}

/** Undefined where there are fewer than two samples: one alone tells no rate. */
export function recordedSeries(
  samples: readonly Sample[],
  model: HostModel,
  mpio: readonly MpioInstance[],
): RecordedSeries | undefined {
  const periodMs = periodOf(samples);
  const [first] = samples;
  const last = samples.at(-1);
  if (periodMs === undefined || first === undefined || last === undefined) return undefined;
  const recorder = new SeriesRecorder({
    model,
    mpio,
    periodMs,
    capacity: Math.min(samples.length, mostMoments),
  });
  for (const sample of samples) recorder.take(sample);
  return {
    window: (windowMs, subjectIds, mostMoments) => ({
      status: 'recorded',
      origin: 'recording',
      startedAt: first.at,
      endedAt: last.at,
      sampleCount: samples.length,
      ...recorder.window(windowMs, subjectIds, mostMoments),
      unjoined: recorder.unjoined,
      missing: recorder.missing,
    }),
  };
}
