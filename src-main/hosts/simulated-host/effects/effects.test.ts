import { describe, expect, test } from 'vitest';
import { scenarioWith } from '../../../testing/host-with.ts';
import type { CmdletCall } from '../cmdlet-value.ts';
import { plain } from '../cim.ts';
import { HostClock } from '../clock.ts';
import { readScenario } from '../read-scenario.ts';
import type { Scenario } from '../scenario.ts';
import { createSimulatedHost, type SimulatedHost } from '../simulated-host.ts';
import { stateOf } from '../state.ts';

type Call = readonly [name: string, parameters?: CmdletCall['parameters']];

const iqn = 'iqn.2010-01.example:vol1';
const sure = { Confirm: false };

/** A host with something of everything that changes work on. */
const rich: Partial<Scenario> = {
  windows: { release: '2019' },
  features: ['Hyper-V', 'Multipath-IO'],
  adapters: [
    { name: 'A' },
    { name: 'B' },
    { name: 'T1' },
    { name: 'T2' },
    { name: 'T3' },
    { name: 'S1', speed: 1e10 },
    { name: 'S2', speed: 1e10 },
    { name: 'Spare' },
  ],
  lbfoTeams: [
    {
      name: 'Team',
      members: ['T1', 'T2', 'T3'],
      teamingMode: 'SwitchIndependent',
      lbAlgorithm: 'HyperVPort',
    },
  ],
  vswitches: [{ name: 'Set', uplink: { set: ['S1', 'S2'], lbAlgorithm: 'HyperVPort' } }],
  vnics: [
    { name: 'Mgmt', vswitch: 'Set', vlanId: 20 },
    { name: 'Storage-A', vswitch: 'Set', vlanId: 30, placedOn: 'S1' },
    { name: 'Storage-B', vswitch: 'Set', vlanId: 30, placedOn: 'S1' },
  ],
  addresses: [
    { interface: 'A', address: '10.0.10.11/24' },
    { interface: 'B', address: '10.0.20.11/24' },
    { interface: 'Team', address: '192.168.0.11/24', gateway: '192.168.0.1' },
    { interface: 'Storage-A', address: '10.0.30.11/24' },
    { interface: 'Storage-B', address: '10.0.30.12/24' },
  ],
  iscsi: {
    targets: [{ iqn, portals: ['10.0.10.101', '10.0.20.101'] }],
    sessions: [
      { iqn, connections: [{ from: '10.0.10.11', to: '10.0.10.101' }], disks: [1] },
      { iqn, connections: [{ from: '10.0.20.11', to: '10.0.20.101' }], disks: [1] },
    ],
  },
  mpio: { disks: [{ disk: 1, policy: 'FOO', pathStates: ['Active/Optimized', 'Standby'] }] },
  smb: {
    servers: [
      {
        name: 'FS',
        shares: [{ name: 'vms' }],
        interfaces: [{ address: '10.0.30.201' }, { address: '10.0.30.202' }],
      },
    ],
  },
  subnets: [{ prefix: '10.0.30.0/24', vlanId: 30 }],
};

function hostWith(patch: Partial<Scenario> = {}, clock = new HostClock()): SimulatedHost {
  return createSimulatedHost(scenarioWith({ ...rich, ...patch }), { now: clock.now });
}

function run(host: SimulatedHost, ...[name, parameters = {}]: Call): string[] {
  return host.call({ name, parameters }).errors.map((error) => error.id);
}

function valuesOf(host: SimulatedHost, property: string, ...[name, parameters = {}]: Call) {
  return host.call({ name, parameters }).output.map((value) => {
    if (typeof value !== 'object' || value === null || !('$' in value) || value.$ !== 'object') return value;
    const found = value.props[property];
    return Array.isArray(found) ? found.map(plain) : plain(found);
  });
}

function indexOf(host: SimulatedHost, name: string): number {
  const adapter = host.machine.network.interfaceNamed(name);
  if (adapter === undefined) throw new Error(`No interface ${name}`);
  return adapter.index;
}

function settledState(host: SimulatedHost, clock: HostClock) {
  clock.set(clock.now() + 60_000);
  return stateOf(host.machine);
}

const vnic = { ManagementOS: true, SwitchName: 'Set' };
const jumbo = (value: string) => ({ Name: 'A', RegistryKeyword: '*JumboPacket', RegistryValue: value });
const second = {
  NodeAddress: iqn,
  InitiatorPortalAddress: '10.0.20.11',
  TargetPortalAddress: '10.0.10.101',
};

