/** The shapes of the simulated cmdlets against the reference of the real ones: property by property. */
import { describe, expect, test } from 'vitest';
import { scenarioWith } from '../../testing/host-with.ts';
import type { CmdletCall, CmdletObject, CmdletValue } from './cmdlet-value.ts';
import type { Scenario } from './scenario.ts';
import { createSimulatedHost } from './simulated-host.ts';

const rich: Partial<Scenario> = {
  features: ['Hyper-V', 'Multipath-IO', 'Failover-Clustering', 'Data-Center-Bridging'],
  adapters: [
    { name: 'NIC1', speed: 10_000_000_000, rdma: true },
    { name: 'NIC2', speed: 10_000_000_000, rdma: true },
    { name: 'NIC3' },
    { name: 'NIC4' },
    { name: 'NIC5', speed: 2_500_000_000, vlanId: 7 },
    { name: 'NIC6', status: 'Disconnected' },
  ],
  lbfoTeams: [
    { name: 'Team1', members: ['NIC3', 'NIC4'], teamingMode: 'SwitchIndependent', lbAlgorithm: 'Dynamic' },
  ],
  vswitches: [{ name: 'SwitchTeam', uplink: { set: ['NIC1', 'NIC2'] } }],
  vnics: [
    {
      name: 'Storage-A',
      vswitch: 'SwitchTeam',
      vlanId: 11,
      mappedTo: 'NIC1',
      maximumBandwidth: 5_000_000_000,
    },
    { name: 'Storage-B', vswitch: 'SwitchTeam', mappedTo: 'nic2' },
  ],
  vms: [{ name: 'VM01', vnics: [{ vswitch: 'SwitchTeam' }], disks: ['E:\\VM01.vhdx'] }],
  addresses: [
    { interface: 'Storage-A', address: '10.0.11.11/24' },
    { interface: 'Storage-B', address: '10.0.12.11/24' },
    { interface: 'NIC5', address: '192.168.1.11/24', gateway: '192.168.1.1' },
  ],
  iscsi: {
    targets: [{ iqn: 'iqn.2010-01.example:vol1', portals: ['10.0.11.101', '10.0.12.101'] }],
    sessions: [
      {
        iqn: 'iqn.2010-01.example:vol1',
        connections: [{ from: '10.0.11.11', to: '10.0.11.101' }],
        disks: [1],
      },
      { iqn: 'iqn.2010-01.example:vol1', connections: [{ to: '10.0.12.101' }], disks: [1] },
    ],
  },
  mpio: { disks: [{ disk: 1, policy: 'RR', pathStates: ['Active/Optimized', 'Standby'] }] },
  disks: [{ number: 1, isClustered: true }],
  smb: {
    servers: [
      {
        name: 'FS01',
        shares: [{ name: 'VMs' }, { name: 'Bus', instance: 'SBL' }],
        interfaces: [{ address: '192.168.1.21', speed: 2_500_000_000 }],
      },
    ],
    constraints: [{ server: 'FS01', interface: 'NIC5' }],
  },
  cluster: { name: 'CLU01' },
};

function hostOf(patch: Partial<Scenario> = {}) {
  return createSimulatedHost(scenarioWith({ ...rich, ...patch }));
}

function ask(name: string, parameters: CmdletCall['parameters'] = {}, patch: Partial<Scenario> = {}) {
  return hostOf(patch).call({ name, parameters });
}

function rowsOf(values: readonly CmdletValue[]): CmdletObject[] {
  return values.filter(
    (value): value is CmdletObject =>
      typeof value === 'object' && value !== null && '$' in value && value.$ === 'object',
  );
}

function rows(name: string, parameters: CmdletCall['parameters'] = {}, patch: Partial<Scenario> = {}) {
  return rowsOf(ask(name, parameters, patch).output);
}

function wmi(className: string, patch: Partial<Scenario> = {}) {
  return rows('Get-CimInstance', { Namespace: 'root\\wmi', ClassName: className }, patch);
}

function first(list: readonly CmdletObject[]): CmdletObject {
  const [head] = list;
  if (head === undefined) throw new Error('No row');
  return head;
}

/** `uint32`, `enum`, `string`, `string[]`, `null`, ... */
function typeOf(value: CmdletValue | undefined): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (typeof value !== 'object') return typeof value;
  if ('$' in value) return value.$;
  const inner = new Set(value.map(typeOf));
  return `${[...inner].join('|')}[]`;
}

