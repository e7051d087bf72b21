/**
 * Raw answers as Windows' own cmdlets word them, written apart from the simulated host: what both read alike and is
 * wrong would pass every other test.
 */
import {
  captureFormat,
  captureVersion,
  type Capture,
  type Observation,
  type ObservationName,
  type RawItem,
} from '../../src-main/shared/capture.ts';
import type { ObservationFailureKind } from '../../src-main/shared/result.ts';

export type Answers = Readonly<Partial<Record<ObservationName, readonly RawItem[] | Observation>>>;

export function refused(kind: ObservationFailureKind, message: string): Observation {
  const isUnavailable = /^(feature-missing|not-on-this-windows|cmdlet-missing|service-stopped)$/.test(kind);
  return {
    status: isUnavailable ? 'unavailable' : 'failed',
    durationMs: 4,
    error: { kind, message },
  };
}

const noFeature = refused('feature-missing', 'The feature that has this command is not installed.');
const tooOld = refused('not-on-this-windows', 'This release of Windows does not have this command.');

const builds = {
  '2012R2': ['6.3.9600', 9600, 'Microsoft Windows Server 2012 R2 Datacenter', '4.0'],
  '2016': ['10.0.14393', 14393, 'Microsoft Windows Server 2016 Datacenter', '5.1.14393.6343'],
  '2019': ['10.0.17763', 17763, 'Microsoft Windows Server 2019 Datacenter', '5.1.17763.5328'],
  '2022': ['10.0.20348', 20348, 'Microsoft Windows Server 2022 Datacenter', '5.1.20348.2849'],
  '2025': ['10.0.26100', 26100, 'Microsoft Windows Server 2025 Datacenter', '5.1.26100.2161'],
  '23H2': ['10.0.25398', 25398, 'Microsoft Azure Stack HCI', '5.1.25398.469'],
} as const;

interface WindowsHost {
  readonly name: string;
  readonly release: keyof typeof builds;
  /** Installed, by the names that servers use. */
  readonly features: readonly string[];
  readonly model?: string;
  readonly manufacturer?: string;
  /** LCID. */
  readonly language?: number;
  readonly caption?: string;
  /** Default: running and automatic. */
  readonly initiator?: 'stopped';
  readonly answers: Answers;
}

const hyperVNames: readonly ObservationName[] = [
  'VMHost',
  'VMSwitch',
  'VMSwitchTeam',
  'VMNetworkAdapter',
  'VMNetworkAdapterVlan',
  'VMNetworkAdapterIsolation',
  'VMNetworkAdapterTeamMapping',
  'VMHardDiskDrive',
  'VMMigrationNetwork',
];
const initiatorNames: readonly ObservationName[] = [
  'IscsiSession',
  'IscsiConnection',
  'IscsiTarget',
  'IscsiTargetPortal',
];
const mpioNames: readonly ObservationName[] = [
  'MSDSMSupportedHW',
  'MSDSMAutomaticClaimSettings',
  'MSDSMGlobalDefaultLoadBalancePolicy',
  'MPIOSetting',
  'MpioDisk',
  'Mpclaim',
];
const clusterNames: readonly ObservationName[] = [
  'Cluster',
  'ClusterNetwork',
  'ClusterNetworkInterface',
  'ClusterSharedVolume',
  'ClusterSharedVolumeState',
];
const emptyNames: readonly ObservationName[] = [
  'NetLbfoTeam',
  'NetLbfoTeamMember',
  'NetLbfoTeamNic',
  'NetAdapterRdma',
  'NetTCPConnection',
  'IscsiPersistentLogin',
  'SmbConnection',
  'SmbMultichannelConnection',
  'SmbMultichannelConstraint',
  'NetRoute',
  'EventSummary',
];

function all(names: readonly ObservationName[], answer: Answers[ObservationName]): Answers {
  return Object.fromEntries(names.map((name) => [name, answer]));
}