describe('a change and its way back leave the host as it was', () => {
  test.each<[what: string, there: readonly Call[], back: readonly Call[]]>([
    [
      'service',
      [['Set-Service', { Name: 'MSiSCSI', StartupType: 'Manual' }]],
      [['Set-Service', { Name: 'msiscsi', StartupType: 'Automatic' }]],
    ],
    [
      'feature at once',
      [['Install-WindowsFeature', { Name: 'Data-Center-Bridging' }]],
      [['Uninstall-WindowsFeature', { Name: 'Data-Center-Bridging' }]],
    ],
    [
      'feature that waits',
      [['Uninstall-WindowsFeature', { Name: 'Multipath-IO' }]],
      [['Install-WindowsFeature', { Name: 'Multipath-IO' }]],
    ],
    [
      'claim',
      [['Disable-MSDSMAutomaticClaim', { BusType: 'iSCSI' }]],
      [['mpclaim.exe', { arguments: ['-n', '-i', '-d', 'MSFT2005iSCSIBusType_0x9'] }]],
    ],
    [
      'hardware id',
      [['New-MSDSMSupportedHW', { VendorId: 'V', ProductId: 'P' }]],
      [['Remove-MSDSMSupportedHW', { VendorId: 'V', ProductId: 'P' }]],
    ],
    [
      'global policy',
      [['Set-MSDSMGlobalDefaultLoadBalancePolicy', { Policy: 'LQD' }]],
      [['Set-MSDSMGlobalDefaultLoadBalancePolicy', { Policy: 'None' }]],
    ],
    [
      'policy of a disk',
      [['mpclaim', { arguments: ['-l', '-d', '0', '2'] }]],
      [['mpclaim', { arguments: ['-l', '-d', '0', '1'] }]],
    ],
    [
      'target portal',
      [
        [
          'New-IscsiTargetPortal',
          { TargetPortalAddress: '10.0.10.101', InitiatorPortalAddress: '10.0.10.11' },
        ],
      ],
      [
        [
          'Remove-IscsiTargetPortal',
          { TargetPortalAddress: '10.0.10.101', InitiatorPortalAddress: '10.0.10.11', ...sure },
        ],
      ],
    ],
    [
      'multichannel',
      [['Set-SmbClientConfiguration', { EnableMultiChannel: false, Force: true }]],
      [['Set-SmbClientConfiguration', { EnableMultiChannel: true, Force: true }]],
    ],
    [
      'constraint',
      [
        [
          'New-SmbMultichannelConstraint',
          { ServerName: 'FS', InterfaceAlias: 'vEthernet (Storage-A)', Force: true },
        ],
      ],
      [['Remove-SmbMultichannelConstraint', { ServerName: 'FS', ...sure }]],
    ],
    [
      'team algorithm',
      [['Set-NetLbfoTeam', { Name: 'Team', LoadBalancingAlgorithm: 'Dynamic' }]],
      [['Set-NetLbfoTeam', { Name: 'Team', LoadBalancingAlgorithm: 'HyperVPort' }]],
    ],
    [
      'team NIC',
      [['Add-NetLbfoTeamNic', { Team: 'Team', VlanID: 42 }]],
      [['Remove-NetLbfoTeamNic', { Team: 'Team', VlanID: 42, ...sure }]],
    ],
    [
      'VLAN of a team NIC',
      [['Set-NetLbfoTeamNic', { Name: 'Team', VlanID: 42 }]],
      [['Set-NetLbfoTeamNic', { Name: 'Team - VLAN 42', Default: true }]],
    ],
    [
      'member',
      [['Remove-NetLbfoTeamMember', { Name: 'T2', Team: 'Team', ...sure }]],
      [['Add-NetLbfoTeamMember', { Name: 'T2', Team: 'Team', ...sure }]],
    ],
    [
      'standby',
      [['Set-NetLbfoTeamMember', { Name: 'T2', AdministrativeMode: 'Standby' }]],
      [['Set-NetLbfoTeamMember', { Name: 'T2', AdministrativeMode: 'Active' }]],
    ],
    [
      'algorithm of a SET',
      [['Set-VMSwitchTeam', { Name: 'Set', LoadBalancingAlgorithm: 'Dynamic' }]],
      [['Set-VMSwitchTeam', { Name: 'Set', LoadBalancingAlgorithm: 'HyperVPort' }]],
    ],
    [
      'members of a SET',
      [['Set-VMSwitchTeam', { Name: 'Set', NetAdapterName: 'S1' }]],
      [['Add-VMSwitchTeamMember', { VMSwitchName: 'Set', NetAdapterName: 'S2' }]],
    ],
    [
      'mapping',
      [
        [
          'Set-VMNetworkAdapterTeamMapping',
          { ...vnic, VMNetworkAdapterName: 'Storage-B', PhysicalNetAdapterName: 'S2' },
        ],
      ],
      [['Remove-VMNetworkAdapterTeamMapping', { ...vnic, Name: 'Storage-B' }]],
    ],
    [
      'vNIC',
      [['Add-VMNetworkAdapter', { ...vnic, Name: 'New' }]],
      [['Remove-VMNetworkAdapter', { ...vnic, Name: 'New' }]],
    ],
    [
      'VLAN of a vNIC',
      [['Set-VMNetworkAdapterVlan', { ManagementOS: true, VMNetworkAdapterName: 'Mgmt', Untagged: true }]],
      [
        [
          'Set-VMNetworkAdapterVlan',
          { ManagementOS: true, VMNetworkAdapterName: 'Mgmt', Access: true, VlanId: 20 },
        ],
      ],
    ],
    [
      'isolation',
      [
        [
          'Set-VmNetworkAdapterIsolation',
          { ManagementOS: true, VMNetworkAdapterName: 'Mgmt', IsolationMode: 'Vlan', DefaultIsolationID: 9 },
        ],
      ],
      [
        [
          'Set-VmNetworkAdapterIsolation',
          { ManagementOS: true, VMNetworkAdapterName: 'Mgmt', IsolationMode: 'None' },
        ],
      ],
    ],
    [
      'switch',
      [['New-VMSwitch', { Name: 'Lab', NetAdapterName: 'Spare', AllowManagementOS: false }]],
      [['Remove-VMSwitch', { Name: 'Lab', Force: true }]],
    ],
    [
      'address',
      [['New-NetIPAddress', { InterfaceAlias: 'Spare', IPAddress: '10.9.0.1', PrefixLength: 24 }]],
      [['Remove-NetIPAddress', { IPAddress: '10.9.0.1', ...sure }]],
    ],
    [
      'metric',
      [['Set-NetIPInterface', { InterfaceAlias: 'A', InterfaceMetric: 7 }]],
      [['Set-NetIPInterface', { InterfaceAlias: 'A', AutomaticMetric: 'Enabled' }]],
    ],
    [
      'route',
      [['New-NetRoute', { InterfaceAlias: 'A', DestinationPrefix: '10.50.0.0/16', NextHop: '10.0.10.1' }]],
      [['Remove-NetRoute', { DestinationPrefix: '10.50.0.0/16', ...sure }]],
    ],
    [
      'binding',
      [['Disable-NetAdapterBinding', { Name: 'A', ComponentID: 'ms_tcpip' }]],
      [['Enable-NetAdapterBinding', { Name: 'A', ComponentID: 'ms_tcpip' }]],
    ],
    ['RSS', [['Disable-NetAdapterRss', { Name: 'A' }]], [['Enable-NetAdapterRss', { Name: 'A' }]]],
    [
      'jumbo frames',
      [['Set-NetAdapterAdvancedProperty', jumbo('9014')]],
      [['Set-NetAdapterAdvancedProperty', jumbo('1514')]],
    ],
    [
      'VLAN of an adapter',
      [['Set-NetAdapter', { Name: 'A', VlanID: 9 }]],
      [['Set-NetAdapter', { Name: 'A', VlanID: 0 }]],
    ],
    [
      'name of an adapter',
      [['Rename-NetAdapter', { Name: 'A', NewName: 'Z' }]],
      [['Rename-NetAdapter', { Name: 'Z', NewName: 'A' }]],
    ],
    ['adapter', [['Disable-NetAdapter', { Name: 'A', ...sure }]], [['Enable-NetAdapter', { Name: 'A' }]]],
    [
      'power saving',
      [['Disable-NetAdapterPowerManagement', { Name: 'A' }]],
      [['Enable-NetAdapterPowerManagement', { Name: 'A' }]],
    ],
    [
      'DNS servers',
      [['Set-DnsClientServerAddress', { InterfaceAlias: 'A', ServerAddresses: ['10.0.0.1'] }]],
      [['Set-DnsClientServerAddress', { InterfaceAlias: 'A', ResetServerAddresses: true }]],
    ],
  ])('%s', (_, there, back) => {
    const clock = new HostClock();
    clock.set(1e12);
    const host = hostWith({}, clock);
    const first = stateOf(host.machine);
    for (const call of there) expect(run(host, ...call)).toEqual([]);
    const changed = settledState(host, clock);
    expect(changed).not.toEqual(first);
    // What the host has become can be written down and read again.
    const read = readScenario(JSON.stringify(host.machine.scenario), 'changed');
    if (!read.ok) throw new Error(read.failure.detail);
    expect(stateOf(createSimulatedHost(read.value).machine)).toEqual(changed);
    for (const call of back) expect(run(host, ...call)).toEqual([]);
    expect(settledState(host, clock)).toEqual(first);
  });

  test('session, with its stored login', () => {
    const host = hostWith();
    const first = stateOf(host.machine);
    const both = { ...second, IsMultipathEnabled: true, IsPersistent: true };
    expect(
      run(host, 'New-NetRoute', {
        InterfaceAlias: 'B',
        DestinationPrefix: '10.0.10.0/24',
        NextHop: '10.0.20.1',
      }),
    ).toEqual([]);
    expect(run(host, 'Connect-IscsiTarget', both)).toEqual([]);
    const id = host.machine.storage.sessions.at(-1)?.id;
    expect(run(host, 'Unregister-IscsiSession', { SessionIdentifier: id })).toEqual([]);
    expect(run(host, 'Disconnect-IscsiTarget', { SessionIdentifier: id, ...sure })).toEqual([]);
    expect(
      run(host, 'Remove-NetRoute', { DestinationPrefix: '10.0.10.0/24', NextHop: '10.0.20.1', ...sure }),
    ).toEqual([]);
    expect(stateOf(host.machine)).toEqual(first);
  });
});

