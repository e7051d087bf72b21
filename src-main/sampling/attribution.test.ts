import { describe, expect, it } from 'vitest';
import type { Capture } from '#shared/capture.ts';
import type { HostModel } from '#shared/host/host-model.ts';
import type { CounterRow } from '#shared/sample.ts';
import { readSnapshot } from '../discovery/read-snapshot.ts';
import { buildModel } from '../path-graph/build-model.ts';
import { hostWith } from '../testing/host-with.ts';
import { attributeTo, instanceNameOf, type Attribute, type MpioInstance } from './attribution.ts';
import type { InstanceKind } from './counters.ts';

const capture = hostWith({
  features: ['Hyper-V', 'Multipath-IO'],
  adapters: [
    { name: 'NIC1' },
    { name: 'NIC2', description: 'Maker (R) Fast/Ethernet #2' },
    { name: 'NIC3', description: 'Twin #1', speed: 10_000_000_000 },
    { name: 'NIC4', description: 'Twin /1' },
    { name: 'NIC5', description: 'Same #1' },
    { name: 'NIC6', description: 'Same /1' },
  ],
  iscsi: {
    targets: [{ iqn: 'iqn.2010-01.example:vol1', portals: ['192.168.1.101'] }],
    sessions: [1, 2].map((connections) => ({
      iqn: 'iqn.2010-01.example:vol1',
      connections: Array.from({ length: connections }, () => ({ from: '192.168.1.11', to: '192.168.1.101' })),
      disks: [1],
    })),
  },
  mpio: { disks: [{ disk: 1, policy: 'RR' }] },
  smb: {
    servers: [{ name: 'FS', shares: [{ name: 'VMs', opens: 1 }], interfaces: [{ address: '192.168.1.21' }] }],
  },
});
const { model, mpio } = readHost(capture);
const attribute = attributeTo(model, mpio);

function readHost(of: Capture): { model: HostModel; mpio: readonly MpioInstance[] } {
  const snapshot = readSnapshot(of);
  const { MpioDisk } = snapshot.readings;
  return { model: buildModel(snapshot), mpio: MpioDisk.status === 'ok' ? MpioDisk.records : [] };
}

function subjectOf(kind: InstanceKind, name: string, row: CounterRow = {}): string {
  const found = attribute(kind, { key: name, name, row, values: new Map() });
  return 'subject' in found ? `${found.subject.kind} ${found.subject.name}` : found.reason;
}

const [first, second] = model.sessions;
const numbers = (first?.sessionIdentifier ?? '').split('-').map((part) => String(BigInt(`0x${part}`)));

describe('an instance is joined', () => {
  it.each<[string, InstanceKind, string, CounterRow, string]>([
    ['by the description of an adapter', 'interface', 'Maker (R) Fast/Ethernet #2', {}, 'adapter NIC2'],
    [
      'by the description as counters write it',
      'interface',
      'maker [R] Fast_Ethernet _2',
      {},
      'adapter NIC2',
    ],
    [
      'by the speed, where two adapters are written alike',
      'interface',
      'Twin _1',
      { CurrentBandwidth: 1_000_000_000 },
      'adapter NIC4',
    ],
    [
      'by the id of the adapter before its name',
      'interface',
      'renamed since',
      { InstanceID: `{${model.adapters[0]?.interfaceGuid.replace(/[{}]/g, '') ?? ''}};0` },
      'adapter NIC1',
    ],
    [
      'by both numbers of a session',
      'session',
      'x',
      { UniqueAdapterId: numbers[0], USID: numbers[1] },
      `session ${first?.name}`,
    ],
    [
      'by the number in the name of a session',
      'session',
      'iqn.2010-01.example:vol1_4000013700000001',
      {},
      `session ${first?.name}`,
    ],
    [
      'to the only connection of a session',
      'connection',
      'iqn.2010-01.example:vol1_4000013700000001:1',
      {},
      `connection ${first?.connections[0]?.name}`,
    ],
    [
      'by the path of a disk',
      'path',
      mpio[0]?.instanceName ?? '',
      { PathId: 0x77050000 },
      'path 0000000077050000',
    ],
    ['by server and share', 'share', '\\fs\\VMS', {}, 'share \\\\FS\\VMs'],
    ['by the number of a disk with a letter', 'disk', '1 E:', {}, 'disk Disk 1'],
    ['by the number of a disk without', 'disk', '1', {}, 'disk Disk 1'],
    [
      'as an adapter of a virtual machine',
      'vm-adapter',
      'SQL_01_Netzwerk_5f0a6c1e-0000-4000-a000-00000000000a--5F0A6C1E-0000-4000-A000-00000000000B',
      {},
      'vm-nic SQL_01_Netzwerk',
    ],
  ])('%s', (_, kind, name, row, subject) => {
    expect(subjectOf(kind, name, row)).toBe(subject);
  });
});

