/** Snapshots built by hand for the tests of this folder: records as the readers would give them, healthy by default. */
import type {
  NetAdapterRecord,
  NetIPAddressRecord,
  NetLbfoTeamMemberRecord,
  NetRouteRecord,
  QueueAddressRecord,
  VMNetworkAdapterRecord,
  VMSwitchRecord,
} from '#shared/host/network-records.ts';
import type { Reading, ReadObservationName, RecordOf, Snapshot } from '#shared/host/snapshot.ts';
import type { DiskRecord, IscsiConnectionRecord, IscsiSessionRecord } from '#shared/host/storage-records.ts';
import type { ObservationFailureKind } from '#shared/result.ts';

type Parts = { readonly [N in ReadObservationName]?: readonly RecordOf[N][] | Reading<RecordOf[N]> };

const names: Readonly<Record<ReadObservationName, true>> = {
  ComputerSystem: true,
  OperatingSystem: true,
  WindowsFeature: true,
  Service: true,
  Cluster: true,
  ClusterNetwork: true,
  ClusterNetworkInterface: true,
  VMHardDiskDrive: true,
  VMHost: true,
  VMMigrationNetwork: true,
  ClusterSharedVolumeState: true,
  EventSummary: true,
  NetAdapter: true,
  NetAdapterBinding: true,
  NetAdapterRss: true,
  NetAdapterRdma: true,
  NetAdapterVmq: true,
  NetAdapterVmqQueue: true,
  NetAdapterVPort: true,
  NetAdapterHardwareInfo: true,
  NetAdapterAdvancedProperty: true,
  NetAdapterQos: true,
  NetQosTrafficClass: true,
  NetQosDcbxSetting: true,
  NetIntent: true,
  DnsClient: true,
  NetLbfoTeam: true,
  NetLbfoTeamMember: true,
  NetLbfoTeamNic: true,
  VMSwitch: true,
  VMSwitchTeam: true,
  VMNetworkAdapter: true,
  VMNetworkAdapterVlan: true,
  VMNetworkAdapterIsolation: true,
  VMNetworkAdapterTeamMapping: true,
  NetIPAddress: true,
  NetIPInterface: true,
  NetRoute: true,
  NetTCPConnection: true,
  IscsiSession: true,
  IscsiConnection: true,
  IscsiTarget: true,
  IscsiTargetPortal: true,
  InitiatorPort: true,
  IscsiPersistentLogin: true,
  IscsiMcsPolicy: true,
  MpioDisk: true,
  Mpclaim: true,
  MSDSMSupportedHW: true,
  MSDSMAutomaticClaimSettings: true,
  MSDSMGlobalDefaultLoadBalancePolicy: true,
  MPIOSetting: true,
  Disk: true,
  StorageTimers: true,
  SmbConnection: true,
  SmbMultichannelConnection: true,
  SmbMultichannelConstraint: true,
  SmbClientNetworkInterface: true,
  SmbClientConfiguration: true,
  SmbBandwidthLimit: true,
  PacketProbe: true,
  NetQosPolicy: true,
};
export const everyName = Object.keys(names) as ReadObservationName[];

const isRecords = (part: unknown): part is readonly never[] => Array.isArray(part);

/** Every observation answered; those not given are empty. */
export function snapshotWith(parts: Parts): Snapshot {
  const readings = Object.fromEntries(
    everyName.map((name) => {
      const part = parts[name] ?? [];
      return [name, isRecords(part) ? { status: 'ok', records: part, itemErrors: [] } : part];
    }),
  );
  return {
    host: { name: 'HV01', elevated: true },
    takenAt: '2026-11-22T17:00:00.000Z',
    readings: readings as unknown as Snapshot['readings'],
  };
}

export function failed(kind: ObservationFailureKind = 'access-denied'): Reading<never> {
  const isAbsence = kind === 'feature-missing' || kind === 'not-on-this-windows';
  return { status: isAbsence ? 'unavailable' : 'failed', error: { kind, message: 'Not answered.' } };
}

export function without(snapshot: Snapshot, ...lost: readonly ReadObservationName[]): Snapshot {
  const readings = { ...snapshot.readings, ...Object.fromEntries(lost.map((name) => [name, failed()])) };
  return { ...snapshot, readings };
}