describe('ids', () => {
  test('what stays keeps its own, and a vNIC made again has another one', () => {
    const host = hostWith();
    const idsOf = () =>
      new Map(
        host.machine.network.interfaces.map(({ name, guid, index, mac, description }) => [
          name,
          { guid, index, mac, description },
        ]),
      );
    const first = idsOf();
    run(host, 'Remove-VMNetworkAdapter', { ...vnic, Name: 'Storage-A' });
    run(host, 'Remove-NetLbfoTeamMember', { Name: 'T1', Team: 'Team', ...sure });
    for (const [name, ids] of idsOf()) expect(ids).toEqual(first.get(name));
    run(host, 'Add-VMNetworkAdapter', { ...vnic, Name: 'Storage-A' });
    const made = idsOf().get('vEthernet (Storage-A)');
    expect(made?.guid).not.toBe(first.get('vEthernet (Storage-A)')?.guid);
    expect([...first.values()].map((ids) => ids.index)).not.toContain(made?.index);
  });

  test('a team NIC keeps its own under its new name', () => {
    const host = hostWith();
    const before = host.machine.network.interfaceNamed('Team');
    run(host, 'Set-NetLbfoTeamNic', { Name: 'Team', VlanID: 42 });
    const after = host.machine.network.interfaceNamed('Team - VLAN 42');
    expect(after).toMatchObject({ guid: before?.guid, index: before?.index, vlanId: 42 });
    expect(
      valuesOf(host, 'IPAddress', 'Get-NetIPAddress', {
        InterfaceAlias: 'Team - VLAN 42',
        AddressFamily: 'IPv4',
      }),
    ).toContain('192.168.0.11');
  });
});

