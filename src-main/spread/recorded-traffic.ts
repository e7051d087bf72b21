/** The traffic of a recording, judged as a whole. */
import type { Sample } from '#shared/sample.ts';
import type { TrafficJudgement } from '#shared/spread.ts';
import type { MpioInstance } from '../sampling/attribution.ts';
import { SeriesRecorder } from '../sampling/series-recorder.ts';
import { periodOf } from '../sampling/timeline.ts';
import type { SpreadLimits } from './limits.ts';
import type { TrafficHost } from './traffic-host.ts';
import { TrafficJudge } from './traffic-judge.ts';

/** Nothing is asked of them; what a recorder forgets with them it would have to find out again. */
const momentsKept = 600;
/** Shorter windows tell more about the moment than about the paths. */
const shortestWindowSeconds = 10;

/**
 * Undefined where there are fewer than two samples. A recording shorter than three windows is judged over three shorter
 * ones, down to ten seconds each.
 */
export function judgeRecording(
  samples: readonly Sample[],
  host: TrafficHost,
  mpio: readonly MpioInstance[],
  limits: SpreadLimits,
): TrafficJudgement | undefined {
  const periodMs = periodOf(samples);
  if (periodMs === undefined) return undefined;
  const recorder = new SeriesRecorder({ model: host.model, mpio, periodMs, capacity: momentsKept });
  const moments = samples.length - 2;
  const lengthSeconds = Math.max(0, moments * periodMs) / 1000;
  const windowSeconds = Math.min(
    limits.windowSeconds,
    Math.max(shortestWindowSeconds, Math.floor(lengthSeconds / limits.confirmWindows)),
  );
  const judge = new TrafficJudge(host, {
    limits: { ...limits, windowSeconds },
    periodMs,
    about: 'recording',
  });
  for (const sample of samples) judge.take(recorder.take(sample));
  return judge.judgement();
}
