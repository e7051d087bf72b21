import { describe, expect, it } from 'vitest';
import type { Snapshot } from '#shared/host/snapshot.ts';
import { buildGraph } from './build-graph.ts';
import { buildModel } from './build-model.ts';
import { targetCeilings } from './ceilings.ts';
import {
  address,
  connection,
  convergedLbfo,
  convergedSet,
  dedicatedPaths,
  disk,
  failed,
  gigabit,
  hostVNic,
  iqn,
  iscsiOnTeam,
  member,
  nic,
  route,
  session,
  tenGigabit,
  vnicAdapter,
  vswitch,
  withReadings,
  without,
} from './hand-built-snapshot.ts';

function ceilingsOf(snapshot: Snapshot) {
  const model = buildModel(snapshot);
  return targetCeilings(model, buildGraph(model, snapshot), snapshot);
}

const first = (snapshot: Snapshot) => ceilingsOf(snapshot)[0];
const names = (entities: readonly { readonly name: string }[] = []) => entities.map(({ name }) => name);

const setOf = (...parts: Parameters<typeof withReadings>[1][]) =>
  parts.reduce<Snapshot>((snapshot, part) => withReadings(snapshot, part), convergedSet());

describe('the single stream', () => {
  const table: readonly (readonly [string, Snapshot, number, readonly string[]])[] = [
    ['a team of 1 Gbit/s NICs is one NIC', iscsiOnTeam(), gigabit, ['NIC1', 'NIC2', 'NIC3', 'NIC4']],
    ['an LBFO team under a vSwitch is one NIC', convergedLbfo(), gigabit, ['NIC1', 'NIC2']],
    ['plain NICs is one NIC', dedicatedPaths(), gigabit, ['NIC1', 'NIC2']],
    ['vNICs mapped to members is the fastest mapped member', convergedSet(), 25 * gigabit, ['NIC2']],
    [
      'a team of mixed members is the fastest',
      setOf({ VMNetworkAdapterTeamMapping: [] }),
      25 * gigabit,
      ['NIC2'],
    ],
    [
      'two vNICs mapped to the slower member is that member',
      setOf({
        VMNetworkAdapterTeamMapping: [
          { vnicName: 'Storage-A', memberName: 'NIC1' },
          { vnicName: 'Storage-B', memberName: 'NIC1' },
        ],
      }),
      tenGigabit,
      ['NIC1'],
    ],
    [
      'a mapped member that is down is the rest of the team',
      setOf({
        NetAdapter: [
          nic(1, { speedBitsPerSecond: tenGigabit }),
          nic(2, { speedBitsPerSecond: null, status: 'Disconnected' }),
          vnicAdapter(31, 'Storage-A'),
          vnicAdapter(32, 'Storage-B'),
        ],
      }),
      tenGigabit,
      ['NIC1'],
    ],
    [
      'a capped vNIC beside a free slower one is the free one',
      setOf({
        VMNetworkAdapter: [
          hostVNic(31, 'Storage-A', 50),
          hostVNic(32, 'Storage-B', 50, { maximumBandwidthBitsPerSecond: 3 * gigabit }),
        ],
      }),
      tenGigabit,
      ['NIC1'],
    ],
    [
      'capped vNICs is the higher cap',
      setOf({
        VMNetworkAdapter: [
          hostVNic(31, 'Storage-A', 50, { maximumBandwidthBitsPerSecond: 2 * gigabit }),
          hostVNic(32, 'Storage-B', 50, { maximumBandwidthBitsPerSecond: 3 * gigabit }),
        ],
      }),
      3 * gigabit,
      ['vEthernet (Storage-B)'],
    ],
    [
      'a vSwitch on one NIC is that NIC',
      setOf({
        VMSwitch: [vswitch(50, { uplinkDescription: 'Intel(R) Ethernet I350 #1', isEmbeddedTeam: false })],
        VMSwitchTeam: [],
        VMNetworkAdapterTeamMapping: [],
      }),
      tenGigabit,
      ['NIC1'],
    ],
    [
      'an active 1 Gbit/s and a standby 10 Gbit/s member is the active one',
      withReadings(iscsiOnTeam(), {
        NetAdapter: [nic(1), nic(2, { speedBitsPerSecond: tenGigabit }), ...teamNicOf(iscsiOnTeam())],
        NetLbfoTeamMember: [member('Team1', 1), member('Team1', 2, { operationalStatus: 'Standby' })],
      }),
      gigabit,
      ['NIC1'],
    ],
    [
      'a session of several connections is the widest connection',
      withReadings(dedicatedPaths(), {
        NetAdapter: [nic(1), nic(2, { speedBitsPerSecond: tenGigabit })],
        IscsiSession: [session(1, { numberOfConnections: 2 })],
        IscsiConnection: [
          connection(1, '10.0.10.11', '10.0.10.101'),
          connection(1, '10.0.10.12', '10.0.10.102', { connectionIdentifier: 'ffffb60a-9' }),
        ],
      }),
      tenGigabit,
      ['NIC2'],
    ],
  ];
  it.each(table)('over %s', (_what, snapshot, bitsPerSecond, limitedBy) => {
    const target = first(snapshot);
    expect(target?.singleStream).toEqual({ bitsPerSecond });
    expect(names(target?.singleStreamLimitedBy)).toEqual(limitedBy);
    expect(target?.assumptions).toContain(
      'The links of the target itself are not known and are taken as unlimited.',
    );
  });

  const unknown: readonly (readonly [string, Snapshot, RegExp])[] = [
    [
      'no link speed is reported',
      withReadings(dedicatedPaths(), { NetAdapter: [nic(1, { speedBitsPerSecond: null }), nic(2)] }),
      /NIC1: no link speed/,
    ],
    [
      'one member of a team reports no speed',
      withReadings(iscsiOnTeam(), {
        NetAdapter: [
          nic(1),
          nic(2, { speedBitsPerSecond: null }),
          nic(3),
          nic(4),
          ...teamNicOf(iscsiOnTeam()),
        ],
      }),
      /NIC2: no link speed/,
    ],
    [
      'the target is this host',
      withReadings(dedicatedPaths(), {
        IscsiConnection: [
          connection(1, '10.0.10.11', '10.0.10.12'),
          connection(2, '10.0.10.12', '10.0.10.102'),
        ],
      }),
      /this very host/,
    ],
    [
      'an HBA carries it',
      withReadings(dedicatedPaths(), {
        IscsiSession: [session(1, { initiatorInstanceName: 'PCI\\VEN_1077\\1_0' })],
      }),
      /HBA/,
    ],
    [
      'the host is a virtual machine',
      withReadings(dedicatedPaths(), { ComputerSystem: [{ name: 'HV01', model: 'Virtual Machine' }] }),
      /nominal/,
    ],
    [
      'the switch has no uplink',
      withReadings(convergedLbfo(), { VMSwitch: [vswitch(50, { switchType: 'Internal' })] }),
      /without an uplink/,
    ],
    [
      'no member is active',
      withReadings(iscsiOnTeam(), {
        NetLbfoTeamMember: [member('Team1', 1, { operationalStatus: 'Failed' })],
      }),
      /No member of team Team1/,
    ],
    [
      'nobody said which members of a team are active',
      without(iscsiOnTeam(), 'NetLbfoTeamMember'),
      /Which members of team Team1 are active could not be read/,
    ],
    [
      'the NIC has no link',
      withReadings(dedicatedPaths(), {
        NetAdapter: [nic(1, { status: 'Disconnected' }), nic(2, { speedBitsPerSecond: null })],
      }),
      /NIC1 has no link/,
    ],
    [
      'the sessions could not be read',
      without(dedicatedPaths(), 'IscsiSession'),
      /sessions to the target could not be read/,
    ],
    [
      'no session is connected',
      withReadings(dedicatedPaths(), { IscsiSession: [session(1, { isConnected: false })] }),
      /No session/,
    ],
    ['the adapters could not be read', without(dedicatedPaths(), 'NetAdapter'), /holds 10\.0\.10\.11/],
  ];
  it.each(unknown)('is not known where %s', (_what, snapshot, reason) => {
    const target = first(snapshot);
    expect(target?.singleStream.bitsPerSecond).toBeNull();
    expect(target?.singleStream.unknownBecause).toMatch(reason);
    expect(target?.singleStreamLimitedBy).toEqual([]);
  });

  it('is known beside an unknown path only where no wire of the host could beat it', () => {
    const half = { IscsiConnection: [connection(1, '10.0.10.11', '10.0.10.101')] };
    expect(first(withReadings(dedicatedPaths(), half))?.singleStream).toEqual({ bitsPerSecond: gigabit });
    const faster = [nic(1), nic(2), nic(9, { speedBitsPerSecond: tenGigabit })];
    expect(
      first(withReadings(dedicatedPaths(), { ...half, NetAdapter: faster }))?.singleStream.bitsPerSecond,
    ).toBeNull();
  });

  it('says that MPIO keeps paths back where it does', () => {
    const policy = (lbPolicy: 'FOO' | 'RR') =>
      first(
        withReadings(dedicatedPaths(), {
          MpioDisk: [
            {
              instanceName: 'A',
              diskNumber: 1,
              lbPolicy,
              paths: [
                { pathId: '1', state: 'Active/Optimized' },
                { pathId: '2', state: 'Active/Optimized' },
              ],
            },
          ],
        }),
      )?.assumptions;
    expect(policy('FOO')).toHaveLength(2);
    expect(policy('RR')).toHaveLength(1);
  });
});