describe('what Windows refuses', () => {
  test.each<[what: string, call: Call, id: string]>([
    ['a parameter of another command', ['Get-VMNetworkAdapterTeamMapping', {}], 'MissingMandatoryParameter'],
    [
      '-Name where the command says -VMNetworkAdapterName',
      ['Set-VMNetworkAdapterTeamMapping', { ...vnic, Name: 'Storage-A', PhysicalNetAdapterName: 'S1' }],
      'NamedParameterNotFound',
    ],
    [
      'a member that the team lacks',
      [
        'Set-VMNetworkAdapterTeamMapping',
        { ...vnic, VMNetworkAdapterName: 'Storage-A', PhysicalNetAdapterName: 'A' },
      ],
      'InvalidParameter',
    ],
    ['an unknown feature', ['Install-WindowsFeature', { Name: 'Multipath' }], 'NameDoesNotExist'],
    [
      'an address twice',
      ['New-NetIPAddress', { InterfaceAlias: 'A', IPAddress: '10.0.10.11', PrefixLength: 24 }],
      'Windows System Error 5010',
    ],
    [
      'an address on a member',
      ['New-NetIPAddress', { InterfaceAlias: 'T1', IPAddress: '10.9.9.9', PrefixLength: 24 }],
      'CmdletizationQuery_NotFound',
    ],
    [
      'a frame size that the driver lacks',
      ['Set-NetAdapterAdvancedProperty', jumbo('9000')],
      'Windows System Error 87',
    ],
    [
      'a question without an answer',
      ['Remove-NetIPAddress', { IPAddress: '10.0.10.11' }],
      'InvalidOperation',
    ],
    [
      'a VLAN out of range',
      ['Set-NetLbfoTeamNic', { Name: 'Team', VlanID: 4095 }],
      'ParameterArgumentTransformationError',
    ],
    [
      'a member that has a switch on it',
      ['Add-NetLbfoTeamMember', { Name: 'S1', Team: 'Team', ...sure }],
      'MiClientApiError',
    ],
    [
      'a name that nothing has',
      ['Disable-NetAdapterRss', { Name: 'Nobody' }],
      'CmdletizationQuery_NotFound_Name',
    ],
    ['a switch on a member', ['New-VMSwitch', { Name: 'Lab', NetAdapterName: 'T1' }], 'InvalidParameter'],
    [
      'a policy without a word for it',
      ['Set-MSDSMGlobalDefaultLoadBalancePolicy', { Policy: 'RRWS' }],
      'ParameterArgumentTransformationError',
    ],
    [
      'a policy of a disk that is not there',
      ['mpclaim', { arguments: ['-l', '-d', '7', '2'] }],
      'NativeCommandFailed',
    ],
  ])('%s', (_, call, id) => {
    const host = hostWith();
    const first = stateOf(host.machine);
    expect(run(host, ...call)[0]).toContain(id);
    expect(stateOf(host.machine)).toEqual(first);
  });

  test.each<[Partial<Scenario>, Call, string]>([
    [
      {
        windows: { release: '2012R2' },
        features: ['Multipath-IO'],
        vswitches: [],
        vnics: [],
        addresses: [],
        smb: { servers: [] },
      },
      ['Enable-MSDSMAutomaticClaim', { BusType: 'iSCSI', ...sure }],
      'NamedParameterNotFound',
    ],
    [
      { windows: { release: '2022' } },
      ['New-VMSwitch', { Name: 'Lab', NetAdapterName: 'Team' }],
      'InvalidParameter',
    ],
    [{ isElevated: false }, ['Enable-NetAdapterRss', { Name: 'A' }], 'Windows System Error 5'],
    [{ isElevated: false }, ['Add-VMNetworkAdapter', { ...vnic, Name: 'New' }], 'AccessDenied'],
  ])('on another host: %#', (patch, call, id) => {
    expect(run(hostWith(patch), ...call)[0]).toContain(id);
  });
});

