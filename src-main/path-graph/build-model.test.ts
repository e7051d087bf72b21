import { describe, expect, it } from 'vitest';
import type { HostModel } from '#shared/host/host-model.ts';
import type { VMNetworkAdapterTeamMappingRecord } from '#shared/host/network-records.ts';
import { buildModel } from './build-model.ts';
import {
  address,
  connection,
  convergedLbfo,
  convergedSet,
  dedicatedPaths,
  disk,
  failed,
  gigabit,
  guid,
  hostVNic,
  iqn,
  iscsiOnTeam,
  mac,
  member,
  nic,
  queue,
  route,
  session,
  snapshotWith,
  teamNic,
  vnicAdapter,
  vswitch,
  withReadings,
  without,
} from './hand-built-snapshot.ts';
import { activeMembers, sessionsByDiskGroup, storageEndpoints, usableInitiatorInterfaces } from './walks.ts';

const names = (things: readonly { readonly name: string }[]) => things.map(({ name }) => name);
const reasons = (model: HostModel) =>
  model.unjoined.map(({ what, reason }) => `${what.kind} ${what.name}: ${reason}`);

describe('an LBFO team', () => {
  const model = buildModel(iscsiOnTeam());
  const [team] = model.teams;

  it('joins members by GUID and presents its team NIC', () => {
    expect(team?.id).toBe('team:team1');
    expect(team?.members.map(({ adapterId }) => adapterId)).toEqual(
      [1, 2, 3, 4].map((n) => `adapter:${guid(n)}`),
    );
    expect(team?.teamNicIds).toEqual([`team-nic:${guid(20)}`]);
    expect(model.teamNics[0]).toMatchObject({ teamId: 'team:team1', isPrimary: true, vlanId: null });
    expect(new Set(model.adapters.map(({ teamId }) => teamId))).toEqual(new Set(['team:team1']));
  });

  it('leaves nothing unjoined', () => expect(reasons(model)).toEqual([]));

  it.each([
    ['by description', { interfaceGuid: guid(99) }, 1],
    ['by name, without case', { interfaceGuid: guid(99), interfaceDescription: 'gone', name: 'nic1' }, 1],
  ])('joins a member %s where the GUID fits none', (_how, patch, number) => {
    const changed = buildModel(
      withReadings(iscsiOnTeam(), { NetLbfoTeamMember: [member('team1', 1, patch)] }),
    );
    expect(changed.teams[0]?.members[0]?.adapterId).toBe(`adapter:${guid(number)}`);
  });

  it('keeps a member that fits no adapter, and says so', () => {
    const gone = { name: 'NIC7', interfaceGuid: guid(77), interfaceDescription: 'gone' };
    const changed = buildModel(
      withReadings(iscsiOnTeam(), { NetLbfoTeamMember: [member('Team1', 7, gone)] }),
    );
    expect(changed.teams[0]?.members).toEqual([{ name: 'NIC7', mode: 'Active', state: 'Active' }]);
    expect(reasons(changed)).toEqual(['adapter NIC7: No network adapter is the member NIC7 of team Team1.']);
  });

  it.each([
    [{ operationalStatus: 'Failed' }, ['NIC2']],
    [{ operationalStatus: 'Standby', administrativeMode: 'Standby' }, ['NIC2']],
    [{ operationalStatus: 'Active', administrativeMode: 'Standby' }, ['NIC1', 'NIC2']],
  ] as const)('counts a member as active by its state: %o', (patch, active) => {
    const changed = buildModel(
      withReadings(iscsiOnTeam(), { NetLbfoTeamMember: [member('Team1', 1, patch), member('Team1', 2)] }),
    );
    expect(names(changed.teams.flatMap((one) => activeMembers(changed, one)))).toEqual(active);
  });

  it('keeps its NIC as a team NIC with an unknown team where LBFO did not answer', () => {
    const blind = buildModel(without(iscsiOnTeam(), 'NetLbfoTeam', 'NetLbfoTeamMember', 'NetLbfoTeamNic'));
    expect(blind.teamNics.map(({ teamId }) => teamId)).toEqual([undefined]);
    expect(reasons(blind)).toEqual(['team-nic Team1: The team that presents Team1 could not be read.']);
  });

  it('takes a multiplexor for a bridge where LBFO cannot exist', () => {
    const missing = failed('not-on-this-windows');
    const client = withReadings(iscsiOnTeam(), {
      NetLbfoTeam: missing,
      NetLbfoTeamMember: missing,
      NetLbfoTeamNic: missing,
    });
    expect(buildModel(client).adapters.find(({ name }) => name === 'Team1')?.role).toBe('other');
  });

  it('tells several team NICs with VLANs apart', () => {
    const tNic = (number: number, name: string, vlanId: number | null) => ({
      name,
      team: 'Team1',
      interfaceDescription: `Microsoft Network Adapter Multiplexor Driver #${number}`,
      vlanId,
      isPrimary: vlanId === null,
      isDefault: vlanId === null,
    });
    const changed = buildModel(
      withReadings(iscsiOnTeam(), {
        NetAdapter: [nic(1), nic(2), nic(3), nic(4), teamNic(20, 'Team1'), teamNic(21, 'Team1 - VLAN 42')],
        NetLbfoTeamNic: [tNic(20, 'Team1', null), tNic(21, 'Team1 - VLAN 42', 42)],
      }),
    );
    expect(changed.teamNics.map(({ name, vlanId, isPrimary }) => [name, vlanId, isPrimary])).toEqual([
      ['Team1', null, true],
      ['Team1 - VLAN 42', 42, false],
    ]);
    expect(changed.teams[0]?.teamNicIds).toHaveLength(2);
  });
});

