/** The classes behind the iSCSI and Storage cmdlets, and the initiator's and MPIO's classes in root/wmi. */
import { embedded, noUint32, u16, u32, u64, u8, type CimClass, type CimRow, type Properties } from './cim.ts';
import type { CmdletValue } from './cmdlet-value.ts';
import { explicitScenario } from './explicit.ts';
import type { Machine } from './machine.ts';
import {
  isSoftwareInitiator,
  parsePortal,
  softwareInitiator,
  type SimConnection,
  type SimDisk,
  type SimMpioDisk,
  type SimMpioPath,
  type SimSession,
} from './storage-layout.ts';

const storageNamespace = 'ROOT/Microsoft/Windows/Storage';
const wmiNamespace = 'ROOT/wmi';

/** `400001370001`: the session's side of the initiator. */
function isidOf(session: SimSession): string {
  return `40000137${session.ordinal.toString(16).padStart(4, '0')}`;
}

function tsidOf(session: SimSession): string {
  return `${(session.ordinal % 256).toString(16).padStart(2, '0')}00`;
}

function bytesOf(hex: string): CmdletValue {
  return (hex.match(/../g) ?? []).map((byte) => u8(parseInt(byte, 16)));
}

function sessionRow(machine: Machine, session: SimSession): CimRow {
  return {
    raw: {
      AuthenticationType: session.scenario.chapUser === undefined ? 'NONE' : 'ONEWAYCHAP',
      InitiatorInstanceName: session.instance,
      InitiatorNodeAddress: machine.storage.initiator,
      InitiatorPortalAddress: session.portalAddress,
      InitiatorSideIdentifier: isidOf(session),
      IsConnected: session.isConnected,
      IsDataDigest: false,
      IsDiscovered: true,
      IsHeaderDigest: false,
      IsPersistent: session.isPersistent,
      NumberOfConnections: u32(session.connections.length),
      SessionIdentifier: session.id,
      TargetNodeAddress: session.scenario.iqn,
      TargetSideIdentifier: tsidOf(session),
    },
  };
}

export function connectionRow(connection: SimConnection): CimRow {
  return {
    raw: {
      ConnectionIdentifier: connection.id,
      InitiatorAddress: connection.initiatorAddress,
      InitiatorPortNumber: u32(connection.initiatorPort),
      TargetAddress: connection.targetAddress,
      TargetPortNumber: u32(connection.targetPort),
    },
  };
}

function targetRows(machine: Machine): CimRow[] {
  const connected = new Set(
    machine.storage.sessions.filter((session) => session.isConnected).map((session) => session.scenario.iqn),
  );
  return discoveredTargets(machine).map((target) => ({
    raw: { NodeAddress: target.iqn, IsConnected: connected.has(target.iqn) },
  }));
}

/** The targets that some portal has named, and those with a session or a stored login. */
export function discoveredTargets(
  machine: Machine,
): { readonly iqn: string; readonly portals: readonly string[] }[] {
  const all = targetsOf(machine);
  const { portals, logins } = machine.scenario.iscsi ?? {};
  if (portals === undefined) return all;
  const asked = new Set(portals.map(({ address, port }) => `${address} ${port}`));
  const named = new Set([
    ...machine.storage.sessions.map((session) => session.scenario.iqn),
    ...(logins ?? []).map((login) => login.iqn),
  ]);
  return all.filter(
    (target) =>
      named.has(target.iqn) ||
      target.portals.map(parsePortal).some(({ address, port }) => asked.has(`${address} ${port}`)),
  );
}

/** The targets of the scenario, and those that only a session names. */
function targetsOf(machine: Machine): { readonly iqn: string; readonly portals: readonly string[] }[] {
  const targets = new Map((machine.scenario.iscsi?.targets ?? []).map((target) => [target.iqn, target]));
  for (const { scenario } of machine.storage.sessions) {
    if (targets.has(scenario.iqn)) continue;
    targets.set(scenario.iqn, { iqn: scenario.iqn, portals: scenario.connections.map((c) => c.to) });
  }
  return [...targets.values()];
}

