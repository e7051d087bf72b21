import { describe, expect, it } from 'vitest';
import type { Snapshot } from '#shared/host/snapshot.ts';
import type { PathGraph } from '#shared/path-graph.ts';
import { buildGraph } from './build-graph.ts';
import { buildModel } from './build-model.ts';
import {
  connection,
  convergedLbfo,
  convergedSet,
  dedicatedPaths,
  disk,
  gigabit,
  guid,
  hostVNic,
  iscsiOnTeam,
  mac,
  member,
  nic,
  queue,
  session,
  tenGigabit,
  vnicAdapter,
  vswitch,
  withReadings,
  without,
} from './hand-built-snapshot.ts';

const graphOf = (snapshot: Snapshot) => buildGraph(buildModel(snapshot), snapshot);

/** Links as `from > to certainty`, by the names on the map. */
function linksOf(graph: PathGraph, ...certainties: readonly string[]): readonly string[] {
  const name = new Map(graph.hops.map((hop) => [hop.id, hop.name]));
  return graph.links
    .filter(({ certainty }) => certainties.includes(certainty))
    .map(({ from, to, certainty }) => `${name.get(from)} > ${name.get(to)} ${certainty}`);
}

const adapterId = (number: number) => `adapter:${guid(number)}`;

describe('the route of a session', () => {
  it('on a team NIC runs from the disk to the target, sure up to the team', () => {
    const graph = graphOf(iscsiOnTeam());
    const names = new Map(graph.hops.map((hop) => [hop.id, hop.name]));
    expect(graph.routes).toHaveLength(1);
    const [route] = graph.routes;
    expect(route?.hopIds.map((id) => names.get(id))).toEqual([
      'Disk 1',
      'ffffb60a-4000013700000001',
      '10.0.10.11',
      'Team1',
      'Team1',
      '10.0.10.101:3260',
      'iqn.2001-05.com.example:san01',
    ]);
    expect(route?.egress).toEqual({ adapterIds: [1, 2, 3, 4].map(adapterId), teamId: 'team:team1' });
    expect(route?.endpointId).toBe(`team-nic:${guid(20)}`);
    expect(linksOf(graph, 'possible', 'now', 'idle')).toEqual(
      ['NIC1', 'NIC2', 'NIC3', 'NIC4'].flatMap((name) => [
        `Team1 > ${name} possible`,
        `${name} > 10.0.10.101:3260 possible`,
      ]),
    );
  });

  it('on a plain NIC is certain all the way, and the NIC without a route is idle', () => {
    const graph = graphOf(dedicatedPaths());
    expect(linksOf(graph, 'possible', 'now')).toEqual([]);
    expect(linksOf(graph, 'idle')).toEqual(['HV01 > NIC9 idle']);
    expect(graph.routes.map(({ egress }) => egress)).toEqual([
      { adapterIds: [adapterId(1)] },
      { adapterIds: [adapterId(2)] },
    ]);
    expect(graph.routes.map(({ hopIds }) => hopIds.includes(adapterId(1)))).toEqual([true, false]);
  });

  it('over a vNIC seen in the queues of one member is there now, with how it is known', () => {
    const graph = graphOf(convergedLbfo());
    for (const { egress } of graph.routes) {
      expect(egress).toMatchObject({ adapterIds: [adapterId(1), adapterId(2)], nowAdapterId: adapterId(1) });
      expect(egress.nowEvidence).toContain('hardware queues of NIC1');
    }
    expect(linksOf(graph, 'now')).toEqual([
      'SwitchTeam > NIC1 now',
      'NIC1 > 10.0.10.101:3260 now',
      'NIC1 > 10.0.10.102:3260 now',
    ]);
    expect(linksOf(graph, 'possible')).toContain('SwitchTeam > NIC2 possible');
    expect(graph.links.find(({ certainty }) => certainty === 'now')?.evidence).toBeDefined();
  });

  it.each([
    ['min queues', { NetLbfoTeam: [{ name: 'SwitchTeam', teamingMode: 'Lacp', lbAlgorithm: 'Dynamic' }] }],
    [
      'queues on both members',
      { NetAdapterVmqQueue: [queue('NIC1', mac(31), mac(32)), queue('NIC2', mac(31), mac(32))] },
    ],
    [
      'a queue on a failed member',
      {
        NetLbfoTeamMember: [
          member('SwitchTeam', 1, { operationalStatus: 'Failed' }),
          member('SwitchTeam', 2),
          member('SwitchTeam', 3),
        ],
        NetAdapter: [nic(1), nic(2), nic(3), ...convergedLbfoAdapters()],
      },
    ],
  ] as const)('is not placed by %s', (_what, parts) => {
    const graph = graphOf(withReadings(convergedLbfo(), parts));
    expect(graph.routes.map(({ egress }) => egress.nowAdapterId)).toEqual([undefined, undefined]);
    expect(linksOf(graph, 'now')).toEqual([]);
  });

  it('over mapped vNICs is on the mapped members, and leaves them when they go down', () => {
    const graph = graphOf(convergedSet());
    expect(graph.routes.map(({ egress }) => [egress.nowAdapterId, egress.nowEvidence])).toEqual([
      [adapterId(1), 'team mapping of vEthernet (Storage-A) to NIC1'],
      [adapterId(2), 'team mapping of vEthernet (Storage-B) to NIC2'],
    ]);
    const down = graphOf(
      withReadings(convergedSet(), {
        NetAdapter: [
          nic(1, { status: 'Disconnected' }),
          nic(2),
          vnicAdapter(31, 'Storage-A'),
          vnicAdapter(32, 'Storage-B'),
        ],
      }),
    );
    expect(down.routes.map(({ egress }) => egress.adapterIds)).toEqual([[adapterId(2)], [adapterId(2)]]);
    expect(down.routes.map(({ egress }) => egress.nowAdapterId)).toEqual([undefined, adapterId(2)]);
    expect(linksOf(down, 'certain')).toContain('Switch50 > NIC2 certain');
  });

  it('leaves standby and failed members idle', () => {
    const graph = graphOf(
      withReadings(iscsiOnTeam(), {
        NetLbfoTeamMember: [
          member('Team1', 1),
          member('Team1', 2, { operationalStatus: 'Standby', administrativeMode: 'Standby' }),
          member('Team1', 3, { operationalStatus: 'Failed' }),
        ],
      }),
    );
    expect(graph.routes[0]?.egress).toEqual({ adapterIds: [adapterId(1)], teamId: 'team:team1' });
    expect(linksOf(graph, 'idle')).toEqual(['Team1 > NIC2 idle', 'Team1 > NIC3 idle', 'HV01 > NIC4 idle']);
  });

  it('that is not connected carries nothing', () => {
    const off = session(2, { initiatorPortalAddress: '10.0.10.12', isConnected: false });
    const graph = graphOf(withReadings(dedicatedPaths(), { IscsiSession: [session(1), off] }));
    expect(graph.routes.map(({ isStandby }) => isStandby)).toEqual([false, true]);
  });

  it('with several connections has one walk for each', () => {
    const second = connection(1, '10.0.10.12', '10.0.10.102', { connectionIdentifier: 'ffffb60a-9' });
    const graph = graphOf(
      withReadings(dedicatedPaths(), {
        IscsiSession: [session(1, { numberOfConnections: 2 })],
        IscsiConnection: [connection(1, '10.0.10.11', '10.0.10.101'), second],
      }),
    );
    expect(graph.routes).toHaveLength(1);
    expect(graph.routes[0]?.egress.adapterIds).toEqual([adapterId(1), adapterId(2)]);
    expect(graph.routes[0]?.endpointId).toBeUndefined();
    expect(linksOf(graph, 'certain')).toEqual(
      expect.arrayContaining(['NIC1 > 10.0.10.101:3260 certain', 'NIC2 > 10.0.10.102:3260 certain']),
    );
  });

  it.each([
    [
      'an address nobody holds',
      withReadings(dedicatedPaths(), {
        IscsiConnection: [connection(1, '10.0.10.99', '10.0.10.101')],
        IscsiSession: [session(1)],
      }),
      /No one network adapter of the host holds 10\.0\.10\.99/,
    ],
    ['an unread list of connections', without(dedicatedPaths(), 'IscsiConnection'), /Not all connections/],
    ['a switch that was not read', without(convergedLbfo(), 'VMSwitch'), /The vSwitch under vEthernet/],
    [
      'a team that was not read',
      without(iscsiOnTeam(), 'NetLbfoTeam', 'NetLbfoTeamMember', 'NetLbfoTeamNic'),
      /The team under Team1/,
    ],
    [
      'a target on this host',
      withReadings(dedicatedPaths(), {
        IscsiConnection: [connection(1, '10.0.10.11', '127.0.0.1')],
        IscsiSession: [session(1)],
      }),
      /this very host/,
    ],
    [
      'an HBA',
      withReadings(dedicatedPaths(), { IscsiSession: [session(1, { initiatorInstanceName: 'PCI\\X' })] }),
      /HBA/,
    ],
  ] as const)(
    'over %s says why its way is not known, and still reaches the target',
    (_what, snapshot, reason) => {
      const graph = graphOf(snapshot);
      const [route] = graph.routes;
      expect(route?.unknownBecause).toMatch(reason);
      const reached = new Set(
        graph.links.filter(({ routeIds }) => routeIds.includes(route?.id ?? '')).map(({ to }) => to),
      );
      expect(reached).toContain(route?.targetId);
    },
  );
});