export const gigabit = 1_000_000_000;
export const tenGigabit = 10 * gigabit;

export function guid(number: number): string {
  return `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;
}

export function mac(number: number): string {
  return (0x00155d000000 + number)
    .toString(16)
    .padStart(12, '0')
    .toUpperCase()
    .replace(/(..)(?=.)/g, '$1-');
}

/** A physical NIC `NIC<n>` with index n, 1 Gbit/s and up. */
export function nic(number: number, patch: Partial<NetAdapterRecord> = {}): NetAdapterRecord {
  return {
    name: `NIC${number}`,
    interfaceGuid: guid(number),
    interfaceDescription: `Intel(R) Ethernet I350 #${number}`,
    interfaceIndex: number,
    macAddress: mac(number),
    status: 'Up',
    speedBitsPerSecond: gigabit,
    isHardwareInterface: true,
    ...patch,
  };
}

/** The adapter of a team NIC, of a number apart from those of NICs. */
export function teamNic(
  number: number,
  name: string,
  patch: Partial<NetAdapterRecord> = {},
): NetAdapterRecord {
  return nic(number, {
    name,
    interfaceDescription: `Microsoft Network Adapter Multiplexor Driver #${number}`,
    isHardwareInterface: false,
    isVirtual: true,
    ...patch,
  });
}

/** The adapter of a vNIC of the management OS. */
export function vnicAdapter(
  number: number,
  name: string,
  patch: Partial<NetAdapterRecord> = {},
): NetAdapterRecord {
  return nic(number, {
    name: `vEthernet (${name})`,
    interfaceDescription: `Hyper-V Virtual Ethernet Adapter #${number}`,
    componentId: 'vms_mp',
    isHardwareInterface: false,
    isVirtual: true,
    speedBitsPerSecond: tenGigabit,
    ...patch,
  });
}

export function hostVNic(
  number: number,
  name: string,
  vswitch: number,
  patch: Partial<VMNetworkAdapterRecord> = {},
): VMNetworkAdapterRecord {
  return {
    name,
    id: `Microsoft:host\\${guid(number)}`,
    isManagementOs: true,
    switchName: `Switch${vswitch}`,
    switchId: guid(vswitch),
    macAddress: mac(number),
    deviceId: guid(number),
    ...patch,
  };
}

export function vswitch(number: number, patch: Partial<VMSwitchRecord> = {}): VMSwitchRecord {
  return { name: `Switch${number}`, id: guid(number), switchType: 'External', ...patch };
}

export function member(
  team: string,
  number: number,
  patch: Partial<NetLbfoTeamMemberRecord> = {},
): NetLbfoTeamMemberRecord {
  return {
    name: `NIC${number}`,
    team,
    interfaceGuid: guid(number),
    interfaceDescription: `Intel(R) Ethernet I350 #${number}`,
    administrativeMode: 'Active',
    operationalStatus: 'Active',
    ...patch,
  };
}

export function address(
  interfaceIndex: number,
  ipAddress: string,
  patch: Partial<NetIPAddressRecord> = {},
): NetIPAddressRecord {
  const family = ipAddress.includes(':') ? 'IPv6' : 'IPv4';
  return {
    ipAddress,
    interfaceIndex,
    family,
    prefixLength: family === 'IPv4' ? 24 : 64,
    state: 'Preferred',
    ...patch,
  };
}

export function route(
  interfaceIndex: number,
  destinationPrefix: string,
  patch: Partial<NetRouteRecord> = {},
): NetRouteRecord {
  return {
    destinationPrefix,
    interfaceIndex,
    nextHop: '0.0.0.0',
    routeMetric: 256,
    interfaceMetric: 25,
    ...patch,
  };
}

export function queue(name: string, ...macs: readonly string[]): QueueAddressRecord {
  return { name, macAddresses: macs };
}

export const iqn = 'iqn.2001-05.com.example:san01';

