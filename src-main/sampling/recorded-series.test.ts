import { describe, expect, it } from 'vitest';
import type { Sample, SeriesWindow } from '#shared/sample.ts';
import { readSnapshot } from '../discovery/read-snapshot.ts';
import { captureOf } from '../hosts/simulated-host/observe.ts';
import type { Scenario } from '../hosts/simulated-host/scenario.ts';
import { buildModel } from '../path-graph/build-model.ts';
import { scenarioWith } from '../testing/host-with.ts';
import { recordedSeries } from './recorded-series.ts';

const gigabyte = 1e9;
const iscsi: Partial<Scenario> = {
  features: ['Hyper-V', 'Multipath-IO'],
  adapters: [{ name: 'NIC1' }, { name: 'NIC2', speed: 10 * gigabyte }],
  addresses: [
    { interface: 'NIC1', address: '10.0.1.11/24' },
    { interface: 'NIC2', address: '10.0.2.11/24' },
  ],
  iscsi: {
    targets: [{ iqn: 'iqn.2010-01.example:vol1', portals: ['10.0.1.101', '10.0.2.101'] }],
    sessions: [
      { iqn: 'iqn.2010-01.example:vol1', connections: [{ from: '10.0.1.11', to: '10.0.1.101' }], disks: [1] },
      { iqn: 'iqn.2010-01.example:vol1', connections: [{ from: '10.0.2.11', to: '10.0.2.101' }], disks: [1] },
    ],
  },
  mpio: { disks: [{ disk: 1, policy: 'RR' }] },
};

function windowOf(
  patch: Partial<Scenario>,
  change: (samples: readonly Sample[]) => readonly Sample[] = (samples) => samples,
  windowMs = 3_600_000,
  ids?: ReadonlySet<string>,
): SeriesWindow {
  const capture = captureOf(scenarioWith(patch));
  const snapshot = readSnapshot(capture);
  const { MpioDisk } = snapshot.readings;
  const series = recordedSeries(
    change(capture.samples ?? []),
    buildModel(snapshot),
    MpioDisk.status === 'ok' ? MpioDisk.records : [],
  );
  if (series === undefined) throw new Error('There are no series.');
  return series.window(windowMs, ids);
}

function latest({ series }: SeriesWindow, name: string, direction: string): number {
  const found = series.find(
    (one) => one.subject.name.startsWith(name) && one.direction === direction && one.measure === 'throughput',
  );
  return found?.summary.latest ?? Number.NaN;
}

const demand = (adapterCounters: 'statistics' | 'performance', read: number): Partial<Scenario> => ({
  ...iscsi,
  traffic: {
    recordedSeconds: 6,
    adapterCounters,
    demands: [{ on: { disk: 1 }, in: read, out: 10_000_000, wave: 0 }],
  },
});