describe('what every route depends on', () => {
  const table: readonly (readonly [string, Snapshot, readonly string[]])[] = [
    [
      'one session on a team',
      iscsiOnTeam(),
      ['ffffb60a-4000013700000001', '10.0.10.11', 'Team1', 'Team1', '10.0.10.101:3260'],
    ],
    ['two NICs and two portals', dedicatedPaths(), []],
    ['two vNICs over one switch and team', convergedLbfo(), ['Switch50', 'SwitchTeam', 'SwitchTeam']],
    [
      'two vNICs on one switch over one NIC',
      setOf({
        VMSwitch: [vswitch(50, { uplinkDescription: 'Intel(R) Ethernet I350 #1', isEmbeddedTeam: false })],
        VMSwitchTeam: [],
        VMNetworkAdapterTeamMapping: [],
      }),
      ['Switch50', 'NIC1'],
    ],
    [
      'two sessions to one portal',
      withReadings(dedicatedPaths(), {
        IscsiConnection: [
          connection(1, '10.0.10.11', '10.0.10.101'),
          connection(2, '10.0.10.12', '10.0.10.101'),
        ],
      }),
      ['10.0.10.101:3260'],
    ],
    [
      'a team with one active and one standby member',
      withReadings(convergedLbfo(), {
        NetLbfoTeamMember: [
          member('SwitchTeam', 1),
          member('SwitchTeam', 2, { operationalStatus: 'Standby' }),
        ],
      }),
      ['Switch50', 'SwitchTeam', 'SwitchTeam'],
    ],
    [
      'a team with one active and one failed member',
      withReadings(convergedLbfo(), {
        NetLbfoTeamMember: [
          member('SwitchTeam', 1),
          member('SwitchTeam', 2, { operationalStatus: 'Failed' }),
        ],
      }),
      ['Switch50', 'SwitchTeam', 'SwitchTeam', 'NIC1'],
    ],
    [
      'two sessions of which one leaves nobody knows where',
      withReadings(dedicatedPaths(), { IscsiConnection: [connection(1, '10.0.10.11', '10.0.10.101')] }),
      [],
    ],
    [
      'a target on this host',
      withReadings(dedicatedPaths(), { IscsiConnection: [connection(1, null, '127.0.0.1')] }),
      [],
    ],
  ];
  it.each(table)('over %s', (_what, snapshot, expected) => {
    expect(names(first(snapshot)?.singlePointsOfFailure)).toEqual(expected);
  });
});

