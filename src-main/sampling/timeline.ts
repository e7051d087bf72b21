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

/** Where the clock of one class stood at which time. */
interface Anchor {
  readonly tick: number;
  readonly timeMs: number;
}

export class Timeline {
  readonly #anchors = new Map<string, Anchor>();
  #periodMs: number;
  #last: { readonly wallMs: number; readonly timeMs: number } | undefined;

  constructor(periodMs: number) {
    this.#periodMs = periodMs;
  }

  setPeriod(periodMs: number): void {
    this.#periodMs = periodMs;
  }

  /**
   * ms since 1970 by the clock at the first sample, then by what passed since. Each class is followed by its own clock,
   * so that one that is read late now and then does not make the time run faster.
   */
  timeOf(sample: Sample): number {
    const wallMs = Date.parse(sample.at);
    const last = this.#last;
    let timeMs = wallMs;
    if (last !== undefined) {
      const told = Object.entries(sample.ticks ?? {}).flatMap(([name, tick]) => {
        const anchor = this.#anchors.get(name);
        return anchor === undefined || tick < anchor.tick ? [] : [anchor.timeMs + tick - anchor.tick];
      });
      const passed = wallMs - last.wallMs;
      // Where no clock tells, one period is as good as any: it only keeps the order.
      const guess = last.timeMs + (told.length === 0 && passed > 0 ? passed : this.#periodMs);
      timeMs = Math.max(...told);
      if (!(timeMs > last.timeMs)) timeMs = guess;
    }
    for (const [name, tick] of Object.entries(sample.ticks ?? {})) {
      const anchor = this.#anchors.get(name);
      if (anchor === undefined || tick < anchor.tick) this.#anchors.set(name, { tick, timeMs });
    }
    this.#last = { wallMs, timeMs };
    return timeMs;
  }
}
