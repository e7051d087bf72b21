import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Sample } from '#shared/sample.ts';
import { counterClasses } from './counters.ts';
import { readClass, readCount } from './instances.ts';
import { difference, RateMeter } from './rates.ts';

const name = 'MSFT_NetAdapterStatisticsSettingData';
const found = counterClasses.find((one) => one.name === name);
if (found === undefined) throw new Error('The class is not read.');
const cls = found;
const startMs = Date.parse('2026-01-15T12:00:00.000Z');

interface Moment {
  /** s by the clock that only runs forward; undefined: the sample has none. */
  readonly tick?: number;
  /** s by the clock on the wall; default: as the other. */
  readonly wall?: number;
  /** Bytes received; undefined: the instance is not there. 'silent': the class does not answer. */
  readonly bytes: number | bigint | string | undefined;
}

function sampleOf({ tick, wall, bytes }: Moment): Sample {
  const row = {
    Instance: 'NIC',
    ReceivedBytes: typeof bytes === 'bigint' ? String(bytes) : bytes,
    SentBytes: 0,
  };
  return {
    at: new Date(startMs + (wall ?? tick ?? 0) * 1000).toISOString(),
    ...(tick === undefined ? {} : { ticks: { [name]: tick * 1000 } }),
    counters: bytes === 'silent' ? {} : { [name]: bytes === undefined ? [] : [row] },
  };
}

/** Bytes received per second at each moment; undefined is a gap. */
function ratesOf(moments: readonly Moment[]): (number | undefined)[] {
  const meter = new RateMeter(cls.counters, 1000);
  return moments.map((moment) => {
    const sample = sampleOf(moment);
    const read = readClass(cls, sample);
    if (read === undefined) return undefined;
    const change = meter
      .take(read.instances, { tickMs: sample.ticks?.[name], wallMs: Date.parse(sample.at) })
      .get('NIC');
    const count = change?.counts.get('ReceivedBytes');
    return change === undefined || count === undefined
      ? undefined
      : (Number(count) / change.elapsedMs) * 1000;
  });
}

const top64 = 2n ** 64n;