describe('a file server', () => {
  const pair = (client: number, more: object = {}) => ({
    serverName: 'NAS1',
    clientInterfaceIndex: client,
    clientIpAddress: `10.0.10.1${client}`,
    serverInterfaceIndex: 4,
    serverIpAddress: `10.0.10.5${client}`,
    isSelected: true,
    ...more,
  });
  const share = { serverName: 'NAS1', shareName: 'vms', credential: 'CONTOSO\\HV01$', numOpens: 2 };
  const noIscsi = { IscsiSession: [], IscsiConnection: [], IscsiTarget: [], Disk: [], MpioDisk: [] };
  const host = (parts: Parameters<typeof withReadings>[1]) =>
    withReadings(dedicatedPaths(), { ...noIscsi, SmbConnection: [share], ...parts });
  const fast = [
    nic(1, { speedBitsPerSecond: tenGigabit }),
    nic(2, { speedBitsPerSecond: tenGigabit }),
    nic(9),
  ];

  it.each([
    [
      'the fastest of the selected pairs',
      { SmbMultichannelConnection: [pair(1), pair(9)] },
      tenGigabit,
      ['NIC1'],
    ],
    [
      'not a pair that is not selected',
      { SmbMultichannelConnection: [pair(1, { isSelected: false }), pair(9)] },
      gigabit,
      ['NIC9'],
    ],
    [
      'not a pair that failed',
      { SmbMultichannelConnection: [pair(1, { isFailed: true }), pair(9)] },
      gigabit,
      ['NIC9'],
    ],
    [
      "no more than the server's interface",
      { SmbMultichannelConnection: [pair(1, { serverLinkBitsPerSecond: gigabit })] },
      gigabit,
      ['10.0.10.51'],
    ],
    [
      'the one interface of its TCP connections without Multichannel',
      {
        NetTCPConnection: [
          { localAddress: '10.0.10.12', localPort: 5, remoteAddress: '10.0.10.52', remotePort: 445 },
        ],
      },
      tenGigabit,
      ['NIC2'],
    ],
  ])('gets %s', (_what, parts, bitsPerSecond, limitedBy) => {
    const target = first(host({ NetAdapter: fast, ...parts }));
    expect(target).toMatchObject({
      kind: 'smb',
      name: 'NAS1',
      shares: ['vms'],
      singleStream: { bitsPerSecond },
    });
    expect(names(target?.singleStreamLimitedBy)).toEqual(limitedBy);
  });

  it.each([
    [
      'it is this host',
      { SmbMultichannelConnection: [pair(1, { serverIpAddress: '10.0.10.12' })] },
      /this very host/,
    ],
    ['nothing tells its interface', {}, /no interface pair/],
    [
      'its connections leave by two interfaces',
      {
        NetTCPConnection: ['10.0.10.11', '10.0.10.12'].map((localAddress) => ({
          localAddress,
          localPort: 5,
          remoteAddress: '10.0.10.52',
          remotePort: 445,
        })),
      },
      /do not tell one interface/,
    ],
  ])('gets no number where %s', (_what, parts, reason) => {
    const target = first(host(parts));
    expect(target?.singleStream.bitsPerSecond).toBeNull();
    expect(target?.singleStream.unknownBecause).toMatch(reason);
  });

  it.each([
    ['SYSVOL alone', { SmbConnection: [{ ...share, shareName: 'SYSVOL' }] }, 0],
    [
      'a mapped drive nobody uses',
      { SmbConnection: [{ serverName: 'NAS1', shareName: 'home', numOpens: 0 }] },
      0,
    ],
    ['a mapped drive in use', { SmbConnection: [{ serverName: 'NAS1', shareName: 'home', numOpens: 1 }] }, 1],
    [
      'pairs of the storage bus alone',
      { SmbConnection: [], SmbMultichannelConnection: [pair(1, { smbInstance: 'SBL' })] },
      1,
    ],
  ])('with %s is a target or not', (_what, parts, count) =>
    expect(ceilingsOf(host({ SmbMultichannelConnection: [pair(1)], ...parts }))).toHaveLength(count),
  );

  it('stands beside the targets of iSCSI under all its names', () => {
    const both = withReadings(dedicatedPaths(), {
      SmbConnection: [share, { ...share, serverName: 'nas1.contoso.com' }],
      SmbMultichannelConnection: [pair(1), pair(1, { serverName: 'nas1.contoso.com', smbInstance: 'CSV' })],
    });
    expect(
      ceilingsOf(both).map(({ kind, name, aliases, routeIds }) => [kind, name, aliases, routeIds.length]),
    ).toEqual([
      ['iscsi', iqn, [], 2],
      ['smb', 'NAS1', ['nas1.contoso.com'], 2],
    ]);
  });
});

