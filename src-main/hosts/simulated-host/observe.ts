/** Takes a capture of a simulated host directly, without PowerShell: what a demo host shows. */
import {
  captureFormat,
  captureVersion,
  observationNames,
  type Capture,
  type Observation,
  type LookObservationName,
  type RawItem,
} from '#shared/capture.ts';
import type { ObservationFailureKind } from '#shared/result.ts';
import { classifyScriptError, statusOfKind } from '../../discovery/classify-error.ts';
import { productName, productVersion } from '../../platform/version.ts';
import { captureItem, captureValue, objectsIn, textOf } from './capture-item.ts';
import type { CmdletCall, CmdletError, CmdletObject, CmdletValue } from './cmdlet-value.ts';
import { changes, commands } from './commands.ts';
import { recordedSamples } from './counter-rows.ts';
import type { Machine } from './machine.ts';
import { releaseFacts } from './release.ts';
import type { Scenario } from './scenario.ts';
import { createSimulatedHost, type SimulatedHost } from './simulated-host.ts';

/** When the demo hosts are looked at, unless told otherwise: they never change, so neither does their capture. */
const defaultTakenAt = '2026-01-15T12:00:00.000Z';

/** Thrown inside an observation; becomes its failure. */
class Refusal extends Error {
  override readonly cause: CmdletError;
  readonly command: string;

  constructor(cause: CmdletError, command: string) {
    super(cause.message);
    this.cause = cause;
    this.command = command;
  }
}

class Stall extends Error {}

interface Questions {
  readonly host: SimulatedHost;
  /** The output of a call; its first error ends the observation where there is no output beside it. */
  readonly ask: (name: string, parameters?: CmdletCall['parameters']) => readonly CmdletValue[];
  /** The same for an addition that the observation can do without. */
  readonly tryToAsk: (
    name: string,
    parameters?: CmdletCall['parameters'],
  ) => readonly CmdletValue[] | undefined;
}

type Observe = (questions: Questions) => readonly RawItem[];

function list(name: string, pick: readonly string[], parameters: CmdletCall['parameters'] = {}): Observe {
  return ({ ask }) =>
    ask(name, parameters)
      .flatMap(objectsIn)
      .map((value) => captureItem(value, pick));
}

function listClass(namespace: string, className: string, pick: readonly string[]): Observe {
  return ({ ask }) =>
    ask('Get-CimInstance', { Namespace: namespace, ClassName: className })
      .flatMap(objectsIn)
      .map((value) => captureItem(value, pick));
}

const setting = ['Name', 'InterfaceDescription', 'InstanceID'];

const smbInstances = ['Default', 'CSV', 'SBL', 'SR'];

/** Every instance in turn; Server 2012 has no such parameter and no such property. */
function ofAllSmbInstances(
  name: string,
  pick: readonly string[],
  parameters: CmdletCall['parameters'] = {},
): Observe {
  return ({ host, ask }) => {
    if (!host.machine.since('2012R2')) {
      return ask(name, parameters)
        .flatMap(objectsIn)
        .map((value) => captureItem(value, pick));
    }
    return smbInstances.flatMap((instance) =>
      ask(name, { ...parameters, SmbInstance: instance })
        .flatMap(objectsIn)
        .map((value) => ({ ...captureItem(value, pick), SmbInstance: instance })),
    );
  };
}

function wmi(className: string): CmdletCall['parameters'] {
  return { Namespace: 'root/wmi', ClassName: className };
}

interface SessionDevices {
  /** Undefined where a device is of no known disk. */
  readonly numbers: readonly number[] | undefined;
  readonly addresses: readonly string[];
}

/**
 * What is behind each session: by the session's devices, under MPIO by their SCSI addresses. A session with a
 * device that neither tells has no numbers: its disks are not known.
 */
function devicesBySession({ tryToAsk }: Questions): ReadonlyMap<string, SessionDevices> | undefined {
  const sessions = tryToAsk('Get-CimInstance', wmi('MSiSCSIInitiator_SessionClass'));
  if (sessions === undefined) return undefined;
  const descriptors = tryToAsk('Get-CimInstance', wmi('MPIO_GET_DESCRIPTOR')) ?? [];
  const drives = tryToAsk('Get-CimInstance', { ClassName: 'Win32_DiskDrive' }) ?? [];
  const driveNumbers = new Map(
    drives
      .flatMap(objectsIn)
      .map((drive) => [textOf(drive, 'PNPDeviceID').toLowerCase(), numberIn(drive, 'Index')]),
  );
  const numberAt = new Map<string, number>();
  for (const descriptor of descriptors.flatMap(objectsIn)) {
    const number = driveNumbers.get(textOf(descriptor, 'InstanceName').replace(/_0$/, '').toLowerCase());
    if (number === undefined) continue;
    for (const pdo of objectsIn(descriptor.props['PdoInformation'])) {
      for (const address of objectsIn(pdo.props['ScsiAddress'])) {
        numberAt.set(scsiText(address, ['PortNumber', 'ScsiPathId', 'TargetId', 'Lun']), number);
      }
    }
  }
  return new Map(
    sessions.flatMap(objectsIn).map((session): [string, SessionDevices] => {
      const devices = objectsIn(session.props['Devices']);
      const addresses = devices.map((device) =>
        scsiText(device, ['ScsiPortNumber', 'ScsiPathId', 'ScsiTargetId', 'ScsiLun']),
      );
      const numbers = devices.flatMap((device, index) => {
        const held = numberAt.get(addresses[index] ?? '');
        const own = numberIn(device, 'DeviceNumber');
        return held !== undefined ? [held] : own < 4294967295 ? [own] : [];
      });
      return [
        textOf(session, 'SessionId'),
        { numbers: numbers.length === devices.length ? numbers : undefined, addresses },
      ];
    }),
  );
}