function convergedLbfoAdapters() {
  return [
    nic(20, { name: 'SwitchTeam', interfaceDescription: 'Microsoft Network Adapter Multiplexor Driver #20' }),
    vnicAdapter(31, 'Storage-A'),
    vnicAdapter(32, 'Storage-B'),
  ];
}

describe('the route of an SMB pair', () => {
  const pair = (client: number, more: object = {}) => ({
    serverName: 'NAS1',
    clientInterfaceIndex: client,
    clientIpAddress: `10.0.10.1${client}`,
    serverInterfaceIndex: 4,
    serverIpAddress: `10.0.10.5${client}`,
    isSelected: true,
    ...more,
  });
  const host = (parts: Parameters<typeof withReadings>[1]) =>
    graphOf(
      withReadings(dedicatedPaths(), {
        SmbConnection: [{ serverName: 'NAS1', shareName: 'vms', credential: 'C\\HV01$', numOpens: 4 }],
        ...parts,
      }),
    ).routes.filter(({ kind }) => kind === 'smb');

  it('exists for each selected pair beside the sessions of iSCSI', () => {
    const routes = host({
      SmbMultichannelConnection: [pair(1), pair(2, { isFailed: true }), pair(9, { isSelected: false })],
    });
    expect(routes.map(({ egress, isStandby }) => [egress.adapterIds, isStandby])).toEqual([
      [[adapterId(1)], false],
      [[adapterId(2)], true],
    ]);
  });

  it('is not drawn to a server of administrative shares alone', () =>
    expect(
      host({
        SmbConnection: [{ serverName: 'NAS1', shareName: 'SYSVOL', credential: 'C\\HV01$', numOpens: 4 }],
        SmbMultichannelConnection: [pair(1)],
      }),
    ).toEqual([]));

  it('is drawn to every server where shares could not be read', () => {
    const snapshot = without(
      withReadings(dedicatedPaths(), { SmbMultichannelConnection: [pair(1)] }),
      'SmbConnection',
    );
    expect(graphOf(snapshot).routes.filter(({ kind }) => kind === 'smb')).toHaveLength(1);
  });
});

