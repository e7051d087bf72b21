import { describe, expect, test } from 'vitest';
import type { ObservationFailureKind } from '#shared/result.ts';
import { scenarioWith } from '../../testing/host-with.ts';
import { readResource } from '../../platform/resources.ts';
import { readScenario } from './read-scenario.ts';
import type { Scenario } from './scenario.ts';
import { createSimulatedHost, neverMs } from './simulated-host.ts';

function ask(patch: Partial<Scenario>, name: string, parameters: Record<string, unknown> = {}) {
  return createSimulatedHost(scenarioWith(patch)).call({ name, parameters });
}

const wmi = (ClassName: string) => ({ Namespace: 'root/wmi', ClassName });
const oneSession: NonNullable<Scenario['iscsi']> = {
  targets: [],
  sessions: [{ iqn: 'iqn.2010-01.example:vol1', connections: [{ to: '192.168.1.101' }], disks: [1] }],
};

describe('which commands exist', () => {
  test.each<[string, Partial<Scenario>, string[], string[]]>([
    [
      '2022 without features',
      { features: [] },
      ['Get-NetLbfoTeam', 'Get-IscsiSession'],
      ['Get-VMSwitch', 'Get-MPIOSetting', 'mpclaim.exe', 'Get-Cluster'],
    ],
    [
      'Hyper-V on 2012 R2',
      { windows: { release: '2012R2' } },
      ['Get-VMSwitch', 'Get-VMNetworkAdapterIsolation'],
      ['Get-VMSwitchTeam', 'Get-VMNetworkAdapterTeamMapping'],
    ],
    [
      'Hyper-V on 2012',
      { windows: { release: '2012' } },
      ['Get-VMSwitch'],
      ['Get-VMNetworkAdapterIsolation', 'Get-SmbBandwidthLimit'],
    ],
    ['MPIO', { features: ['Multipath-IO'] }, ['Get-MSDSMSupportedHW', 'mpclaim.exe'], ['Get-VMSwitch']],
    ['DCB', { features: ['Data-Center-Bridging'] }, ['Get-NetQosFlowControl'], ['Get-Cluster']],
    [
      'a client with Hyper-V',
      { windows: { release: '2022', isClient: true }, features: ['Hyper-V', 'Multipath-IO'] },
      ['Get-VMSwitch', 'Get-WindowsOptionalFeature'],
      ['Get-NetLbfoTeam', 'Get-WindowsFeature', 'Get-MPIOSetting'],
    ],
    [
      'Network ATC on 2025',
      { windows: { release: '2025' }, features: ['NetworkATC'] },
      ['Get-NetIntent'],
      [],
    ],
  ])('%s', (_, patch, there, absent) => {
    const existing = createSimulatedHost(scenarioWith(patch)).commands();
    for (const name of there) expect(existing).toContain(name);
    for (const name of absent) expect(existing).not.toContain(name);
  });

  test('a command that does not exist says so, and every command has its module', () => {
    expect(ask({}, 'Get-Nothing').errors[0]).toMatchObject({
      id: 'CommandNotFoundException',
      terminating: true,
    });
    const host = createSimulatedHost(scenarioWith({ features: ['Hyper-V', 'Multipath-IO'] }));
    expect(host.moduleOf('get-vmswitch')).toBe('Hyper-V');
    expect(host.moduleOf('mpclaim.exe')).toBe('');
    expect(host.moduleOf('Get-Cluster')).toBeUndefined();
  });
});