function textIn(value: CmdletValue | undefined): string | undefined {
  return typeof value === 'object' &&
    value !== null &&
    '$' in value &&
    'v' in value &&
    typeof value.v === 'string'
    ? value.v
    : undefined;
}

function stringIn(value: CmdletValue | undefined): string {
  if (typeof value !== 'string') throw new Error('Not text');
  return value;
}

describe('property types are those of the reference', () => {
  test.each<[string, CmdletCall['parameters'], Record<string, string>]>([
    [
      'Get-NetAdapter',
      { Name: 'NIC5' },
      {
        Name: 'string',
        InterfaceIndex: 'uint32',
        InterfaceGuid: 'string',
        NetLuid: 'uint64',
        MacAddress: 'string',
        NetworkAddresses: 'string[]',
        Status: 'string',
        LinkSpeed: 'string',
        Speed: 'uint64',
        MtuSize: 'uint32',
        VlanID: 'uint16',
        AdminStatus: 'enum',
        ifOperStatus: 'enum',
        MediaConnectionState: 'enum',
        InterfaceAdminStatus: 'uint32',
        MediaConnectState: 'uint32',
        FullDuplex: 'boolean',
        HardwareInterface: 'boolean',
        DriverDate: 'string',
        DriverDateData: 'uint64',
        DriverMajorNdisVersion: 'uint8',
        HigherLayerInterfaceIndices: 'null',
      },
    ],
    ['Get-NetAdapterBinding', {}, { Enabled: 'boolean', ComponentID: 'string', Characteristics: 'uint32' }],
    [
      'Get-NetAdapterRss',
      {},
      {
        NumberOfReceiveQueues: 'uint32',
        BaseProcessorGroup: 'uint16',
        BaseProcessorNumber: 'uint8',
        NumaNode: 'uint16',
        RssProcessorArray: 'object[]',
      },
    ],
    [
      'Get-NetAdapterRdma',
      {},
      { Enabled: 'boolean', MaxQueuePairCount: 'uint32', RdmaAdapterInfo: 'object' },
    ],
    ['Get-NetAdapterAdvancedProperty', {}, { RegistryValue: 'string[]', RegistryDataType: 'uint32' }],
    ['Get-NetAdapterHardwareInfo', {}, { BusNumber: 'uint32', NumaNode: 'uint16', SlotNumber: 'uint32' }],
    [
      'Get-NetLbfoTeam',
      {},
      {
        Members: 'string[]',
        TeamNics: 'string',
        TeamingMode: 'enum',
        LoadBalancingAlgorithm: 'enum',
        Status: 'enum',
      },
    ],
    [
      'Get-NetLbfoTeamMember',
      {},
      {
        InstanceID: 'string',
        AdministrativeMode: 'enum',
        OperationalStatus: 'enum',
        FailureReason: 'enum',
        TransmitLinkSpeed: 'uint64',
      },
    ],
    ['Get-NetLbfoTeamNic', {}, { VlanID: 'null', Primary: 'boolean', Default: 'boolean' }],
    [
      'Get-VMSwitch',
      {},
      {
        Id: 'guid',
        SwitchType: 'enum',
        NetAdapterInterfaceDescription: 'string',
        NetAdapterInterfaceDescriptions: 'string[]',
        NetAdapterInterfaceGuid: 'guid[]',
        EmbeddedTeamingEnabled: 'boolean',
        BandwidthReservationMode: 'enum',
        BandwidthPercentage: 'uint32',
        DefaultFlowMinimumBandwidthAbsolute: 'uint64',
        CimSession: 'object',
      },
    ],
    ['Get-VMSwitchTeam', {}, { Id: 'guid', NetAdapterInterfaceDescription: 'string[]', TeamingMode: 'enum' }],
    [
      'Get-VMNetworkAdapter',
      { ManagementOS: true },
      {
        DeviceId: 'string',
        SwitchId: 'guid',
        MacAddress: 'string',
        Status: 'enum[]',
        BandwidthSetting: 'object',
        VlanSetting: 'object',
        AllowTeaming: 'enum',
        IPAddresses: 'missing',
      },
    ],
    [
      'Get-VMNetworkAdapter',
      { VMName: '*' },
      { VMId: 'guid', VMName: 'string', DeviceId: 'missing', IPAddresses: '[]' },
    ],
    [
      'Get-VMNetworkAdapterVlan',
      { ManagementOS: true },
      { OperationMode: 'enum', AccessVlanId: 'number', ParentAdapter: 'object' },
    ],
    [
      'Get-VMNetworkAdapterTeamMapping',
      { ManagementOS: true },
      { NetAdapterName: 'string', NetAdapterDeviceId: 'string' },
    ],
    [
      'Get-NetIPAddress',
      {},
      {
        AddressFamily: 'enum',
        PrefixLength: 'uint8',
        AddressState: 'enum',
        PrefixOrigin: 'enum',
        ValidLifetime: 'timespan',
        SkipAsSource: 'boolean',
        Store: 'uint8',
        PolicyStore: 'string',
      },
    ],
    [
      'Get-NetIPInterface',
      {},
      { NlMtu: 'uint32', InterfaceMetric: 'uint32', Dhcp: 'enum', WeakHostSend: 'enum' },
    ],
    ['Get-NetRoute', {}, { RouteMetric: 'uint16', DestinationPrefix: 'string', AddressFamily: 'enum' }],
    [
      'Get-NetTCPConnection',
      {},
      { LocalPort: 'uint16', RemotePort: 'uint16', State: 'enum', OwningProcess: 'uint32' },
    ],
    [
      'Get-IscsiSession',
      {},
      {
        SessionIdentifier: 'string',
        AuthenticationType: 'string',
        NumberOfConnections: 'uint32',
        IsPersistent: 'boolean',
        IsMultipathEnabled: 'missing',
      },
    ],
    [
      'Get-IscsiConnection',
      {},
      { InitiatorPortNumber: 'uint32', TargetPortNumber: 'uint32', SessionIdentifier: 'missing' },
    ],
    ['Get-IscsiTargetPortal', {}, { TargetPortalPortNumber: 'uint16', InititorIPAdressListNumber: 'uint32' }],
    ['Get-InitiatorPort', {}, { ConnectionType: 'string', NodeAddress: 'string' }],
    [
      'Get-Disk',
      {},
      {
        Number: 'uint32',
        Size: 'uint64',
        BusType: 'string',
        OperationalStatus: 'string',
        IsOffline: 'boolean',
      },
    ],
    ['Get-PhysicalDisk', {}, { DeviceId: 'string', BusType: 'string', LogicalSectorSize: 'uint64' }],
    [
      'Get-SmbConnection',
      {},
      { NumOpens: 'uint64', Dialect: 'string', SmbInstance: 'uint32', Signed: 'boolean' },
    ],
    [
      'Get-SmbMultichannelConnection',
      { IncludeNotSelected: true },
      {
        ClientInterfaceIndex: 'uint32',
        ClientLinkSpeed: 'uint64',
        Selected: 'boolean',
        CurrentChannels: 'uint32',
        TcpConnectionCount: 'missing',
      },
    ],
    ['Get-SmbClientNetworkInterface', {}, { IpAddresses: '[]', LinkSpeed: 'uint64', RssCapable: 'boolean' }],
    ['Get-SmbServerNetworkInterface', {}, { IpAddress: 'string', ScopeName: 'string' }],
    ['Get-SmbMultichannelConstraint', {}, { InterfaceGuid: 'string', InterfaceIndex: 'uint32' }],
    ['Get-MPIOSetting', {}, { PathVerificationState: 'string', UseCustomPathRecoveryTime: 'string' }],
    ['Get-WindowsFeature', {}, { Name: 'string', Installed: 'boolean', InstallState: 'enum' }],
    ['Get-Service', { Name: 'MSiSCSI' }, { Status: 'enum', StartType: 'enum' }],
    ['Get-ClusterNetwork', {}, { Role: 'uint32', State: 'enum', Ipv4Addresses: 'string[]' }],
    ['Get-VMHardDiskDrive', { VMName: '*' }, { Path: 'string', ControllerType: 'enum' }],
    [
      'Get-CimInstance',
      { ClassName: 'Win32_OperatingSystem' },
      { BuildNumber: 'string', ProductType: 'uint32', LastBootUpTime: 'datetime', OSLanguage: 'uint32' },
    ],
    [
      'Get-CimInstance',
      { ClassName: 'Win32_ComputerSystem' },
      { DomainRole: 'uint16', TotalPhysicalMemory: 'uint64' },
    ],
    ['Get-CimInstance', { ClassName: 'Win32_Service' }, { StartMode: 'string', State: 'string' }],
    [
      'Get-CimInstance',
      { Namespace: 'root/Microsoft/Windows/Storage', ClassName: 'MSFT_Disk' },
      { BusType: 'uint16', OperationalStatus: 'uint16[]' },
    ],
    [
      'Get-CimInstance',
      { Namespace: 'root/StandardCimv2', ClassName: 'MSFT_NetLbfoTeam' },
      { TeamingMode: 'uint32', Members: 'missing' },
    ],
    [
      'Get-CimInstance',
      { Namespace: 'root/wmi', ClassName: 'MPIO_DISK_INFO' },
      { NumberDrives: 'uint32', DriveInfo: 'object[]' },
    ],
    [
      'Get-CimInstance',
      { Namespace: 'root/wmi', ClassName: 'MSiSCSI_QueryLBPolicy' },
      { UniqueAdapterId: 'uint64', LoadBalancePolicies: 'object[]' },
    ],
  ])('%s %j', (name, parameters, expected) => {
    const { props } = first(rows(name, parameters));
    const found = Object.fromEntries(
      Object.keys(expected).map((property) => [property, typeOf(props[property])]),
    );
    expect(found).toEqual(expected);
  });
});