/** The capture of a host; what it does not answer for is what a plain server of its release and features gives. */
export function windowsHost(host: WindowsHost): Capture {
  const [version, build, caption, powershell] = builds[host.release];
  const has = (feature: string): boolean => host.features.includes(feature);
  const isStopped = host.initiator === 'stopped';
  const initiatorOff = refused('service-stopped', 'The service MSiSCSI is not running.');
  const answers: Answers = {
    ...all(emptyNames, []),
    ...all(hyperVNames, has('Hyper-V') ? [] : noFeature),
    ...(build < 14393 ? all(['VMSwitchTeam', 'VMNetworkAdapterTeamMapping'], tooOld) : {}),
    ...all(initiatorNames, isStopped ? initiatorOff : []),
    ...all(mpioNames, has('Multipath-IO') ? [] : noFeature),
    ...all(clusterNames, has('Failover-Clustering') ? [] : noFeature),
    ComputerSystem: [
      {
        Name: host.name,
        Domain: 'corp.contoso.com',
        Manufacturer: host.manufacturer ?? 'Dell Inc.',
        Model: host.model ?? 'PowerEdge R740',
      },
    ],
    OperatingSystem: [
      {
        Caption: host.caption ?? caption,
        Version: version,
        BuildNumber: String(build),
        ProductType: 3,
        OSLanguage: host.language ?? 1033,
      },
    ],
    WindowsFeature: ['Hyper-V', 'Hyper-V-PowerShell', 'Failover-Clustering', 'Multipath-IO'].map((name) => {
      const isInstalled = has(name === 'Hyper-V-PowerShell' ? 'Hyper-V' : name);
      return { Name: name, Installed: isInstalled, InstallState: isInstalled ? 'Installed' : 'Available' };
    }),
    Service: [
      {
        Name: 'MSiSCSI',
        Status: isStopped ? 'Stopped' : 'Running',
        StartType: isStopped ? 'Manual' : 'Automatic',
      },
    ],
    SmbClientConfiguration: [
      {
        EnableMultiChannel: true,
        ConnectionCountPerRssNetworkInterface: 4,
        MaximumConnectionCountPerServer: 32,
      },
    ],
    SmbClientNetworkInterface: [],
    ...host.answers,
  };
  return {
    format: captureFormat,
    version: captureVersion,
    tool: { name: 'switchyard', version: '0.1.0' },
    takenAt: '2026-03-02T09:30:00.000Z',
    host: { name: host.name, elevated: true, powershell, languageMode: 'FullLanguage' },
    redacted: false,
    observations: Object.fromEntries(
      Object.entries(answers).map(([name, answer]): [string, Observation] => [
        name,
        'status' in answer ? answer : { status: 'ok', durationMs: 40, data: answer },
      ]),
    ),
  };
}

const hex = (value: number, digits: number): string => value.toString(16).toUpperCase().padStart(digits, '0');

export function guidOf(index: number): string {
  return `{${hex(0x188c370d + index, 8)}-AD90-46F3-8AD2-0C10AFB6490C}`;
}

export function macOf(index: number): string {
  return `F4-C7-AA-37-E3-${hex(0x10 + index, 2)}`;
}

/** A row of Get-NetAdapter for a port with a cable. `speed` is bit/s. */
export function port(
  ifIndex: number,
  name: string,
  description: string,
  speed: number,
  more: RawItem = {},
): RawItem {
  return {
    Name: name,
    InterfaceDescription: description,
    InterfaceIndex: ifIndex,
    InterfaceGuid: guidOf(ifIndex),
    MacAddress: macOf(ifIndex),
    PermanentAddress: macOf(ifIndex).replaceAll('-', ''),
    Status: 'Up',
    MediaConnectionState: 'Connected',
    LinkSpeed: `${speed / 1e9} Gbps`,
    Speed: speed,
    ReceiveLinkSpeed: speed,
    TransmitLinkSpeed: speed,
    MtuSize: 1500,
    VlanID: null,
    Virtual: false,
    HardwareInterface: true,
    ConnectorPresent: true,
    PnPDeviceID: `PCI\\VEN_8086&DEV_1572&SUBSYS_00088086&REV_01\\4&2D3A${hex(ifIndex, 4)}&0&0008`,
    ComponentID: 'pci\\ven_8086&dev_1572',
    DriverProvider: 'Intel',
    DriverDate: '2025-02-10T00:00:00.000Z',
    DriverVersionString: '1.18.214.0',
    DriverFileName: 'i40ea.sys',
    MediaType: '802.3',
    PhysicalMediaType: '802.3',
    ...more,
  };
}