function scsiText(source: CmdletObject, names: readonly string[]): string {
  return names.map((name) => textOf(source, name)).join('|');
}

function numberIn(source: CmdletObject, name: string): number {
  return Number(textOf(source, name));
}

const observeIscsiSessions: Observe = (questions) => {
  const behind = devicesBySession(questions);
  return questions
    .ask('Get-IscsiSession')
    .flatMap(objectsIn)
    .map((session) => {
      const devices = behind?.get(textOf(session, 'SessionIdentifier'));
      return {
        ...captureItem(session, [
          'SessionIdentifier',
          'TargetNodeAddress',
          'InitiatorNodeAddress',
          'InitiatorPortalAddress',
          'InitiatorInstanceName',
          'InitiatorSideIdentifier',
          'TargetSideIdentifier',
          'NumberOfConnections',
          'IsConnected',
          'IsPersistent',
          'IsDiscovered',
          'IsDataDigest',
          'IsHeaderDigest',
          'AuthenticationType',
        ]),
        ...(devices?.numbers === undefined ? {} : { DiskNumbers: devices.numbers }),
        ...(devices === undefined ? {} : { ScsiAddresses: devices.addresses }),
      };
    });
};

const observeIscsiConnections: Observe = ({ ask, tryToAsk }) => {
  const sessions = tryToAsk('Get-CimInstance', wmi('MSiSCSIInitiator_SessionClass')) ?? [];
  const sessionOf = new Map(
    sessions
      .flatMap(objectsIn)
      .flatMap((session) =>
        objectsIn(session.props['ConnectionInformation']).map(
          (connection) => [textOf(connection, 'ConnectionID'), textOf(session, 'SessionId')] as const,
        ),
      ),
  );
  return ask('Get-IscsiConnection')
    .flatMap(objectsIn)
    .map((connection) => {
      const session = sessionOf.get(textOf(connection, 'ConnectionIdentifier'));
      return {
        ...captureItem(connection, [
          'ConnectionIdentifier',
          'InitiatorAddress',
          'InitiatorPortNumber',
          'TargetAddress',
          'TargetPortNumber',
        ]),
        ...(session === undefined ? {} : { SessionIdentifier: session }),
      };
    });
};

const observeIscsiTargets: Observe = ({ ask, tryToAsk }) => {
  const classes = tryToAsk('Get-CimInstance', wmi('MSiSCSIInitiator_TargetClass')) ?? [];
  const groupsOf = new Map<string, unknown[]>();
  for (const target of classes.flatMap(objectsIn)) {
    const groups = objectsIn(target.props['PortalGroups']).map((group) => ({
      Portals: objectsIn(group.props['Portals']).map((portal) => captureItem(portal, ['Address', 'Port'])),
    }));
    groupsOf.set(textOf(target, 'TargetName'), groups);
  }
  return ask('Get-IscsiTarget')
    .flatMap(objectsIn)
    .map((target) => {
      const groups = groupsOf.get(textOf(target, 'NodeAddress'));
      return {
        ...captureItem(target, ['NodeAddress', 'IsConnected']),
        ...(groups === undefined ? {} : { PortalGroups: groups }),
      };
    });
};

const policyCodes = ['None', 'FOO', 'RR', 'RRWS', 'LQD', 'WP', 'LB', 'VS'];
const mcsPolicyCodes = ['None', 'FOO', 'RR', 'RRWS', 'LQD', 'WP', 'VS'];

function stateOf(path: CmdletObject): string {
  if (numberIn(path, 'FailedPath') === 1) return 'Failed';
  const isPrimary = numberIn(path, 'PrimaryPath') === 1;
  const isOptimized = numberIn(path, 'OptimizedPath') === 1;
  if (isPrimary) return isOptimized ? 'Active/Optimized' : 'Active/Unoptimized';
  return isOptimized ? 'Standby' : 'Unavailable';
}

const deviceStates: Readonly<Record<number, string>> = {
  0: 'Active/Optimized',
  1: 'Active/Unoptimized',
  2: 'Standby',
  3: 'Unavailable',
  18: 'Failed',
};

function pathIdOf(decimal: string): string {
  return BigInt(decimal).toString(16).toUpperCase().padStart(16, '0');
}

