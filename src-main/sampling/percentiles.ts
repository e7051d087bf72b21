/** What a window of values comes to: percentiles by nearest rank, so that each is a value that was there. */
import type { SeriesSummary } from '#shared/sample.ts';

/** `values`: NaN is a gap. */
export function summarise(values: Float64Array): SeriesSummary {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const rank = (part: number): number | null => sorted[Math.ceil(part * sorted.length) - 1] ?? null;
  const last = values.at(-1);
  return {
    latest: last === undefined || Number.isNaN(last) ? null : last,
    p50: rank(0.5),
    p95: rank(0.95),
    p99: rank(0.99),
    max: sorted.at(-1) ?? null,
  };
}