/** The row of an interface that Windows makes itself: a vNIC, a team NIC. */
export function madeByWindows(
  ifIndex: number,
  name: string,
  description: string,
  speed: number,
  more: RawItem = {},
): RawItem {
  return port(ifIndex, name, description, speed, {
    Virtual: true,
    HardwareInterface: false,
    ConnectorPresent: false,
    PnPDeviceID: `ROOT\\VMS_MP\\${hex(ifIndex, 4)}`,
    ComponentID: 'vms_mp',
    DriverProvider: 'Microsoft',
    DriverDate: '2006-06-21T00:00:00.000Z',
    DriverVersionString: '10.0.20348.1',
    DriverFileName: 'vmswitch.sys',
    ...more,
  });
}

/** The row of an LBFO team's interface. */
export function teamNicRow(ifIndex: number, name: string, speed: number, more: RawItem = {}): RawItem {
  return madeByWindows(ifIndex, name, 'Microsoft Network Adapter Multiplexor Driver', speed, {
    PnPDeviceID: `COMPOSITEBUS\\MS_IMPLAT_MP\\${guidOf(ifIndex)}`,
    ComponentID: 'ms_implat_mp',
    DriverFileName: 'NdisImPlatform.sys',
    ...more,
  });
}

/** `address` as `10.0.10.11/24`. */
export function ip(ifIndex: number, alias: string, address: string, more: RawItem = {}): RawItem {
  const [text = '', length = '24'] = address.split('/');
  const isSix = text.includes(':');
  return {
    IPAddress: text,
    InterfaceIndex: ifIndex,
    InterfaceAlias: alias,
    AddressFamily: isSix ? 'IPv6' : 'IPv4',
    PrefixLength: Number(length),
    Type: 'Unicast',
    PrefixOrigin: 'Manual',
    SuffixOrigin: 'Manual',
    AddressState: 'Preferred',
    SkipAsSource: false,
    PolicyStore: 'ActiveStore',
    ...more,
  };
}

export function ipInterface(ifIndex: number, alias: string, more: RawItem = {}): RawItem {
  return {
    InterfaceIndex: ifIndex,
    InterfaceAlias: alias,
    AddressFamily: 'IPv4',
    ConnectionState: 'Connected',
    Dhcp: 'Disabled',
    NlMtu: 1500,
    InterfaceMetric: 15,
    AutomaticMetric: 'Enabled',
    Forwarding: 'Disabled',
    WeakHostSend: 'Disabled',
    WeakHostReceive: 'Disabled',
    ...more,
  };
}

/** `prefix` reached by an interface, on-link where no next hop is named. */
export function route(
  ifIndex: number,
  prefix: string,
  nextHop = prefix.includes(':') ? '::' : '0.0.0.0',
  more: RawItem = {},
): RawItem {
  return {
    DestinationPrefix: prefix,
    NextHop: nextHop,
    InterfaceIndex: ifIndex,
    AddressFamily: prefix.includes(':') ? 'IPv6' : 'IPv4',
    RouteMetric: nextHop === '0.0.0.0' || nextHop === '::' ? 256 : 1,
    InterfaceMetric: 15,
    Protocol: nextHop === '0.0.0.0' ? 'Local' : 'NetMgmt',
    ...more,
  };
}

/** As the initiator names it: the kernel address of its instance, then a count in hex. */
export function sessionId(count: number, instance = 'ffffe0016a1f3010'): string {
  return `${instance}-4000013700${count.toString(16).padStart(6, '0')}`;
}