describe('a vSwitch', () => {
  it('on an LBFO team is joined by way of the team NIC', () => {
    const model = buildModel(convergedLbfo());
    expect(model.vswitches[0]?.uplink).toEqual({
      teamId: 'team:switchteam',
      teamNicId: `team-nic:${guid(20)}`,
    });
    expect(model.teamNics[0]?.vswitchId).toBe(`vswitch:${guid(50)}`);
    expect(model.teams[0]?.vswitchId).toBe(`vswitch:${guid(50)}`);
    expect(reasons(model)).toEqual([]);
  });

  it('with a Switch Embedded Team has its members, and the placeholder description is nobody', () => {
    const model = buildModel(convergedSet());
    expect(model.teams).toMatchObject([
      {
        id: `team:${guid(50)}`,
        technology: 'set',
        lbAlgorithm: 'HyperVPort',
        vswitchId: `vswitch:${guid(50)}`,
      },
    ]);
    expect(names(model.teams[0]?.members ?? [])).toEqual(['NIC1', 'NIC2']);
    expect(reasons(model)).toEqual([]);
  });

  it.each([
    [
      'descriptions alone',
      { uplinkDescriptions: ['Intel(R) Ethernet I350 #1', 'Intel(R) Ethernet I350 #2'] },
    ],
    ['GUIDs alone', { uplinkInterfaceGuids: [guid(1), guid(2)] }],
  ])('with a Switch Embedded Team is joined by %s', (_by, patch) => {
    const switches = [vswitch(50, { uplinkDescription: 'Teamed-Interface', isEmbeddedTeam: true, ...patch })];
    const model = buildModel(withReadings(convergedSet(), { VMSwitch: switches, VMSwitchTeam: [] }));
    expect(names(model.teams[0]?.members ?? [])).toEqual(['NIC1', 'NIC2']);
  });

  it('keeps a Switch Embedded Team member that is gone', () => {
    const descriptions = ['Intel(R) Ethernet I350 #1', 'Removed NIC'];
    const switches = [
      vswitch(50, {
        isEmbeddedTeam: true,
        uplinkDescriptions: descriptions,
        uplinkInterfaceGuids: [guid(1), guid(98)],
      }),
    ];
    const model = buildModel(withReadings(convergedSet(), { VMSwitch: switches, VMSwitchTeam: [] }));
    expect(model.teams[0]?.members).toEqual([
      { name: 'NIC1', adapterId: `adapter:${guid(1)}` },
      { name: 'Removed NIC' },
    ]);
  });

  it('on Server 2012, which has no word on teams inside, stands on the adapter of its description', () => {
    const model = buildModel(
      snapshotWith({
        NetAdapter: [nic(1)],
        VMSwitch: [vswitch(50, { uplinkDescription: 'Intel(R) Ethernet I350 #1' })],
      }),
    );
    expect(model.vswitches[0]?.uplink).toEqual({ adapterId: `adapter:${guid(1)}` });
    expect(model.adapters[0]?.vswitchId).toBe(`vswitch:${guid(50)}`);
  });

  it.each([
    ['Internal', 'Teamed-Interface', 0],
    ['Private', null, 0],
    ['External', 'Nothing of the kind', 1],
  ] as const)(
    'of type %s described as %s has no uplink and %i line of doubt',
    (switchType, uplinkDescription, lines) => {
      const model = buildModel(
        snapshotWith({ NetAdapter: [nic(1)], VMSwitch: [vswitch(50, { switchType, uplinkDescription })] }),
      );
      expect(model.vswitches[0]?.uplink).toBeUndefined();
      expect(reasons(model)).toHaveLength(lines);
    },
  );

  it('with the name of another switch is told by its id', () => {
    const model = buildModel(
      snapshotWith({
        NetAdapter: [nic(1), nic(2), vnicAdapter(31, 'A'), vnicAdapter(32, 'B')],
        VMSwitch: [
          vswitch(50, { name: 'Same', uplinkDescription: 'Intel(R) Ethernet I350 #1' }),
          vswitch(51, { name: 'Same', uplinkDescription: 'Intel(R) Ethernet I350 #2' }),
        ],
        VMNetworkAdapter: [
          hostVNic(31, 'A', 51),
          hostVNic(32, 'B', 50, { switchId: null, switchName: 'Same' }),
        ],
      }),
    );
    expect(model.vnics.map(({ vswitchId }) => vswitchId)).toEqual([`vswitch:${guid(51)}`, undefined]);
    expect(reasons(model)).toEqual([
      'vnic vEthernet (B): The vSwitch of vEthernet (B) (Same) was not found.',
    ]);
  });
});