export function session(number: number, patch: Partial<IscsiSessionRecord> = {}): IscsiSessionRecord {
  return {
    sessionIdentifier: `ffffb60a-400001370000${number.toString(16).padStart(4, '0')}`,
    targetNodeAddress: iqn,
    initiatorInstanceName: 'ROOT\\ISCSIPRT\\0000_0',
    initiatorPortalAddress: null,
    isConnected: true,
    isPersistent: true,
    numberOfConnections: 1,
    diskNumbers: [1],
    ...patch,
  };
}

export function connection(
  number: number,
  from: string | null,
  to: string,
  patch: Partial<IscsiConnectionRecord> = {},
): IscsiConnectionRecord {
  return {
    connectionIdentifier: `ffffb60a-${number.toString(16)}`,
    sessionIdentifier: session(number).sessionIdentifier,
    initiatorAddress: from,
    initiatorPort: 50_000 + number,
    targetAddress: to,
    targetPort: 3260,
    ...patch,
  };
}

export function disk(number: number, patch: Partial<DiskRecord> = {}): DiskRecord {
  return { number, uniqueId: `6000D31004704E${number}`, busType: 'iSCSI', ...patch };
}

/** Four 1 Gbit/s NICs in one LBFO team, and one iSCSI session straight from the team NIC. */
export function iscsiOnTeam(): Snapshot {
  return snapshotWith({
    NetAdapter: [nic(1), nic(2), nic(3), nic(4), teamNic(20, 'Team1', { speedBitsPerSecond: 4 * gigabit })],
    NetLbfoTeam: [
      {
        name: 'Team1',
        members: ['NIC1', 'NIC2', 'NIC3', 'NIC4'],
        teamNics: ['Team1'],
        teamingMode: 'SwitchIndependent',
        lbAlgorithm: 'TransportPorts',
      },
    ],
    NetLbfoTeamMember: [member('Team1', 1), member('Team1', 2), member('Team1', 3), member('Team1', 4)],
    NetLbfoTeamNic: [
      {
        name: 'Team1',
        team: 'Team1',
        interfaceDescription: 'Microsoft Network Adapter Multiplexor Driver #20',
        vlanId: null,
        isPrimary: true,
        isDefault: true,
      },
    ],
    NetIPAddress: [address(20, '10.0.10.11')],
    NetRoute: [route(20, '10.0.10.0/24')],
    IscsiSession: [session(1, { initiatorPortalAddress: '10.0.10.11' })],
    IscsiConnection: [connection(1, '10.0.10.11', '10.0.10.101')],
    IscsiTarget: [{ nodeAddress: iqn, isConnected: true, portals: [{ address: '10.0.10.101', port: 3260 }] }],
    Disk: [disk(1)],
  });
}

/** Server 2012 R2: LBFO team by Hyper-V port, vSwitch on it, two storage vNICs whose queues are both on NIC1. */
export function convergedLbfo(): Snapshot {
  return snapshotWith({
    NetAdapter: [
      nic(1),
      nic(2),
      teamNic(20, 'SwitchTeam', { speedBitsPerSecond: 2 * gigabit }),
      vnicAdapter(31, 'Storage-A'),
      vnicAdapter(32, 'Storage-B'),
    ],
    NetLbfoTeam: [
      {
        name: 'SwitchTeam',
        members: ['NIC1', 'NIC2'],
        teamNics: ['SwitchTeam'],
        teamingMode: 'SwitchIndependent',
        lbAlgorithm: 'HyperVPort',
      },
    ],
    NetLbfoTeamMember: [member('SwitchTeam', 1), member('SwitchTeam', 2)],
    NetLbfoTeamNic: [
      {
        name: 'SwitchTeam',
        team: 'SwitchTeam',
        interfaceDescription: 'Microsoft Network Adapter Multiplexor Driver #20',
        vlanId: null,
        isPrimary: true,
        isDefault: true,
      },
    ],
    VMSwitch: [vswitch(50, { uplinkDescription: 'Microsoft Network Adapter Multiplexor Driver #20' })],
    VMNetworkAdapter: [hostVNic(31, 'Storage-A', 50), hostVNic(32, 'Storage-B', 50)],
    VMNetworkAdapterVlan: [
      { vnicName: 'Storage-A', isManagementOs: true, operationMode: 'Access', accessVlanId: 10 },
      { vnicName: 'Storage-B', isManagementOs: true, operationMode: 'Untagged', accessVlanId: 0 },
    ],
    NetAdapterVmqQueue: [queue('NIC1', mac(1), mac(31), mac(32)), queue('NIC2', mac(2))],
    NetIPAddress: [address(31, '10.0.10.11'), address(32, '10.0.10.12')],
    NetRoute: [route(31, '10.0.10.0/24'), route(32, '10.0.10.0/24')],
    IscsiSession: [
      session(1, { initiatorPortalAddress: '10.0.10.11' }),
      session(2, { initiatorPortalAddress: '10.0.10.12' }),
    ],
    IscsiConnection: [connection(1, '10.0.10.11', '10.0.10.101'), connection(2, '10.0.10.12', '10.0.10.102')],
    IscsiTarget: [
      {
        nodeAddress: iqn,
        isConnected: true,
        portals: [
          { address: '10.0.10.101', port: 3260 },
          { address: '10.0.10.102', port: 3260 },
        ],
      },
    ],
    Disk: [disk(1)],
    MpioDisk: [
      {
        instanceName: 'MPIO\\DISK1_0',
        diskNumber: 1,
        lbPolicy: 'RR',
        dsmName: 'Microsoft DSM',
        paths: [
          { pathId: '0000000077010000', state: 'Active/Optimized' },
          { pathId: '0000000077010001', state: 'Active/Optimized' },
        ],
      },
    ],
  });
}