function targetPortalRows(machine: Machine): CimRow[] {
  const portals = new Map(
    targetsOf(machine).flatMap((target) =>
      target.portals.map((portal) => [portal, { ...parsePortal(portal), from: '' }] as const),
    ),
  );
  const asked = machine.scenario.iscsi?.portals ?? [...portals.values()];
  return asked.map(({ address, port, from }) => ({
    raw: {
      TargetPortalAddress: address,
      TargetPortalPortNumber: u16(port),
      InitiatorPortalAddress: from,
      InitiatorInstanceName: from === '' ? '' : softwareInitiator,
      IsHeaderDigest: false,
      IsDataDigest: false,
      InititorIPAdressListNumber: noUint32,
    },
  }));
}

const connectionTypes = { iSCSI: 2, 'Fibre Channel': 1, SAS: 3 } as const;

function initiatorPortRows(machine: Machine): CimRow[] {
  const row = (
    type: keyof typeof connectionTypes,
    instance: string,
    node: string,
    port: string,
    portType: number,
  ): CimRow => ({
    raw: {
      InstanceName: instance,
      NodeAddress: node,
      PortAddress: port,
      ObjectId: `{1}\\\\${machine.scenario.computer.name}\\ROOT/Microsoft/Windows/Storage/Providers_v2\\WSP_InitiatorPort.ObjectId="${instance}"`,
      ConnectionType: u16(connectionTypes[type]),
      PortType: u16(portType),
      OperationalStatus: [u16(2)],
    },
    shown: {
      ConnectionType: type,
      PortType: portType === 21 ? 'Point to Point' : 'Other',
      OperationalStatus: 'Operational',
    },
  });
  const instances = new Set([
    softwareInitiator,
    ...machine.storage.sessions.map((session) => session.instance),
  ]);
  const rows = [...instances].map((instance) =>
    row('iSCSI', instance, machine.storage.initiator, 'ISCSI ANY PORT', 2),
  );
  for (const type of ['Fibre Channel', 'SAS'] as const) {
    if (!machine.storage.disks.some((disk) => disk.busType === type)) continue;
    for (const index of [0, 1]) {
      const instance = `PCI\\VEN_1077&DEV_2261\\4&38F5B1A&0&0${index}_0`;
      rows.push(row(type, instance, `2000001B329AB6F${index}`, `2100001B329AB6F${index}`, 21));
    }
  }
  return rows;
}

const busNumbers = {
  'Fibre Channel': 6,
  RAID: 8,
  iSCSI: 9,
  SAS: 10,
  SATA: 11,
  Spaces: 16,
  NVMe: 17,
} as const;

function diskPathOf(disk: SimDisk): string {
  return `\\\\?\\${disk.pnpDeviceId.toLowerCase().replaceAll('\\', '#')}#{53f56307-b6bf-11d0-94f2-00a0c91efb8b}`;
}

function diskRow(disk: SimDisk): CimRow {
  const isOffline = disk.scenario.isOffline ?? false;
  const status = isOffline ? 53267 : 53264;
  const partition = disk.isSystem || !isOffline ? 2 : 0;
  return {
    raw: {
      Number: u32(disk.number),
      DiskNumber: u32(disk.number),
      UniqueId: disk.uniqueId,
      UniqueIdFormat: u16(3),
      Path: diskPathOf(disk),
      Location:
        disk.mpio === undefined ? `Integrated : Adapter 0 : Port 0 : Target 0 : LUN ${disk.number}` : 'MPIO',
      FriendlyName: disk.friendlyName,
      SerialNumber: disk.serialNumber,
      Manufacturer: disk.vendor,
      Model: disk.product,
      FirmwareVersion: '0001',
      Size: u64(disk.sizeBytes),
      AllocatedSize: u64(disk.sizeBytes),
      LargestFreeExtent: u64(0),
      LogicalSectorSize: u32(512),
      PhysicalSectorSize: u32(512),
      NumberOfPartitions: u32(disk.isSystem ? 4 : 2),
      Signature: null,
      Guid: `{${disk.uniqueId.slice(0, 8)}-0000-4000-a000-${disk.uniqueId.slice(-12)}}`.toLowerCase(),
      IsBoot: disk.isSystem,
      IsSystem: disk.isSystem,
      BootFromDisk: disk.isSystem,
      IsClustered: disk.scenario.isClustered ?? false,
      IsOffline: isOffline,
      IsReadOnly: false,
      OfflineReason: isOffline ? u16(1) : null,
      BusType: u16(busNumbers[disk.busType]),
      PartitionStyle: u16(partition),
      ProvisioningType: u16(2),
      HealthStatus: u16(0),
      OperationalStatus: [u16(status)],
    },
    shown: {
      OfflineReason: isOffline ? 'Policy' : null,
      BusType: disk.busType,
      PartitionStyle: partition === 2 ? 'GPT' : 'RAW',
      ProvisioningType: 'Fixed',
      HealthStatus: 'Healthy',
      OperationalStatus: isOffline ? 'Offline' : 'Online',
      UniqueIdFormat: 'FCPH Name',
    },
  };
}