describe('a disk that no adapter leads to', () => {
  it.each([
    ['Fibre Channel', {}, 1],
    ['SAS', { isClustered: true }, 1],
    ['SAS', {}, 0],
    ['SATA', {}, 0],
    ['NVMe', {}, 0],
    ['iSCSI', {}, 0],
  ])('on %s %o is a target or not', (busType, patch, count) => {
    const targets = ceilingsOf(
      withReadings(dedicatedPaths(), { Disk: [disk(1), disk(7, { busType, ...patch })] }),
    ).filter(({ kind }) => kind === 'disk');
    expect(targets).toHaveLength(count);
    expect(targets.every(({ singleStream }) => singleStream.bitsPerSecond === null)).toBe(true);
  });

  it('over one live path hangs on that path', () => {
    const paths = [
      { pathId: '00AA', state: 'Active/Optimized' as const },
      { pathId: '00BB', state: 'Failed' as const },
    ];
    const targets = ceilingsOf(
      withReadings(dedicatedPaths(), {
        Disk: [disk(7, { busType: 'Fibre Channel' })],
        MpioDisk: [{ instanceName: 'A', diskNumber: 7, paths }],
      }),
    );
    expect(names(targets.find(({ kind }) => kind === 'disk')?.singlePointsOfFailure)).toEqual(['00AA']);
  });

  it('is none where only its sessions could not be read', () => {
    const blind = withReadings(dedicatedPaths(), { IscsiSession: failed('service-stopped') });
    expect(ceilingsOf(blind).map(({ kind }) => kind)).toEqual(['iscsi']);
  });
});

it('a routed target is limited by the adapter that its route names', () => {
  const routed = withReadings(dedicatedPaths(), {
    NetAdapter: [nic(1), nic(9, { speedBitsPerSecond: tenGigabit })],
    NetIPAddress: [address(1, '10.0.10.11'), address(9, '192.168.1.5')],
    NetRoute: [route(9, '0.0.0.0/0', { nextHop: '192.168.1.1' })],
    IscsiSession: [session(1)],
    IscsiConnection: [connection(1, null, '172.16.0.10')],
  });
  expect(first(routed)?.singleStream).toEqual({ bitsPerSecond: tenGigabit });
});

/** The adapter that a team presents, out of a snapshot. */
function teamNicOf(snapshot: Snapshot) {
  const { NetAdapter } = snapshot.readings;
  return NetAdapter.status === 'ok'
    ? NetAdapter.records.filter(({ interfaceDescription }) => interfaceDescription.includes('Multiplexor'))
    : [];
}
