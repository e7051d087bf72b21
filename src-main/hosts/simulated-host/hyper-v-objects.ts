/** The .NET objects that the Hyper-V cmdlets give. */
import { enumOf, guid, i64, object, u16, u32, u64, type Properties } from './cim.ts';
import type { CmdletObject, CmdletValue } from './cmdlet-value.ts';
import { guidOf } from './identities.ts';
import type { Machine } from './machine.ts';
import type { SimVmNic, SimVNic, SimVSwitch } from './network-layout.ts';

const library = 'Microsoft.HyperV.PowerShell';

function common(machine: Machine): Properties {
  return {
    CimSession: object('Microsoft.Management.Infrastructure.CimSession', {}, 'CimSession: .'),
    ComputerName: machine.scenario.computer.name,
    IsDeleted: false,
  };
}

function hyperVEnum(type: string, name: string, value: number): CmdletValue {
  return enumOf(`${library}.${type}`, name, value);
}

const switchTypeNumbers = { Private: 0, Internal: 1, External: 2 } as const;

function unbraced(interfaceGuid: string): CmdletValue {
  return guid(interfaceGuid.replace(/[{}]/g, '').toLowerCase());
}

const bandwidthModes = { None: 3, Weight: 1, Absolute: 2 } as const;

export function vswitchObject(machine: Machine, vswitch: SimVSwitch): CmdletObject {
  const bandwidthMode =
    vswitch.scenario.minimumBandwidthMode ?? (vswitch.isEmbeddedTeam ? 'Weight' : 'Absolute');
  const descriptions = vswitch.uplinks.map((uplink) => uplink.description);
  const hostVNics = machine.network.vnics.filter((vnic) => vnic.vswitch === vswitch);
  const is2016 = machine.since('2016');
  const is2019 = machine.since('2019');
  return object(
    `${library}.VMSwitch`,
    {
      Name: vswitch.name,
      Notes: '',
      Id: guid(vswitch.id),
      SwitchType: hyperVEnum('VMSwitchType', vswitch.type, switchTypeNumbers[vswitch.type]),
      AllowManagementOS: vswitch.type === 'Internal' || hostVNics.length > 0,
      // A switch over an embedded team names no adapter here, but this placeholder.
      NetAdapterInterfaceDescription: vswitch.isEmbeddedTeam ? 'Teamed-Interface' : (descriptions[0] ?? ''),
      ...(is2016
        ? {
            NetAdapterInterfaceDescriptions: descriptions,
            NetAdapterInterfaceGuid: vswitch.uplinks.map((uplink) => unbraced(uplink.guid)),
            EmbeddedTeamingEnabled: vswitch.isEmbeddedTeam,
            PacketDirectEnabled: false,
            PacketDirectInUse: false,
            DefaultQueueVmmqEnabled: true,
            DefaultQueueVmmqEnabledRequested: true,
            DefaultQueueVrssEnabled: true,
            DefaultQueueVrssEnabledRequested: true,
          }
        : {}),
      ...(is2019
        ? {
            DefaultQueueVrssMaxQueuePairs: u32(16),
            DefaultQueueVrssMinQueuePairs: u32(1),
            SoftwareRscEnabled: true,
          }
        : {}),
      ...(machine.since('2022') ? { AllowNetLbfoTeams: false } : {}),
      BandwidthReservationMode: hyperVEnum(
        'VMSwitchBandwidthMode',
        bandwidthMode,
        bandwidthModes[bandwidthMode],
      ),
      BandwidthPercentage: u32(10),
      DefaultFlowMinimumBandwidthAbsolute: u64(vswitch.isEmbeddedTeam ? 0 : 1_000_000_000),
      DefaultFlowMinimumBandwidthWeight: u64(vswitch.isEmbeddedTeam ? 50 : 0),
      IovEnabled: false,
      IovSupport: true,
      IovSupportReasons: null,
      IovQueuePairCount: u32(0),
      IovQueuePairsInUse: u32(0),
      IovVirtualFunctionCount: u32(0),
      IovVirtualFunctionsInUse: u32(0),
      AvailableVMQueues: u32(31),
      NumberVmqAllocated: u32(hostVNics.length),
      AvailableIPSecSA: u32(0),
      NumberIPSecSAAllocated: u32(0),
      Extensions: [
        object(`${library}.VMSwitchExtension`, {
          Name: 'Microsoft Windows Filtering Platform',
          Enabled: true,
          ExtensionType: hyperVEnum('VMSwitchExtensionType', 'Filter', 2),
        }),
        object(`${library}.VMSwitchExtension`, {
          Name: 'Microsoft NDIS Capture',
          Enabled: false,
          ExtensionType: hyperVEnum('VMSwitchExtensionType', 'Monitoring', 4),
        }),
      ],
      ...common(machine),
    },
    `VMSwitch (Name = '${vswitch.name}')`,
  );
}