describe('the route of an MPIO path', () => {
  it('leads to a Fibre Channel disk without an adapter, and a standby path carries nothing', () => {
    const paths = [
      { pathId: '0000000077010000', state: 'Active/Optimized' as const },
      { pathId: '00000000770100AA', state: 'Standby' as const },
    ];
    const graph = graphOf(
      withReadings(dedicatedPaths(), {
        Disk: [
          disk(1),
          disk(5, { busType: 'Fibre Channel' }),
          disk(0, { busType: 'SATA' }),
          disk(6, { busType: 'SAS' }),
        ],
        MpioDisk: [{ instanceName: 'MPIO\\A_0', diskNumber: 5, lbPolicy: 'RRWS', paths }],
      }),
    );
    const routes = graph.routes.filter(({ kind }) => kind === 'disk');
    expect(routes).toMatchObject([
      { targetId: 'disk:6000d31004704e5', egress: { adapterIds: [] }, isStandby: false },
      { id: 'path:disk:6000d31004704e5/00000000770100aa', isStandby: true },
    ]);
  });
});

describe('a hop', () => {
  it('has a capacity only where something of its own limits it', () => {
    const graph = graphOf(
      withReadings(convergedSet(), {
        VMNetworkAdapter: [
          hostVNic(31, 'Storage-A', 50, { maximumBandwidthBitsPerSecond: 2 * gigabit }),
          hostVNic(32, 'Storage-B', 50, { maximumBandwidthBitsPerSecond: 0 }),
        ],
      }),
    );
    const capacity = Object.fromEntries(graph.hops.map((hop) => [hop.name, hop.capacityBitsPerSecond]));
    expect(capacity).toMatchObject({
      NIC1: tenGigabit,
      'vEthernet (Storage-A)': 2 * gigabit,
      'vEthernet (Storage-B)': null,
      Switch50: null,
      '10.0.10.101:3260': undefined,
    });
  });

  it('is on the map once however many routes pass it', () => {
    const graph = graphOf(convergedLbfo());
    expect(new Set(graph.hops.map(({ id }) => id)).size).toBe(graph.hops.length);
    const ids = new Set(graph.hops.map(({ id }) => id));
    expect(graph.links.every(({ from, to }) => ids.has(from) && ids.has(to))).toBe(true);
    expect(
      graph.links.find(({ from, to }) => from.startsWith('vswitch') && to.startsWith('team-nic'))?.routeIds,
    ).toHaveLength(2);
  });

  it('without a link is no idle track', () =>
    expect(
      linksOf(
        graphOf(
          withReadings(dedicatedPaths(), {
            NetAdapter: [nic(1), nic(2), nic(9, { status: 'Disconnected' })],
          }),
        ),
        'idle',
      ),
    ).toEqual([]));

  it('of a vSwitch on one adapter leads to that adapter for certain', () => {
    const graph = graphOf(
      withReadings(convergedSet(), {
        VMSwitch: [vswitch(50, { uplinkDescription: 'Intel(R) Ethernet I350 #1', isEmbeddedTeam: false })],
        VMSwitchTeam: [],
        VMNetworkAdapterTeamMapping: [],
      }),
    );
    expect(linksOf(graph, 'certain')).toContain('Switch50 > NIC1 certain');
    expect(linksOf(graph, 'idle')).toEqual(['HV01 > NIC2 idle']);
  });
});