describe('how the host refuses', () => {
  test.each<[string, Partial<Scenario>, string, Record<string, unknown>, string]>([
    [
      'MSiSCSI stopped',
      { iscsi: oneSession, msiscsi: { status: 'Stopped', startType: 'Manual' } },
      'Get-IscsiSession',
      {},
      'HRESULT 0x80070426,Get-IscsiSession',
    ],
    ['MPIO class without the feature', {}, 'Get-CimInstance', wmi('MPIO_DISK_INFO'), 'HRESULT 0x80041010'],
    ['unknown class', {}, 'Get-CimInstance', wmi('Nothing'), 'HRESULT 0x80041010'],
    [
      'class asked in another namespace',
      {},
      'Get-CimInstance',
      { ClassName: 'MSFT_Disk' },
      'HRESULT 0x80041010',
    ],
    [
      'unknown namespace',
      {},
      'Get-CimInstance',
      { Namespace: 'root/nothing', ClassName: 'X' },
      'HRESULT 0x8004100e',
    ],
    [
      'SMB without elevation',
      { isElevated: false },
      'Get-SmbConnection',
      {},
      'Windows System Error 5,Get-SmbConnection',
    ],
    ['disks without elevation', { isElevated: false }, 'Get-Disk', {}, 'Windows System Error 5,Get-Disk'],
    [
      'root/wmi without elevation',
      { isElevated: false },
      'Get-CimInstance',
      wmi('MSiSCSI_QueryLBPolicy'),
      'HRESULT 0x80041003',
    ],
    [
      'Hyper-V without elevation',
      { isElevated: false },
      'Get-VMSwitch',
      {},
      'AccessDenied,Microsoft.HyperV.PowerShell.Commands.GetVMSwitch',
    ],
    [
      'features without elevation',
      { isElevated: false },
      'Get-WindowsFeature',
      {},
      'UnauthorizedAccess,Get-WindowsFeature',
    ],
    [
      'Hyper-V module without the role',
      { features: ['Hyper-V-PowerShell'] },
      'Get-VMSwitch',
      {},
      'ObjectNotFound,Microsoft.HyperV.PowerShell.Commands.GetVMSwitch',
    ],
    [
      'cluster cmdlet on no node',
      { features: ['Failover-Clustering'] },
      'Get-Cluster',
      {},
      'ClusterEndpointNotRegistered',
    ],
    ['unknown service', {}, 'Get-Service', { Name: 'Nothing' }, 'NoServiceFoundForGivenName'],
  ])('%s', (_, patch, name, parameters, id) => {
    const answer = ask(patch, name, parameters);
    expect(answer.output).toEqual([]);
    expect(answer.errors[0]?.id).toContain(id);
  });

  test('the network may be read without elevation', () => {
    for (const name of [
      'Get-NetAdapter',
      'Get-NetIPAddress',
      'Get-NetLbfoTeam',
      'Get-SmbClientConfiguration',
    ]) {
      expect(ask({ isElevated: false }, name).errors).toEqual([]);
    }
  });

  test.each<[ObservationFailureKind, string]>([
    ['access-denied', 'Windows System Error 5,Get-NetAdapter'],
    ['service-stopped', 'HRESULT 0x80070426,Get-NetAdapter'],
    ['script-error', 'HRESULT 0x80041001,Get-NetAdapter'],
    ['cmdlet-missing', 'CommandNotFoundException'],
  ])('an observation that fails as %s', (kind, id) => {
    expect(ask({ failures: { NetAdapter: { kind } } }, 'Get-NetAdapter').errors[0]?.id).toBe(id);
    expect(ask({ failures: { NetAdapter: { kind } } }, 'Get-NetAdapterRss').errors).toEqual([]);
  });

  test('one that hangs answers in a day', () => {
    const failures = { Disk: { kind: 'timed-out', hangs: true } } as const;
    expect(ask({ failures }, 'Get-Disk')).toEqual({ output: [], errors: [], delayMs: neverMs });
  });
});

test('the parts of a scenario must fit together', () => {
  const broken: [Partial<Scenario>, string][] = [
    [{ vnics: [{ name: 'A', vswitch: 'S' }] }, 'vNIC "A" names the vSwitch "S"'],
    [{ vswitches: [{ name: 'S', uplink: { adapter: 'X' } }] }, 'vSwitch "S" names the adapter "X"'],
    [{ adapters: [{ name: 'A' }, { name: 'a' }] }, 'Two interfaces of the scenario are named "a"'],
    [{ addresses: [{ interface: 'X', address: '10.0.0.1/24' }] }, 'names the interface "X"'],
    [{ addresses: [{ interface: 'NIC1', address: '10.0.0.1' }] }, 'Not an address with its prefix length'],
    [
      {
        vswitches: [{ name: 'S', uplink: { adapter: 'NIC1' } }],
        addresses: [{ interface: 'NIC1', address: '10.0.0.1/24' }],
      },
      'is a member of a team or switch and has no IP',
    ],
  ];
  for (const [patch, message] of broken) {
    expect(() => createSimulatedHost(scenarioWith(patch))).toThrow(message);
  }
});

