import fc from 'fast-check';
import { expect, it } from 'vitest';
import { summarise } from './percentiles.ts';
import { SeriesRing } from './ring-buffer.ts';
import { periodOf, Timeline } from './timeline.ts';

it('keeps the last moments of every series, with gaps where it had none', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 8 }),
      fc.array(fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.nat()), { maxLength: 30 }),
      fc.integer({ min: 1, max: 40 }),
      (capacity, pushed, windowMs) => {
        const ring = new SeriesRing(capacity);
        for (const [time, values] of pushed.entries()) ring.push(time + 1, new Map(Object.entries(values)));
        const kept = pushed.map((values, index) => ({ time: index + 1, values })).slice(-capacity);
        const inside = kept.filter(({ time }) => time > pushed.length - windowMs);
        const { times, valuesOf } = ring.window(windowMs);
        expect([...times]).toEqual(inside.map(({ time }) => time));
        for (const id of ['a', 'b', 'c']) {
          expect([...valuesOf(id)]).toEqual(inside.map(({ values }) => values[id] ?? Number.NaN));
        }
        expect(ring.length).toBe(kept.length);
      },
    ),
    { numRuns: 100 },
  );
});

it('refuses a time that does not go forward', () => {
  const ring = new SeriesRing(2);
  ring.push(5, new Map());
  expect(() => ring.push(5, new Map())).toThrow(RangeError);
});

it('sums a window up by values that were there, and leaves gaps out', () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.nat(), { nil: Number.NaN }), { maxLength: 60 }), (given) => {
      const there = given.filter((value) => !Number.isNaN(value));
      const { p50, p95, p99, max, latest } = summarise(Float64Array.from(given));
      if (there.length === 0) {
        expect([p50, p95, p99, max, latest]).toEqual([null, null, null, null, null]);
        return;
      }
      const [low, middle, high, top] = [p50, p95, p99, max].map((value) => value ?? -1);
      for (const value of [low, middle, high, top]) expect(there).toContain(value);
      expect(top).toBe(Math.max(...there));
      const below = (limit: number | undefined) => there.filter((value) => value <= (limit ?? -1)).length;
      expect(below(low)).toBeGreaterThanOrEqual(there.length * 0.5);
      expect(below(middle)).toBeGreaterThanOrEqual(there.length * 0.95);
      expect(below(high)).toBeGreaterThanOrEqual(there.length * 0.99);
    }),
    { numRuns: 100 },
  );
});

it('tells times that rise, whatever the clock on the wall says', () => {
  const at = (seconds: number) => new Date(seconds * 1000).toISOString();
  const samples = [
    { at: at(100), ticks: { a: 1000 }, counters: {} },
    { at: at(50), ticks: { a: 2000 }, counters: {} },
    { at: at(51), counters: {} },
    { at: at(20), counters: {} },
    { at: at(21), ticks: { a: 9000, b: 1 }, counters: {} },
    { at: at(22), ticks: { a: 10_100, b: 2 }, counters: {} },
  ];
  const timeline = new Timeline(1000);
  expect(samples.map((sample) => timeline.timeOf(sample) / 1000)).toEqual([100, 101, 102, 103, 104, 105.1]);
  expect(periodOf(samples)).toBe(1000);
  expect(periodOf(samples.slice(0, 1))).toBeUndefined();
});
