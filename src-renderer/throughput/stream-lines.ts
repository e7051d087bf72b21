/** From subjects to the lines of the chart: what goes out below zero, and each on top of the others where stacked. */
import { isBelow, type ChartSubject } from './chart-figures.ts';
import type { StreamLine } from './stream-chart.ts';

export interface StreamLines {
  readonly lines: readonly StreamLine[];
  /** The largest value each way; 0 where there is none. */
  readonly above: number;
  readonly below: number;
}

/** The line of a subject has its id. A gap of one subject counts as nothing in the sum of the others. */
export function streamLines(subjects: readonly ChartSubject[], isStacked: boolean): StreamLines {
  const floors: { above: Float64Array | undefined; below: Float64Array | undefined } = {
    above: undefined,
    below: undefined,
  };
  let above = 0;
  let below = 0;
  const lines: StreamLine[] = [];
  for (const { id, look, series } of subjects) {
    for (const { direction, values: given } of series) {
      const side = isBelow(direction) ? 'below' : 'above';
      const sign = side === 'below' ? -1 : 1;
      const count = given.length;
      const values = new Float64Array(count);
      const floor = isStacked ? (floors[side] ?? new Float64Array(count)) : undefined;
      const sums = isStacked ? new Float64Array(count) : undefined;
      // Plain loops: this runs for every value of every line at every update.
      for (let index = 0; index < count; index += 1) {
        const value = given[index] ?? Number.NaN;
        const ground = floor?.[index] ?? 0;
        const height = sign * value + ground;
        values[index] = height;
        if (sums !== undefined) sums[index] = Number.isNaN(height) ? ground : height;
        if (height > above) above = height;
        else if (-height > below) below = -height;
      }
      floors[side] = sums;
      lines.push({ id, look, values, ...(floor === undefined ? {} : { floor }) });
    }
  }
  return { lines, above, below };
}

/** Steps of the time axis in ms: the finest that leaves each label room. */
export function timeStep(spanMs: number, widthPixels: number): number {
  const most = Math.max(2, Math.floor(widthPixels / 90));
  const steps = [5, 10, 15, 30, 60, 120, 300, 600, 900, 1800].map((seconds) => seconds * 1000);
  return steps.find((step) => spanMs / step <= most) ?? 3_600_000;
}

/** The place of the moment nearest to `time` in rising `times`; undefined where there is none. */
export function nearestMoment(times: readonly number[], time: number): number | undefined {
  if (times.length === 0) return undefined;
  let [low, high] = [0, times.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) < time) low = middle + 1;
    else high = middle;
  }
  const before = times[low - 1];
  const at = times[low] ?? 0;
  return before !== undefined && time - before < at - time ? low - 1 : low;
}