describe('peculiarities', () => {
  test('a switch over an embedded team names a placeholder that is no adapter', () => {
    const { props } = first(rows('Get-VMSwitch'));
    expect(props['NetAdapterInterfaceDescription']).toBe('Teamed-Interface');
    expect(rows('Get-NetAdapter').map((row) => row.props['InterfaceDescription'])).not.toContain(
      'Teamed-Interface',
    );
  });

  test.each(['2012', '2012R2'] as const)(
    'on %s a switch has no properties of embedded teaming',
    (release) => {
      const { props } = first(rows('Get-VMSwitch', {}, { windows: { release } }));
      for (const name of ['EmbeddedTeamingEnabled', 'NetAdapterInterfaceDescriptions', 'AllowNetLbfoTeams']) {
        expect(props).not.toHaveProperty(name);
      }
    },
  );

  test('descriptions of one kind are numbered from the second on', () => {
    const descriptions = rows('Get-NetAdapter').map((row) => row.props['InterfaceDescription']);
    expect(descriptions).toContain('Hyper-V Virtual Ethernet Adapter');
    expect(descriptions).toContain('Hyper-V Virtual Ethernet Adapter #2');
    expect(descriptions).toContain('Microsoft Network Adapter Multiplexor Driver');
    expect(new Set(descriptions).size).toBe(descriptions.length);
  });

  test('the first vNIC of a switch copies the MAC address of a port, the others come from Hyper-V', () => {
    const macOf = (name: string) => first(rows('Get-NetAdapter', { Name: name })).props['MacAddress'];
    expect(macOf('vEthernet (Storage-A)')).toBe(macOf('NIC1'));
    expect(macOf('vEthernet (Storage-B)')).toMatch(/^00-15-5D-/);
  });

  test('a vNIC has its MAC with dashes in one cmdlet, without in the other, and one GUID in both', () => {
    const nic = first(rows('Get-VMNetworkAdapter', { ManagementOS: true, Name: 'Storage-B' })).props;
    const adapter = first(rows('Get-NetAdapter', { Name: 'vEthernet (Storage-B)' })).props;
    expect(nic['DeviceId']).toBe(adapter['InterfaceGuid']);
    expect(nic['MacAddress']).toBe(stringIn(adapter['MacAddress']).replaceAll('-', ''));
  });

  test('a team mapping keeps the name as it was typed, and names its vNIC in text', () => {
    const mapping = first(rows('Get-VMNetworkAdapterTeamMapping', { ManagementOS: true, Name: 'Storage-B' }));
    expect(mapping.props['NetAdapterName']).toBe('nic2');
    expect((mapping.props['ParentAdapter'] as CmdletObject).text).toBe(
      "VMInternalNetworkAdapter, Name = 'Storage-B'",
    );
  });

  test('the speed of a team NIC is the sum of its members', () => {
    const team = first(rows('Get-NetAdapter', { Name: 'Team1' })).props;
    expect(team['LinkSpeed']).toBe('2 Gbps');
    expect(textIn(team['Speed'])).toBe('2000000000');
  });

  test('without a link there is no speed', () => {
    const { props } = first(rows('Get-NetAdapter', { Name: 'NIC6' }));
    expect([props['LinkSpeed'], textIn(props['Speed']), props['Status']]).toEqual([
      '0 bps',
      '0',
      'Disconnected',
    ]);
  });

  test('the decimal separator of a link speed follows the language', () => {
    const german = { windows: { release: '2019', language: 'de-DE' } } as const;
    expect(first(rows('Get-NetAdapter', { Name: 'NIC5' })).props['LinkSpeed']).toBe('2.5 Gbps');
    expect(first(rows('Get-NetAdapter', { Name: 'NIC5' }, german)).props['LinkSpeed']).toBe('2,5 Gbps');
    expect(rows('Get-NetAdapter', { IncludeHidden: true }, german).map((row) => row.props['Name'])).toContain(
      'LAN-Verbindung* 11',
    );
  });

  test('hidden adapters need -IncludeHidden', () => {
    const shown = rows('Get-NetAdapter').length;
    const all = rows('Get-NetAdapter', { IncludeHidden: true });
    expect(all.length).toBeGreaterThan(shown);
    expect(all.filter((row) => row.props['Hidden'] === true).length).toBe(all.length - shown);
  });

  test('members of a team or switch have no address, and only the one binding', () => {
    const enabled = (name: string) =>
      rows('Get-NetAdapterBinding', { Name: name })
        .filter((row) => row.props['Enabled'] === true)
        .map((row) => row.props['ComponentID']);
    expect(enabled('NIC1')).toContain('vms_pp');
    expect(enabled('NIC3')).toContain('ms_implat');
    expect([...enabled('NIC1'), ...enabled('NIC3')]).not.toContain('ms_tcpip');
    expect(enabled('NIC5')).toContain('ms_tcpip');
    const holders = rows('Get-NetIPAddress').map((row) => row.props['InterfaceAlias']);
    expect(holders).not.toContain('NIC1');
    expect(holders).not.toContain('NIC3');
  });

  test('an address stands in both stores unless the active one is asked for', () => {
    const query = { IPAddress: '10.0.11.11' };
    expect(rows('Get-NetIPAddress', query).map((row) => row.props['PolicyStore'])).toEqual([
      'ActiveStore',
      'PersistentStore',
    ]);
    const [active] = rows('Get-NetIPAddress', { ...query, PolicyStore: 'ActiveStore' });
    expect(active?.props['AddressState']).toMatchObject({ name: 'Preferred' });
  });

  test('a session identifier has the shape of the captures', () => {
    for (const session of rows('Get-IscsiSession')) {
      expect(session.props['SessionIdentifier']).toMatch(/^[0-9a-f]{8,16}-4000013700[0-9a-f]{6}$/);
    }
  });

  test('the port of a connection is byte-swapped against the TCP table, an unbound one has 0.0.0.0', () => {
    const connections = rows('Get-IscsiConnection');
    const tcp = rows('Get-NetTCPConnection', { RemotePort: [3260] });
    for (const [position, connection] of connections.entries()) {
      const swapped = Number(textIn(connection.props['InitiatorPortNumber']));
      const local = Number(textIn(tcp[position]?.props['LocalPort']));
      expect(((swapped & 0xff) << 8) | (swapped >> 8)).toBe(local);
    }
    expect(connections.map((row) => row.props['InitiatorAddress'])).toEqual(['10.0.11.11', '0.0.0.0']);
    expect(tcp.map((row) => row.props['LocalAddress'])).toEqual(['10.0.11.11', '10.0.12.11']);
  });

  test('under MPIO a session has no disk number, and its SCSI address is that of an MPIO path', () => {
    const devices = wmi('MSiSCSIInitiator_SessionClass').flatMap((row) =>
      rowsOf(row.props['Devices'] as CmdletObject[]),
    );
    expect(devices.map((device) => textIn(device.props['DeviceNumber']))).toEqual([
      '4294967295',
      '4294967295',
    ]);
    const place = (source: CmdletObject, names: string[]) =>
      names.map((name) => textIn(source.props[name])).join('|');
    const paths = rowsOf(first(wmi('MPIO_GET_DESCRIPTOR')).props['PdoInformation'] as CmdletObject[]).map(
      (pdo) =>
        place(pdo.props['ScsiAddress'] as CmdletObject, ['PortNumber', 'ScsiPathId', 'TargetId', 'Lun']),
    );
    expect(
      devices.map((device) => place(device, ['ScsiPortNumber', 'ScsiPathId', 'ScsiTargetId', 'ScsiLun'])),
    ).toEqual(paths);
  });

  test('the instance of an MPIO disk is the PnP id of its drive but for case and tail', () => {
    const instance = stringIn(first(wmi('MPIO_GET_DESCRIPTOR')).props['InstanceName']);
    const drives = rows('Get-CimInstance', { ClassName: 'Win32_DiskDrive' });
    expect(drives.map((drive) => drive.props['PNPDeviceID'])).toContain(
      instance.replace(/_0$/, '').toUpperCase(),
    );
  });

  test('the state of a path is told by its flags', () => {
    const policy = first(wmi('DSM_QueryLBPolicy_V2')).props['LoadBalancePolicy'] as CmdletObject;
    const flags = rowsOf(policy.props['DSM_Paths'] as CmdletObject[]).map((path) =>
      [path.props['PrimaryPath'], path.props['OptimizedPath']].map(textIn),
    );
    expect(flags).toEqual([
      ['1', '1'],
      ['0', '1'],
    ]);
  });

  test('claim settings are a hashtable and the default policy a bare string', () => {
    expect(ask('Get-MSDSMAutomaticClaimSettings').output).toEqual([
      { $: 'hashtable', v: { SAS: false, iSCSI: true } },
    ]);
    expect(ask('Get-MSDSMGlobalDefaultLoadBalancePolicy').output).toEqual(['None']);
  });

  test('an unclaimed disk comes twice with one unique id', () => {
    const disks = rows(
      'Get-Disk',
      {},
      {
        disks: [
          { number: 1, uniqueId: '6000AA' },
          { number: 2, uniqueId: '6000AA' },
        ],
        mpio: { disks: [] },
      },
    );
    expect(disks.map((disk) => disk.props['UniqueId']).filter((id) => id === '6000AA')).toHaveLength(2);
  });

  test('SMB answers for its default instance unless another is named', () => {
    const shares = (parameters: CmdletCall['parameters']) =>
      rows('Get-SmbConnection', parameters).map((row) => row.props['ShareName']);
    expect(shares({})).toEqual(['VMs']);
    expect(shares({ SmbInstance: 'SBL' })).toEqual(['Bus']);
    expect(
      ask('Get-SmbConnection', { SmbInstance: 'SBL' }, { windows: { release: '2012' } }).errors[0]?.id,
    ).toBe('NamedParameterNotFound,Get-SmbConnection');
  });

  test('an RDMA row says no RSS, and the same pair is listed again as not selected', () => {
    const patch: Partial<Scenario> = {
      adapters: [{ name: 'NIC1', rdma: true }],
      lbfoTeams: [],
      vswitches: [],
      vnics: [],
      vms: [],
      addresses: [{ interface: 'NIC1', address: '10.0.0.1/24' }],
      iscsi: { targets: [], sessions: [] },
      smb: {
        servers: [{ name: 'FS', shares: [{ name: 'V' }], interfaces: [{ address: '10.0.0.2', rdma: true }] }],
      },
    };
    const all = rows('Get-SmbMultichannelConnection', { IncludeNotSelected: true }, patch);
    expect(
      all.map(({ props }) => [props['Selected'], props['ClientRSSCapable'], props['ClientRdmaCapable']]),
    ).toEqual([
      [true, false, true],
      [false, true, false],
    ]);
    expect(rows('Get-SmbMultichannelConnection', {}, patch)).toHaveLength(1);
  });

  test.each([
    ['HyperVPort', 'SwitchIndependent', ['NIC1']],
    ['TransportPorts', 'SwitchIndependent', ['NIC1', 'NIC2']],
    ['HyperVPort', 'Lacp', ['NIC1', 'NIC2']],
  ] as const)('queues of a vNIC under %s, %s: on %j', (lbAlgorithm, teamingMode, expected) => {
    const queues = rows(
      'Get-NetAdapterVmqQueue',
      {},
      {
        adapters: [
          { name: 'NIC1', speed: 10_000_000_000 },
          { name: 'NIC2', speed: 10_000_000_000 },
        ],
        lbfoTeams: [{ name: 'T', members: ['NIC1', 'NIC2'], teamingMode, lbAlgorithm }],
        vswitches: [{ name: 'S', uplink: { team: 'T' } }],
        vnics: [{ name: 'Storage', vswitch: 'S', placedOn: 'NIC1' }],
        vms: [],
        addresses: [],
        smb: { servers: [] },
        iscsi: { targets: [], sessions: [] },
      },
    );
    const holders = queues
      .filter((queue) => textIn(queue.props['NumFilters']) === '1')
      .map((queue) => queue.props['Name']);
    expect(holders).toEqual(expected);
  });

  test('MPIO answers mpclaim in the layout of its listings', () => {
    const listing = ask('mpclaim.exe', { arguments: ['-s', '-d'] }).output;
    expect(listing).toContain('MPIO Disk    System Disk  LB Policy    DSM Name');
    expect(listing.at(-1)).toBe('MPIO Disk0   Disk 1       RR           Microsoft DSM');
    expect(ask('mpclaim.exe', { arguments: ['-s', '-d', '0'] }).output.at(-1)).toMatch(
      /^0000000077050001 Standby\s+005\|000\|001\|000 {3}0$/,
    );
  });

  test('the registry gives values with the names that the provider adds, wildcards for one level', () => {
    const pattern =
      'HKLM:\\SYSTEM\\CurrentControlSet\\Control\\Class\\{4d36e97b-e325-11ce-bfc1-08002be10318}\\*\\Parameters';
    const { props } = first(rows('Get-ItemProperty', { Path: pattern }));
    expect(props['MaxRequestHoldTime']).toBe(60);
    expect(props['PSPath']).toMatch(/^Microsoft\.PowerShell\.Core\\Registry::HKEY_LOCAL_MACHINE\\/);
    expect(ask('Get-ItemProperty', { Path: 'HKLM:\\SYSTEM\\Nothing' }).errors[0]?.id).toBe(
      'PathNotFound,Microsoft.PowerShell.Commands.GetItemPropertyCommand',
    );
    expect(ask('Test-Path', { Path: 'HKLM:\\SYSTEM\\CurrentControlSet' }).output).toEqual([true]);
    expect(
      rows('Get-ChildItem', { Path: 'HKLM:\\SYSTEM\\CurrentControlSet\\Services' }).map(
        (key) => key.props['PSChildName'],
      ),
    ).toEqual(['Disk', 'mpio', 'msdsm']);
  });
});

