/**
 * What the network cmdlets said about one object each, read into our names and units.
 *
 * A property is `undefined` where the host does not have it (an older Windows) and `null` where the host has it,
 * empty. Names, aliases and descriptions are exactly what Windows shows. GUIDs are lower case without braces.
 */

/** Get-NetAdapter. */
export interface NetAdapterRecord {
  readonly name: string;
  readonly interfaceGuid: string;
  readonly interfaceDescription: string;
  readonly interfaceIndex: number;
  /** `AA-BB-CC-DD-EE-FF` in upper case, or null. Not a key: a vNIC shares it with a port. */
  readonly macAddress?: string | null;
  /** Up, Disconnected, Disabled, Not Present, as Windows words it. */
  readonly status?: string;
  readonly mediaConnected?: boolean;
  /** bit/s; null where Windows reports none (0, or one of its "no value" numbers). */
  readonly speedBitsPerSecond?: number | null;
  readonly mtuBytes?: number | null;
  readonly vlanId?: number | null;
  readonly isVirtual?: boolean;
  readonly isHardwareInterface?: boolean;
  readonly hasConnector?: boolean;
  readonly pnpDeviceId?: string | null;
  readonly componentId?: string | null;
  readonly driverProvider?: string | null;
  /** `yyyy-MM-dd`. */
  readonly driverDate?: string | null;
  readonly driverVersion?: string | null;
  readonly driverFileName?: string | null;
  readonly mediaType?: string | null;
  readonly physicalMediaType?: string | null;
  /** Indices of the interfaces directly above and below, where Windows says so. */
  readonly higherLayerIndices?: readonly number[];
  readonly lowerLayerIndices?: readonly number[];
}

/** Get-NetAdapterBinding. Only ms_tcpip, ms_tcpip6, ms_msclient, ms_server, vms_pp and ms_implat tell a path anything. */
export interface NetAdapterBindingRecord {
  readonly name: string;
  readonly componentId: string;
  readonly enabled: boolean;
  readonly displayName?: string;
  readonly interfaceDescription?: string;
}

/** Get-NetAdapterRss. */
export interface NetAdapterRssRecord {
  readonly name: string;
  readonly enabled: boolean;
  readonly receiveQueues?: number;
}

/** Get-NetAdapterRdma. */
export interface NetAdapterRdmaRecord {
  readonly name: string;
  readonly enabled: boolean;
  readonly maxQueuePairs?: number;
}

/** Get-NetAdapterVmq. */
export interface NetAdapterVmqRecord {
  readonly name: string;
  readonly enabled: boolean;
  readonly receiveQueues?: number;
  readonly baseProcessorNumber?: number;
  readonly maxProcessors?: number;
}

/** Get-NetAdapterVmqQueue and Get-NetAdapterVPort: which MAC addresses a physical adapter serves in hardware now. */
export interface QueueAddressRecord {
  /** The physical adapter. */
  readonly name: string;
  readonly queueId?: number;
  /** `AA-BB-CC-DD-EE-FF`, upper case. */
  readonly macAddresses: readonly string[];
}

/** Get-NetAdapterHardwareInfo. */
export interface NetAdapterHardwareRecord {
  readonly name: string;
  readonly segment?: number | null;
  readonly bus?: number | null;
  readonly device?: number | null;
  readonly function?: number | null;
  readonly slot?: number | null;
  readonly pcieLinkWidth?: number | null;
  /** 1 = 2.5, 2 = 5, 3 = 8, 4 = 16, 5 = 32 GT/s. */
  readonly pcieLinkSpeedCode?: number | null;
}

/** Get-NetAdapterAdvancedProperty, by registry keyword: display names are vendor text in any language. */
export interface NetAdapterAdvancedPropertyRecord {
  readonly name: string;
  readonly registryKeyword: string;
  readonly registryValue: readonly string[];
  readonly displayName?: string;
  readonly displayValue?: string;
}

export const teamingModes = ['Static', 'SwitchIndependent', 'Lacp'] as const;
export type TeamingMode = (typeof teamingModes)[number];

export const lbAlgorithms = [
  'TransportPorts',
  'IPAddresses',
  'MacAddresses',
  'HyperVPort',
  'Dynamic',
] as const;
export type LbAlgorithm = (typeof lbAlgorithms)[number];