function physicalDiskRow(disk: SimDisk): CimRow {
  const media = disk.busType === 'NVMe' ? 4 : 0;
  return {
    raw: {
      DeviceId: String(disk.number),
      FriendlyName: `${disk.vendor} ${disk.product}`,
      SerialNumber: disk.serialNumber,
      UniqueId: disk.uniqueId,
      Manufacturer: disk.vendor,
      Model: disk.product,
      FirmwareVersion: '0001',
      PhysicalLocation: null,
      BusType: u16(busNumbers[disk.busType]),
      MediaType: u16(media),
      HealthStatus: u16(0),
      Usage: u16(1),
      OperationalStatus: [u16(2)],
      CanPool: false,
      CannotPoolReason: [u16(7)],
      Size: u64(disk.sizeBytes),
      LogicalSectorSize: u64(512),
      PhysicalSectorSize: u64(512),
      SpindleSpeed: noUint32,
      EnclosureNumber: null,
      SlotNumber: null,
    },
    shown: {
      BusType: disk.busType,
      MediaType: media === 4 ? 'SSD' : 'Unspecified',
      HealthStatus: 'Healthy',
      Usage: 'Auto-Select',
      OperationalStatus: 'OK',
      CannotPoolReason: 'Insufficient Capacity',
    },
  };
}

const policyNumbers = { FOO: 1, RR: 2, RRWS: 3, LQD: 4, WP: 5, LB: 6, VS: 7 } as const;
/** Its own order, the reverse of everybody else's. */
const nodePathStates = {
  Unavailable: 0,
  'Active/Unoptimized': 1,
  Standby: 2,
  'Active/Optimized': 3,
  Failed: 0,
} as const;

function pathIdText(path: SimMpioPath): string {
  return path.id.toString(16).toUpperCase().padStart(16, '0');
}

function nodeToDiskRows(machine: Machine): CimRow[] {
  if (!machine.since('2012R2')) return [];
  return machine.storage.disks.map((disk) => ({
    raw: {
      DiskNumber: u32(disk.number),
      IsMpioEnabled: disk.mpio !== undefined,
      LoadBalancePolicy: u16(disk.mpio === undefined ? 0 : policyNumbers[disk.mpio.policy]),
      PathId: disk.mpio?.paths.map(pathIdText) ?? null,
      PathState: disk.mpio?.paths.map((path) => u16(nodePathStates[path.state])) ?? null,
      HealthStatus: u16(0),
      OperationalStatus: [u16(2)],
      IsPhysicallyConnected: true,
      StorageNode: embedded('MSFT_StorageNode', { Name: machine.scenario.computer.name }),
      PhysicalDisk: embedded('MSFT_PhysicalDisk', { ObjectId: disk.uniqueId, UniqueId: disk.uniqueId }),
    },
  }));
}

function sessionKey(session: SimSession): CmdletValue {
  return embedded('MSFT_iSCSISession', { SessionIdentifier: session.id });
}

function targetKey(session: SimSession): CmdletValue {
  return embedded('MSFT_iSCSITarget', { NodeAddress: session.scenario.iqn });
}

function connectionKey(connection: SimConnection): CmdletValue {
  return embedded('MSFT_iSCSIConnection', { ConnectionIdentifier: connection.id });
}

function pairs(machine: Machine, make: (session: SimSession) => readonly Properties[]): CimRow[] {
  return machine.storage.sessions.flatMap((session) => make(session).map((raw) => ({ raw })));
}