export function vswitchTeamObject(machine: Machine, vswitch: SimVSwitch): CmdletObject {
  const uplink = vswitch.scenario.uplink;
  const wished = uplink !== undefined && 'set' in uplink ? uplink.lbAlgorithm : undefined;
  const algorithm = wished ?? (machine.since('2019') ? 'HyperVPort' : 'Dynamic');
  return object(
    `${library}.VMSwitchTeam`,
    {
      Name: vswitch.name,
      Id: guid(vswitch.id),
      NetAdapterInterfaceDescription: vswitch.uplinks.map((member) => member.description),
      NetAdapterInterfaceGuid: vswitch.uplinks.map((member) => unbraced(member.guid)),
      TeamingMode: hyperVEnum('VMSwitchTeamingMode', 'SwitchIndependent', 1),
      LoadBalancingAlgorithm: hyperVEnum(
        'VMSwitchLoadBalancingAlgorithm',
        algorithm,
        algorithm === 'HyperVPort' ? 4 : 5,
      ),
      ...common(machine),
    },
    `VMSwitchTeam (Name = '${vswitch.name}')`,
  );
}

const off = (type = 'OnOffState') => hyperVEnum(type, 'Off', 1);

interface NicFields {
  readonly name: string;
  readonly id: string;
  readonly adapterId: string;
  readonly mac: string;
  readonly vswitch: SimVSwitch;
  readonly isHost: boolean;
  readonly maximumBandwidth?: number;
  /** Who sets RDMA up for a vNIC lets it keep its priorities as well. */
  readonly hasRdma?: boolean | undefined;
}

function nicProperties(machine: Machine, nic: NicFields): Properties {
  const isScaling = machine.since('2016');
  return {
    Name: nic.name,
    Id: nic.id,
    AdapterId: nic.adapterId,
    SwitchName: nic.vswitch.name,
    SwitchId: guid(nic.vswitch.id),
    MacAddress: nic.mac,
    IsManagementOs: nic.isHost,
    IsExternalAdapter: false,
    Status: [hyperVEnum('VMNetworkAdapterOperationalStatus', 'Ok', 2)],
    StatusDescription: [machine.captions.vmOk],
    BandwidthSetting:
      nic.maximumBandwidth === undefined
        ? null
        : object(
            `${library}.VMNetworkAdapterBandwidthSetting`,
            {
              MinimumBandwidthAbsolute: null,
              MinimumBandwidthWeight: i64(0),
              MaximumBandwidth: i64(nic.maximumBandwidth),
              Reservation: u64(0),
            },
            'Microsoft.HyperV.PowerShell.VMNetworkAdapterBandwidthSetting',
          ),
    BandwidthPercentage: u32(0),
    MacAddressSpoofing: off(),
    DhcpGuard: off(),
    RouterGuard: off(),
    IeeePriorityTag: nic.hasRdma === true ? hyperVEnum('OnOffState', 'On', 0) : off(),
    AllowTeaming: off(),
    PortMirroringMode: hyperVEnum('VMNetworkAdapterPortMirroringMode', 'None', 0),
    VmqWeight: u32(100),
    VmqUsage: 1,
    ...(isScaling
      ? {
          VrssEnabled: true,
          VrssEnabledRequested: true,
          VmmqEnabled: nic.isHost,
          VmmqEnabledRequested: true,
        }
      : {}),
    VirtualSubnetId: u32(0),
    DynamicIPAddressLimit: u32(0),
    StormLimit: u32(0),
    MandatoryFeatureId: [],
  };
}

function parentOf(nic: SimVNic | SimVmNic): CmdletObject {
  const isHost = 'interface' in nic;
  const type = isHost ? 'VMInternalNetworkAdapter' : 'VMNetworkAdapter';
  return object(
    `${library}.${type}`,
    {
      Name: nic.name,
      Id: nic.id,
      IsManagementOs: isHost,
      ...(isHost ? {} : { VMName: nic.vmName }),
    },
    isHost
      ? `VMInternalNetworkAdapter, Name = '${nic.name}'`
      : `VMNetworkAdapter (Name = '${nic.name}', VMName = '${nic.vmName}')`,
  );
}