const observeMpioDisks: Observe = ({ ask }) => {
  const drives = new Map(
    ask('Get-CimInstance', wmi('MPIO_DISK_INFO'))
      .flatMap(objectsIn)
      .flatMap((info) => objectsIn(info.props['DriveInfo']))
      .map((drive) => [`\\Device\\${textOf(drive, 'Name').replaceAll(' ', '')}`, drive]),
  );
  const policies = new Map(
    ask('Get-CimInstance', wmi('DSM_QueryLBPolicy_V2'))
      .flatMap(objectsIn)
      .map((row) => [textOf(row, 'InstanceName'), objectsIn(row.props['LoadBalancePolicy'])[0]]),
  );
  const numbers = new Map(
    ask('Get-CimInstance', { ClassName: 'Win32_DiskDrive' })
      .flatMap(objectsIn)
      .map((drive) => [textOf(drive, 'PNPDeviceID').toLowerCase(), numberIn(drive, 'Index')]),
  );
  return ask('Get-CimInstance', wmi('MPIO_GET_DESCRIPTOR'))
    .flatMap(objectsIn)
    .map((descriptor) => {
      const instance = textOf(descriptor, 'InstanceName');
      const drive = drives.get(textOf(descriptor, 'DeviceName'));
      const policy = policies.get(instance);
      const number = numbers.get(instance.replace(/_0$/, '').toLowerCase());
      const dsmPaths = new Map(
        objectsIn(policy?.props['DSM_Paths']).map((path) => [textOf(path, 'DsmPathId'), path]),
      );
      return {
        InstanceName: instance,
        DeviceName: textOf(descriptor, 'DeviceName'),
        ...(number === undefined ? {} : { DiskNumber: number }),
        ...(drive === undefined ? {} : captureItem(drive, ['SerialNumber', 'DsmName'])),
        ...(policy === undefined
          ? {}
          : { LoadBalancePolicy: policyCodes[numberIn(policy, 'LoadBalancePolicy')] ?? 'None' }),
        Paths: objectsIn(descriptor.props['PdoInformation']).map((pdo) => {
          const id = textOf(pdo, 'PathIdentifier');
          const path = dsmPaths.get(id);
          const [address] = objectsIn(pdo.props['ScsiAddress']);
          return {
            PathId: pathIdOf(id),
            State: path === undefined ? deviceStates[numberIn(pdo, 'DeviceState')] : stateOf(path),
            ...(address === undefined
              ? {}
              : { ScsiAddress: scsiText(address, ['PortNumber', 'ScsiPathId', 'TargetId', 'Lun']) }),
            ...(path === undefined
              ? {}
              : { Weight: numberIn(path, 'PathWeight'), Preferred: numberIn(path, 'PreferredPath') === 1 }),
          };
        }),
      };
    });
};

const observeMcsPolicies: Observe = ({ ask }) =>
  ask('Get-CimInstance', wmi('MSiSCSI_QueryLBPolicy'))
    .flatMap(objectsIn)
    .flatMap((row) =>
      objectsIn(row.props['LoadBalancePolicies']).map((policy) => {
        const id = textOf(policy, 'UniqueSessionId');
        return {
          SessionIdentifier: `${hexText(textOf(row, 'UniqueAdapterId'))}-${hexText(id)}`,
          UniqueSessionId: id,
          LoadBalancePolicy: mcsPolicyCodes[numberIn(policy, 'LoadBalancePolicy')] ?? 'None',
        };
      }),
    );

function hexText(decimal: string): string {
  return BigInt(decimal).toString(16);
}

/** Read only where WMI says nothing: it says all about the disks of the Microsoft DSM. */
const observeMpclaim: Observe = ({ host, ask }) => {
  const lines = ask('mpclaim.exe', { arguments: ['-s', '-d'] }).map(captureValue);
  const isKnown = host.machine.storage.mpioDisks.every((disk) => disk.dsmName === 'Microsoft DSM');
  return isKnown ? [] : [{ Arguments: '-s -d', Text: lines.join('\n') }];
};

const startTypes: Readonly<Record<string, string>> = {
  Auto: 'Automatic',
  Manual: 'Manual',
  Disabled: 'Disabled',
};

const observeServices: Observe = ({ ask }) =>
  ask('Get-CimInstance', {
    ClassName: 'Win32_Service',
    Filter: "Name='MSiSCSI' OR Name='ClusSvc' OR Name='vmms'",
  })
    .flatMap(objectsIn)
    .map((service) => ({
      Name: textOf(service, 'Name'),
      DisplayName: textOf(service, 'DisplayName'),
      Status: textOf(service, 'State'),
      StartType: startTypes[textOf(service, 'StartMode')] ?? textOf(service, 'StartMode'),
    }));

const featureNames = [
  'Hyper-V',
  'Hyper-V-PowerShell',
  'Failover-Clustering',
  'Multipath-IO',
  'Data-Center-Bridging',
];

/** Clients have them under other names; a capture has them under those of servers. */
const featureOfOptional: Readonly<Record<string, string>> = {
  'Microsoft-Hyper-V': 'Hyper-V',
  'Microsoft-Hyper-V-Management-PowerShell': 'Hyper-V-PowerShell',
  DataCenterBridging: 'Data-Center-Bridging',
};

const observeFeatures: Observe = (questions) => {
  if (questions.host.machine.isClient) {
    return questions
      .ask('Get-WindowsOptionalFeature', { Online: true, FeatureName: Object.keys(featureOfOptional) })
      .flatMap(objectsIn)
      .map((feature) => ({
        Name: featureOfOptional[textOf(feature, 'FeatureName')],
        Installed: textOf(feature, 'State') === 'Enabled',
        InstallState: textOf(feature, 'State'),
      }));
  }
  return list('Get-WindowsFeature', ['Name', 'DisplayName', 'Installed', 'InstallState'], {
    Name: featureNames,
  })(questions);
};