/** A row of Get-IscsiSession. */
export function iscsiSession(count: number, iqn: string, more: RawItem = {}): RawItem {
  return {
    AuthenticationType: 'NONE',
    InitiatorInstanceName: 'ROOT\\ISCSIPRT\\0000_0',
    InitiatorNodeAddress: 'iqn.1991-05.com.microsoft:hv01.corp.contoso.com',
    InitiatorPortalAddress: '0.0.0.0',
    InitiatorSideIdentifier: '400001370000',
    IsConnected: true,
    IsDataDigest: false,
    IsDiscovered: true,
    IsHeaderDigest: false,
    IsPersistent: true,
    NumberOfConnections: 1,
    SessionIdentifier: sessionId(count),
    TargetNodeAddress: iqn,
    TargetSideIdentifier: '0100',
    ...more,
  };
}

/** A row of Get-IscsiConnection, with the session that the class behind it names. */
export function iscsiConnection(
  count: number,
  session: number,
  from: string,
  to: string,
  more: RawItem = {},
): RawItem {
  return {
    ConnectionIdentifier: `ffffe0016a1f3010-${count.toString(16)}`,
    InitiatorAddress: from,
    InitiatorPortNumber: 41458 + count,
    TargetAddress: to,
    TargetPortNumber: 3260,
    SessionIdentifier: sessionId(session),
    ...more,
  };
}

/** A row of Get-IscsiTarget with the portals that the target offers. */
export function iscsiTarget(iqn: string, portals: readonly string[], more: RawItem = {}): RawItem {
  return {
    NodeAddress: iqn,
    IsConnected: true,
    PortalGroups: [
      { Index: 1, Portals: portals.map((address) => ({ Address: address, Port: 3260, SymbolicName: '' })) },
    ],
    ...more,
  };
}

export interface Login {
  readonly iqn: string;
  readonly from: string;
  readonly to: string;
  readonly disks: readonly number[];
  /** Of the session's row. */
  readonly more?: RawItem;
}

/** Sessions of one connection each, with favourites and targets as a host has them that was set up by hand. */
export function iscsiAnswers(
  logins: readonly Login[],
  portals: Readonly<Record<string, readonly string[]>>,
): Answers {
  return {
    IscsiSession: logins.map(({ iqn, from, disks, more }, index) =>
      iscsiSession(index + 1, iqn, {
        InitiatorPortalAddress: from,
        DiskNumbers: disks,
        ScsiAddresses: disks.map((_, lun) => `5|0|${index}|${lun}`),
        ...more,
      }),
    ),
    IscsiConnection: logins.map(({ from, to }, index) => iscsiConnection(index + 1, index + 1, from, to)),
    IscsiTarget: Object.entries(portals).map(([iqn, addresses]) => iscsiTarget(iqn, addresses)),
    IscsiPersistentLogin: logins.map(({ iqn, to }) => ({
      TargetName: iqn,
      InitiatorInstance: 'ROOT\\ISCSIPRT\\0000_0',
      InitiatorPortNumber: 4294967295,
      IsInformationalSession: false,
      TargetPortal: { Address: to, Port: 3260 },
      LoginFlags: 2,
    })),
  };
}

/** A row of Get-Disk for a LUN behind MPIO. */
export function disk(number: number, busType: string, more: RawItem = {}): RawItem {
  return {
    Number: number,
    UniqueId: `6000D31004704E00000000000000${hex(number, 4)}`,
    SerialNumber: `6000D31004704E00000000000000${hex(number, 4)}`,
    FriendlyName: 'COMPELNT Compellent Vol  Multi-Path Disk Device',
    BusType: busType,
    Size: 2_199_023_255_552,
    OperationalStatus: 'Online',
    HealthStatus: 'Healthy',
    IsOffline: false,
    OfflineReason: null,
    IsClustered: false,
    IsBoot: false,
    IsSystem: false,
    ...more,
  };
}