describe('a vNIC of the management OS', () => {
  it.each([
    ['device id', { name: 'Renamed', macAddress: mac(77) }],
    ['MAC address', { name: 'Renamed', deviceId: null }],
    ['adapter name', { deviceId: null, macAddress: null }],
  ])('finds its adapter by %s', (_by, patch) => {
    const model = buildModel(
      withReadings(convergedLbfo(), { VMNetworkAdapter: [hostVNic(31, 'Storage-A', 50, patch)] }),
    );
    const found = model.vnics.find(({ interfaceGuid }) => interfaceGuid === guid(31));
    expect(found?.vswitchId).toBe(`vswitch:${guid(50)}`);
  });

  it('is never taken for the port whose MAC address it copied', () => {
    const model = buildModel(
      withReadings(convergedLbfo(), {
        NetAdapter: [nic(1), vnicAdapter(31, 'Storage-A', { name: 'vManagement', macAddress: mac(1) })],
        VMNetworkAdapter: [hostVNic(31, 'Storage-A', 50, { deviceId: null, macAddress: mac(1) })],
      }),
    );
    expect(model.vnics).toMatchObject([{ name: 'vManagement', vnicName: 'Storage-A' }]);
  });

  it('is kept with its adapter where Hyper-V did not answer', () => {
    const model = buildModel(without(convergedLbfo(), 'VMNetworkAdapter'));
    expect(model.vnics).toMatchObject([{ vnicName: 'Storage-A' }, { vnicName: 'Storage-B' }]);
    expect(model.vnics.map(({ vswitchId }) => vswitchId)).toEqual([undefined, undefined]);
    expect(model.unjoined).toHaveLength(2);
  });

  it.each([
    ['access', { operationMode: 'Access', accessVlanId: 10 }, undefined, 10],
    ['untagged', { operationMode: 'Untagged', accessVlanId: 0 }, undefined, null],
    ['isolation', { operationMode: 'Untagged' }, { isolationMode: 'Vlan', defaultIsolationId: 711 }, 711],
    [
      'isolation untagged',
      { operationMode: 'Untagged' },
      { isolationMode: 'Vlan', defaultIsolationId: 0 },
      null,
    ],
    ['trunk', { operationMode: 'Trunk', accessVlanId: 0 }, undefined, undefined],
  ] as const)('has its VLAN from %s', (_from, vlan, isolation, expected) => {
    const model = buildModel(
      withReadings(convergedLbfo(), {
        VMNetworkAdapterVlan: [{ vnicName: 'Storage-A', isManagementOs: true, ...vlan }],
        VMNetworkAdapterIsolation: isolation === undefined ? [] : [{ vnicName: 'storage-a', ...isolation }],
      }),
    );
    expect(model.vnics[0]?.vlanId).toBe(expected);
  });

  it('does not take the VLAN of a virtual machine with a vNIC of the same name', () => {
    const vlans = [
      { vnicName: 'Storage-A', vmName: 'VM1', operationMode: 'Access', accessVlanId: 99 } as const,
    ];
    const model = buildModel(withReadings(convergedLbfo(), { VMNetworkAdapterVlan: vlans }));
    expect(model.vnics[0]?.vlanId).toBeUndefined();
  });

  it('counts as untagged only where isolation was answered too', () => {
    expect(
      buildModel(without(convergedLbfo(), 'VMNetworkAdapterIsolation')).vnics[1]?.vlanId,
    ).toBeUndefined();
    const old = withReadings(convergedLbfo(), { VMNetworkAdapterIsolation: failed('not-on-this-windows') });
    expect(buildModel(old).vnics[1]?.vlanId).toBeNull();
  });

  const mappings: readonly (readonly [
    string,
    Partial<VMNetworkAdapterTeamMappingRecord>,
    number | undefined,
  ])[] = [
    [
      'by GUID, whatever the name says',
      { memberName: 'Old name', memberInterfaceGuid: `{${guid(2).toUpperCase()}}` },
      2,
    ],
    ['by name without case, where there is no GUID', { memberName: 'nIC2' }, 2],
    [
      'to nobody, where the GUID is gone and the name fits another',
      { memberName: 'NIC2', memberInterfaceGuid: guid(90) },
      undefined,
    ],
    ['to nobody, where the name is stale', { memberName: 'NIC8' }, undefined],
    ['to nobody, where the adapter is no member', { memberName: 'NIC9' }, undefined],
  ];
  it.each(mappings)('is mapped %s', (_how, mapping, number) => {
    const model = buildModel(
      withReadings(convergedSet(), {
        NetAdapter: [nic(1), nic(2), nic(9), vnicAdapter(31, 'Storage-A'), vnicAdapter(32, 'Storage-B')],
        VMNetworkAdapterTeamMapping: [{ vnicName: 'Storage-A', ...mapping }],
      }),
    );
    expect(model.vnics[0]?.mappedMember?.adapterId).toBe(
      number === undefined ? undefined : `adapter:${guid(number)}`,
    );
    expect(model.vnics[0]?.mappedMember?.name).toBe(mapping.memberName);
    expect(model.unjoined).toHaveLength(number === undefined ? 1 : 0);
    expect(model.vnics[1]?.mappedMember).toBeNull();
  });

  it.each([
    ['SwitchIndependent', 'HyperVPort', [`adapter:${guid(1)}`]],
    ['SwitchIndependent', 'Dynamic', [`adapter:${guid(1)}`]],
    ['SwitchIndependent', 'TransportPorts', undefined],
    ['SwitchIndependent', 'IPAddresses', undefined],
    ['Lacp', 'HyperVPort', undefined],
    ['Static', 'Dynamic', undefined],
  ] as const)('under %s with %s is seen in queues on %s', (teamingMode, lbAlgorithm, seen) => {
    const model = buildModel(
      withReadings(convergedLbfo(), { NetLbfoTeam: [{ name: 'SwitchTeam', teamingMode, lbAlgorithm }] }),
    );
    expect(model.vnics[0]?.seenOnAdapterIds).toEqual(seen);
  });

  it.each([
    ['two members', [queue('NIC1', mac(31)), queue('NIC2', mac(31))], [1, 2]],
    ['no member', [queue('NIC2', mac(2))], []],
    ['a stranger', [queue('NIC9', mac(31))], []],
  ] as const)('in a Switch Embedded Team seen on %s', (_where, queues, numbers) => {
    const model = buildModel(withReadings(convergedSet(), { NetAdapterVPort: queues }));
    expect(model.vnics[0]?.seenOnAdapterIds).toEqual(numbers.map((number) => `adapter:${guid(number)}`));
  });

  it('is not placed where neither queues nor ports were read, or its MAC address is not its own alone', () => {
    const blind = buildModel(without(convergedSet(), 'NetAdapterVmqQueue', 'NetAdapterVPort'));
    expect(blind.vnics[0]?.seenOnAdapterIds).toBeUndefined();
    const vm = { ...hostVNic(60, 'Net', 50, { macAddress: mac(31) }), isManagementOs: false, vmName: 'VM1' };
    const shared = withReadings(convergedLbfo(), { VMNetworkAdapter: [hostVNic(31, 'Storage-A', 50), vm] });
    expect(buildModel(shared).vnics[0]?.seenOnAdapterIds).toBeUndefined();
  });

  it('with a MAC address copied from a port is not placed by that port showing it', () => {
    const copied = (shown: string) =>
      buildModel(
        withReadings(convergedSet(), {
          NetAdapter: [nic(1), nic(2), vnicAdapter(31, 'Storage-A', { macAddress: mac(1) })],
          VMNetworkAdapter: [hostVNic(31, 'Storage-A', 50, { macAddress: mac(1) })],
          NetAdapterVPort: [queue(shown, mac(1))],
        }),
      ).vnics[0]?.seenOnAdapterIds;
    expect(copied('NIC1')).toBeUndefined();
    expect(copied('NIC2')).toEqual([`adapter:${guid(2)}`]);
  });

  it('that fits no adapter is named', () => {
    const model = buildModel(
      withReadings(convergedLbfo(), { VMNetworkAdapter: [hostVNic(88, 'Ghost', 50)] }),
    );
    expect(reasons(model)).toContain(
      'vnic Ghost: No network adapter is the vNIC Ghost of the management OS.',
    );
  });
});

