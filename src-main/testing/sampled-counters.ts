/** Samples of a capture with single counters changed: what no scenario counts. */
import type { Capture } from '#shared/capture.ts';
import type { CounterRow } from '#shared/sample.ts';

type Values = Readonly<Record<string, unknown>>;

/** The counters of the row of this place, at each sample; undefined takes a property away. */
export function inSamples(counterClass: string) {
  return (place: number, values: (sample: number, row: CounterRow) => Values) =>
    (capture: Capture): Capture => ({
      ...capture,
      samples: (capture.samples ?? []).map((sample, index) => ({
        ...sample,
        counters: {
          ...sample.counters,
          [counterClass]: (sample.counters[counterClass] ?? []).map((row, at) =>
            at === place
              ? (Object.fromEntries(
                  Object.entries({ ...row, ...values(index, row) }).filter(
                    ([, value]) => value !== undefined,
                  ),
                ) as CounterRow)
              : row,
          ),
        },
      })),
    });
}