/** Both lists name their columns alike; the vNIC's own object is the key to join by. */
const nicSetting = ['ParentAdapter'];

/** Keys below HKLM and the time limits in them. */
const timers: readonly (readonly [path: string, values: readonly string[]])[] = [
  ['SYSTEM\\CurrentControlSet\\Services\\Disk', ['TimeOutValue']],
  [
    'SYSTEM\\CurrentControlSet\\Services\\mpio\\Parameters',
    [
      'PathVerifyEnabled',
      'PathVerificationPeriod',
      'PDORemovePeriod',
      'RetryCount',
      'RetryInterval',
      'UseCustomPathRecoveryInterval',
      'PathRecoveryInterval',
    ],
  ],
  [
    'SYSTEM\\CurrentControlSet\\Control\\Class\\{4d36e97b-e325-11ce-bfc1-08002be10318}\\*\\Parameters',
    [
      'MaxRequestHoldTime',
      'LinkDownTime',
      'EnableNOPOut',
      'TCPConnectTime',
      'TCPDisconnectTime',
      'MaxPendingRequests',
      'MaxTransferLength',
    ],
  ],
];

/** A key that is not there gives nothing: its driver is not installed. */
const observeTimers: Observe = ({ host }) =>
  timers.flatMap(([path, names]) =>
    host
      .call({ name: 'Get-ItemProperty', parameters: { Path: `HKLM:\\${path}` } })
      .output.flatMap(objectsIn)
      .flatMap((key) =>
        Object.entries(captureItem(key, names)).map(([name, value]) => ({
          Key: textOf(key, 'PSPath').replace(/^.*::/, ''),
          Name: name,
          Value: value,
        })),
      ),
  );

const observations: Readonly<
  Record<LookObservationName, { readonly command: string; readonly observe: Observe }>