describe("a connection's address", () => {
  const unbound = (patch: Parameters<typeof withReadings>[1]) =>
    buildModel(
      withReadings(dedicatedPaths(), {
        IscsiSession: [session(1)],
        IscsiConnection: [connection(1, null, '10.0.10.101', { initiatorPort: 41_458 })],
        ...patch,
      }),
    ).sessions[0]?.connections[0];
  const tcp = (localAddress: string, localPort: number, state?: string) => ({
    localAddress,
    localPort,
    remoteAddress: '10.0.10.101',
    remotePort: 3260,
    ...(state !== undefined && { state }),
  });

  it('is the one it was bound to', () => {
    const [first] = buildModel(dedicatedPaths()).sessions;
    expect(first?.connections[0]).toMatchObject({
      localAddress: '10.0.10.11',
      localAddressSource: 'bound',
      interfaceId: `adapter:${guid(1)}`,
      addressId: `address:${guid(1)}/10.0.10.11`,
    });
  });

  it.each([
    ['as written', 41_458],
    ['with its bytes swapped', 62_113],
  ])('is found in the TCP table by the local port %s', (_how, port) =>
    expect(unbound({ NetTCPConnection: [tcp('10.0.10.12', port), tcp('10.0.10.11', 50_000)] })).toMatchObject(
      {
        localAddress: '10.0.10.12',
        localAddressSource: 'tcp',
        interfaceId: `adapter:${guid(2)}`,
      },
    ),
  );

  it('is not known where both byte orders fit different addresses', () => {
    const found = unbound({ NetTCPConnection: [tcp('10.0.10.12', 41_458), tcp('10.0.10.11', 62_113)] });
    expect(found?.localAddress).toBeUndefined();
    expect(found?.interfaceId).toBeUndefined();
  });

  it('is not known where the port is not and two addresses have a connection to the portal', () => {
    const { initiatorPort, ...portless } = connection(1, null, '10.0.10.101');
    expect(initiatorPort).toBeDefined();
    const found = unbound({
      IscsiConnection: [portless],
      NetTCPConnection: [tcp('10.0.10.12', 1), tcp('10.0.10.11', 2)],
      NetRoute: [route(1, '10.0.10.0/24')],
    });
    expect(found?.interfaceId).toBeUndefined();
  });

  it('ignores connections that are closing', () =>
    expect(
      unbound({ NetTCPConnection: [tcp('10.0.10.12', 41_458), tcp('10.0.10.11', 62_113, 'TimeWait')] })
        ?.localAddress,
    ).toBe('10.0.10.12'));

  it.each([
    ['the longest prefix', [route(9, '10.0.0.0/8'), route(2, '10.0.10.0/24', { routeMetric: 900 })], 2],
    ['the lowest metric', [route(1, '10.0.10.0/24', { routeMetric: 300 }), route(2, '10.0.10.0/24')], 2],
    ['no route of two that are equal', [route(1, '10.0.10.0/24'), route(2, '10.0.10.0/24')], undefined],
    ['the default route', [route(9, '0.0.0.0/0', { nextHop: '192.168.1.1' })], 9],
    ['no route', [], undefined],
  ] as const)('follows %s where the TCP table has no such connection', (_what, routes, number) => {
    const found = unbound({ NetRoute: routes });
    expect(found?.interfaceId).toBe(number === undefined ? undefined : `adapter:${guid(number)}`);
    expect(found?.localAddressSource).toBe(number === undefined ? undefined : 'route');
  });

  it('adds the metric of the interface where routes do not carry it', () => {
    const bare = (index: number) => ({
      destinationPrefix: '10.0.10.0/24',
      interfaceIndex: index,
      routeMetric: 256,
    });
    const metric = (interfaceIndex: number, value: number) => ({
      interfaceIndex,
      family: 'IPv4' as const,
      metric: value,
    });
    const routes = { NetRoute: [bare(1), bare(2)] };
    expect(unbound({ ...routes, NetIPInterface: [metric(1, 25), metric(2, 5)] })?.interfaceId).toBe(
      `adapter:${guid(2)}`,
    );
    expect(unbound(routes)?.interfaceId).toBeUndefined();
  });

  it('does not follow the route of an adapter without a link', () => {
    const adapters = [nic(1, { status: 'Disconnected' }), nic(2), nic(9)];
    expect(
      unbound({ NetAdapter: adapters, NetRoute: [route(1, '10.0.10.0/25'), route(2, '10.0.10.0/24')] })
        ?.interfaceId,
    ).toBe(`adapter:${guid(2)}`);
  });

  it('held by two adapters leads to neither, unless one holds it as a duplicate', () => {
    const twice = (state: string) =>
      buildModel(
        withReadings(dedicatedPaths(), {
          NetIPAddress: [
            address(1, '10.0.10.11'),
            address(2, '10.0.10.11', { state }),
            address(2, '10.0.10.12'),
          ],
        }),
      ).sessions[0]?.connections[0]?.interfaceId;
    expect(twice('Preferred')).toBeUndefined();
    expect(twice('Duplicate')).toBe(`adapter:${guid(1)}`);
  });

  it('in IPv6 is joined whatever way it is written', () => {
    const model = buildModel(
      withReadings(dedicatedPaths(), {
        NetIPAddress: [address(1, '2001:db8::b'), address(2, 'fe80::1'), address(9, 'fe80::1')],
        IscsiSession: [session(1), session(2)],
        IscsiConnection: [
          connection(1, '2001:0DB8:0::000B', '2001:db8::65'),
          connection(2, 'fe80::1%2', 'fe80::65%2'),
        ],
      }),
    );
    expect(model.sessions.map(({ connections }) => connections[0]?.interfaceId)).toEqual([
      `adapter:${guid(1)}`,
      `adapter:${guid(2)}`,
    ]);
    expect(names(model.targetPortals)).toContain('[2001:db8::65]:3260');
  });
});

