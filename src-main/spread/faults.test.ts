import { describe, expect, it } from 'vitest';
import type { CounterRow, Sample } from '#shared/sample.ts';
import type { Scenario } from '../hosts/simulated-host/scenario.ts';
import { scenarioWith } from '../testing/host-with.ts';
import { groupOf, judgedTraffic } from '../testing/judged-traffic.ts';
import { twoIscsiAdapters } from '../testing/storage-hosts.ts';

const pathClass = 'MPIO_DEVINSTANCE_HEALTH_INFO';
const traffic = {
  recordedSeconds: 250,
  demands: [{ on: { disk: 1 }, in: 900e6, out: 300e6, wave: 0 }],
} as const;
const even = scenarioWith({ ...twoIscsiAdapters, traffic });
const broken: Scenario = { ...even, mpio: { disks: [{ disk: 1, policy: 'RR', quietPaths: [1] }] } };

type Change = (samples: readonly Sample[]) => readonly Sample[];

const each =
  (change: (sample: Sample, at: number) => Sample): Change =>
  (samples) =>
    samples.map(change);

/** Rows of the paths, from a moment on. */
const paths = (from: number, change: (packet: CounterRow) => CounterRow | undefined): Change =>
  each((sample, at) => {
    if (at < from) return sample;
    const rows = (sample.counters[pathClass] ?? []).map((row) => ({
      ...row,
      DevInstanceHealthPackets: (row['DevInstanceHealthPackets'] as readonly CounterRow[]).flatMap(
        (packet) => change(packet) ?? [],
      ),
    }));
    return { ...sample, counters: { ...sample.counters, [pathClass]: rows } };
  });

const shifted =
  (by: bigint) =>
  (packet: CounterRow): CounterRow => ({
    ...packet,
    NumberBytesRead: String((BigInt(Number(packet['NumberBytesRead'])) + by) % 2n ** 64n),
  });
const without = (sample: Sample, name: string): Sample => {
  const { [name]: _, ...counters } = sample.counters;
  return { ...sample, counters, missing: { [name]: { kind: 'timed-out', message: 'Late.' } } };
};
const at = (sample: Sample, byMs: number): Sample => ({
  ...sample,
  at: new Date(Date.parse(sample.at) + byMs).toISOString(),
});
const start = (samples: readonly Sample[]): bigint => {
  const [row] = samples[0]?.counters[pathClass] ?? [];
  const [packet] = (row?.['DevInstanceHealthPackets'] ?? []) as readonly CounterRow[];
  return BigInt(Number(packet?.['NumberBytesRead'] ?? 0));
};

/** `found`: whether a path that carries nothing is still found, with so much of the recording left whole. */
const faults: readonly (readonly [string, Change, { readonly found: boolean }])[] = [
  ['nothing goes wrong', (samples) => samples, { found: true }],
  [
    'a counter of 64 bits wraps',
    (samples) => paths(0, shifted(2n ** 64n - start(samples) - 10_000_000_000n))(samples),
    { found: true },
  ],
  [
    'counters are set back',
    paths(100, (packet) => ({ ...packet, NumberBytesRead: 1, NumberReads: 1 })),
    { found: false },
  ],
  [
    'paths vanish and return',
    (samples) => paths(100, () => undefined)(samples.slice(0, 130)).concat(samples.slice(130)),
    { found: false },
  ],
  ['one tick is missed', (samples) => samples.filter((_, index) => index !== 100), { found: true }],
  [
    'a class answers nothing for one tick',
    each((sample, index) => (index === 100 ? without(sample, pathClass) : sample)),
    { found: true },
  ],
  [
    'a class is missing for 25 seconds',
    each((sample, index) => (index >= 100 && index < 125 ? without(sample, pathClass) : sample)),
    { found: false },
  ],
  ['a class is missing altogether', each((sample) => without(sample, pathClass)), { found: true }],
  [
    'the clock goes back an hour',
    each((sample, index) => (index >= 100 ? at(sample, -3_600_000) : sample)),
    { found: true },
  ],
  [
    'the clock goes forward an hour',
    each((sample, index) => (index >= 100 ? at(sample, 3_600_000) : sample)),
    { found: true },
  ],
  [
    'the host sleeps for ten minutes',
    each((sample, index) =>
      index < 100
        ? sample
        : {
            ...at(sample, 600_000),
            ticks: Object.fromEntries(
              Object.entries(sample.ticks ?? {}).map(([name, tick]) => [name, tick + 600_000]),
            ),
          },
    ),
    { found: false },
  ],
  [
    'an instance gets another name',
    each((sample, index) =>
      index < 100
        ? sample
        : {
            ...sample,
            counters: {
              ...sample.counters,
              [pathClass]: (sample.counters[pathClass] ?? []).map((row) => ({
                ...row,
                Instance: 'MPIO\\OTHER_0',
              })),
            },
          },
    ),
    { found: false },
  ],
  [
    'the sampler is killed and starts again',
    (samples) => samples.filter((_, index) => index < 100 || index > 140),
    { found: false },
  ],
  [
    'the sampler prints rubbish',
    paths(100, (packet) => ({ ...packet, NumberBytesRead: 'what?', NumberReads: -4 })),
    { found: false },
  ],
];

describe('while', () => {
  it.each(faults)(
    '%s, even paths are never found at fault, and a silent one only where it was seen',
    (_, change, { found }) => {
      const { read } = groupOf(judgedTraffic(even, change), 'mpio');
      expect(['spreads', 'not-enough-traffic']).toContain(read.verdict);
      for (const { share } of read.verdict === 'spreads' ? read.shares : [])
        expect(share).toBeCloseTo(0.5, 1);
      const silent = groupOf(judgedTraffic(broken, change), 'mpio').read;
      expect({ verdict: silent.verdict, isOpen: silent.open !== undefined }).toEqual(
        found ? { verdict: 'one-path', isOpen: false } : { verdict: 'not-enough-traffic', isOpen: true },
      );
    },
  );
});