/** Disks behind a session; those of a session that is not connected are gone unless MPIO holds them. */
function disksOf(machine: Machine, session: SimSession): SimDisk[] {
  return session.disks.flatMap((number) => {
    const disk = machine.storage.diskNumbered(number);
    return disk !== undefined && (session.isConnected || disk.mpio !== undefined) ? [disk] : [];
  });
}

function diskKey(disk: SimDisk): CmdletValue {
  return embedded('MSFT_Disk', {
    ObjectId: disk.uniqueId,
    UniqueId: disk.uniqueId,
    Number: u32(disk.number),
  });
}

function deviceOf(machine: Machine, session: SimSession, disk: SimDisk): CmdletValue {
  // Under MPIO a session sees its own path device, which has no disk number: only the SCSI address leads to the disk.
  const isHeld = disk.mpio !== undefined;
  return embedded('MSiSCSIInitiator_DeviceOnSession', {
    InitiatorName: session.instance,
    TargetName: session.scenario.iqn,
    ScsiPortNumber: u8(session.scsi.port),
    ScsiPathId: u8(session.scsi.bus),
    ScsiTargetId: u8(session.scsi.target),
    ScsiLun: u8(machine.storage.lunOf(session.scenario.iqn, disk.number)),
    DeviceInterfaceGuid: '{53F56307-B6BF-11D0-94F2-00A0C91EFB8B}',
    DeviceInterfaceName: isHeld ? '' : diskPathOf(disk),
    LegacyName: isHeld ? '' : `\\\\.\\PhysicalDrive${disk.number}`,
    DeviceType: u32(7),
    DeviceNumber: isHeld ? noUint32 : u32(disk.number),
    PartitionNumber: noUint32,
  });
}

function sessionClassRows(machine: Machine): CimRow[] {
  return machine.storage.sessions.map((session) => ({
    raw: {
      Active: true,
      InstanceName: session.instance,
      SessionId: session.id,
      InitiatorName: machine.storage.initiator,
      TargetNodeName: session.scenario.iqn,
      TargetName: session.scenario.iqn,
      ISID: bytesOf(isidOf(session)),
      TSID: bytesOf(tsidOf(session)),
      ConnectionInformation: session.connections.map((connection, position) =>
        embedded('MSiSCSIInitiator_ConnectionInformation', {
          ConnectionID: connection.id,
          InitiatorAddress: connection.initiatorAddress,
          InitiatorPort: u16(connection.initiatorPort),
          TargetAddress: connection.targetAddress,
          TargetPort: u16(connection.targetPort),
          CID: [u8(position + 1), u8(0)],
        }),
      ),
      Devices: disksOf(machine, session).map((disk) => deviceOf(machine, session, disk)),
    },
  }));
}

function loginOptions(flags: number, authType = 0): CmdletValue {
  return embedded('MSiSCSIInitiator_TargetLoginOptions', {
    Version: u32(0),
    InformationSpecified: u32(0x80),
    LoginFlags: u32(flags),
    AuthType: u32(authType),
    HeaderDigest: u32(0),
    DataDigest: u32(0),
    MaximumConnections: u32(1),
    DefaultTime2Wait: u32(0),
    DefaultTime2Retain: u32(0),
    Username: [],
    Password: [],
  });
}

function targetClassRows(machine: Machine): CimRow[] {
  return discoveredTargets(machine).map((target) => ({
    raw: {
      Active: true,
      InstanceName: target.iqn,
      TargetName: target.iqn,
      TargetAlias: '',
      InitiatorName: '',
      DiscoveryMechanism: `SendTargets:*${target.portals[0] ?? ''} 0003260 `,
      TargetFlags: u32(0),
      ProtocolType: u32(0),
      PortalGroups: [
        embedded('MSiSCSIInitiator_PortalGroup', {
          Index: u32(0),
          Portals: target.portals.map((text, index) => {
            const { address, port } = parsePortal(text);
            return embedded('MSiSCSIInitiator_Portal', {
              Index: u32(index),
              SymbolicName: '',
              Address: address,
              Port: u16(port),
            });
          }),
        }),
      ],
      LoginOptions: loginOptions(0),
      Mappings: null,
    },
  }));
}