> = {
  ComputerSystem: by(
    'Get-CimInstance',
    listClass('root/cimv2', 'Win32_ComputerSystem', [
      'Name',
      'Domain',
      'PartOfDomain',
      'DomainRole',
      'Manufacturer',
      'Model',
      'HypervisorPresent',
      'NumberOfLogicalProcessors',
      'TotalPhysicalMemory',
    ]),
  ),
  OperatingSystem: by(
    'Get-CimInstance',
    listClass('root/cimv2', 'Win32_OperatingSystem', [
      'Caption',
      'Version',
      'BuildNumber',
      'ProductType',
      'OperatingSystemSKU',
      'OSLanguage',
      'MUILanguages',
      'LastBootUpTime',
    ]),
  ),
  WindowsFeature: by('Get-WindowsFeature', observeFeatures),
  Service: by('Get-Service', observeServices),
  NetAdapter: listed('Get-NetAdapter', [
    'Name',
    'InterfaceDescription',
    'InterfaceIndex',
    'InterfaceGuid',
    'MacAddress',
    'PermanentAddress',
    'Status',
    'MediaConnectionState',
    'LinkSpeed',
    'Speed',
    'ReceiveLinkSpeed',
    'TransmitLinkSpeed',
    'MtuSize',
    'VlanID',
    'Virtual',
    'Hidden',
    'HardwareInterface',
    'ConnectorPresent',
    'PnPDeviceID',
    'ComponentID',
    'DeviceID',
    'DriverProvider',
    'DriverDate',
    'DriverVersionString',
    'DriverFileName',
    'MediaType',
    'PhysicalMediaType',
    'HigherLayerInterfaceIndices',
    'LowerLayerInterfaceIndices',
  ]),
  NetAdapterBinding: listed('Get-NetAdapterBinding', [...setting, 'ComponentID', 'Enabled', 'DisplayName']),
  NetAdapterRss: listed('Get-NetAdapterRss', [
    ...setting,
    'Enabled',
    'NumberOfReceiveQueues',
    'Profile',
    'BaseProcessorNumber',
    'MaxProcessors',
    'NumaNode',
  ]),
  NetAdapterRdma: listed('Get-NetAdapterRdma', [...setting, 'Enabled', 'MaxQueuePairCount']),
  NetAdapterVmq: listed('Get-NetAdapterVmq', [
    ...setting,
    'Enabled',
    'NumberOfReceiveQueues',
    'BaseProcessorNumber',
    'MaxProcessors',
  ]),
  NetAdapterVmqQueue: listed('Get-NetAdapterVmqQueue', [
    ...setting,
    'QueueID',
    'VmFriendlyName',
    'FilterList',
  ]),
  NetAdapterVPort: listed('Get-NetAdapterVPort', [...setting, 'VPortID', 'VmFriendlyName', 'FilterList']),
  NetAdapterSriov: listed('Get-NetAdapterSriov', [
    ...setting,
    'Enabled',
    'SriovSupport',
    'SwitchName',
    'NumVFs',
  ]),
  NetAdapterQos: listed('Get-NetAdapterQos', [
    ...setting,
    'Enabled',
    'CurrentCapabilities',
    'OperationalSettings',
    'RemoteSettings',
  ]),
  NetAdapterHardwareInfo: listed('Get-NetAdapterHardwareInfo', [
    ...setting,
    'SegmentNumber',
    'BusNumber',
    'DeviceNumber',
    'FunctionNumber',
    'SlotNumber',
    'NumaNode',
    'PciExpressCurrentLinkSpeedEncoded',
    'PciExpressMaxLinkSpeedEncoded',
    'PciExpressCurrentLinkWidth',
    'PciExpressMaxLinkWidth',
  ]),
  NetAdapterAdvancedProperty: listed('Get-NetAdapterAdvancedProperty', [
    ...setting,
    'DisplayName',
    'DisplayValue',
    'RegistryKeyword',
    'RegistryValue',
  ]),
  NetLbfoTeam: listed('Get-NetLbfoTeam', [
    'Name',
    'Members',
    'TeamNics',
    'TeamingMode',
    'LoadBalancingAlgorithm',
    'Status',
    'LacpTimer',
  ]),
  NetLbfoTeamMember: listed('Get-NetLbfoTeamMember', [
    'Name',
    'InterfaceDescription',
    'InstanceID',
    'Team',
    'AdministrativeMode',
    'OperationalMode',
    'OperationalStatus',
    'FailureReason',
    'TransmitLinkSpeed',
    'ReceiveLinkSpeed',
  ]),
  NetLbfoTeamNic: listed('Get-NetLbfoTeamNic', [
    'Name',
    'InterfaceDescription',
    'InstanceID',
    'Team',
    'VlanID',
    'Primary',
    'Default',
    'FailureReason',
    'TransmitLinkSpeed',
    'ReceiveLinkSpeed',
  ]),
  VMHost: listed('Get-VMHost', [
    'Name',
    'IovSupport',
    'VirtualMachineMigrationEnabled',
    'VirtualMachineMigrationPerformanceOption',
    'VirtualMachineMigrationAuthenticationType',
    'MaximumVirtualMachineMigrations',
    'MaximumStorageMigrations',
    'UseAnyNetworkForMigration',
    'NumaSpanningEnabled',
  ]),
  VMSwitch: listed('Get-VMSwitch', [
    'Name',
    'Id',
    'SwitchType',
    'AllowManagementOS',
    'NetAdapterInterfaceDescription',
    'NetAdapterInterfaceDescriptions',
    'NetAdapterInterfaceGuid',
    'EmbeddedTeamingEnabled',
    'BandwidthReservationMode',
    'DefaultFlowMinimumBandwidthAbsolute',
    'DefaultFlowMinimumBandwidthWeight',
    'IovEnabled',
    'PacketDirectEnabled',
    'SoftwareRscEnabled',
    'Extensions',
  ]),
  VMSwitchTeam: listed('Get-VMSwitchTeam', [
    'Name',
    'Id',
    'NetAdapterInterfaceDescription',
    'NetAdapterInterfaceGuid',
    'TeamingMode',
    'LoadBalancingAlgorithm',
  ]),
  VMNetworkAdapter: listed(
    'Get-VMNetworkAdapter',
    [
      'Name',
      'Id',
      'IsManagementOs',
      'VMName',
      'VMId',
      'SwitchName',
      'SwitchId',
      'MacAddress',
      'Status',
      'DeviceId',
      'IPAddresses',
      'VrssEnabled',
      'VmmqEnabled',
      'VmqWeight',
      'BandwidthSetting',
      'AllowTeaming',
      'IeeePriorityTag',
      'MandatoryFeatureId',
    ],
    { All: true },
  ),
  VMNetworkAdapterVlan: listed('Get-VMNetworkAdapterVlan', [
    ...nicSetting,
    'OperationMode',
    'AccessVlanId',
    'NativeVlanId',
    'AllowedVlanIdList',
  ]),
  VMNetworkAdapterIsolation: listed('Get-VMNetworkAdapterIsolation', [
    ...nicSetting,
    'IsolationMode',
    'DefaultIsolationID',
    'AllowUntaggedTraffic',
  ]),
  VMNetworkAdapterTeamMapping: listed(
    'Get-VMNetworkAdapterTeamMapping',
    [...nicSetting, 'NetAdapterName', 'NetAdapterDeviceId', 'DisableOnFailover'],
    { ManagementOS: true },
  ),
  VMHardDiskDrive: listed(
    'Get-VMHardDiskDrive',
    ['VMName', 'Path', 'DiskNumber', 'ControllerType', 'ControllerNumber', 'ControllerLocation'],
    { VMName: '*' },
  ),
  VMMigrationNetwork: listed('Get-VMMigrationNetwork', ['Subnet', 'Priority']),
  NetIPAddress: listed(
    'Get-NetIPAddress',
    [
      'IPAddress',
      'InterfaceIndex',
      'InterfaceAlias',
      'AddressFamily',
      'PrefixLength',
      'Type',
      'PrefixOrigin',
      'SuffixOrigin',
      'AddressState',
      'SkipAsSource',
      'PolicyStore',
    ],
    { PolicyStore: 'ActiveStore' },
  ),
  NetIPInterface: listed(
    'Get-NetIPInterface',
    [
      'InterfaceIndex',
      'InterfaceAlias',
      'AddressFamily',
      'ConnectionState',
      'Dhcp',
      'NlMtu',
      'InterfaceMetric',
      'AutomaticMetric',
      'Forwarding',
      'WeakHostSend',
      'WeakHostReceive',
    ],
    { PolicyStore: 'ActiveStore' },
  ),
  NetRoute: listed(
    'Get-NetRoute',
    [
      'DestinationPrefix',
      'NextHop',
      'InterfaceIndex',
      'InterfaceAlias',
      'AddressFamily',
      'RouteMetric',
      'InterfaceMetric',
      'Protocol',
    ],
    { PolicyStore: 'ActiveStore' },
  ),
  NetTCPConnection: listed(
    'Get-NetTCPConnection',
    ['LocalAddress', 'LocalPort', 'RemoteAddress', 'RemotePort', 'State'],
    { RemotePort: [3260, 445] },
  ),
  DnsClient: listed('Get-DnsClient', [
    'InterfaceAlias',
    'InterfaceIndex',
    'ConnectionSpecificSuffix',
    'RegisterThisConnectionsAddress',
    'UseSuffixWhenRegistering',
  ]),
  IscsiSession: by('Get-IscsiSession', observeIscsiSessions),
  IscsiConnection: by('Get-IscsiConnection', observeIscsiConnections),
  IscsiTarget: by('Get-IscsiTarget', observeIscsiTargets),
  IscsiTargetPortal: listed('Get-IscsiTargetPortal', [
    'TargetPortalAddress',
    'TargetPortalPortNumber',
    'InitiatorPortalAddress',
    'InitiatorInstanceName',
  ]),
  InitiatorPort: listed('Get-InitiatorPort', [
    'NodeAddress',
    'PortAddress',
    'InstanceName',
    'ConnectionType',
    'PortType',
    'OperationalStatus',
  ]),
  IscsiPersistentLogin: by('Get-CimInstance', ({ ask }) =>
    ask('Get-CimInstance', wmi('MSiSCSIInitiator_PersistentLoginClass'))
      .flatMap(objectsIn)
      .map((login) => {
        const [portal] = objectsIn(login.props['TargetPortal']);
        const [options] = objectsIn(login.props['LoginOptions']);
        return {
          ...captureItem(login, [
            'TargetName',
            'InitiatorInstance',
            'InitiatorPortNumber',
            'IsInformationalSession',
          ]),
          ...(portal === undefined ? {} : { TargetPortal: captureItem(portal, ['Address', 'Port']) }),
          // The flags alone: the options hold the secrets of the login too.
          ...(options === undefined ? {} : { LoginFlags: numberIn(options, 'LoginFlags') }),
        };
      }),
  ),
  IscsiMcsPolicy: by('Get-CimInstance', observeMcsPolicies),
  IscsiHba: by(
    'Get-CimInstance',
    listClass('root/wmi', 'MSiSCSI_HBAInformation', [
      'InstanceName',
      'DriverName',
      'VendorID',
      'VendorModel',
      'FirmwareVersion',
    ]),
  ),
  FibreChannelPort: by('Get-InitiatorPort', ({ ask }) =>
    ask('Get-InitiatorPort')
      .flatMap(objectsIn)
      .filter((port) => textOf(port, 'ConnectionType') === 'Fibre Channel')
      .map((port) =>
        captureItem(port, [
          'NodeAddress',
          'PortAddress',
          'InstanceName',
          'ConnectionType',
          'OperationalStatus',
        ]),
      ),
  ),
  MSDSMSupportedHW: listed('Get-MSDSMSupportedHW', ['VendorId', 'ProductId']),
  MSDSMAutomaticClaimSettings: by('Get-MSDSMAutomaticClaimSettings', ({ ask }) =>
    ask('Get-MSDSMAutomaticClaimSettings').flatMap((value) => {
      const settings = captureValue(value) as Record<string, unknown>;
      // A hashtable has no order of its own.
      return ['iSCSI', 'SAS'].map((busType) => ({ BusType: busType, Enabled: settings[busType] }));
    }),
  ),
  MSDSMGlobalDefaultLoadBalancePolicy: by('Get-MSDSMGlobalDefaultLoadBalancePolicy', ({ ask }) =>
    ask('Get-MSDSMGlobalDefaultLoadBalancePolicy').map((value) => ({ Value: value })),
  ),
  MPIOSetting: listed('Get-MPIOSetting', [
    'PathVerificationState',
    'PathVerificationPeriod',
    'PDORemovePeriod',
    'RetryCount',
    'RetryInterval',
    'UseCustomPathRecoveryTime',
    'CustomPathRecoveryTime',
    'DiskTimeoutValue',
  ]),
  MpioDisk: by('Get-MSDSMSupportedHW', observeMpioDisks),
  Mpclaim: by('mpclaim.exe', observeMpclaim),
  Disk: listed('Get-Disk', [
    'Number',
    'UniqueId',
    'SerialNumber',
    'FriendlyName',
    'Manufacturer',
    'Model',
    'BusType',
    'Size',
    'OperationalStatus',
    'HealthStatus',
    'IsOffline',
    'OfflineReason',
    'IsClustered',
    'IsBoot',
    'IsSystem',
    'PartitionStyle',
    'Path',
    'Location',
  ]),
  PhysicalDisk: listed('Get-PhysicalDisk', [
    'DeviceId',
    'FriendlyName',
    'SerialNumber',
    'UniqueId',
    'BusType',
    'MediaType',
    'HealthStatus',
    'OperationalStatus',
    'Size',
    'CanPool',
  ]),
  StorageTimers: by('Get-ItemProperty', observeTimers),
  SmbConnection: by(
    'Get-SmbConnection',
    ofAllSmbInstances('Get-SmbConnection', [
      'ServerName',
      'ShareName',
      'UserName',
      'Credential',
      'Dialect',
      'NumOpens',
      'ContinuouslyAvailable',
      'Encrypted',
      'Signed',
      'Redirected',
    ]),
  ),
  SmbMultichannelConnection: by(
    'Get-SmbMultichannelConnection',
    ofAllSmbInstances(
      'Get-SmbMultichannelConnection',
      [
        'ServerName',
        'ClientInterfaceIndex',
        'ServerInterfaceIndex',
        'ClientInterfaceFriendlyName',
        'ClientIpAddress',
        'ServerIpAddress',
        'Selected',
        'Failed',
        'FailureCount',
        'ClientRSSCapable',
        'ServerRSSCapable',
        'ClientRdmaCapable',
        'ServerRdmaCapable',
        'ClientLinkSpeed',
        'ServerLinkSpeed',
        'CurrentChannels',
        'MaxChannels',
      ],
      { IncludeNotSelected: true },
    ),
  ),
  SmbMultichannelConstraint: listed('Get-SmbMultichannelConstraint', [
    'ServerName',
    'InterfaceGuid',
    'InterfaceIndex',
    'InterfaceAlias',
  ]),
  SmbClientNetworkInterface: listed('Get-SmbClientNetworkInterface', [
    'InterfaceIndex',
    'FriendlyName',
    'RssCapable',
    'RdmaCapable',
    'LinkSpeed',
    'IpAddresses',
  ]),
  SmbClientConfiguration: listed('Get-SmbClientConfiguration', [
    'EnableMultiChannel',
    'ConnectionCountPerRssNetworkInterface',
    'MaximumConnectionCountPerServer',
    'EnableLargeMtu',
    'EnableBandwidthThrottling',
  ]),
  SmbServerNetworkInterface: listed('Get-SmbServerNetworkInterface', [
    'ScopeName',
    'InterfaceIndex',
    'FriendlyName',
    'RssCapable',
    'RdmaCapable',
    'LinkSpeed',
    'IpAddress',
  ]),
  SmbServerConfiguration: listed('Get-SmbServerConfiguration', [
    'EnableMultiChannel',
    'MaxChannelPerSession',
    'EncryptData',
  ]),
  SmbBandwidthLimit: listed('Get-SmbBandwidthLimit', ['Category', 'BytesPerSecond']),
  NetQosPolicy: listed('Get-NetQosPolicy', [
    'Name',
    'Owner',
    'Template',
    'IPProtocol',
    'NetDirectPort',
    'PriorityValue',
    'ThrottleRate',
  ]),
  NetQosTrafficClass: listed('Get-NetQosTrafficClass', ['Name', 'Algorithm', 'Priority', 'Bandwidth']),
  NetQosFlowControl: listed('Get-NetQosFlowControl', ['Name', 'Priority', 'Enabled']),
  NetQosDcbxSetting: listed('Get-NetQosDcbxSetting', ['Name', 'Willing', 'PolicySet', 'InterfaceAlias']),
  NetIntent: listed('Get-NetIntent', ['IntentName', 'NetAdapterNamesAsList']),
  Cluster: listed('Get-Cluster', ['Name', 'Id', 'Domain', 'S2DEnabled']),
  ClusterNetwork: listed('Get-ClusterNetwork', [
    'Name',
    'Id',
    'Address',
    'AddressMask',
    'State',
    'Role',
    'Metric',
  ]),
  ClusterNetworkInterface: listed('Get-ClusterNetworkInterface', [
    'Name',
    'Node',
    'Network',
    'Adapter',
    'AdapterId',
    'Address',
    'Ipv4Addresses',
    'Ipv6Addresses',
    'State',
  ]),
  ClusterSharedVolume: listed('Get-ClusterSharedVolume', ['Name', 'Id', 'State', 'SharedVolumeInfo']),
  ClusterSharedVolumeState: listed('Get-ClusterSharedVolumeState', [
    'Name',
    'Node',
    'StateInfo',
    'FileSystemRedirectedIOReason',
    'BlockRedirectedIOReason',
  ]),
  EventSummary: by('Get-WinEvent', ({ host }) => {
    const { output, errors } = host.call({
      name: 'Get-WinEvent',
      parameters: { FilterHashtable: { LogName: 'System' } },
    });
    const [error] = errors;
    // An empty log is an answer, although the cmdlet gives it as an error.
    if (error !== undefined && !error.id.startsWith('NoMatchingEventsFound')) {
      throw new Refusal(error, 'Get-WinEvent');
    }
    return summaryOf(output.flatMap(objectsIn));
  }),
};