describe('several connections of one session', () => {
  const name = 'iqn.2010-01.example:vol1_4000013700000002';
  const joined = (
    counters: readonly (readonly [name: string, row?: CounterRow])[],
    of: Attribute = attribute,
  ): string[] => {
    const readings = counters.map(([instance, row = {}]) => ({
      key: instance,
      name: instance,
      row,
      values: new Map<string, bigint>(),
    }));
    return readings.map((reading) => {
      const found = of('connection', reading, readings);
      return 'subject' in found ? found.subject.name : found.reason;
    });
  };
  const ids = (second?.connections ?? []).map((connection) => connection.name);
  const apart = expect.stringMatching(/several connections/) as string;

  it.each<[string, readonly (readonly [string, CounterRow?])[], readonly string[]]>([
    ['by the number in their names', [[`${name}:1`], [`${name}:2`]], ids],
    ['in whichever order they come', [[`${name}:2`], [`${name}:1`]], ids.toReversed()],
    [
      'by their property',
      [
        [name, { CID: 1 }],
        [name, { CID: 2 }],
      ],
      ids,
    ],
    ['by numbers with a hole, as after one was taken away', [[`${name}:7`], [`${name}:3`]], ids.toReversed()],
    ['not where neither says which it is', [[name], [name]], [apart, apart]],
    [
      'not where the look knows fewer of them',
      [[`${name}:1`], [`${name}:2`], [`${name}:3`]],
      [apart, apart, apart],
    ],
    ['not where one of them is not counted', [[`${name}:1`]], [apart]],
  ])('are told apart %s', (_, counters, names) => {
    expect(joined(counters)).toEqual(names);
  });

  it('are told apart as well where the list has the same numbers as the counters', () => {
    const same: HostModel = {
      ...model,
      sessions: model.sessions.map((session) => ({
        ...session,
        connections: session.connections.map((connection, at) => ({
          ...connection,
          name: connection.name.replace(/-.*/, `-${[9, 10][at] ?? 0}`),
        })),
      })),
    };
    const names = joined([[`${name}:10`], [`${name}:9`]], attributeTo(same, mpio));
    expect(names.map((one) => one.replace(/.*-/, ''))).toEqual(['10', '9']);
  });
});

describe('an instance is left, with the reason', () => {
  it.each<[string, InstanceKind, string, CounterRow, RegExp]>([
    ['that fits no adapter', 'interface', 'Nobody', {}, /No network adapter/],
    ['that fits two adapters', 'interface', 'same _1', {}, /Several network adapters/],
    ['of an unknown session', 'session', 'iqn_4000013700000099', {}, /No iSCSI session/],
    [
      'of one of several connections',
      'connection',
      'iqn.2010-01.example:vol1_4000013700000002:1',
      {},
      /several connections/,
    ],
    ['of an unknown path', 'path', mpio[0]?.instanceName ?? '', { PathId: 5 }, /no path of this id/],
    ['of an unknown disk of MPIO', 'path', 'MPIO\\Disk_0', { PathId: 5 }, /No disk that MPIO holds/],
    ['of an unknown share', 'share', '\\fs\\other', {}, /uses no share/],
    ['of an unknown disk', 'disk', '77 X:', {}, /no disk of this number/],
    ['of a disk without a number', 'disk', 'HarddiskVolume1', {}, /no disk of this number/],
    ['of nobody known', 'vm-adapter', 'VM_Adapter_1--2', {}, /neither an adapter of a virtual machine/],
    ['of a host vNIC among virtual machines', 'vm-adapter', 'x__DEVICE_y', {}, /adapter itself/],
  ])('%s', (_, kind, name, row, reason) => {
    expect(subjectOf(kind, name, row)).toMatch(reason);
  });
});

it('writes names as performance counters do', () => {
  expect(instanceNameOf('Intel(R) X710 #2 a/b\\c')).toBe('Intel[R] X710 _2 a_b_c');
});

it('has two sessions to tell apart', () => {
  expect(second?.connections).toHaveLength(2);
});