describe('the samples of a host', () => {
  it.each(['statistics', 'performance'] as const)(
    'give the series of every layer that the traffic passes, adapters by their %s',
    (counters) => {
      const seen = windowOf(demand(counters, 40_000_000));
      for (const [name, direction] of [
        ['NIC1', 'in'],
        ['NIC2', 'in'],
        ['00000000770500', 'read'],
      ] as const) {
        expect(Math.abs(latest(seen, name, direction) / 20_000_000 - 1)).toBeLessThan(0.2);
      }
      expect(Math.abs(latest(seen, 'Disk 1', 'read') / 40_000_000 - 1)).toBeLessThan(0.2);
      expect(seen.times).toHaveLength(7);
      expect(seen.unjoined).toEqual([]);
      const [disk] = seen.series.filter(
        ({ measure, direction, subject }) =>
          measure === 'latency' && direction === 'read' && subject.name === 'Disk 1',
      );
      expect(disk?.summary.p50).toBeGreaterThan(0.5);
    },
  );

  it.each([
    ['LQD', 200_000_000, 400_000_000],
    // Requests are dealt in strict turn, so that the slowest path sets the pace of all.
    ['RR', 120_000_000, 125_000_000],
  ] as const)(
    'show a cable at its end, and under %s what the other path makes of it',
    (policy, least, most) => {
      const seen = windowOf({ ...demand('statistics', 600_000_000), mpio: { disks: [{ disk: 1, policy }] } });
      const [first = 0, second = 0] = ['NIC1', 'NIC2'].map((name) => latest(seen, name, 'in'));
      expect(first).toBeGreaterThan(115_000_000);
      expect(first).toBeLessThanOrEqual(125_000_000);
      expect(second).toBeGreaterThanOrEqual(Math.min(least, first));
      expect(second).toBeLessThanOrEqual(most);
    },
  );

  it('are the same every time', () => {
    expect(windowOf(demand('statistics', 1000))).toEqual(windowOf(demand('statistics', 1000)));
  });

  it('are cut to the window and the subjects that are asked for', () => {
    const all = windowOf(demand('statistics', 1000));
    const [subject] = all.series.map((one) => one.subject);
    const some = windowOf(demand('statistics', 1000), undefined, 2000, new Set([subject?.id ?? '']));
    expect(some.times).toEqual(all.times.slice(-2));
    expect(new Set(some.series.map((one) => one.subject.id))).toEqual(new Set([subject?.id]));
  });

  it('leave a gap in one class, and in no other, while it does not answer', () => {
    const name = 'MSiSCSI_SessionStatistics';
    const seen = windowOf(demand('statistics', 1_000_000), (samples) =>
      samples.map((sample, index) => {
        if (index < 2 || index > 3) return sample;
        const { [name]: _, ...counters } = sample.counters;
        return { ...sample, counters, missing: { [name]: { kind: 'timed-out', message: 'Late.' } } };
      }),
    );
    expect(seen.missing).toEqual([{ counterClass: name, kind: 'timed-out', message: 'Late.', count: 2 }]);
    for (const { source, values } of seen.series.filter(({ measure }) => measure === 'throughput')) {
      expect(values.flatMap((value, index) => (value === null ? [index] : []))).toEqual(
        source === name ? [0, 2, 3] : [0],
      );
    }
  });

  it('name what belongs to nothing', () => {
    const seen = windowOf(demand('statistics', 1000), (samples) =>
      samples.map((sample) => ({
        ...sample,
        counters: {
          ...sample.counters,
          Win32_PerfRawData_PerfDisk_PhysicalDisk: [
            { Instance: '9 X:' },
            { Instance: '8' },
            { Instance: '8' },
            { Instance: '_Total' },
          ],
        },
      })),
    );
    expect(seen.unjoined.map(({ instance }) => instance).sort()).toEqual(['8', '9 X:']);
  });

  it('of fewer than two give no series', () => {
    const { model } = { model: buildModel(readSnapshot(captureOf(scenarioWith()))) };
    expect(recordedSeries([], model, [])).toBeUndefined();
    expect(recordedSeries([{ at: '2026-01-15T12:00:00Z', counters: {} }], model, [])).toBeUndefined();
  });
});

describe('a channel of SMB', () => {
  const smb: Partial<Scenario> = {
    adapters: [{ name: 'NIC1' }, { name: 'NIC2' }],
    addresses: [
      { interface: 'NIC1', address: '10.0.1.11/24' },
      { interface: 'NIC2', address: '10.0.2.11/24' },
    ],
    smb: {
      servers: [
        {
          name: 'FS',
          shares: [{ name: 'VMs', opens: 2 }],
          interfaces: [{ address: '10.0.1.21' }, { address: '10.0.2.21' }],
        },
      ],
    },
    traffic: {
      recordedSeconds: 3,
      demands: [{ on: { share: '\\\\FS\\VMs' }, in: 30_000_000, out: 0, wave: 0 }],
    },
  };

  it('is estimated from its shares and adapters, and says so', () => {
    const channels = windowOf(smb).series.filter(({ subject }) => subject.kind === 'channel');
    const incoming = channels.filter(({ direction }) => direction === 'in');
    expect(incoming).toHaveLength(2);
    for (const { estimate, summary } of incoming) {
      expect(estimate).toMatch(/^Estimated/);
      expect(Math.abs((summary.latest ?? 0) / 15_000_000 - 1)).toBeLessThan(0.2);
    }
  });

  it('has no estimate where an adapter of a channel has no counter', () => {
    const seen = windowOf(smb, (samples) =>
      samples.map((sample) => ({
        ...sample,
        counters: Object.fromEntries(
          Object.entries(sample.counters).map(([name, rows]) => [
            name,
            rows.filter(({ Instance }) => !String(Instance).endsWith('#2')),
          ]),
        ),
      })),
    );
    expect(seen.series.filter(({ subject }) => subject.kind === 'channel')).toEqual([]);
  });
});