const daysOfLog = 7;

/** How often each event occurs; resets of adapters for each adapter. The newest stands first. */
function summaryOf(events: readonly CmdletObject[]): readonly RawItem[] {
  const items = events.map((event) => {
    const { Level, ProviderName, Id, TimeCreated } = captureItem(event, [
      'Level',
      'ProviderName',
      'Id',
      'TimeCreated',
    ]);
    const [first] = objectsIn(event.props['Properties'] ?? null);
    const about = first === undefined ? '' : textOf(first, 'Value').replace(/[{}]/g, '').toUpperCase();
    return {
      Source: ProviderName,
      Id,
      Level,
      TimeCreated,
      ...(about !== '' && { InterfaceGuid: `{${about}}` }),
    };
  });
  const groups = Map.groupBy(items, (item) => JSON.stringify({ ...item, TimeCreated: undefined }));
  return [...groups.values()].map((group) => {
    const { TimeCreated: last, InterfaceGuid, ...event } = group[0] ?? {};
    return {
      ...event,
      Count: group.length,
      First: group.at(-1)?.TimeCreated,
      Last: last,
      Days: daysOfLog,
      IsComplete: true,
      ...(InterfaceGuid !== undefined && { InterfaceGuid }),
    };
  });
}

function by(command: string, observe: Observe): { readonly command: string; readonly observe: Observe } {
  return { command, observe };
}

