/** The classes behind the NetAdapter and NetLbfo cmdlets, in root/StandardCimv2. */
import {
  embedded,
  enumOf,
  shownEnum,
  u16,
  u32,
  u64,
  u8,
  unknownUint64,
  type CimClass,
  type CimRow,
  type Properties,
} from './cim.ts';
import type { CmdletValue } from './cmdlet-value.ts';
import { dashed } from './identities.ts';
import type { Machine } from './machine.ts';
import type { SimInterface } from './network-layout.ts';
import { hasRss } from './storage-layout.ts';

export const standardCimv2 = 'ROOT/StandardCimv2';

const gigabit = 1_000_000_000;

/** `10 Gbps`, `866.7 Mbps`, `0 bps`: for display only, with the decimal separator of the language. */
function linkSpeedText(bitsPerSecond: number, decimalSeparator: string): string {
  const steps: [number, string][] = [
    [gigabit, 'Gbps'],
    [1_000_000, 'Mbps'],
    [1000, 'Kbps'],
  ];
  const step = steps.find(([size]) => bitsPerSecond >= size);
  if (step === undefined) return `${bitsPerSecond} bps`;
  const value = Math.round((bitsPerSecond / step[0]) * 10) / 10;
  return `${String(value).replace('.', decimalSeparator)} ${step[1]}`;
}

const states = {
  Up: { admin: 1, oper: 1, media: 1, pnp: 2 },
  Disconnected: { admin: 1, oper: 2, media: 2, pnp: 2 },
  Disabled: { admin: 2, oper: 2, media: 0, pnp: 3 },
  'Not Present': { admin: 2, oper: 6, media: 0, pnp: 0 },
} as const;

const adminNames = { 1: 'Up', 2: 'Down', 3: 'Testing' };
const operNames = { 1: 'Up', 2: 'Down', 6: 'NotPresent' };
const mediaNames = { 0: 'Unknown', 1: 'Connected', 2: 'Disconnected' };

const mediaOfKind: Partial<Record<SimInterface['kind'], { physical: number; type: number; prefix: string }>> =
  {
    wireless: { physical: 9, type: 71, prefix: 'wireless' },
    bluetooth: { physical: 10, type: 6, prefix: 'ethernet' },
    physical: { physical: 14, type: 6, prefix: 'ethernet' },
    'team-nic': { physical: 0, type: 53, prefix: 'ethernet' },
    system: { physical: 0, type: 6, prefix: 'ethernet' },
  };

const physicalMediaNames: Readonly<Record<number, string>> = {
  0: 'Unspecified',
  9: 'Native 802.11',
  10: 'BlueTooth',
  14: '802.3',
};

/** Days from 1601 to 1970, for FILETIME. */
const filetimeEpochDays = 134_774n;

function filetimeOf(date: string): bigint {
  const days = BigInt(Math.round(Date.parse(`${date}T00:00:00Z`) / 86_400_000));
  return (days + filetimeEpochDays) * 864_000_000_000n;
}

function indices(list: readonly number[]): CmdletValue {
  return list.length === 0 ? null : list.map((index) => u32(index));
}