describe('traps', () => {
  test('names with wildcards mean other adapters than their own', () => {
    const host = hostWith({
      adapters: [
        ...(rich.adapters ?? []),
        { name: 'NIC[1]' },
        { name: 'NIC1' },
        { name: '*' },
        { name: 'a?' },
        { name: 'ab' },
      ],
    });
    const changed = (name: string) => {
      run(host, 'Set-NetAdapter', { Name: name, VlanID: 9 });
      const found = host.machine.scenario.adapters
        .filter((adapter) => adapter.vlanId === 9)
        .map((adapter) => adapter.name);
      run(host, 'Set-NetAdapter', { Name: '*', VlanID: 0 });
      return found;
    };
    expect(changed('NIC[1]')).toEqual(['NIC1']);
    expect(changed('NIC`[1`]')).toEqual(['NIC[1]']);
    expect(changed('a?')).toEqual(['a?', 'ab']);
    expect(changed('a`?')).toEqual(['a?']);
    expect(changed('`*')).toEqual(['*']);
    expect(changed('*')).toHaveLength(13);
  });

  test('without a name, all of them', () => {
    const host = hostWith();
    run(host, 'Set-VMNetworkAdapterVlan', { ManagementOS: true, Access: true, VlanId: 7 });
    expect(host.machine.network.vnics.map((entry) => entry.scenario.vlanId)).toEqual([7, 7, 7]);
    run(host, 'Remove-VMNetworkAdapter', { ManagementOS: true });
    expect(host.machine.network.vnics).toEqual([]);
    run(host, 'Remove-NetIPAddress', { InterfaceIndex: indexOf(host, 'A'), ...sure });
    expect(host.machine.network.addresses.some((entry) => entry.interface.name === 'A')).toBe(false);
    run(host, 'Remove-NetIPAddress', sure);
    expect(host.machine.network.addresses).toEqual([]);
  });

  test('names given to Set-VMSwitchTeam are all the members that are left', () => {
    const host = hostWith();
    run(host, 'Set-VMSwitchTeam', { Name: 'Set', NetAdapterName: ['S2'], LoadBalancingAlgorithm: 'Dynamic' });
    expect(host.machine.network.vswitches[0]?.members.map((member) => member.name)).toEqual(['S2']);
  });

  test('a look at what would be done does nothing', () => {
    const host = hostWith();
    const first = stateOf(host.machine);
    expect(run(host, 'Remove-NetIPAddress', { IPAddress: '10.0.10.11', WhatIf: true })).toEqual([]);
    expect(stateOf(host.machine)).toEqual(first);
  });

  test('a switch on a team NIC takes its addresses, unless a vNIC inherits them', () => {
    const lost = hostWith();
    run(lost, 'New-VMSwitch', { Name: 'On', NetAdapterName: 'Team', AllowManagementOS: false });
    expect(lost.machine.network.addresses.map((entry) => entry.prefix.address)).not.toContain('192.168.0.11');
    const kept = hostWith();
    run(kept, 'New-VMSwitch', { Name: 'On', NetAdapterName: 'Team' });
    const address = kept.machine.network.addresses.find((entry) => entry.prefix.address === '192.168.0.11');
    expect(address?.interface.name).toBe('vEthernet (On)');
  });
});

