import fc from 'fast-check';
import { expect, it } from 'vitest';
import { summarise } from './percentiles.ts';
import { SeriesRing } from './ring-buffer.ts';
import { periodOf, Timeline } from './timeline.ts';

it('keeps the last moments of every series, with gaps where it had none', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 8 }),
      fc.array(fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.nat({ max: 2 ** 24 })), { maxLength: 30 }),
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

it('keeps seven digits of a value', () => {
  const ring = new SeriesRing(1);
  ring.push(1, new Map([['a', 1_234_567_890]]));
  expect(ring.window(10).valuesOf('a')[0]).toBeCloseTo(1_234_567_890, -3);
});

it('refuses a time that does not go forward', () => {
  const ring = new SeriesRing(2);
  ring.push(5, new Map());
  expect(() => ring.push(5, new Map())).toThrow(RangeError);
});

it('keeps what fits when its size changes, and goes on', () => {
  const ring = new SeriesRing(4);
  const push = (time: number) => ring.push(time, new Map([['a', time * 10]]));
  for (const time of [1, 2, 3, 4, 5]) push(time);
  ring.setCapacity(3);
  push(6);
  expect([...ring.window(100).valuesOf('a')]).toEqual([40, 50, 60]);
  ring.setCapacity(5);
  push(7);
  push(8);
  push(9);
  expect([...ring.window(100).times]).toEqual([5, 6, 7, 8, 9]);
  expect([...ring.window(100).valuesOf('a')]).toEqual([50, 60, 70, 80, 90]);
});

it('holds an hour of 2,200 series, and fewer moments rather than more than 32 MB', () => {
  const values = (count: number) => new Map(Array.from({ length: count }, (_, at) => [`s${at}`, at]));
  const hour = new SeriesRing(3601);
  const some = values(2200);
  for (let second = 0; second < 3; second += 1) hour.push(second, some);
  expect(hour.capacity).toBe(3601);
  const many = new SeriesRing(14_401);
  many.push(1, values(1000));
  many.push(2, values(4000));
  expect(many.capacity * 4000 * 4).toBeLessThanOrEqual(32e6);
  expect(many.window(100).times).toHaveLength(2);
});

it('forgets series that have nothing but gaps', () => {
  const ring = new SeriesRing(2);
  ring.push(1, new Map([['gone', 1]]));
  ring.push(2, new Map([['there', 1]]));
  expect(ring.dropEmpty()).toEqual([]);
  ring.push(3, new Map([['there', 1]]));
  expect(ring.dropEmpty()).toEqual(['gone']);
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

it('is not hurried by a class that is read late now and then', () => {
  const timeline = new Timeline(1000);
  const late = [0, 600, 0, 600, 0];
  const times = late.map((more, index) =>
    timeline.timeOf({
      at: new Date(1e12 + index * 1000).toISOString(),
      ticks: { a: index * 1000, b: index * 1000 + more },
      counters: {},
    }),
  );
  expect(times.at(-1)).toBe(1e12 + 4000);
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
  expect(samples.map((sample) => timeline.timeOf(sample) / 1000)).toEqual([100, 101, 102, 103, 108, 109.1]);
  expect(periodOf(samples)).toBe(1000);
  expect(periodOf(samples.slice(0, 1))).toBeUndefined();
});