export function vlanObject(machine: Machine, nic: SimVNic | SimVmNic): CmdletObject {
  const vlanId = 'interface' in nic ? nic.scenario.vlanId : nic.vlanId;
  const isTagged = vlanId !== undefined && vlanId !== 0;
  return object(`${library}.VMNetworkAdapterVlanSetting`, {
    OperationMode: hyperVEnum('VMNetworkAdapterVlanMode', isTagged ? 'Access' : 'Untagged', isTagged ? 1 : 0),
    AccessVlanId: vlanId ?? 0,
    NativeVlanId: 0,
    PrimaryVlanId: 0,
    SecondaryVlanId: 0,
    AllowedVlanIdList: [],
    AllowedVlanIdListString: '',
    SecondaryVlanIdList: [],
    SecondaryVlanIdListString: '',
    PrivateVlanMode: null,
    ParentAdapter: parentOf(nic),
    IsTemplate: false,
    ...common(machine),
  });
}

export function isolationObject(machine: Machine, nic: SimVNic | SimVmNic): CmdletObject {
  const id = 'interface' in nic ? nic.scenario.isolationVlanId : undefined;
  return object(`${library}.VMNetworkAdapterIsolationSetting`, {
    IsolationMode: hyperVEnum(
      'VMNetworkAdapterIsolationMode',
      id === undefined ? 'None' : 'Vlan',
      id === undefined ? 0 : 3,
    ),
    DefaultIsolationID: id ?? 0,
    AllowUntaggedTraffic: false,
    MultiTenantStack: off(),
    ParentAdapter: parentOf(nic),
    IsTemplate: false,
    ...common(machine),
  });
}

export function teamMappingObject(machine: Machine, vnic: SimVNic): CmdletObject | undefined {
  const member = vnic.mappedTo;
  if (member === undefined) return undefined;
  return object(`${library}.VMNetworkAdapterTeamMappingSetting`, {
    // The name as it was typed, whatever its letter case.
    NetAdapterName: vnic.scenario.mappedTo ?? member.name,
    NetAdapterDeviceId: member.guid,
    ...(machine.since('2022')
      ? { DisableOnFailover: hyperVEnum('DisableOnFailoverFeature', 'None', 0) }
      : {}),
    ParentAdapter: parentOf(vnic),
    IsTemplate: false,
    ...common(machine),
  });
}

export function hostVNicObject(machine: Machine, vnic: SimVNic): CmdletObject {
  return object(
    `${library}.VMInternalNetworkAdapter`,
    {
      ...nicProperties(machine, {
        name: vnic.name,
        id: vnic.id,
        adapterId: vnic.adapterId,
        mac: vnic.interface.mac,
        vswitch: vnic.vswitch,
        isHost: true,
        hasRdma: vnic.scenario.rdma,
        ...(vnic.scenario.maximumBandwidth === undefined
          ? {}
          : { maximumBandwidth: vnic.scenario.maximumBandwidth }),
      }),
      DeviceId: vnic.interface.guid,
      VlanSetting: vlanObject(machine, vnic),
      ...(machine.since('2012R2') ? { IsolationSetting: isolationObject(machine, vnic) } : {}),
      ...common(machine),
    },
    `VMInternalNetworkAdapter, Name = '${vnic.name}'`,
  );
}

export function vmNicObject(machine: Machine, nic: SimVmNic): CmdletObject {
  return object(
    `${library}.VMNetworkAdapter`,
    {
      ...nicProperties(machine, { ...nic, isHost: false }),
      VMName: nic.vmName,
      VMId: guid(nic.vmId),
      Connected: true,
      DynamicMacAddressEnabled: true,
      IPAddresses: [],
      IsLegacy: false,
      IsSynthetic: true,
      ClusterMonitored: true,
      IovWeight: u32(0),
      IovQueuePairsRequested: u32(1),
      IovQueuePairsAssigned: u32(0),
      IovUsage: 0,
      IovInterruptModeration: hyperVEnum('IovInterruptModerationValue', 'Default', 0),
      PoolName: '',
      VlanSetting: vlanObject(machine, nic),
      ...(machine.since('2012R2') ? { IsolationSetting: isolationObject(machine, nic) } : {}),
      ...common(machine),
    },
    `VMNetworkAdapter (Name = '${nic.name}', VMName = '${nic.vmName}')`,
  );
}