test('calls are counted by command, until they are reset', () => {
  const host = createSimulatedHost(scenarioWith());
  host.call({ name: 'Get-NetAdapter', parameters: {} });
  host.call({ name: 'get-netadapter', parameters: {} });
  host.call({ name: 'Get-CimInstance', parameters: { ClassName: 'Win32_OperatingSystem' } });
  host.call({ name: 'Get-Nothing', parameters: {} });
  expect(host.counts()).toEqual({ 'Get-NetAdapter': 2, 'Get-CimInstance': 1 });
  host.resetCounts();
  expect(host.counts()).toEqual({});
});

function tenTimes(scenario: Scenario): Scenario {
  const copies = Array.from({ length: 10 }, (_, copy) => copy);
  const ip = (address: string, copy: number) =>
    address.replace(/^10\.(\d+)\./, (_, second: string) => `10.${Number(second) + copy * 10}.`);
  const { iscsi } = scenario;
  if (iscsi === undefined) throw new Error('The large host has iSCSI');
  return {
    ...scenario,
    adapters: copies.flatMap((copy) =>
      scenario.adapters.map((adapter) => ({ ...adapter, name: `${adapter.name}-${copy}` })),
    ),
    lbfoTeams: [],
    vswitches: copies.flatMap((copy) => [
      { name: `S${copy}`, uplink: { set: [`SET1-NIC1-${copy}`, `SET1-NIC2-${copy}`] } },
    ]),
    vnics: copies.map((copy) => ({ name: `V${copy}`, vswitch: `S${copy}` })),
    vms: copies.flatMap((copy) =>
      (scenario.vms ?? []).map((vm) => ({ name: `${vm.name}-${copy}`, vnics: [{ vswitch: `S${copy}` }] })),
    ),
    addresses: copies.flatMap((copy) =>
      (scenario.addresses ?? [])
        .filter((address) => address.interface.startsWith('iSCSI'))
        .map((address) => ({
          interface: `${address.interface}-${copy}`,
          address: ip(address.address, copy),
        })),
    ),
    iscsi: {
      targets: [],
      sessions: copies.flatMap((copy) =>
        iscsi.sessions.map((session) => ({
          iqn: `${session.iqn}.${copy}`,
          connections: session.connections.map((connection) => ({
            ...connection,
            from:
              connection.from === undefined || connection.from === null ? null : ip(connection.from, copy),
            to: ip(connection.to, copy),
          })),
          disks: (session.disks ?? []).map((disk) => disk + copy * 40),
        })),
      ),
    },
    mpio: { disks: Array.from({ length: 400 }, (_, disk) => ({ disk: disk + 1, policy: 'RR' as const })) },
    disks: [],
    smb: { servers: [] },
  };
}

test('a host ten times as large as the largest demo renders whole', () => {
  const read = readScenario(readResource('scenarios/large.json'), 'large');
  if (!read.ok) throw new Error(read.failure.message);
  const host = createSimulatedHost(tenTimes(read.value));
  const count = (name: string, parameters: Record<string, unknown> = {}) =>
    host.call({ name, parameters }).output.length;
  expect(count('Get-NetAdapter')).toBe(330);
  expect(count('Get-IscsiSession')).toBe(640);
  expect(count('Get-Disk')).toBe(401);
  expect(count('Get-CimInstance', wmi('MSiSCSIInitiator_SessionClass'))).toBe(640);
  expect(count('Get-CimInstance', wmi('MPIO_GET_DESCRIPTOR'))).toBe(400);
  expect(count('Get-NetAdapterBinding')).toBe(3300);
});