function persistentLoginRows(machine: Machine): CimRow[] {
  return explicitScenario(machine).iscsi.logins.map((login) => {
    const { address, port } = parsePortal(login.to);
    const instance = login.initiatorInstance ?? softwareInitiator;
    return {
      raw: {
        Active: true,
        InstanceName: instance,
        TargetName: login.iqn,
        InitiatorInstance: instance,
        InitiatorPortNumber: noUint32,
        TargetPortal: embedded('MSiSCSIInitiator_Portal', {
          Index: u32(0),
          SymbolicName: '',
          Address: address,
          Port: u16(port),
        }),
        IsInformationalSession: false,
        SecurityFlags: u64(0),
        LoginOptions: loginOptions(login.isMultipath ? 2 : 0, login.chap === undefined ? 0 : 1),
        Mappings: null,
      },
    };
  });
}

function byInstance(machine: Machine): Map<string, SimSession[]> {
  const groups = new Map<string, SimSession[]>();
  for (const session of machine.storage.sessions) {
    const group = groups.get(session.instance) ?? [];
    group.push(session);
    groups.set(session.instance, group);
  }
  return groups;
}

function mcsRows(machine: Machine): CimRow[] {
  return [...byInstance(machine)].map(([instance, sessions]) => ({
    raw: {
      InstanceName: instance,
      Active: true,
      UniqueAdapterId: u64(sessions[0]?.uniqueAdapterId ?? 0),
      SessionCount: u32(sessions.length),
      Reserved: u32(0),
      LoadBalancePolicies: sessions.map((session) =>
        embedded('ISCSI_Supported_LB_Policies', {
          UniqueSessionId: u64(session.uniqueSessionId),
          LoadBalancePolicy: u32(2),
          iSCSI_PathCount: u32(session.connections.length),
          iSCSI_Paths: session.connections.map((_, position) =>
            embedded('ISCSI_Path', {
              UniqueConnectionId: u64(position + 1),
              EstimatedLinkSpeed: u64(0),
              PathWeight: u32(0),
              PrimaryPath: u32(1),
              TCPOffLoadAvailable: u32(0),
              ConnectionStatus: u32(1),
            }),
          ),
        }),
      ),
    },
  }));
}

function hbaRows(machine: Machine): CimRow[] {
  return [...byInstance(machine).keys()]
    .filter((instance) => !isSoftwareInitiator(instance))
    .map((instance) => ({
      raw: {
        InstanceName: instance,
        Active: true,
        DriverName: 'bxois.sys',
        VendorID: 'Broadcom',
        VendorModel: 'NetXtreme II C-NIC',
        FirmwareVersion: '7.13.77',
        SerialNumber: '001018A5B6C7',
        NumberOfPorts: u32(1),
        IntegratedTCPIP: true,
        MultifunctionDevice: true,
        Status: u32(0),
      },
    }));
}

const controlObject = 'ROOT\\MPIO\\0000_0';
const dsmStates = {
  'Active/Optimized': { device: 0, primary: 1, optimized: 1, failed: 0, group: 0 },
  'Active/Unoptimized': { device: 1, primary: 1, optimized: 0, failed: 0, group: 1 },
  Standby: { device: 2, primary: 0, optimized: 1, failed: 0, group: 2 },
  Unavailable: { device: 3, primary: 0, optimized: 0, failed: 0, group: 3 },
  Failed: { device: 18, primary: 0, optimized: 0, failed: 1, group: 3 },
} as const;

function mpioDiskRows(machine: Machine): CimRow[] {
  const disks = machine.storage.mpioDisks;
  return [
    {
      raw: {
        InstanceName: controlObject,
        Active: true,
        NumberDrives: u32(disks.length),
        // As on real hosts: not in the order of their numbers.
        DriveInfo: [...disks].reverse().map((disk) =>
          embedded('MPIO_DRIVE_INFO', {
            NumberPaths: u32(disk.paths.length),
            Name: `MPIO Disk${disk.ordinal}`,
            SerialNumber: machine.storage.diskNumbered(disk.disk)?.uniqueId ?? '',
            DsmName: disk.dsmName,
          }),
        ),
      },
    },
  ];
}

