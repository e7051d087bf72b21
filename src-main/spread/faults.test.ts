import { describe, expect, it } from 'vitest';
import type { CounterRow, Sample } from '#shared/sample.ts';
import type { Scenario } from '../hosts/simulated-host/scenario.ts';
import { readSnapshot } from '../discovery/read-snapshot.ts';
import { captureOf } from '../hosts/simulated-host/observe.ts';
import { buildModel } from '../path-graph/build-model.ts';
import { recordedSeries } from '../sampling/recorded-series.ts';
import { scenarioWith } from '../testing/host-with.ts';
import { groupOf, judgedTraffic } from '../testing/judged-traffic.ts';
import { twoIscsiAdapters } from '../testing/storage-hosts.ts';

const pathClass = 'MPIO_DEVINSTANCE_HEALTH_INFO';
const other = 'MSDSM_DEVICE_PERF';
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

const packetsOf = (row: CounterRow): readonly CounterRow[] =>
  row['DevInstanceHealthPackets'] as readonly CounterRow[];

const packetsAt = (samples: readonly Sample[], at: number): ReadonlyMap<unknown, CounterRow> =>
  new Map(
    (samples[at]?.counters[pathClass] ?? []).flatMap(packetsOf).map((packet) => [packet['PathId'], packet]),
  );

/** The same told by the counters of Microsoft's module, whose requests are of 32 bits and wrap in the middle. */
const wrapped32: Change = (samples) => {
  const before = packetsAt(samples, 100);
  return each((sample) => {
    const { [pathClass]: rows = [], ...counters } = sample.counters;
    const { [pathClass]: tick = 0, ...ticks } = sample.ticks ?? {};
    const told = rows.map((row) => ({
      Instance: row['Instance'],
      PerfInfo: packetsOf(row).map(({ PathId, NumberReads, NumberWrites, ...packet }) => ({
        PathId,
        BytesRead: packet['NumberBytesRead'],
        BytesWritten: packet['NumberBytesWritten'],
        NumberReads: (Number(NumberReads) - Number(before.get(PathId)?.['NumberReads']) + 2 ** 33) % 2 ** 32,
        NumberWrites: Number(NumberWrites) % 2 ** 32,
      })),
    }));
    return { ...sample, ticks: { ...ticks, [other]: tick }, counters: { ...counters, [other]: told } };
  })(samples);
};

/**
 * `found`: whether a path that carries nothing is still found, with so much of the recording left whole. `isAbsent`: by
 * counters farther away, as the paths have none.
 */
const faults: readonly (readonly [
  string,
  Change,
  { readonly found: boolean; readonly isAbsent?: boolean },
])[] = [
  ['nothing goes wrong', (samples) => samples, { found: true }],
  [
    'a counter of 64 bits wraps',
    (samples) => paths(0, shifted(2n ** 64n - start(samples) - 10_000_000_000n))(samples),
    { found: true },
  ],
  ['counters of 32 bits wrap', wrapped32, { found: true }],
  [
    'counters are set back',
    (samples) => {
      const lost = packetsAt(samples, 100);
      return paths(100, (packet) => {
        const before = lost.get(packet['PathId']) ?? {};
        const counted = Object.entries(packet).map(([name, value]) =>
          name === 'PathId' ? [name, value] : [name, Number(value) - Number(before[name])],
        );
        return Object.fromEntries(counted) as CounterRow;
      })(samples);
    },
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
  [
    'a class is missing altogether',
    each((sample) => without(sample, pathClass)),
    { found: true, isAbsent: true },
  ],
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

/** Bytes per second that were read over each path of the disk, moment by moment; null is a gap. */
function pathRates(change: Change): readonly (readonly (number | null)[])[] {
  const capture = captureOf(even);
  const snapshot = readSnapshot(capture);
  const { MpioDisk } = snapshot.readings;
  const mpio = MpioDisk.status === 'ok' ? MpioDisk.records : [];
  const series = recordedSeries(change(capture.samples ?? []), buildModel(snapshot), mpio);
  return (series?.window(3_600_000).series ?? []).flatMap(({ subject, measure, direction, values }) =>
    subject.kind === 'path' && measure === 'throughput' && direction === 'read' ? [values] : [],
  );
}

describe('while', () => {
  it.each(faults)(
    '%s, rates are right or gaps, even paths never at fault, and a silent one only where it was seen',
    (_, change, { found, isAbsent }) => {
      const rates = pathRates(change).flat();
      const counted = rates.filter((rate) => rate !== null);
      // Traffic swings a little by itself.
      expect(counted.filter((rate) => Math.abs(rate - 450e6) > 90e6)).toEqual([]);
      if (found && !isAbsent) expect(counted.length).toBeGreaterThan(0.95 * 2 * 248);
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

describe('a session with several connections', () => {
  const iqn = 'iqn.2010-01.example:vol1';
  const several = scenarioWith({
    ...twoIscsiAdapters,
    iscsi: {
      targets: [{ iqn, portals: ['10.0.10.101', '10.0.20.101'] }],
      sessions: [
        {
          iqn,
          connections: [
            { from: '10.0.10.11', to: '10.0.10.101' },
            { from: '10.0.20.11', to: '10.0.20.101' },
          ],
          disks: [1],
        },
      ],
    },
    traffic,
  });
  const connectionClass = 'MSiSCSI_ConnectionStatistics';
  const renamed = (change: (row: CounterRow) => CounterRow): Change =>
    each((sample) => ({
      ...sample,
      counters: {
        ...sample.counters,
        [connectionClass]: (sample.counters[connectionClass] ?? []).map(change),
      },
    }));
  const bare = (row: CounterRow): string => String(row['Instance']).replace(/:\d+$/, '');

  it.each<[string, Change, string]>([
    ['with the number of each in its name', renamed(({ CID: _, ...row }) => row), 'connection'],
    [
      'with the number beside one name for all',
      renamed((row) => ({ ...row, Instance: bare(row) })),
      'connection',
    ],
    [
      'without any number, so that adapters have to tell',
      renamed(({ CID: _, ...row }) => ({ ...row, Instance: bare(row) })),
      'interface',
    ],
  ])('is judged by its connections %s', (_, change, layer) => {
    const { read } = groupOf(judgedTraffic(several, change), 'connections');
    expect(read).toMatchObject({ verdict: 'spreads', counted: { layer } });
    for (const { share } of read.shares) expect(share).toBeCloseTo(0.5, 1);
  });
});