export const systemDisk: RawItem = {
  ...disk(0, 'RAID'),
  UniqueId: '61866DA0A5C1B3002A4D5E6F70811223',
  SerialNumber: '00232211706f5e4d2a00b3c1a5a06d86',
  FriendlyName: 'DELL PERC H740P Mini',
  IsBoot: true,
  IsSystem: true,
};

/** What the MPIO classes say of one disk; a path is its state, or its state and SCSI address. */
export function mpioDisk(
  number: number,
  policy: string,
  paths: readonly (string | readonly [state: string, address: string])[],
  more: RawItem = {},
): RawItem {
  return {
    InstanceName: `MPIO\\DISK&VEN_COMPELNT&PROD_COMPELLENT_VOL&REV_0703\\1&7F6AC24&0&36303030${hex(number, 4)}_0`,
    DiskNumber: number,
    DeviceName: `\\Device\\MPIODisk${number - 1}`,
    DsmName: 'Microsoft DSM',
    NumberPaths: paths.length,
    LoadBalancePolicy: policy,
    Paths: paths.map((path, index) => {
      const [state, address] = typeof path === 'string' ? [path, `5|0|${index}|${number - 1}`] : path;
      return {
        PathId: hex(0x77050000 + index, 16),
        State: state,
        ScsiAddress: address,
        Weight: 0,
        Preferred: false,
      };
    }),
    ...more,
  };
}

export const optimized = 'Active/Optimized';
export const unoptimized = 'Active/Unoptimized';

/** What MPIO answers beside its disks where it claims iSCSI by its own id. */
export const claimsIscsi: Answers = {
  MSDSMSupportedHW: [
    { VendorId: 'Vendor 8', ProductId: 'Product       16' },
    { VendorId: 'MSFT2005', ProductId: 'iSCSIBusType_0x9' },
  ],
  MSDSMAutomaticClaimSettings: [
    { BusType: 'iSCSI', Enabled: true },
    { BusType: 'SAS', Enabled: false },
  ],
  MSDSMGlobalDefaultLoadBalancePolicy: [{ Value: 'None' }],
};

/** A row of Get-SmbMultichannelConnection -IncludeNotSelected. Speeds in bit/s. */
export function smbPair(
  server: string,
  client: readonly [ifIndex: number, address: string, speed: number],
  to: readonly [ifIndex: number, address: string, speed: number],
  more: RawItem = {},
): RawItem {
  return {
    ServerName: server,
    ClientInterfaceIndex: client[0],
    ClientIpAddress: client[1],
    ClientLinkSpeed: client[2],
    ServerInterfaceIndex: to[0],
    ServerIpAddress: to[1],
    ServerLinkSpeed: to[2],
    Selected: true,
    Failed: false,
    FailureCount: 0,
    ClientRSSCapable: true,
    ServerRSSCapable: true,
    ClientRdmaCapable: false,
    ServerRdmaCapable: false,
    CurrentChannels: 4,
    MaxChannels: 4,
    SmbInstance: 'Default',
    ...more,
  };
}

/** A row of Get-SmbConnection as a virtual machine's worker process makes it. */
export function smbShare(server: string, share: string, more: RawItem = {}): RawItem {
  return {
    ServerName: server,
    ShareName: share,
    UserName: 'NT VIRTUAL MACHINE\\F357A523-592B-4CA5-B61E-C06D5627E1C9',
    Credential: 'CORP\\HV01$',
    Dialect: '3.1.1',
    NumOpens: 4,
    ContinuouslyAvailable: false,
    Encrypted: false,
    Signed: false,
    SmbInstance: 'Default',
    ...more,
  };
}

/** A row of Get-SmbClientNetworkInterface. */
export function smbInterface(
  ifIndex: number,
  name: string,
  speed: number,
  addresses: readonly string[],
  more: RawItem = {},
): RawItem {
  return {
    InterfaceIndex: ifIndex,
    FriendlyName: name,
    RssCapable: true,
    RdmaCapable: false,
    LinkSpeed: speed,
    IpAddresses: addresses,
    ...more,
  };
}