function descriptorRow(disk: SimMpioDisk): CimRow {
  return {
    raw: {
      InstanceName: disk.instanceName,
      Active: true,
      NumberPdos: u32(disk.paths.length),
      DeviceName: `\\Device\\MPIODisk${disk.ordinal}`,
      PdoInformation: disk.paths.map((path) =>
        embedded('PDO_INFORMATION', {
          ScsiAddress: embedded('PDOSCSI_ADDR', {
            PortNumber: u8(path.scsi.port),
            ScsiPathId: u8(path.scsi.bus),
            TargetId: u8(path.scsi.target),
            Lun: u8(path.scsi.lun),
          }),
          DeviceState: u32(dsmStates[path.state].device),
          PathIdentifier: u64(path.id),
          IdentifierType: u32(3),
          IdentifierLength: u32(16),
          Identifier: Array.from({ length: 32 }, () => u8(0)),
          Pad: Array.from({ length: 4 }, () => u8(0)),
        }),
      ),
    },
  };
}

function lbPolicyRow(disk: SimMpioDisk): CimRow {
  const isAlua = disk.policy === 'RRWS' || disk.paths.some((path) => path.state === 'Active/Unoptimized');
  return {
    raw: {
      InstanceName: disk.instanceName,
      Active: true,
      LoadBalancePolicy: embedded('DSM_Load_Balance_Policy_V2', {
        Version: u32(1),
        LoadBalancePolicy: u32(policyNumbers[disk.policy]),
        DSMPathCount: u32(disk.paths.length),
        Reserved: u32(0),
        DSM_Paths: disk.paths.map((path, position) => {
          const state = dsmStates[path.state];
          return embedded('MPIO_DSM_Path_V2', {
            DsmPathId: u64(path.id),
            Reserved: u64(0),
            PathWeight: u32(disk.policy === 'WP' ? position : 0),
            PrimaryPath: u32(state.primary),
            OptimizedPath: u32(state.optimized),
            PreferredPath: u32(0),
            FailedPath: u32(state.failed),
            TargetPortGroup_State: u32(isAlua ? state.group : 0),
            ALUASupport: u32(isAlua ? 1 : 0),
            SymmetricLUA: u8(isAlua ? 0 : 1),
            TargetPortGroup_Preferred: u8(0),
            TargetPortGroup_Identifier: u16(state.group + 1),
            TargetPort_Identifier: u32(position + 1),
            Reserved32: u32(0),
            Reserved64: u64(0),
          });
        }),
      }),
    },
  };
}

function pathInformationRows(machine: Machine): CimRow[] {
  const ids = [...new Set(machine.storage.mpioDisks.flatMap((disk) => disk.paths.map((path) => path.id)))];
  return [
    {
      raw: {
        InstanceName: controlObject,
        Active: true,
        NumberPaths: u32(ids.length),
        Pad: u32(0),
        PathList: ids.map((id) =>
          embedded('MPIO_ADAPTER_INFORMATION', {
            PathId: u64(id),
            BusNumber: u8(0),
            DeviceNumber: u8(0),
            FunctionNumber: u8(0),
            Pad: u8(0),
            AdapterName: 'Microsoft iSCSI Initiator',
          }),
        ),
      },
    },
  ];
}

function timerRows(): CimRow[] {
  return [
    {
      raw: {
        InstanceName: controlObject,
        Active: true,
        PathVerifyEnabled: u32(0),
        PathVerificationPeriod: u32(30),
        PDORemovePeriod: u32(20),
        RetryCount: u32(3),
        RetryInterval: u32(1),
      },
    },
  ];
}

const storage = { namespace: storageNamespace, isProtected: true } as const;
const initiator = { ...storage, needs: 'msiscsi' } as const;
const wmi = { namespace: wmiNamespace, isProtected: true } as const;
const wmiInitiator = { ...wmi, needs: 'msiscsi' } as const;
const wmiMpio = { ...wmi, needs: 'multipath-io' } as const;