describe('iSCSI', () => {
  it('joins targets, portals, sessions and disks', () => {
    const model = buildModel(dedicatedPaths());
    expect(model.targets).toMatchObject([
      {
        id: `target:${iqn}`,
        portalIds: ['target-portal:10.0.10.101:3260', 'target-portal:10.0.10.102:3260'],
      },
    ]);
    expect(model.disks).toMatchObject([
      { id: 'disk:6000d31004704e1', mpio: { lbPolicy: 'RR', isMicrosoftDsm: true } },
    ]);
    expect(model.disks[0]?.sessionIds).toHaveLength(2);
    expect(reasons(model)).toEqual([]);
  });

  it('joins a connection that names no session only where one session fits', () => {
    const nameless = (number: number, from: string | null, to: string) => {
      const { sessionIdentifier, ...rest } = connection(number, from, to);
      expect(sessionIdentifier).toBeDefined();
      return rest;
    };
    const one = buildModel(
      withReadings(dedicatedPaths(), {
        IscsiConnection: [nameless(1, '10.0.10.11', '10.0.10.101'), nameless(2, '10.0.10.12', '10.0.10.102')],
      }),
    );
    expect(one.sessions.map(({ connections }) => connections.length)).toEqual([1, 1]);
    const two = buildModel(
      withReadings(dedicatedPaths(), {
        IscsiSession: [session(1), session(2)],
        IscsiConnection: [nameless(1, null, '10.0.10.101')],
      }),
    );
    expect(two.sessions.map(({ connections }) => connections.length)).toEqual([0, 0]);
    expect(two.unjoined.map(({ what }) => what.kind)).toEqual(['connection']);
  });

  it('does not give a session more connections than it says it has', () => {
    const { sessionIdentifier, ...extra } = connection(9, '10.0.10.11', '10.0.10.101');
    expect(sessionIdentifier).toBeDefined();
    const model = buildModel(
      withReadings(dedicatedPaths(), {
        IscsiSession: [session(1, { initiatorPortalAddress: '10.0.10.11' })],
        IscsiConnection: [extra, { ...extra, connectionIdentifier: 'ffffb60a-8' }],
      }),
    );
    expect(model.sessions[0]?.connections).toEqual([]);
    expect(model.unjoined).toHaveLength(2);
  });

  it('of an HBA keeps its addresses out of the host', () => {
    const model = buildModel(
      withReadings(dedicatedPaths(), {
        IscsiSession: [session(1, { initiatorInstanceName: 'PCI\\VEN_1077&DEV_4032\\5&1_0' })],
        IscsiConnection: [connection(1, '10.0.10.11', '10.0.10.101')],
      }),
    );
    expect(model.sessions[0]).toMatchObject({ isOffloaded: true, isLoopback: false });
    expect(model.sessions[0]?.connections[0]?.interfaceId).toBeUndefined();
    expect(model.unjoined).toEqual([]);
  });

  it.each(['127.0.0.1', '::1', '10.0.10.12'])('to %s is local', (portal) => {
    const model = buildModel(
      withReadings(dedicatedPaths(), { IscsiConnection: [connection(1, '10.0.10.11', portal)] }),
    );
    expect(model.sessions.map(({ isLoopback }) => isLoopback)).toEqual([true, false]);
  });

  it('to this very host leaves by no interface, though it is unbound and there is a default route', () => {
    const model = buildModel(
      withReadings(dedicatedPaths(), {
        IscsiSession: [session(1, { initiatorPortalAddress: null }), session(2)],
        IscsiConnection: [connection(1, null, '127.0.0.1')],
        NetRoute: [{ destinationPrefix: '0.0.0.0/0', nextHop: '10.0.10.1', interfaceIndex: 11 }],
      }),
    );
    expect(model.sessions[0]).toMatchObject({
      isLoopback: true,
      connections: [{ targetAddress: '127.0.0.1' }],
    });
    expect(model.sessions[0]?.connections[0]?.interfaceId).toBeUndefined();
    expect(model.unjoined).toEqual([]);
  });

  it('does not know the sessions of a disk while one session does not tell its disks', () => {
    const { diskNumbers, ...silent } = session(2);
    expect(diskNumbers).toBeDefined();
    const model = buildModel(
      withReadings(dedicatedPaths(), {
        IscsiSession: [session(1), silent],
        Disk: [disk(1), disk(2, { busType: 'SATA' })],
      }),
    );
    expect(model.disks.map(({ sessionIds }) => sessionIds)).toEqual([undefined, []]);
    expect(sessionsByDiskGroup(model)).toMatchObject([{ joinedBy: 'iqn', disks: [], sessions: [{}, {}] }]);
  });

  it('groups sessions by the disk they lead to, over several targets and over two rows of one disk', () => {
    const other = 'iqn.2001-05.com.example:san01-b';
    const model = buildModel(
      withReadings(dedicatedPaths(), {
        IscsiSession: [
          session(1, { diskNumbers: [1, 2] }),
          session(2, { diskNumbers: [1, 2], targetNodeAddress: other }),
          session(3, { diskNumbers: [3] }),
          session(4, { diskNumbers: [4] }),
          session(5, { diskNumbers: [] }),
          session(6, { isConnected: false }),
        ],
        IscsiConnection: [],
        Disk: [disk(1), disk(2), disk(3, { uniqueId: 'SAME' }), disk(4, { uniqueId: 'same ' })],
        MpioDisk: [],
      }),
    );
    expect(
      sessionsByDiskGroup(model).map(({ joinedBy, disks, sessions, targetIds }) => [
        joinedBy,
        disks.map(({ number }) => number),
        sessions.length,
        targetIds.length,
      ]),
    ).toEqual([
      ['disk', [1, 2], 2, 2],
      ['disk', [3, 4], 2, 1],
      ['no-disk', [], 1, 1],
    ]);
    expect(new Set(model.disks.map(({ id }) => id)).size).toBe(4);
  });

  it('takes a listing of mpclaim only where WMI says nothing', () => {
    const listing = {
      instanceName: 'MPIO Disk0',
      diskNumber: 1,
      lbPolicy: 'LQD',
      dsmName: 'IBM SDDDSM',
      paths: [],
    } as const;
    const both = buildModel(withReadings(dedicatedPaths(), { Mpclaim: [listing] }));
    expect(both.disks[0]?.mpio).toMatchObject({ lbPolicy: 'RR', dsmName: 'Microsoft DSM' });
    const alone = buildModel(withReadings(without(dedicatedPaths(), 'MpioDisk'), { Mpclaim: [listing] }));
    expect(alone.disks[0]?.mpio).toEqual({
      lbPolicy: 'LQD',
      dsmName: 'IBM SDDDSM',
      isMicrosoftDsm: false,
      paths: [],
    });
  });

  it('finds an MPIO disk without a number by its serial, and names one that fits none', () => {
    const record = { instanceName: 'MPIO\\X_0', serialNumber: ' 6000d31004704e1 ', paths: [] };
    expect(buildModel(withReadings(dedicatedPaths(), { MpioDisk: [record] })).disks[0]?.mpio).toBeDefined();
    const lost = buildModel(withReadings(dedicatedPaths(), { MpioDisk: [{ ...record, serialNumber: 'X' }] }));
    expect(reasons(lost)).toEqual(['disk MPIO\\X_0: The MPIO disk MPIO\\X_0 fits no disk of Windows.']);
  });

  it('knows the interfaces that could hold a session to a target', () => {
    const model = buildModel(dedicatedPaths());
    expect(model.targets.flatMap((target) => names(usableInitiatorInterfaces(model, target)))).toEqual([
      'NIC1',
      'NIC2',
    ]);
    const routed = buildModel(
      withReadings(dedicatedPaths(), {
        NetIPAddress: [
          address(1, '10.0.10.11', { state: 'Duplicate' }),
          address(2, '169.254.7.7', { prefixLength: 16 }),
          address(9, '192.168.1.5'),
        ],
        IscsiSession: [session(1)],
        IscsiConnection: [connection(1, null, '10.0.10.101')],
      }),
    );
    expect(routed.targets.flatMap((target) => names(usableInitiatorInterfaces(routed, target)))).toEqual([]);
  });

  it('lists the interfaces that carry storage with what they carry', () =>
    expect(
      storageEndpoints(buildModel(convergedLbfo())).map(({ interface: found, sessions, channels }) => [
        found.name,
        sessions.length,
        channels.length,
      ]),
    ).toEqual([
      ['vEthernet (Storage-A)', 1, 0],
      ['vEthernet (Storage-B)', 1, 0],
    ]));
});