/** Get-NetLbfoTeam. Its name is its key. */
export interface NetLbfoTeamRecord {
  readonly name: string;
  readonly members?: readonly string[];
  readonly teamNics?: readonly string[];
  readonly teamingMode?: TeamingMode;
  readonly lbAlgorithm?: LbAlgorithm;
  /** Up, Down, Degraded. */
  readonly status?: string;
}

/** Get-NetLbfoTeamMember. */
export interface NetLbfoTeamMemberRecord {
  /** Name of the adapter. */
  readonly name: string;
  readonly team: string;
  readonly interfaceDescription?: string;
  /** The adapter's InterfaceGuid, where the host gives it (`InstanceID`). */
  readonly interfaceGuid?: string;
  readonly administrativeMode?: 'Active' | 'Standby';
  readonly operationalStatus?: 'Active' | 'Standby' | 'Failed';
  readonly failureReason?: string;
}

/** Get-NetLbfoTeamNic. */
export interface NetLbfoTeamNicRecord {
  /** Name of the adapter that the team presents. */
  readonly name: string;
  readonly team: string;
  readonly interfaceDescription?: string;
  readonly vlanId?: number | null;
  readonly isPrimary?: boolean;
  readonly isDefault?: boolean;
}

/** Get-VMSwitch. */
export interface VMSwitchRecord {
  readonly name: string;
  readonly id: string;
  readonly switchType?: 'Private' | 'Internal' | 'External';
  readonly uplinkDescription?: string | null;
  /** Server 2016 and later; undefined before, where there is one uplink at most. */
  readonly uplinkDescriptions?: readonly string[];
  readonly uplinkInterfaceGuids?: readonly string[];
  /** Undefined before Server 2016, which has no Switch Embedded Teaming. */
  readonly isEmbeddedTeam?: boolean;
  readonly isSharedWithManagementOs?: boolean;
  readonly bandwidthReservationMode?: string;
  readonly isIovEnabled?: boolean;
  /** In the order in which frames pass them. */
  readonly extensions?: readonly { readonly name: string; readonly isEnabled: boolean }[];
}

/** Get-VMSwitchTeam. */
export interface VMSwitchTeamRecord {
  readonly name: string;
  readonly id?: string;
  readonly memberDescriptions?: readonly string[];
  readonly memberInterfaceGuids?: readonly string[];
  readonly teamingMode?: TeamingMode;
  readonly lbAlgorithm?: LbAlgorithm;
}

/** Get-VMNetworkAdapter, of the management OS and of the virtual machines. */
export interface VMNetworkAdapterRecord {
  readonly name: string;
  readonly id?: string;
  readonly isManagementOs: boolean;
  readonly vmName?: string | null;
  readonly vmId?: string | null;
  readonly switchName?: string | null;
  readonly switchId?: string | null;
  /** `AA-BB-CC-DD-EE-FF`, upper case. */
  readonly macAddress?: string | null;
  /** InterfaceGuid of the adapter of a management OS vNIC. */
  readonly deviceId?: string | null;
  readonly ipAddresses?: readonly string[];
  readonly status?: readonly string[];
  readonly isVrssEnabled?: boolean;
  /** bit/s; null or 0 is no cap. */
  readonly maximumBandwidthBitsPerSecond?: number | null;
  /** Whether the switch port passes on the 802.1p priority of what the adapter sends; off sets it to 0. */
  readonly ieeePriorityTag?: 'On' | 'Off';
  /** Ids of features of switch extensions without which the adapter is not to be connected. */
  readonly mandatoryFeatureIds?: readonly string[];
}

/** Get-VMNetworkAdapterVlan. */
export interface VMNetworkAdapterVlanRecord {
  readonly vnicName: string;
  readonly vnicId?: string;
  readonly vmName?: string | null;
  readonly isManagementOs?: boolean;
  readonly operationMode?: 'Untagged' | 'Access' | 'Trunk' | 'Private';
  readonly accessVlanId?: number | null;
}

/** Get-VMNetworkAdapterIsolation. */
export interface VMNetworkAdapterIsolationRecord {
  readonly vnicName: string;
  readonly vnicId?: string;
  readonly vmName?: string | null;
  readonly isolationMode?: string;
  readonly defaultIsolationId?: number | null;
}

/** Get-VMNetworkAdapterTeamMapping: a preference, true while the member is up. */
export interface VMNetworkAdapterTeamMappingRecord {
  readonly vnicName: string;
  readonly vnicId?: string;
  /** As typed at mapping time; a rename does not change it. */
  readonly memberName?: string | null;
  readonly memberInterfaceGuid?: string | null;
}