export const storageClasses: readonly CimClass[] = [
  {
    ...initiator,
    name: 'MSFT_iSCSISession',
    observation: 'IscsiSession',
    rows: (machine) => machine.storage.sessions.map((session) => sessionRow(machine, session)),
  },
  {
    ...initiator,
    name: 'MSFT_iSCSIConnection',
    observation: 'IscsiConnection',
    rows: (machine) => machine.storage.sessions.flatMap((session) => session.connections.map(connectionRow)),
  },
  { ...initiator, name: 'MSFT_iSCSITarget', observation: 'IscsiTarget', rows: targetRows },
  { ...initiator, name: 'MSFT_iSCSITargetPortal', observation: 'IscsiTargetPortal', rows: targetPortalRows },
  {
    ...initiator,
    name: 'MSFT_iSCSISessionToDisk',
    rows: (machine) =>
      pairs(machine, (session) =>
        disksOf(machine, session).map((disk) => ({ iSCSISession: sessionKey(session), Disk: diskKey(disk) })),
      ),
  },
  {
    ...initiator,
    name: 'MSFT_iSCSISessionToiSCSIConnection',
    rows: (machine) =>
      pairs(machine, (session) =>
        session.connections.map((connection) => ({
          iSCSISession: sessionKey(session),
          iSCSIConnection: connectionKey(connection),
        })),
      ),
  },
  {
    ...initiator,
    name: 'MSFT_iSCSIConnectionToDisk',
    rows: (machine) =>
      pairs(machine, (session) =>
        session.connections.flatMap((connection) =>
          disksOf(machine, session).map((disk) => ({
            iSCSIConnection: connectionKey(connection),
            Disk: diskKey(disk),
          })),
        ),
      ),
  },
  {
    ...initiator,
    name: 'MSFT_iSCSITargetToiSCSISession',
    rows: (machine) =>
      pairs(machine, (session) => [{ iSCSITarget: targetKey(session), iSCSISession: sessionKey(session) }]),
  },
  {
    ...initiator,
    name: 'MSFT_iSCSITargetToiSCSIConnection',
    rows: (machine) =>
      pairs(machine, (session) =>
        session.connections.map((connection) => ({
          iSCSITarget: targetKey(session),
          iSCSIConnection: connectionKey(connection),
        })),
      ),
  },
  { ...storage, name: 'MSFT_InitiatorPort', observation: 'InitiatorPort', rows: initiatorPortRows },
  {
    ...storage,
    name: 'MSFT_Disk',
    observation: 'Disk',
    rows: (machine) => machine.storage.disks.map(diskRow),
  },
  {
    ...storage,
    name: 'MSFT_PhysicalDisk',
    observation: 'PhysicalDisk',
    rows: (machine) => machine.storage.disks.map(physicalDiskRow),
  },
  { ...storage, name: 'MSFT_StorageNodeToPhysicalDisk', rows: nodeToDiskRows },
  { ...wmiInitiator, name: 'MSiSCSIInitiator_SessionClass', rows: sessionClassRows },
  { ...wmiInitiator, name: 'MSiSCSIInitiator_TargetClass', rows: targetClassRows },
  {
    ...wmiInitiator,
    name: 'MSiSCSIInitiator_PersistentLoginClass',
    observation: 'IscsiPersistentLogin',
    rows: persistentLoginRows,
  },
  { ...wmi, name: 'MSiSCSI_QueryLBPolicy', observation: 'IscsiMcsPolicy', rows: mcsRows },
  { ...wmi, name: 'MSiSCSI_HBAInformation', observation: 'IscsiHba', rows: hbaRows },
  { ...wmiMpio, name: 'MPIO_DISK_INFO', observation: 'MpioDisk', rows: mpioDiskRows },
  {
    ...wmiMpio,
    name: 'MPIO_GET_DESCRIPTOR',
    observation: 'MpioDisk',
    rows: (machine) => machine.storage.mpioDisks.map(descriptorRow),
  },
  {
    ...wmiMpio,
    name: 'DSM_QueryLBPolicy_V2',
    observation: 'MpioDisk',
    // A DSM of another maker answers its own classes, not this one.
    rows: (machine) =>
      machine.storage.mpioDisks.filter((disk) => disk.dsmName === 'Microsoft DSM').map(lbPolicyRow),
  },
  { ...wmiMpio, name: 'MPIO_PATH_INFORMATION', rows: pathInformationRows },
  { ...wmiMpio, name: 'MPIO_TIMERS_COUNTERS', rows: timerRows },
];
