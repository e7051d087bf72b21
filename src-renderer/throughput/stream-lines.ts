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
  const sums: Record<'above' | 'below', Float64Array | undefined> = { above: undefined, below: undefined };
  let above = 0;
  let below = 0;
  const lines = subjects.flatMap(({ id, colour, series }) =>
    series.map(({ direction, values: given }): StreamLine => {
      const side = isBelow(direction) ? 'below' : 'above';
      const sign = side === 'below' ? -1 : 1;
      const floor = sums[side] ?? new Float64Array(given.length);
      const values = Float64Array.from(given, (value, index) =>
        value === null ? Number.NaN : sign * value + (isStacked ? (floor[index] ?? 0) : 0),
      );
      if (isStacked)
        sums[side] = values.map((value, index) => (Number.isNaN(value) ? (floor[index] ?? 0) : value));
      for (const value of values) {
        if (value > above) above = value;
        if (-value > below) below = -value;
      }
      return { id, colour, values, ...(isStacked ? { floor } : {}) };
    }),
  );
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