/** Get-NetIPAddress, active store. */
export interface NetIPAddressRecord {
  /** Without the zone of a link-local address. */
  readonly ipAddress: string;
  readonly interfaceIndex: number;
  readonly interfaceAlias?: string;
  readonly family: 'IPv4' | 'IPv6';
  readonly prefixLength?: number;
  readonly prefixOrigin?: string;
  readonly suffixOrigin?: string;
  /** Invalid, Tentative, Duplicate, Deprecated, Preferred. */
  readonly state?: string;
  readonly skipAsSource?: boolean;
}

/** Get-NetIPInterface. */
export interface NetIPInterfaceRecord {
  readonly interfaceIndex: number;
  readonly interfaceAlias?: string;
  readonly family: 'IPv4' | 'IPv6';
  readonly mtuBytes?: number | null;
  readonly metric?: number;
  /** False where the metric was set by hand. */
  readonly hasAutomaticMetric?: boolean;
  readonly isConnected?: boolean;
  readonly usesDhcp?: boolean;
  readonly sendsAsWeakHost?: boolean;
}

/** Get-NetRoute. */
export interface NetRouteRecord {
  /** CIDR, for example `10.0.10.0/24`. */
  readonly destinationPrefix: string;
  /** `0.0.0.0` or `::` is on-link. */
  readonly nextHop?: string;
  readonly interfaceIndex: number;
  readonly routeMetric?: number;
  /** Who made it: `NetMgmt` by hand, `Local` by Windows itself, else a protocol. */
  readonly protocol?: string;
  readonly interfaceMetric?: number;
}

/** Get-NetTCPConnection to the ports of iSCSI (3260) and SMB (445). */
export interface NetTCPConnectionRecord {
  readonly localAddress: string;
  readonly localPort: number;
  readonly remoteAddress: string;
  readonly remotePort: number;
  readonly state?: string;
}

/** Get-NetAdapterQos: data center bridging as one adapter does it now. */
export interface NetAdapterQosRecord {
  readonly name: string;
  readonly enabled: boolean;
  /** One for each of the eight priorities: true where priority flow control is in force. Null where none is told. */
  readonly pausedPriorities?: readonly boolean[] | null;
}

/** Get-NetQosTrafficClass. `[Default]` is always there. */
export interface NetQosTrafficClassRecord {
  readonly name: string;
  /** ETS or Strict. */
  readonly algorithm?: string;
  readonly bandwidthPercent?: number | null;
}

/** Get-NetQosPolicy: one rule of policy-based QoS. */
export interface NetQosPolicyRecord {
  readonly name: string;
  /** bit/s from Windows Server 2012 R2 on; Windows Server 2012 calls them byte/s. 0 where it slows nothing. */
  readonly throttleRate?: number | null;
  /** A ready-made set of conditions (`iSCSI`, `SMB`, `Default`); None where the policy has its own. */
  readonly template?: string;
  /** Either port of the traffic that it is about; 0 for any. */
  readonly ipPort?: number | null;
  readonly ipProtocol?: string;
  /** The program that it is about. */
  readonly appPath?: string | null;
}

/** Get-NetQosDcbxSetting: of one interface, or of the whole host where it names none. */
export interface NetQosDcbxSettingRecord {
  readonly isWilling: boolean;
  readonly interfaceAlias?: string | null;
}

/** Get-DnsClient. */
export interface DnsClientRecord {
  readonly interfaceIndex: number;
  readonly registersAddresses?: boolean;
}

/** Get-NetIntent: an intent of Network ATC, which owns the settings of its adapters. */
export interface NetIntentRecord {
  readonly name: string;
  readonly adapterNames?: readonly string[];
}

/** Echoes of one size from one address of the host, not to be fragmented on their way. */
export interface PacketEchoRecord {
  /** Of the whole IP packet, head and all. */
  readonly packetBytes: number;
  readonly sent: number;
  /** Answered by the address that they went to, with as much data. */
  readonly answered: number;
}

/** Whether whole packets pass from one address of the host to one end of storage. */
export interface PacketProbeRecord {
  readonly sourceAddress: string;
  readonly destinationAddress: string;
  /** What the interface of the source sends at most, in bytes; null where it is not known. */
  readonly packetBytes?: number | null;
  /** In the order sent; none where nothing was. */
  readonly echoes: readonly PacketEchoRecord[];
  /** ISO 8601, UTC. */
  readonly at?: string;
  readonly durationMs?: number;
  /** Why nothing was sent. */
  readonly reason?: string;
}