describe('SMB', () => {
  const pair = (serverName: string, client: number, serverIpAddress: string) => ({
    serverName,
    clientInterfaceIndex: client,
    clientIpAddress: `10.0.10.1${client}`,
    serverInterfaceIndex: 4,
    serverIpAddress,
    isSelected: true,
  });
  const smb = (parts: Parameters<typeof withReadings>[1]) =>
    buildModel(withReadings(dedicatedPaths(), parts)).smbServers;

  it('joins the names that reach one address and shows the short one', () => {
    const [server, ...others] = smb({
      SmbConnection: [
        { serverName: 'NAS1', shareName: 'vms' },
        { serverName: 'nas1.contoso.com', shareName: 'VMS' },
        { serverName: '10.0.10.50', shareName: 'iso' },
        { serverName: 'DC1', shareName: 'SYSVOL' },
      ],
      SmbMultichannelConnection: [
        pair('nas1', 1, '10.0.10.50'),
        pair('NAS1.contoso.com', 2, '10.0.10.50'),
        pair('dc1', 9, '192.168.1.10'),
      ],
    });
    expect(server).toMatchObject({
      id: 'target:smb:10.0.10.50+nas1+nas1.contoso.com',
      name: 'NAS1',
      aliases: ['10.0.10.50', 'NAS1', 'nas1.contoso.com'],
      isLoopback: false,
    });
    expect(names(server?.shares ?? [])).toEqual(['\\\\NAS1\\vms', '\\\\NAS1\\iso']);
    expect(server?.channels).toHaveLength(2);
    expect(names(others)).toEqual(['DC1']);
  });

  it.each([
    ['a virtual machine keeps a disk there', 'vms', {}, true],
    ['a virtual machine has files open', 'a', { userName: 'NT VIRTUAL MACHINE\\F357A523' }, true],
    ['the cluster uses it', 'b', { smbInstance: 'CSV' }, true],
    ['the computer account uses it', 'c', { credential: 'CONTOSO\\HV01$' }, true],
    [
      'a cluster account uses it, as it does a witness',
      'witness',
      { credential: 'CONTOSO\\CLUSTER1$' },
      false,
    ],
    ['a user has files open', 'd', { userName: 'CONTOSO\\anna', numOpens: 3 }, false],
    ['nothing is open', 'e', { numOpens: 0 }, false],
    ['it is SYSVOL', 'SYSVOL', { credential: 'CONTOSO\\HV01$', numOpens: 9 }, false],
    ['it is a drive', 'D$', { userName: 'NT VIRTUAL MACHINE\\X' }, false],
    ['it is IPC$', 'IPC$', { smbInstance: 'SR' }, false],
  ] as const)('where %s (%s) it is storage or not', (_why, shareName, row, isStorage) => {
    const [server] = smb({
      SmbConnection: [{ serverName: 'NAS1', shareName, ...row }],
      VMHardDiskDrive: [
        { vmName: 'VM1', path: '\\\\nas1\\VMS\\a\\b.vhdx' },
        { path: 'C:\\x.vhdx' },
        { path: null },
      ],
    });
    expect(server?.shares[0]?.isStorage).toBe(isStorage);
    expect(server?.shares[0]?.storageReason).not.toBe('');
  });

  it.each([
    ['its own name', 'hv01', '10.0.10.77', true],
    ['localhost', 'LOCALHOST', '10.0.10.77', true],
    ['an own address as name', '10.0.10.12', '10.0.10.77', true],
    ['an own address reached', 'SOFS', '10.0.10.12', true],
    ['another machine', 'NAS1', '10.0.10.77', false],
  ])('knows %s', (_what, serverName, serverIpAddress, isLoopback) => {
    const [server] = smb({ SmbMultichannelConnection: [pair(serverName, 1, serverIpAddress)] });
    expect(server?.isLoopback).toBe(isLoopback);
  });

  it('keeps the RDMA and the RSS row of one pair apart, and instances too', () => {
    const [server] = smb({
      SmbMultichannelConnection: [
        { ...pair('NAS1', 1, '10.0.10.50'), clientRdmaCapable: true },
        { ...pair('NAS1', 1, '10.0.10.50'), clientRssCapable: true, isSelected: false },
        { ...pair('NAS1', 1, '10.0.10.50'), clientRdmaCapable: true, smbInstance: 'CSV' },
      ],
    });
    expect(new Set(server?.channels.map(({ id }) => id)).size).toBe(3);
    expect(server?.channels.some(({ id }) => id.includes('~'))).toBe(false);
  });

  it('names a pair whose adapter is not listed', () => {
    const model = buildModel(
      withReadings(dedicatedPaths(), {
        SmbMultichannelConnection: [{ ...pair('NAS1', 3, '10.0.10.50'), clientIpAddress: '10.9.9.9' }],
      }),
    );
    expect(reasons(model)).toEqual([
      'channel 10.9.9.9 → 10.0.10.50: No network adapter is the interface 3 of this pair.',
    ]);
  });
});

