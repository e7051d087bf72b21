/** When samples were taken, in times that always rise, whatever was done to the clock of the host in between. */
import type { Sample } from '#shared/sample.ts';

/** By how much two samples are apart: by the clocks that only run forward where both have one, else by the wall's. */
function stepMs(before: Sample, now: Sample): number | undefined {
  const old = before.ticks ?? {};
  const steps = Object.entries(now.ticks ?? {}).flatMap(([name, tick]) => {
    const earlier = old[name];
    return earlier === undefined || tick <= earlier ? [] : [tick - earlier];
  });
  if (steps.length > 0) return Math.max(...steps);
  const step = Date.parse(now.at) - Date.parse(before.at);
  return step > 0 ? step : undefined;
}

/** The usual time between two samples in ms: the median of all steps. Undefined where there is no step. */
export function periodOf(samples: readonly Sample[]): number | undefined {
  const steps = samples.flatMap((sample, index) => {
    const before = samples[index - 1];
    return (before && stepMs(before, sample)) ?? [];
  });
  steps.sort((a, b) => a - b);
  return steps[Math.floor(steps.length / 2)];
}

export class Timeline {
  readonly #periodMs: number;
  #last: { readonly sample: Sample; readonly timeMs: number } | undefined;

  constructor(periodMs: number) {
    this.#periodMs = periodMs;
  }

  /** ms since 1970 by the clock at the first sample, then by what passed since. */
  timeOf(sample: Sample): number {
    const last = this.#last;
    const timeMs =
      last === undefined
        ? Date.parse(sample.at)
        : // Where no clock tells, one period is as good as any: it only keeps the order.
          last.timeMs + (stepMs(last.sample, sample) ?? this.#periodMs);
    this.#last = { sample, timeMs };
    return timeMs;
  }
}
