import fc from 'fast-check';
import { expect, it } from 'vitest';
import { reduceMoments } from './reduce-moments.ts';

it('leaves as many moments as there are where they are few enough', () => {
  expect(reduceMoments(Float64Array.of(1, 2, 3), 3)).toBeUndefined();
});

it('shows the least and the greatest value of each part in the order in which they came, and whole gaps', () => {
  const reduced = reduceMoments(Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9), 6);
  expect(reduced?.times).toEqual([1, 3, 4, 6, 7, 9]);
  const values = Float64Array.of(5, 9, 7, Number.NaN, 3, 1, Number.NaN, Number.NaN, Number.NaN);
  expect([...(reduced?.reduce(values) ?? [])]).toEqual([5, 9, 3, 1, Number.NaN, Number.NaN]);
});

it('never loses the extremes, and never makes more moments than were asked for', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.integer(), fc.constant(Number.NaN)), { minLength: 1, maxLength: 60 }),
      fc.integer({ min: 2, max: 30 }),
      (given, most) => {
        const values = Float64Array.from(given);
        const reduced = reduceMoments(
          Float64Array.from(given, (_, index) => index),
          most,
        );
        if (reduced === undefined) return;
        const shown = reduced.reduce(values);
        expect(shown.length).toBe(reduced.times.length);
        expect(shown.length).toBeLessThanOrEqual(most);
        const there = (all: Float64Array) => [...all].filter((value) => !Number.isNaN(value));
        for (const extreme of [Math.min, Math.max]) {
          expect(extreme(...there(shown))).toBe(extreme(...there(values)));
        }
        expect([...reduced.times]).toEqual([...reduced.times].sort((a, b) => a - b));
      },
    ),
    { numRuns: 100 },
  );
});