describe('time', () => {
  test('a new address is usable when nobody else has it', () => {
    const clock = new HostClock();
    clock.set(1e12);
    const host = hostWith({ takenAddresses: ['10.9.0.2'] }, clock);
    const states = () => host.machine.network.addresses.slice(-2).map((entry) => entry.state);
    run(host, 'New-NetIPAddress', { InterfaceAlias: 'Spare', IPAddress: '10.9.0.1', PrefixLength: 24 });
    run(host, 'New-NetIPAddress', { InterfaceAlias: 'Spare', IPAddress: '10.9.0.2', PrefixLength: 24 });
    expect(states()).toEqual(['Tentative', 'Tentative']);
    clock.set(1e12 + 1000);
    expect(states()).toEqual(['Preferred', 'Duplicate']);
  });

  test('an adapter that restarts is away for a moment, and its session lives on', () => {
    const clock = new HostClock();
    clock.set(1e12);
    const host = hostWith({}, clock);
    run(host, 'Restart-NetAdapter', { Name: 'A' });
    expect(host.machine.network.interfaceNamed('A')?.status).toBe('Disconnected');
    expect(host.machine.storage.sessions[0]?.isConnected).toBe(true);
    clock.set(1e12 + 1000);
    expect(host.machine.network.interfaceNamed('A')?.status).toBe('Up');
  });

  test('MPIO is there after the restart, and claims after the next one', () => {
    const host = hostWith({
      features: ['Hyper-V'],
      mpio: { disks: [] },
      iscsi: {
        targets: [{ iqn, portals: ['10.0.10.101', '10.0.20.101'] }],
        sessions: [{ iqn, connections: [{ from: '10.0.10.11', to: '10.0.10.101' }], disks: [1] }],
      },
    });
    expect(valuesOf(host, 'RestartNeeded', 'Install-WindowsFeature', { Name: 'Multipath-IO' })).toEqual([
      'Yes',
    ]);
    expect(valuesOf(host, 'InstallState', 'Get-WindowsFeature', { Name: 'Multipath-IO' })).toEqual([
      'InstallPending',
    ]);
    expect(host.moduleOf('Enable-MSDSMAutomaticClaim')).toBeUndefined();
    host.restart();
    expect(valuesOf(host, 'InstallState', 'Get-WindowsFeature', { Name: 'Multipath-IO' })).toEqual([
      'Installed',
    ]);
    expect(run(host, 'Enable-MSDSMAutomaticClaim', { BusType: 'iSCSI', ...sure })).toEqual([]);
    expect(host.machine.storage.mpioDisks).toEqual([]);
    host.restart();
    expect(host.machine.storage.mpioDisks.map((disk) => disk.paths.length)).toEqual([1]);
    expect(
      run(host, 'Connect-IscsiTarget', {
        NodeAddress: iqn,
        InitiatorPortalAddress: '10.0.20.11',
        TargetPortalAddress: '10.0.20.101',
        IsMultipathEnabled: true,
        IsPersistent: true,
      }),
    ).toEqual([]);
    expect(host.machine.storage.mpioDisks.map((disk) => disk.paths.length)).toEqual([2]);
  });
});