function listed(command: string, pick: readonly string[], parameters: CmdletCall['parameters'] = {}) {
  return by(command, list(command, pick, parameters));
}

/** Why a command is not there, as far as release and features tell. */
function absenceOf(
  machine: Machine,
  name: string,
): 'feature-missing' | 'not-on-this-windows' | 'cmdlet-missing' {
  const command = commands[name] ?? changes[name];
  if (command === undefined) return 'cmdlet-missing';
  const isTooOld = command.since !== undefined && !machine.since(command.since);
  if (isTooOld || (command.isServerOnly === true && machine.isClient)) return 'not-on-this-windows';
  return command.feature === undefined ? 'cmdlet-missing' : 'feature-missing';
}

const kindMessages: Partial<Record<ObservationFailureKind, string>> = {
  'timed-out': 'No answer came within the time allowed.',
  cancelled: 'The look was cancelled.',
  exited: 'PowerShell ended in the middle of the call.',
  'start-failed': 'PowerShell could not be started.',
  'bad-output': 'The answer was incomplete.',
  'too-large': 'The answer was larger than is read.',
  'constrained-language':
    'PowerShell runs in constrained language mode and refuses what this observation needs.',
};

function unanswered(kind: ObservationFailureKind, message: string, detail?: string): Observation {
  return {
    status: statusOfKind(kind),
    durationMs: 0,
    error: { kind, message, ...(detail === undefined ? {} : { detail }) },
  };
}