describe('questions', () => {
  test('a value without wildcards that fits nothing is an error, a pattern is not', () => {
    const missing = ask('Get-NetAdapter', { Name: 'NIC9' });
    expect(missing.errors.map((error) => error.id)).toEqual([
      'CmdletizationQuery_NotFound_Name,Get-NetAdapter',
    ]);
    expect(ask('Get-NetAdapter', { Name: 'X*' })).toEqual({ output: [], errors: [] });
    expect(rows('Get-NetAdapter', { Name: ['nic1', 'NIC2'] })).toHaveLength(2);
  });

  test('filters and queries choose rows, -Property empties the others', () => {
    const services = rows('Get-CimInstance', {
      ClassName: 'Win32_Service',
      Filter: "Name = 'MSiSCSI' OR (Name LIKE 'Clus%' AND State <> 'Stopped')",
      Property: ['Name'],
    });
    expect(services.map(({ props }) => [props['Name'], props['State']])).toEqual([
      ['MSiSCSI', null],
      ['ClusSvc', null],
    ]);
    expect(
      rows('Get-CimInstance', { Query: 'SELECT Index FROM Win32_DiskDrive WHERE Index > 0' }),
    ).toHaveLength(1);
  });

  test('cmdlets with a mandatory parameter refuse a bare call', () => {
    for (const name of ['Get-VMNetworkAdapter', 'Get-VMNetworkAdapterTeamMapping', 'Get-VMHardDiskDrive']) {
      expect(ask(name).errors[0]?.id).toMatch(/^MissingMandatoryParameter/);
    }
  });

  test('associations by object: connections, disks and targets of a session', () => {
    const [session] = rows('Get-IscsiSession');
    const handed = {
      SessionIdentifier: session?.props['SessionIdentifier'],
      TargetNodeAddress: 'iqn.2010-01.example:vol1',
    };
    expect(rows('Get-IscsiConnection', { IscsiSession: handed })).toHaveLength(1);
    expect(rows('Get-Disk', { iSCSISession: handed }).map((disk) => textIn(disk.props['Number']))).toEqual([
      '1',
    ]);
    expect(rows('Get-IscsiTarget', { IscsiSession: handed })).toHaveLength(1);
    expect(rows('Get-IscsiSession', { Disk: { Number: 1 } })).toHaveLength(2);
  });
});