describe('what a network carries', () => {
  const lines = (host: SimulatedHost, ...words: string[]) =>
    host
      .call({ name: 'ping.exe', parameters: { arguments: words } })
      .output.map(String)
      .join('\n');

  test('large frames pass where every adapter on the way takes them', () => {
    const clock = new HostClock();
    clock.set(1e12);
    const host = hostWith({}, clock);
    const probe = ['-n', '1', '-f', '-l', '8972', '-S', '10.0.30.11', '10.0.30.201'];
    for (const Name of ['S1', 'S2']) run(host, 'Set-NetAdapterAdvancedProperty', { ...jumbo('9014'), Name });
    clock.set(1e12 + 1000);
    expect(lines(host, ...probe)).toContain('DF set');
    run(host, 'Set-NetAdapterAdvancedProperty', { ...jumbo('9014'), Name: 'vEthernet (Storage-A)' });
    clock.set(1e12 + 2000);
    expect(lines(host, ...probe)).toContain('bytes=8972');
  });

  test('nothing passes with the wrong tag', () => {
    const host = hostWith();
    expect(lines(host, '-S', '10.0.30.11', '10.0.30.201')).toContain('bytes=32');
    run(host, 'Set-VMNetworkAdapterVlan', {
      ManagementOS: true,
      VMNetworkAdapterName: 'Storage-A',
      Access: true,
      VlanId: 31,
    });
    expect(lines(host, '-S', '10.0.30.11', '10.0.30.201')).not.toContain('bytes=');
    expect(
      valuesOf(host, '', 'Test-NetConnection', {
        ComputerName: '10.0.10.101',
        Port: 3260,
        InformationLevel: 'Quiet',
      }),
    ).toEqual([true]);
  });
});

test('iscsicli lists the stored logins and removes one at a time', () => {
  const host = hostWith();
  const arguments_ = ['RemovePersistentTarget', 'ROOT\\ISCSIPRT\\0000_0', iqn, '*', '10.0.10.101', '3260'];
  expect(run(host, 'iscsicli', { arguments: arguments_ })).toEqual([]);
  expect(host.machine.storage.sessions.map((session) => session.isPersistent)).toEqual([false, true]);
  expect(run(host, 'iscsicli', { arguments: arguments_ })).toEqual(['HRESULT 0xefff0029,iscsicli.exe']);
  const listed = host.call({ name: 'iscsicli', parameters: { arguments: ['ListPersistentTargets'] } }).output;
  expect(listed).toContain('Total of 1 persistent targets');
});

test('a fault strikes the call that it is meant for', () => {
  const host = hostWith();
  const call: Call = ['Set-NetLbfoTeam', { Name: 'Team', LoadBalancingAlgorithm: 'Dynamic' }];
  host.inject({ command: 'Set-NetLbfoTeam', nth: 2, kind: 'error' });
  expect(run(host, ...call)).toEqual([]);
  expect(run(host, ...call)).toEqual(['HRESULT 0x80041001,Set-NetLbfoTeam']);
  expect(run(host, ...call)).toEqual([]);
  host.inject({ command: 'Set-NetLbfoTeam', kind: 'lost' });
  const lost = host.call({
    name: 'Set-NetLbfoTeam',
    parameters: { Name: 'Team', LoadBalancingAlgorithm: 'IPAddresses' },
  });
  expect(lost.isLost).toBe(true);
  expect(host.machine.network.teams[0]?.scenario.lbAlgorithm).toBe('IPAddresses');
});