describe('a rate', () => {
  it.each<[string, readonly Moment[], readonly (number | undefined)[]]>([
    [
      'is the difference over the time that passed',
      [
        { tick: 0, bytes: 100 },
        { tick: 1, bytes: 300 },
        { tick: 3, bytes: 500 },
      ],
      [undefined, 200, 100],
    ],
    [
      'is exact where a double is not',
      [
        { tick: 0, bytes: 2n ** 60n },
        { tick: 1, bytes: 2n ** 60n + 1n },
      ],
      [undefined, 1],
    ],
    [
      'goes on where 64 bits wrap',
      [
        { tick: 0, bytes: top64 - 50n },
        { tick: 1, bytes: 70 },
      ],
      [undefined, 120],
    ],
    [
      'is a gap where the counter was set back, and goes on from there',
      [
        { tick: 0, bytes: 9000 },
        { tick: 1, bytes: 40 },
        { tick: 2, bytes: 90 },
      ],
      [undefined, undefined, 50],
    ],
    [
      'is a gap while the adapter is gone, and at its return',
      [
        { tick: 0, bytes: 100 },
        { tick: 1, bytes: undefined },
        { tick: 2, bytes: 5_000_000 },
        { tick: 3, bytes: 5_000_010 },
      ],
      [undefined, undefined, undefined, 10],
    ],
    [
      'after missed ticks is the mean over all of them',
      [
        { tick: 0, bytes: 0 },
        { tick: 4, bytes: 400 },
      ],
      [undefined, 100],
    ],
    [
      'after a class that did not answer is the mean since it last did',
      [
        { tick: 0, bytes: 0 },
        { tick: 1, bytes: 'silent' },
        { tick: 2, bytes: 100 },
      ],
      [undefined, undefined, 50],
    ],
    [
      'is a gap after sleep, and goes on',
      [
        { tick: 0, bytes: 0 },
        { tick: 3600, bytes: 50 },
        { tick: 3601, bytes: 60 },
      ],
      [undefined, undefined, 10],
    ],
    [
      'is right where the clock on the wall jumps, back or forward',
      [
        { tick: 0, wall: 0, bytes: 0 },
        { tick: 1, wall: -3600, bytes: 100 },
        { tick: 2, wall: 7200, bytes: 200 },
      ],
      [undefined, 100, 100],
    ],
    [
      'is a gap where the clock on the wall jumps and is the only one',
      [
        { wall: 0, bytes: 0 },
        { wall: -100, bytes: 100 },
        { wall: -99, bytes: 200 },
        { wall: -98.5, bytes: 300 },
        { wall: 50, bytes: 400 },
        { wall: 51, bytes: 500 },
      ],
      [undefined, undefined, 100, undefined, undefined, 100],
    ],
    [
      'is a gap where the clock that only runs forward begins anew',
      [
        { tick: 500, bytes: 0 },
        { tick: 0, bytes: 100 },
        { tick: 1, bytes: 150 },
      ],
      [undefined, undefined, 50],
    ],
    [
      'waits where the same answer comes again out of a cache',
      [
        { tick: 0, bytes: 0 },
        { tick: 1, bytes: 100 },
        { tick: 1, bytes: 100 },
        { tick: 2, bytes: 200 },
      ],
      [undefined, 100, undefined, 100],
    ],
    [
      'is a gap where a driver answers with what no adapter can do',
      [
        { tick: 0, bytes: 5 },
        { tick: 1, bytes: top64 / 2n },
      ],
      [undefined, undefined],
    ],
    [
      'is a gap where the value is no count',
      [
        { tick: 0, bytes: 5 },
        { tick: 1, bytes: '-7' },
        { tick: 2, bytes: 9 },
      ],
      [undefined, undefined, undefined],
    ],
  ])('%s', (_, moments, rates) => {
    expect(ratesOf(moments)).toEqual(rates);
  });

  it('is by the performance counters own clock where the row carries one', () => {
    const meter = new RateMeter(cls.counters, 1000);
    const at = (seconds: number, bytes: number) =>
      meter.take(
        readClass(cls, {
          at: new Date(startMs).toISOString(),
          counters: {
            [name]: [
              {
                Instance: 'NIC',
                ReceivedBytes: bytes,
                Timestamp_PerfTime: 10_000_000 * seconds,
                Frequency_PerfTime: 10_000_000,
              },
            ],
          },
        })?.instances ?? [],
        { tickMs: undefined, wallMs: startMs },
      );
    at(10, 0);
    expect(at(12, 500).get('NIC')?.elapsedMs).toBe(2000);
  });

  it('is never negative and never more than the counter can have moved, whatever is read', () => {
    const moment = fc.record({
      tick: fc.option(fc.double({ min: 0, max: 100, noNaN: true }), { nil: undefined }),
      wall: fc.double({ min: -100, max: 100, noNaN: true }),
      bytes: fc.oneof(
        fc.bigInt({ min: 0n, max: top64 - 1n }),
        fc.nat(),
        fc.constant(undefined),
        fc.constant('silent' as const),
      ),
    });
    fc.assert(
      fc.property(fc.array(moment, { maxLength: 12 }), (moments) => {
        const rates = ratesOf(
          moments.map(({ tick, ...rest }) => ({ ...rest, ...(tick === undefined ? {} : { tick }) })),
        );
        for (const rate of rates) {
          if (rate !== undefined) expect(rate >= 0 && rate <= 1e12).toBe(true);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('of a counter that only moves forward adds up to what it moved, wrapped as often as it may', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: top64 - 1n }),
        fc.array(fc.nat({ max: 1_000_000_000 }), { minLength: 1, maxLength: 8 }),
        (start, moves) => {
          let total = start;
          const moments = [start, ...moves].map((move, tick) => {
            if (tick > 0) total += BigInt(move);
            return { tick, bytes: total % top64 };
          });
          expect(
            ratesOf(moments)
              .slice(1)
              .map((rate) => Math.round(rate ?? -1)),
          ).toEqual(moves);
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('a difference', () => {
  it.each([
    ['of 32 bits that wrap', 2n ** 32n - 10n, 5n, 32, 15n],
    ['of 32 bits that were set back', 1000n, 5n, 32, undefined],
    ['of 64 bits that were set back', 2n ** 40n, 5n, 64, undefined],
    ['of nothing', 7n, 7n, 32, 0n],
    ['of a 32-bit counter that was wider all along', 2n ** 40n, 5n, 32, undefined],
  ] as const)('%s', (_, before, now, bits, expected) => {
    expect(difference(before, now, bits)).toBe(expected);
  });
});

describe('a count', () => {
  it.each([
    [5, 5n],
    ['18446744073709551615', top64 - 1n],
    ['0xffffffffffffffff', top64 - 1n],
    [-1, undefined],
    [1.5, undefined],
    ['', undefined],
    ['12 MB', undefined],
    [null, undefined],
    [[1], undefined],
  ])('of %j', (value, expected) => {
    expect(readCount(value)).toBe(expected);
  });
});