/** 10 and 25 Gbit/s in a Switch Embedded Team, two storage vNICs mapped apart, two sessions. */
export function convergedSet(): Snapshot {
  return withReadings(convergedLbfo(), {
    NetAdapter: [
      nic(1, { speedBitsPerSecond: tenGigabit }),
      nic(2, { speedBitsPerSecond: 25 * gigabit }),
      vnicAdapter(31, 'Storage-A'),
      vnicAdapter(32, 'Storage-B'),
    ],
    NetLbfoTeam: [],
    NetLbfoTeamMember: [],
    NetLbfoTeamNic: [],
    NetAdapterVmqQueue: [],
    VMSwitch: [
      vswitch(50, {
        uplinkDescription: 'Teamed-Interface',
        uplinkDescriptions: ['Intel(R) Ethernet I350 #1', 'Intel(R) Ethernet I350 #2'],
        uplinkInterfaceGuids: [guid(1), guid(2)],
        isEmbeddedTeam: true,
      }),
    ],
    VMSwitchTeam: [
      { name: 'Switch50', id: guid(50), teamingMode: 'SwitchIndependent', lbAlgorithm: 'HyperVPort' },
    ],
    VMNetworkAdapterTeamMapping: [
      { vnicName: 'Storage-A', memberName: 'NIC1', memberInterfaceGuid: guid(1) },
      { vnicName: 'Storage-B', memberName: 'nic2', memberInterfaceGuid: guid(2) },
    ],
  });
}

/** Two plain NICs of their own, two portals, two sessions one to one, beside a management NIC. */
export function dedicatedPaths(): Snapshot {
  return withReadings(convergedLbfo(), {
    NetAdapter: [nic(1), nic(2), nic(9)],
    NetLbfoTeam: [],
    NetLbfoTeamMember: [],
    NetLbfoTeamNic: [],
    VMSwitch: [],
    VMNetworkAdapter: [],
    VMNetworkAdapterVlan: [],
    NetAdapterVmqQueue: [],
    NetIPAddress: [address(1, '10.0.10.11'), address(2, '10.0.10.12'), address(9, '192.168.1.5')],
    NetRoute: [
      route(1, '10.0.10.0/24'),
      route(2, '10.0.10.0/24'),
      route(9, '0.0.0.0/0', { nextHop: '192.168.1.1' }),
    ],
  });
}

/** The same snapshot with some observations answered otherwise. */
export function withReadings(snapshot: Snapshot, parts: Parts): Snapshot {
  const changed = snapshotWith(parts).readings;
  const names = everyName.filter((name) => parts[name] !== undefined);
  return {
    ...snapshot,
    readings: { ...snapshot.readings, ...Object.fromEntries(names.map((name) => [name, changed[name]])) },
  };
}