export function vmHostObject(machine: Machine): CmdletObject {
  const { computer } = machine.scenario;
  return object(
    `${library}.VMHost`,
    {
      Name: computer.name,
      FullyQualifiedDomainName: computer.domain ?? '',
      LogicalProcessorCount: 32,
      MemoryCapacity: i64(256n * 1024n ** 3n),
      IovSupport: true,
      IovSupportReasons: null,
      MacAddressMinimum: '00155D010100',
      MacAddressMaximum: '00155D0101FF',
      VirtualMachineMigrationEnabled: machine.scenario.cluster !== undefined,
      ...(machine.since('2012R2')
        ? { VirtualMachineMigrationPerformanceOption: hyperVEnum('VMMigrationPerformance', 'Compression', 1) }
        : {}),
      VirtualMachineMigrationAuthenticationType: hyperVEnum('MigrationAuthenticationType', 'CredSSP', 0),
      MaximumVirtualMachineMigrations: u32(2),
      MaximumStorageMigrations: u32(2),
      UseAnyNetworkForMigration: false,
      NumaSpanningEnabled: true,
      ...(machine.since('2016') ? { SupportedVmVersions: ['5.0', '6.2', '7.0', '8.0'] } : {}),
      ...common(machine),
    },
    `VMHost (Name = '${computer.name}')`,
  );
}

export function vmObjects(machine: Machine): { readonly name: string; readonly value: CmdletObject }[] {
  return (machine.scenario.vms ?? []).map((vm) => ({
    name: vm.name,
    value: object(
      `${library}.VirtualMachine`,
      {
        Name: vm.name,
        VMName: vm.name,
        Id: guid(guidOf(`${machine.scenario.computer.name}|vm|${vm.name}`)),
        State: hyperVEnum('VMState', 'Running', 2),
        Status: machine.captions.vmOk,
        OperationalStatus: [hyperVEnum('VMOperationalStatus', 'Ok', 2)],
        Uptime: { $: 'timespan', v: '36000000000000' },
        CPUUsage: 3,
        MemoryAssigned: i64(8n * 1024n ** 3n),
        MemoryDemand: i64(6n * 1024n ** 3n),
        MemoryStartup: i64(4n * 1024n ** 3n),
        ProcessorCount: i64(4),
        ...(machine.since('2012R2') ? { Generation: 2 } : {}),
        ...(machine.since('2016') ? { Version: '8.0' } : {}),
        IsClustered: machine.scenario.cluster !== undefined,
        Path: `C:\\VMs\\${vm.name}`,
        ConfigurationLocation: `C:\\VMs\\${vm.name}`,
        ...common(machine),
      },
      `VirtualMachine (Name = '${vm.name}')`,
    ),
  }));
}

export function hardDiskObjects(
  machine: Machine,
): { readonly vmName: string; readonly value: CmdletObject }[] {
  return (machine.scenario.vms ?? []).flatMap((vm) =>
    (vm.disks ?? []).map((path, position) => ({
      vmName: vm.name,
      value: object(
        `${library}.HardDiskDrive`,
        {
          Name: `Hard Drive on SCSI controller number 0 at location ${position}`,
          VMName: vm.name,
          VMId: guid(guidOf(`${machine.scenario.computer.name}|vm|${vm.name}`)),
          Path: path,
          DiskNumber: null,
          ControllerType: hyperVEnum('ControllerType', 'SCSI', 1),
          ControllerNumber: 0,
          ControllerLocation: position,
          PoolName: 'Primordial',
          SupportPersistentReservations: false,
          ...common(machine),
        },
        `HardDiskDrive (VMName = '${vm.name}')`,
      ),
    })),
  );
}

/** Subnets that live migration may use: on a cluster those of its networks that clients use. */
export function migrationNetworkObjects(machine: Machine): CmdletObject[] {
  return (machine.scenario.cluster?.networks ?? [])
    .filter((network) => network.role !== 0)
    .map((network, position) =>
      object(`${library}.VMMigrationNetwork`, {
        Subnet: network.prefix,
        Priority: u16(position + 1),
        ...common(machine),
      }),
    );
}