/** One observation of the simulated host. The scenario's failures come out with the kinds that it names. */
export function observe(host: SimulatedHost, name: LookObservationName): Observation {
  const { machine } = host;
  const { command, observe: ask } = observations[name];
  const failure = machine.failureOf(name);
  const questions: Questions = {
    host,
    ask: (called, parameters = {}) => answered(host, called, parameters),
    tryToAsk: (called, parameters = {}) => {
      const { output, errors, delayMs } = host.call({ name: called, parameters });
      return errors.length > 0 || delayMs !== undefined ? undefined : output;
    },
  };
  if (failure !== undefined) {
    const kind = failure.hangs === true ? 'timed-out' : failure.kind;
    return unanswered(kind, kindMessages[kind] ?? messageOfFailure(host, command, questions, ask));
  }
  try {
    return { status: 'ok', durationMs: 0, data: ask(questions) };
  } catch (error) {
    if (error instanceof Stall) return unanswered('timed-out', error.message);
    if (!(error instanceof Refusal)) throw error;
    const { cause } = error;
    const kind = classifyScriptError(
      {
        message: cause.message,
        id: cause.id,
        category: cause.category,
        ...(cause.hresult === undefined ? {} : { hresult: cause.hresult }),
        ...(cause.exception === undefined ? {} : { exception: cause.exception }),
      },
      { isElevated: machine.isElevated, absence: absenceOf(machine, command) },
    );
    return unanswered(kind, cause.message, cause.id);
  }
}

function answered(host: SimulatedHost, name: string, parameters: CmdletCall['parameters']) {
  const { output, errors, delayMs } = host.call({ name, parameters });
  if (delayMs !== undefined) throw new Stall('No answer came within the time allowed.');
  const [first] = errors.filter((error) => !error.id.startsWith('CmdletizationQuery_NotFound'));
  if (first !== undefined && output.length === 0) throw new Refusal(first, name);
  return output;
}

/** What the failing cmdlet itself says. */
function messageOfFailure(host: SimulatedHost, command: string, questions: Questions, ask: Observe): string {
  try {
    ask(questions);
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
  return host.machine.captions.genericFailure;
}

/** All of a capture but what is observed: name, elevation and engine of the host, and what was sampled before. */
export function captureHead(machine: Machine, takenAt = defaultTakenAt): Omit<Capture, 'observations'> {
  const { scenario, release } = machine;
  const samples = recordedSamples(machine, takenAt);
  return {
    format: captureFormat,
    version: captureVersion,
    tool: { name: productName, version: productVersion },
    takenAt,
    host: {
      name: scenario.computer.name,
      elevated: scenario.isElevated ?? true,
      powershell: releaseFacts[release].powershell,
      languageMode: 'FullLanguage',
    },
    redacted: false,
    ...(samples === undefined ? {} : { samples }),
  };
}

/**
 * The capture of a scenario's host; the same every time. Throws where parts of the scenario do not fit together.
 *
 * @param takenAt ISO 8601, UTC.
 */
export function captureOf(scenario: Scenario, takenAt?: string): Capture {
  const host = createSimulatedHost(scenario);
  return {
    ...captureHead(host.machine, takenAt),
    observations: Object.fromEntries(observationNames.map((name) => [name, observe(host, name)])),
  };
}
