import { expect, it } from 'vitest';
import { readSnapshot } from '../discovery/read-snapshot.ts';
import { captureOf } from '../hosts/simulated-host/observe.ts';
import type { Scenario } from '../hosts/simulated-host/scenario.ts';
import { buildModel } from '../path-graph/build-model.ts';
import { scenarioWith } from '../testing/host-with.ts';
import { modelMarks } from './model-marks.ts';

const iscsi = (patch: Partial<Scenario> = {}): Partial<Scenario> => ({
  features: ['Multipath-IO'],
  adapters: [{ name: 'NIC1' }, { name: 'NIC2' }],
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
  ...patch,
});
const modelOf = (patch: Partial<Scenario>) => buildModel(readSnapshot(captureOf(scenarioWith(patch))));

it.each<[string, Partial<Scenario>, readonly string[]]>([
  ['nothing', iscsi(), []],
  [
    'a policy',
    iscsi({ mpio: { disks: [{ disk: 1, policy: 'FOO' }] } }),
    ['path-state: Changed: policy of Disk 1'],
  ],
  [
    'the speed of a link',
    iscsi({ adapters: [{ name: 'NIC1' }, { name: 'NIC2', speed: 1e10 }] }),
    ['topology: Changed: NIC2.'],
  ],
  [
    'an adapter that came',
    iscsi({ adapters: ['NIC1', 'NIC2', 'NIC3'].map((name) => ({ name })) }),
    ['topology: Changed: NIC3.'],
  ],
])('marks %s', (_, after, marks) => {
  const found = modelMarks(modelOf(iscsi()), modelOf(after));
  expect(found).toHaveLength(marks.length);
  for (const [index, { kind, message }] of found.entries()) {
    expect(`${kind}: ${message}`.startsWith(marks[index] ?? '?')).toBe(true);
  }
});

it('names some and counts the rest', () => {
  const many = iscsi({ adapters: ['NIC1', 'NIC2', 'A', 'B', 'C', 'D', 'E'].map((name) => ({ name })) });
  expect(modelMarks(modelOf(iscsi()), modelOf(many))[0]?.message).toBe('Changed: A, B, C and 2 more.');
});