function adapterRow(machine: Machine, adapter: SimInterface): CimRow {
  const state = states[adapter.status];
  const media = mediaOfKind[adapter.kind] ?? { physical: 0, type: 6, prefix: 'ethernet' };
  const isReal = ['physical', 'wireless', 'bluetooth', 'management-usb', 'guest'].includes(adapter.kind);
  const isPseudo = adapter.kind === 'system' && adapter.mac === '' && adapter.status === 'Up';
  const speed = isPseudo && adapter.speed === 0 ? unknownUint64 : u64(adapter.speed);
  const duplex = adapter.isUp && media.type !== 71 ? 2 : 0;
  return {
    isHidden: adapter.isHidden,
    raw: {
      Name: adapter.name,
      InterfaceDescription: adapter.description,
      InterfaceIndex: u32(adapter.index),
      InterfaceGuid: adapter.guid,
      InterfaceName: `${media.prefix}_${adapter.luidIndex}`,
      DeviceID: adapter.guid,
      DeviceName: `\\Device\\${adapter.guid}`,
      InstanceID: adapter.guid,
      SystemName: machine.scenario.computer.name,
      NetLuid: u64((6n << 48n) | (BigInt(adapter.luidIndex) << 24n)),
      NetLuidIndex: u32(adapter.luidIndex),
      PnPDeviceID: adapter.pnpDeviceId,
      ComponentID: adapter.hardwareId,
      PermanentAddress: adapter.permanentMac === '' ? null : adapter.permanentMac,
      NetworkAddresses: adapter.mac === '' ? [] : [adapter.mac],
      InterfaceAdminStatus: u32(state.admin),
      InterfaceOperationalStatus: u32(state.oper),
      MediaConnectState: u32(state.media),
      State: u32(state.pnp),
      Speed: speed,
      ReceiveLinkSpeed: speed,
      TransmitLinkSpeed: speed,
      ActiveMaximumTransmissionUnit: u64(adapter.mtuBytes),
      MtuSize: u32(adapter.mtuBytes),
      MediaDuplexState: u32(duplex),
      NdisMedium: u32(0),
      NdisPhysicalMedium: u32(media.physical),
      InterfaceType: u32(media.type),
      HardwareInterface: isReal,
      ConnectorPresent: isReal && adapter.kind !== 'guest',
      Virtual: ['vnic', 'team-nic', 'vpn'].includes(adapter.kind),
      Hidden: adapter.isHidden,
      EndPointInterface: false,
      IMFilter: false,
      WdmInterface: false,
      NotUserRemovable: false,
      iSCSIInterface: false,
      HigherLayerInterfaceIndices: indices(adapter.higher),
      LowerLayerInterfaceIndices: indices(adapter.lower),
      OperationalStatusDownMediaDisconnected: adapter.status === 'Disconnected',
      VlanID: adapter.vlanId === null ? null : u16(adapter.vlanId),
      DriverProvider: adapter.driver.provider,
      DriverDescription: adapter.description.replace(/ #\d+$/, ''),
      DriverName: `\\SystemRoot\\System32\\drivers\\${adapter.driver.file}`,
      DriverVersionString: adapter.driver.version,
      DriverDate: adapter.driver.date,
      DriverDateData: u64(filetimeOf(adapter.driver.date)),
      DriverMajorNdisVersion: u8(6),
      DriverMinorNdisVersion: u8(30),
      OperationalStatus: null,
      StatusDescriptions: null,
      Availability: null,
    },
    shown: {
      ifAlias: adapter.name,
      InterfaceAlias: adapter.name,
      ifDesc: adapter.description,
      ifIndex: u32(adapter.index),
      ifName: `${media.prefix}_${adapter.luidIndex}`,
      MacAddress: dashed(adapter.mac),
      LinkLayerAddress: dashed(adapter.mac),
      Status: adapter.status,
      AdminStatus: shownEnum('NetAdapter.NetAdapterAdminStatus', adminNames, state.admin),
      ifOperStatus: shownEnum('NetAdapter.NetAdapterOperStatus', operNames, state.oper),
      MediaConnectionState: shownEnum('NetAdapter.MediaConnectState', mediaNames, state.media),
      LinkSpeed: linkSpeedText(adapter.speed, machine.captions.decimalSeparator),
      FullDuplex: duplex === 2 ? true : null,
      MediaType: '802.3',
      PhysicalMediaType: physicalMediaNames[media.physical] ?? 'Unspecified',
      DriverFileName: adapter.driver.file,
      DriverVersion: adapter.driver.version,
      NdisVersion: '6.30',
      DriverInformation: `Driver Date ${adapter.driver.date} Version ${adapter.driver.version} NDIS 6.30`,
    },
  };
}

function setting(machine: Machine, adapter: SimInterface, props: Properties): CimRow {
  return {
    isHidden: adapter.isHidden,
    raw: {
      Name: adapter.name,
      InterfaceDescription: adapter.description,
      InstanceID: `${adapter.guid}::${adapter.name}`,
      Source: u32(2),
      SystemName: machine.scenario.computer.name,
      ...props,
    },
  };
}

const ipComponents = ['ms_tcpip', 'ms_tcpip6', 'ms_msclient', 'ms_server'];
export const components = [
  ...ipComponents,
  'ms_pacer',
  'ms_lldp',
  'ms_lltdio',
  'ms_rspndr',
  'ms_implat',
] as const;

/** Whether a protocol or filter is bound to the adapter. */
export function isBound(adapter: SimInterface, component: string): boolean {
  const set = adapter.bindings[component];
  if (set !== undefined) return set;
  if (adapter.extraBindings.includes(component)) return true;
  const isMember = adapter.team !== undefined;
  const isUplink = adapter.vswitch !== undefined;
  if (component === 'ms_implat') return isMember;
  if (component === 'vms_pp') return isUplink;
  if (component === 'ms_lldp') return adapter.kind === 'physical';
  if (component === 'ms_pacer') return !isUplink;
  return !isMember && !isUplink;
}

function bindingRows(machine: Machine): CimRow[] {
  const offered = [
    ...components.filter((component) => component !== 'ms_lldp' || machine.since('2016')),
    ...(machine.hasFeature('Hyper-V') ? ['vms_pp'] : []),
  ];
  return machine.network.interfaces
    .filter((adapter) => adapter.kind !== 'system')
    .flatMap((adapter) =>
      offered.map((component): CimRow =>
        setting(machine, adapter, {
          Enabled: isBound(adapter, component),
          ComponentID: component,
          DisplayName: machine.captions.bindings[component] ?? component,
          BindName: component.replace('ms_', ''),
          ComponentClassName:
            component === 'ms_msclient' ? 'client' : component === 'ms_server' ? 'service' : 'protocol',
          ComponentClassGuid: '{4d36e975-e325-11ce-bfc1-08002be10318}',
          Characteristics: u32(component === 'vms_pp' ? 0 : 160),
        }),
      ),
    );
}

/** Hardware that has queues; the rest (wireless, USB, VPN) does not answer. */
function isCapable(adapter: SimInterface): boolean {
  return adapter.kind === 'physical' || adapter.kind === 'guest';
}

function queuesOf(adapter: SimInterface): number {
  return adapter.speed >= 10 * gigabit ? 16 : 4;
}

function rssRows(machine: Machine): CimRow[] {
  const vnicsScale = machine.since('2016');
  return machine.network.interfaces
    .filter(
      (adapter) =>
        isCapable(adapter) || adapter.kind === 'team-nic' || (adapter.kind === 'vnic' && vnicsScale),
    )
    .map((adapter) =>
      setting(machine, adapter, {
        // Under a virtual switch the queues belong to VMQ.
        Enabled: hasRss(machine.network, adapter, vnicsScale) && adapter.vswitch === undefined,
        NumberOfReceiveQueues: u32(queuesOf(adapter)),
        NumberOfInterruptMessages: u32(queuesOf(adapter)),
        Profile: u32(machine.since('2016') ? 4 : 1),
        BaseProcessorGroup: u16(0),
        BaseProcessorNumber: u8(0),
        MaxProcessorGroup: u16(0),
        MaxProcessorNumber: u8(30),
        MaxProcessors: u32(16),
        NumaNode: u16(65535),
        RssProcessorArray: [0, 2, 4, 6].map((number, preference) =>
          embedded('MSFT_NetAdapter_RssProcessor', {
            ProcessorGroup: u16(0),
            ProcessorNumber: u8(number),
            PreferenceIndex: u16(preference),
          }),
        ),
        RssProcessorArraySize: u32(4),
        IndirectionTable: [0, 2].map((number) =>
          embedded('MSFT_NetAdapter_RssIndirectionEntry', {
            ProcessorGroup: u16(0),
            ProcessorNumber: u8(number),
          }),
        ),
        IndirectionTableEntryCount: u16(128),
        HashKeySize: u16(40),
        MsiSupported: true,
        MsiXSupported: true,
        MsiXEnabled: true,
        RssOnPortsSupported: false,
        IPv4HashEnabled: true,
        IPv6HashEnabled: true,
        TcpIPv4HashEnabled: true,
        TcpIPv6HashEnabled: true,
      }),
    );
}

const powerFeatures = [
  'ArpOffload',
  'D0PacketCoalescing',
  'DeviceSleepOnDisconnect',
  'NSOffload',
  'RsnRekeyOffload',
  'SelectiveSuspend',
  'WakeOnMagicPacket',
  'WakeOnPattern',
] as const;

/** What hardware without a driver for it does not support at all. */
const unsupportedPowerFeatures: ReadonlySet<string> = new Set([
  'D0PacketCoalescing',
  'RsnRekeyOffload',
  'SelectiveSuspend',
]);

/** The power saving of an adapter, by parameter of the cmdlets; empty where its driver has none. */
export function powerManagementOf(machine: Machine, adapter: SimInterface): Record<string, string> {
  if (adapter.kind !== 'physical') return {};
  const set = machine.settingOf(adapter.name)?.powerManagement ?? {};
  return Object.fromEntries(
    powerFeatures.map((feature) => [
      feature,
      unsupportedPowerFeatures.has(feature) ? 'Unsupported' : (set[feature] ?? true) ? 'Enabled' : 'Disabled',
    ]),
  );
}

const powerStates = { Unsupported: 0, Disabled: 1, Enabled: 2 } as const;

function powerRows(machine: Machine): CimRow[] {
  return machine.network.interfaces.flatMap((adapter) => {
    const states = Object.entries(powerManagementOf(machine, adapter));
    if (states.length === 0) return [];
    const numbers = states.map(
      ([feature, state]) => [feature, u32(powerStates[state as keyof typeof powerStates])] as const,
    );
    return [
      {
        ...setting(machine, adapter, {
          ...Object.fromEntries(numbers),
          AllowComputerToTurnOffDevice: u32(powerStates.Enabled),
        }),
        shown: Object.fromEntries(
          [...states, ['AllowComputerToTurnOffDevice', 'Enabled'] as const].map(([feature, state]) => [
            feature,
            shownEnum(
              'NetAdapterPowerManagement.Setting',
              { 0: 'Unsupported', 1: 'Disabled', 2: 'Enabled' },
              powerStates[state as keyof typeof powerStates],
            ),
          ]),
        ),
      },
    ];
  });
}

function rdmaRows(machine: Machine): CimRow[] {
  return machine.network.interfaces
    .filter((adapter) => adapter.hasRdma !== undefined)
    .map((adapter) =>
      setting(machine, adapter, {
        Enabled: adapter.hasRdma === true,
        MaxQueuePairCount: u32(16384),
        MaxCompletionQueueCount: u32(16384),
        MaxMemoryRegionCount: u32(131072),
        MaxProtectionDomainCount: u32(32768),
        MaxInboundReadLimit: u32(16),
        MaxOutboundReadLimit: u32(16),
        MaxMemoryWindowCount: u32(131072),
        MaxSharedReceiveQueueCount: u32(0),
        RdmaAdapterInfo: embedded('MSFT_NetAdapter_RdmaAdapterInfo', {
          VendorId: u32(0x15b3),
          DeviceId: u32(0x1015),
          MajorVersionNumber: u16(2),
          MinorVersionNumber: u16(0),
          MaxRegistrationSize: u64(1n << 40n),
          MaxWindowSize: u64(1n << 40n),
        }),
        RdmaMissingCounterInfo: null,
      }),
    );
}

function vmqRows(machine: Machine): CimRow[] {
  if (!machine.hasFeature('Hyper-V')) return [];
  return machine.network.interfaces
    .filter((adapter) => adapter.kind === 'physical')
    .map((adapter) =>
      setting(machine, adapter, {
        Enabled: adapter.hasVmq ?? true,
        NumberOfReceiveQueues: u32(adapter.speed >= 10 * gigabit ? 31 : 7),
        BaseProcessorGroup: u16(0),
        BaseProcessorNumber: u8(0),
        MaxProcessorNumber: u8(30),
        MaxProcessors: u32(16),
        NumaNode: u16(65535),
        TotalNumberOfMacAddresses: u32(64),
        NumMacAddressesPerPort: u32(0),
        NumVlansPerPort: u32(0),
        VlanFilteringSupported: true,
        AnyVlanSupported: false,
        LookaheadSplitSupported: false,
        DynamicProcessorAffinityChangeSupported: true,
        InterruptVectorCoalescingSupported: true,
        MinLookaheadSplitSize: u32(0),
        MaxLookaheadSplitSize: u32(0),
      }),
    );
}

function filterOf(mac: string, vlanId: number, position: number): CmdletValue {
  return embedded('MSFT_NetAdapter_QueueFilter', {
    FilterID: u32(position + 1),
    MacAddress: mac,
    VlanID: u16(vlanId),
  });
}

function queueRows(machine: Machine): CimRow[] {
  return machine.network.interfaces
    .filter((adapter) => adapter.kind === 'physical' && (adapter.hasVmq ?? true))
    .filter((adapter) => adapter.vswitch !== undefined || adapter.team !== undefined)
    .flatMap((adapter) => {
      const served = machine.network.queues.get(adapter.name.toLowerCase());
      if (served === undefined) return [];
      const row = (id: number, name: string, vmName: string, filters: readonly CmdletValue[]) =>
        setting(machine, adapter, {
          QueueID: u32(id),
          QueueName: name,
          State: u32(1),
          VmFriendlyName: vmName,
          VmID: '',
          ProcessorGroup: u16(0),
          ProcessorAffinityMask: u64(1n << BigInt(id % 32)),
          NumFilters: u32(filters.length),
          FilterList: filters,
        });
      return [
        row(0, 'Default Queue', '', []),
        ...served.map((entry, position) =>
          row(position + 1, '', entry.vmName === '' ? machine.scenario.computer.name : entry.vmName, [
            filterOf(entry.mac, entry.vlanId, position),
          ]),
        ),
      ];
    });
}

function vportRows(machine: Machine): CimRow[] {
  if (!machine.since('2016')) return [];
  return machine.network.vswitches
    .filter((vswitch) => vswitch.isEmbeddedTeam)
    .flatMap((vswitch) => vswitch.members)
    .filter((member) => member.speed >= 10 * gigabit)
    .flatMap((member) =>
      (machine.network.queues.get(member.name.toLowerCase()) ?? []).map((entry, position) =>
        setting(machine, member, {
          VPortID: u32(position + 1),
          SwitchID: u32(0),
          FunctionID: u16(65535),
          PhysicalFunction: true,
          State: u32(1),
          VmFriendlyName: entry.vmName === '' ? machine.scenario.computer.name : entry.vmName,
          NumQueuePairs: u32(1),
          NumFilters: u32(1),
          FilterList: [filterOf(entry.mac, entry.vlanId, position)],
        }),
      ),
    );
}

function hardwareRows(machine: Machine): CimRow[] {
  return machine.network.interfaces.flatMap((adapter) => {
    if (adapter.pci === undefined) return [];
    const [bus, device, fn, slot] = adapter.pci;
    return [
      setting(machine, adapter, {
        SegmentNumber: u32(0),
        BusNumber: u32(bus),
        DeviceNumber: u32(device),
        FunctionNumber: u32(fn),
        SlotNumber: u32(slot),
        NumaNode: u16(0),
        PciDeviceType: u32(2),
        PciExpressCurrentLinkSpeedEncoded: u32(adapter.speed >= 10 * gigabit ? 3 : 2),
        PciExpressMaxLinkSpeedEncoded: u32(adapter.speed >= 10 * gigabit ? 3 : 2),
        PciExpressCurrentLinkWidth: u32(
          adapter.speed >= 100 * gigabit ? 16 : adapter.speed >= 10 * gigabit ? 8 : 4,
        ),
        PciExpressMaxLinkWidth: u32(
          adapter.speed >= 100 * gigabit ? 16 : adapter.speed >= 10 * gigabit ? 8 : 4,
        ),
        PciExpressVersion: u32(2),
        MsiSupported: true,
        MsiXSupported: true,
        SriovSupport: u32(1),
        LocationInformationString: `PCI Slot ${slot} (PCI bus ${bus}, device ${device}, function ${fn})`,
        PciDeviceLabelString: '',
      }),
    ];
  });
}

interface AdvancedProperty {
  readonly keyword: string;
  readonly display: string;
  readonly value: string;
  readonly text: string;
  readonly fallback: string;
  /** All that the driver takes, beside the value that it has: what the registry holds, and how it is shown. */
  readonly choices?: readonly (readonly [value: string, text: string])[];
}

function advancedRows(machine: Machine): CimRow[] {
  return machine.network.interfaces
    .filter((adapter) => adapter.kind === 'physical' || adapter.kind === 'vnic')
    .flatMap((adapter) => {
      const isJumbo = adapter.mtuBytes > 1500;
      const list: AdvancedProperty[] = [
        {
          keyword: '*JumboPacket',
          display: 'Jumbo Packet',
          value: String(adapter.mtuBytes + 14),
          text: isJumbo ? `${adapter.mtuBytes + 14} Bytes` : 'Disabled',
          fallback: '1514',
          choices: [
            ['1514', 'Disabled'],
            ['4088', '4088 Bytes'],
            ['9014', '9014 Bytes'],
          ],
        },
      ];
      if (adapter.kind === 'physical') {
        const isOn = adapter.hasRss ?? true;
        const hasPfc = adapter.hasRdma === true && machine.hasFeature('Data-Center-Bridging');
        list.push(
          {
            keyword: '*RSS',
            display: 'Receive Side Scaling',
            value: isOn ? '1' : '0',
            text: isOn ? 'Enabled' : 'Disabled',
            fallback: '1',
            choices: [
              ['0', 'Disabled'],
              ['1', 'Enabled'],
            ],
          },
          {
            keyword: '*FlowControl',
            display: 'Flow Control',
            // With priority flow control in force the pause of the whole link is off.
            value: hasPfc ? '0' : '3',
            text: hasPfc ? 'Disabled' : 'Rx & Tx Enabled',
            fallback: '3',
            choices: [
              ['0', 'Disabled'],
              ['1', 'Tx Enabled'],
              ['2', 'Rx Enabled'],
              ['3', 'Rx & Tx Enabled'],
            ],
          },
          {
            keyword: 'VlanID',
            display: 'VLAN ID',
            value: String(adapter.vlanId ?? 0),
            text: String(adapter.vlanId ?? 0),
            fallback: '0',
          },
        );
        if (adapter.hasRdma === true) {
          list.push({
            keyword: '*NetworkDirectTechnology',
            display: 'NetworkDirect Technology',
            value: '4',
            text: 'RoCEv2',
            fallback: '4',
          });
        }
      }
      const set = machine.settingOf(adapter.name)?.advanced ?? {};
      const others = Object.entries(set).flatMap(([keyword, value]): AdvancedProperty[] =>
        list.some((standing) => standing.keyword === keyword)
          ? []
          : [
              {
                keyword,
                display: keyword.replace('*', ''),
                value,
                text: value,
                fallback: value,
                // Nearly all of them are switches.
                choices: [
                  ['0', 'Disabled'],
                  ['1', 'Enabled'],
                ],
              },
            ],
      );
      return [...list, ...others].map((standing) => {
        const value = set[standing.keyword];
        const named = standing.choices?.find(([choice]) => choice === value);
        const property = {
          ...standing,
          ...(value === undefined ? {} : { value, text: named?.[1] ?? value }),
        };
        const all = standing.choices ?? [];
        const choices = all.some(([choice]) => choice === property.value)
          ? all
          : [...all, [property.value, property.text] as const];
        return setting(machine, adapter, {
          DisplayName: property.display,
          DisplayValue: property.text,
          DefaultDisplayValue: property.fallback === property.value ? property.text : 'Disabled',
          RegistryKeyword: property.keyword,
          RegistryValue: [property.value],
          DefaultRegistryValue: property.fallback,
          RegistryDataType: u32(1),
          DisplayParameterType: u32(5),
          // A number of a range has no list.
          ValidDisplayValues: standing.keyword === 'VlanID' ? null : choices.map(([, text]) => text),
          ValidRegistryValues: standing.keyword === 'VlanID' ? null : choices.map(([choice]) => choice),
          Optional: false,
        });
      });
    });
}

function sriovRows(machine: Machine): CimRow[] {
  return machine.network.interfaces
    .filter((adapter) => adapter.kind === 'physical' && adapter.speed >= 10 * gigabit)
    .map((adapter) =>
      setting(machine, adapter, {
        Enabled: false,
        SriovSupport: u32(1),
        SwitchType: u16(adapter.vswitch === undefined ? 0 : 1),
        SwitchName: adapter.vswitch ?? '',
        NumVFs: u32(63),
        NumAllocatedVFs: u32(0),
        NumVPorts: u32(63),
        NumActiveVPorts: u32(0),
      }),
    );
}

function qosRows(machine: Machine): CimRow[] {
  if (!machine.hasFeature('Data-Center-Bridging')) return [];
  return machine.network.interfaces
    .filter((adapter) => adapter.kind === 'physical' && adapter.hasRdma === true)
    .map((adapter) => {
      const capabilities = embedded('MSFT_NetAdapter_QosCapabilities', {
        MacSecBypassSupported: false,
        CeeDcbxSupported: false,
        IeeeDcbxSupported: true,
        NumberOfTrafficClasses: u8(8),
        NumberOfEtsCapableTrafficClasses: u8(8),
        NumberOfPfcEnabledTrafficClasses: u8(8),
      });
      const settings = embedded('MSFT_NetAdapter_QosSettings', {
        TransmissionSelectionEnabled: true,
        FlowControlEnabled: true,
        ClassificationEnabled: true,
        PriorityAssignmentTable: [0, 0, 0, 1, 0, 0, 0, 0].map((value) => u8(value)),
        TsaAssignmentTable: [2, 2, 0, 0, 0, 0, 0, 0].map((value) => u8(value)),
        BandwidthAssignmentTable: [50, 50, 0, 0, 0, 0, 0, 0].map((value) => u8(value)),
        PriorityFlowControlEnableArray: [false, false, false, true, false, false, false, false],
        ClassificationTable: [
          embedded('MSFT_NetAdapter_QosClassification', {
            ProtocolSelector: u16(6),
            ProtocolSpecificValue: u16(445),
            Priority: u8(3),
          }),
        ],
      });
      return setting(machine, adapter, {
        Enabled: true,
        HardwareCapabilities: capabilities,
        CurrentCapabilities: capabilities,
        OperationalSettings: settings,
        RemoteSettings: null,
      });
    });
}

const teamingModeNumbers = { Static: 0, SwitchIndependent: 1, Lacp: 2 } as const;
const algorithmNumbers = {
  TransportPorts: 0,
  IPAddresses: 2,
  MacAddresses: 3,
  HyperVPort: 4,
  Dynamic: 5,
} as const;
const teamStatusNumbers = { Up: 0, Down: 1, Degraded: 2 } as const;
const memberStateNumbers = { Active: 0, Standby: 1, Failed: 4096 } as const;
const failureNumbers: Readonly<Record<string, number>> = {
  NoFailure: 0,
  AdministrativeDecision: 1,
  PhysicalMediaDisconnected: 3,
  WaitingForStableConnectivity: 4,
  LacpNegotiationIssue: 5,
  NicNotPresent: 6,
  UnknownFailure: 7,
  VirtualSwitchLacksExternalConnectivity: 9,
};

function lbfoEnum(type: string, name: string, value: number): CmdletValue {
  return enumOf(`Microsoft.PowerShell.Cmdletization.GeneratedTypes.NetLbfo.${type}`, name, value);
}

function teamRows(machine: Machine): CimRow[] {
  return machine.network.teams.map(({ scenario, members, nics, status }) => {
    const nicNames = nics.map((nic) => nic.interface.name);
    return {
      raw: {
        Name: scenario.name,
        InstanceID: scenario.name,
        TeamingMode: u32(teamingModeNumbers[scenario.teamingMode]),
        LoadBalancingAlgorithm: u32(algorithmNumbers[scenario.lbAlgorithm]),
        Status: u32(teamStatusNumbers[status]),
        ...(machine.since('2016') ? { LacpTimer: u32(scenario.lacpTimer === 'Slow' ? 0 : 1) } : {}),
      },
      shown: {
        Members: members.map((member) => member.adapter.name),
        // A single team NIC comes as plain text, several as a list.
        TeamNics: nicNames.length === 1 ? (nicNames[0] ?? null) : nicNames,
        TeamingMode: lbfoEnum('WTeamingMode', scenario.teamingMode, teamingModeNumbers[scenario.teamingMode]),
        LoadBalancingAlgorithm: lbfoEnum(
          'WLBAlgos',
          scenario.lbAlgorithm,
          algorithmNumbers[scenario.lbAlgorithm],
        ),
        Status: lbfoEnum('WTeamStatus', status, teamStatusNumbers[status]),
        ...(machine.since('2016')
          ? {
              LacpTimer: lbfoEnum(
                'WLacpTimer',
                scenario.lacpTimer ?? 'Fast',
                scenario.lacpTimer === 'Slow' ? 0 : 1,
              ),
            }
          : {}),
      },
    };
  });
}

function memberRows(machine: Machine): CimRow[] {
  return machine.network.teams.flatMap(({ scenario, members }) =>
    members.map(({ adapter, mode, state, failure }): CimRow => {
      const failureNumber = failureNumbers[failure] ?? 7;
      return {
        raw: {
          Name: adapter.name,
          InterfaceDescription: adapter.description,
          InstanceID: adapter.guid,
          Team: scenario.name,
          AdministrativeMode: u32(mode === 'Active' ? 0 : 1),
          OperationalMode: u32(memberStateNumbers[state]),
          OperationalStatus: [u16(state === 'Failed' ? 6 : 2)],
          FailureReason: u32(failureNumber),
          TransmitLinkSpeed: u64(adapter.speed),
          ReceiveLinkSpeed: u64(adapter.speed),
        },
        shown: {
          AdministrativeMode: lbfoEnum('WTeamMemberAdminMode', mode, mode === 'Active' ? 0 : 1),
          OperationalMode: lbfoEnum('WTeamMemberOperMode', state, memberStateNumbers[state]),
          OperationalStatus: lbfoEnum('WTeamMemberOperMode', state, memberStateNumbers[state]),
          FailureReason: lbfoEnum('WTeamMemberFailureReason', failure, failureNumber),
        },
      };
    }),
  );
}

function teamNicRows(machine: Machine): CimRow[] {
  return machine.network.teams.flatMap(({ scenario, nics, status }) =>
    nics.map(({ interface: nic, vlanId }, position): CimRow => ({
      raw: {
        Name: nic.name,
        InterfaceDescription: nic.description,
        InstanceID: nic.guid,
        Team: scenario.name,
        VlanID: vlanId === undefined ? null : u32(vlanId),
        Primary: position === 0,
        Default: vlanId === undefined,
        FailureReason: u32(status === 'Down' ? 3 : 0),
        TransmitLinkSpeed: u64(nic.speed),
        ReceiveLinkSpeed: u64(nic.speed),
      },
      shown: {
        FailureReason: lbfoEnum(
          'WTeamMemberFailureReason',
          status === 'Down' ? 'PhysicalMediaDisconnected' : 'NoFailure',
          status === 'Down' ? 3 : 0,
        ),
      },
    })),
  );
}

const namespace = standardCimv2;

export const adapterClasses: readonly CimClass[] = [
  {
    namespace,
    name: 'MSFT_NetAdapter',
    observation: 'NetAdapter',
    rows: (machine) => machine.network.interfaces.map((adapter) => adapterRow(machine, adapter)),
  },
  {
    namespace,
    name: 'MSFT_NetAdapterBindingSettingData',
    observation: 'NetAdapterBinding',
    rows: bindingRows,
  },
  { namespace, name: 'MSFT_NetAdapterRssSettingData', observation: 'NetAdapterRss', rows: rssRows },
  { namespace, name: 'MSFT_NetAdapterRdmaSettingData', observation: 'NetAdapterRdma', rows: rdmaRows },
  { namespace, name: 'MSFT_NetAdapterVmqSettingData', observation: 'NetAdapterVmq', rows: vmqRows },
  {
    namespace,
    name: 'MSFT_NetAdapterVmqQueueSettingData',
    observation: 'NetAdapterVmqQueue',
    rows: queueRows,
  },
  { namespace, name: 'MSFT_NetAdapterVPortSettingData', observation: 'NetAdapterVPort', rows: vportRows },
  { namespace, name: 'MSFT_NetAdapterSriovSettingData', observation: 'NetAdapterSriov', rows: sriovRows },
  { namespace, name: 'MSFT_NetAdapterQosSettingData', observation: 'NetAdapterQos', rows: qosRows },
  {
    namespace,
    name: 'MSFT_NetAdapterHardwareInfoSettingData',
    observation: 'NetAdapterHardwareInfo',
    rows: hardwareRows,
  },
  {
    namespace,
    name: 'MSFT_NetAdapterAdvancedPropertySettingData',
    observation: 'NetAdapterAdvancedProperty',
    rows: advancedRows,
  },
  { namespace, name: 'MSFT_NetAdapterPowerManagementSettingData', rows: powerRows },
  { namespace, name: 'MSFT_NetLbfoTeam', observation: 'NetLbfoTeam', rows: teamRows },
  { namespace, name: 'MSFT_NetLbfoTeamMember', observation: 'NetLbfoTeamMember', rows: memberRows },
  { namespace, name: 'MSFT_NetLbfoTeamNic', observation: 'NetLbfoTeamNic', rows: teamNicRows },
];