describe('the host', () => {
  it.each([
    [9200, 3, '2012'],
    [9600, 3, '2012R2'],
    [14393, 3, '2016'],
    [17763, 2, '2019'],
    [20348, 3, '2022'],
    [25398, 3, '2022'],
    [26100, 3, '2025'],
    [26100, 1, '2022'],
    [7601, 3, undefined],
  ] as const)('of build %i and product %i is release %s', (buildNumber, productType, release) => {
    const { host } = buildModel(snapshotWith({ OperatingSystem: [{ buildNumber, productType }] }));
    expect(host.release).toBe(release);
  });

  it.each([
    ['PowerEdge R750', false],
    ['Virtual Machine', true],
    ['VMware7,1', true],
    ['Standard PC (Q35 + ICH9, 2009)', true],
  ])('model %s is a virtual machine: %s', (model, expected) => {
    const { host } = buildModel(snapshotWith({ ComputerSystem: [{ name: 'HV01', model }] }));
    expect(host.isVirtualMachine).toBe(expected);
  });

  it('is a virtual machine where it has the NIC of one, and unknown where nothing tells', () => {
    const guest = nic(1, { interfaceDescription: 'Microsoft Hyper-V Network Adapter' });
    const blind = without(snapshotWith({ NetAdapter: [guest, nic(2)] }), 'ComputerSystem');
    const model = buildModel(blind);
    expect(model.host.isVirtualMachine).toBe(true);
    expect(model.adapters.map(({ role }) => role)).toEqual(['guest', 'guest']);
    expect(buildModel(without(dedicatedPaths(), 'ComputerSystem')).host.isVirtualMachine).toBeUndefined();
  });

  it.each([
    [[{ name: 'C1' }], true],
    [[], false],
    [failed('feature-missing'), false],
    [failed('access-denied'), undefined],
  ])('knows whether it is a cluster node: %o is %s', (Cluster, expected) =>
    expect(buildModel(snapshotWith({ Cluster })).host.isClusterNode).toBe(expected),
  );

  it('says of its speeds, bindings and addresses only what was answered', () => {
    const model = buildModel(
      withReadings(dedicatedPaths(), {
        NetAdapter: [nic(1, { speedBitsPerSecond: null }), nic(2)],
        NetAdapterBinding: [
          { name: 'nic1', componentId: 'ms_tcpip', enabled: true },
          { name: 'NIC1', componentId: 'ms_server', enabled: false },
        ],
      }),
    );
    expect(model.adapters.map((one) => [one.speedBitsPerSecond, one.enabledBindings])).toEqual([
      [null, ['ms_tcpip']],
      [gigabit, undefined],
    ]);
    expect(reasons(model)).toEqual([
      'address 192.168.1.5: The interface 9 that holds 192.168.1.5 is not among the network adapters.',
    ]);
  });
});
