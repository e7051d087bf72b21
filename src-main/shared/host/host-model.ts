/**
 * The host as one picture: the entities of a snapshot, joined by the host's own ids.
 *
 * A property is `undefined` where the host could not be asked or does not say; a list is empty only where the host
 * answered that there is nothing. What could not be joined is kept in {@link HostModel.unjoined}.
 */
import type { LbAlgorithm, TeamingMode } from './network-records.ts';
import type { LbPolicy, MpioPathRecord, SmbInstance } from './storage-records.ts';

export type EntityKind =
  | 'host'
  | 'adapter'
  | 'team'
  | 'team-nic'
  | 'vswitch'
  | 'vnic'
  /** Of a virtual machine: counted alone, no part of the model. */
  | 'vm-nic'
  | 'address'
  | 'session'
  | 'connection'
  | 'target-portal'
  | 'target'
  | 'share'
  | 'channel'
  | 'path'
  | 'disk'
  | 'service';

/** A thing of the host that can be pointed at. `id` is opaque and the same after a refresh; `name` is what Windows shows. */
export interface Entity {
  readonly id: string;
  readonly kind: EntityKind;
  readonly name: string;
}

/** The Windows release, by build. Client Windows counts as 2022 without NetLbfo, MPIO and ServerManager. */
export const windowsReleases = ['2012', '2012R2', '2016', '2019', '2022', '2025'] as const;
export type WindowsRelease = (typeof windowsReleases)[number];

export interface HostIdentity extends Entity {
  readonly kind: 'host';
  readonly caption?: string;
  readonly buildNumber?: number;
  readonly release?: WindowsRelease;
  readonly isClient?: boolean;
  /** A virtual machine: its NICs are the hypervisor's, its link speeds nominal. */
  readonly isVirtualMachine?: boolean;
  readonly isClusterNode?: boolean;
}

/**
 * What a network interface is. `physical` carries a cable; `guest` is the NIC of a virtual machine that we run in;
 * `vnic` and `team-nic` are told from their own cmdlets; `other` is never storage (management controller's USB NIC,
 * Wi-Fi, Bluetooth, WAN miniport, VPN, switch internals).
 */
export type InterfaceRole = 'physical' | 'guest' | 'vnic' | 'team-nic' | 'other';

/** A row of Get-NetAdapter. Kind `adapter` for physical, guest and other; `vnic` or `team-nic` for those. */
export interface NetInterface extends Entity {
  readonly kind: 'adapter' | 'vnic' | 'team-nic';
  readonly role: InterfaceRole;
  readonly interfaceGuid: string;
  readonly interfaceIndex: number;
  readonly description: string;
  readonly macAddress?: string | null;
  readonly isUp: boolean;
  readonly status?: string;
  /** bit/s as reported. A capacity only for physical and guest interfaces; null where Windows reports none. */
  readonly speedBitsPerSecond?: number | null;
  readonly mtuBytes?: number | null;
  /** Component ids of the enabled bindings; undefined where bindings could not be read. */
  readonly enabledBindings?: readonly string[];
  readonly addressIds: readonly string[];
  /** Receive queues of RSS; undefined where RSS could not be read or the adapter has none. */
  readonly rssQueues?: number;
}

/** Where an adapter sits on the PCI bus. Adapters of one `card` share its link to the processor. */
export interface CardSlot {
  /** Segment, bus and device: the same for all ports of a card without a bridge of its own. */
  readonly card: string;
  /** Number of the physical slot, where the firmware tells it. */
  readonly slot?: number;
  /** bit/s in each direction after line coding, from width and generation of the link. */
  readonly bitsPerSecond?: number;
}

export interface Adapter extends NetInterface {
  readonly kind: 'adapter';
  readonly role: 'physical' | 'guest' | 'other';
  /** The LBFO team or the SET team that it is a member of. */
  readonly teamId?: string;
  /** The vSwitch that stands directly on it. */
  readonly vswitchId?: string;
  /** Undefined where the host did not say. */
  readonly cardSlot?: CardSlot;
}

export interface TeamMember {
  /** Undefined where no adapter fits the member's name: kept, and listed in `unjoined`. */
  readonly adapterId?: string;
  readonly name: string;
  readonly mode?: 'Active' | 'Standby';
  readonly state?: 'Active' | 'Standby' | 'Failed';
  readonly failureReason?: string;
}

export interface Team extends Entity {
  readonly kind: 'team';
  /** LBFO presents team NICs; Switch Embedded Teaming belongs to a vSwitch and presents none. */
  readonly technology: 'lbfo' | 'set';
  readonly members: readonly TeamMember[];
  readonly teamingMode?: TeamingMode;
  readonly lbAlgorithm?: LbAlgorithm;
  readonly status?: string;
  /** LBFO: the interfaces it presents. */
  readonly teamNicIds: readonly string[];
  /** The vSwitch on it (SET: that it belongs to). */
  readonly vswitchId?: string;
}

export interface TeamNic extends NetInterface {
  readonly kind: 'team-nic';
  readonly role: 'team-nic';
  readonly teamId?: string;
  readonly vlanId?: number | null;
  readonly isPrimary?: boolean;
  readonly isDefault?: boolean;
  /** The vSwitch that stands on this team NIC. */
  readonly vswitchId?: string;
}

export interface VSwitch extends Entity {
  readonly kind: 'vswitch';
  readonly switchType?: 'Private' | 'Internal' | 'External';
  /** Its uplink: a team (SET, or LBFO by way of a team NIC) or one adapter. Undefined where there is none or none fits. */
  readonly uplink?: { readonly teamId: string; readonly teamNicId?: string } | { readonly adapterId: string };
}

/** A vNIC of the management OS. */
export interface VNic extends NetInterface {
  readonly kind: 'vnic';
  readonly role: 'vnic';
  /** Name in Hyper-V; `name` is that of the adapter. */
  readonly vnicName: string;
  readonly vswitchId?: string;
  /** From the VLAN or the isolation setting, whichever the host uses; null is untagged. */
  readonly vlanId?: number | null;
  /** SET: the member it is mapped to. A preference, true while that member is up. Null: there is no mapping. */
  readonly mappedMember?: { readonly adapterId?: string; readonly name: string } | null;
  /**
   * Physical adapters in whose hardware queues or ports its MAC address is seen now. Undefined where that could not
   * be read. More than one is no placement.
   */
  readonly seenOnAdapterIds?: readonly string[];
  readonly maximumBandwidthBitsPerSecond?: number | null;
}

export interface Address extends Entity {
  readonly kind: 'address';
  readonly ipAddress: string;
  readonly family: 'IPv4' | 'IPv6';
  readonly prefixLength?: number;
  readonly state?: string;
  readonly origin?: string;
  readonly interfaceIndex: number;
  /** Undefined where no listed interface has its index (the hidden cluster adapter, loopback). */
  readonly interfaceId?: string;
}

export interface IscsiConnection extends Entity {
  readonly kind: 'connection';
  readonly sessionId?: string;
  /** The address it leaves from: as bound, or as found in the TCP table or the routes; see `localAddressSource`. */
  readonly localAddress?: string;
  readonly localAddressSource?: 'bound' | 'tcp' | 'route';
  /** The interface that holds the address, or that the route to the portal names. */
  readonly interfaceId?: string;
  readonly addressId?: string;
  readonly targetPortalId?: string;
  readonly targetAddress?: string;
  readonly targetPort?: number;
}

export interface IscsiSession extends Entity {
  readonly kind: 'session';
  readonly sessionIdentifier: string;
  readonly targetId: string;
  readonly isConnected?: boolean;
  readonly isPersistent?: boolean;
  /** An HBA with addresses of its own: the rules about NICs and addresses do not apply. */
  readonly isOffloaded: boolean;
  /** A loopback target on this very host: no wire. */
  readonly isLoopback: boolean;
  /** The address that the login named; null where it named none. */
  readonly boundAddress?: string | null;
  readonly connections: readonly IscsiConnection[];
  /** What the session itself states; may differ from `connections` where some could not be joined. */
  readonly numberOfConnections?: number;
  readonly diskNumbers?: readonly number[];
  /** `port|bus|target|lun` of the devices behind it, as MPIO names its paths; undefined where not told. */
  readonly scsiAddresses?: readonly string[];
  /** How its connections share the work, where it has several. */
  readonly mcsPolicy?: LbPolicy;
}

export interface TargetPortal extends Entity {
  readonly kind: 'target-portal';
  readonly address: string;
  readonly port: number;
  readonly targetIds: readonly string[];
}

export interface IscsiTarget extends Entity {
  readonly kind: 'target';
  readonly nodeAddress: string;
  readonly isConnected?: boolean;
  readonly sessionIds: readonly string[];
  /** The portals it offers or that sessions use. */
  readonly portalIds: readonly string[];
}

export interface Disk extends Entity {
  readonly kind: 'disk';
  readonly number: number;
  readonly uniqueId?: string | null;
  readonly serialNumber?: string | null;
  readonly busType?: string;
  readonly sizeBytes?: number;
  readonly isOffline?: boolean;
  readonly isBootOrSystem?: boolean;
  readonly isClustered?: boolean;
  /** Undefined where sessions could not be joined to disks. */
  readonly sessionIds?: readonly string[];
  /** How MPIO holds it; undefined where it does not, or could not be asked (see the facts). */
  readonly mpio?: DiskMultipath;
}

export interface DiskMultipath {
  readonly lbPolicy?: LbPolicy;
  readonly dsmName?: string;
  /** The number that mpclaim knows the disk by: not that of Windows. */
  readonly mpioNumber?: number;
  readonly isMicrosoftDsm: boolean;
  readonly paths: readonly MpioPathRecord[];
}

/** A share of a server as this host uses it. */
export interface Share extends Entity {
  readonly kind: 'share';
  readonly serverId: string;
  readonly shareName: string;
  readonly dialect?: string;
  /** Administrative and service shares (IPC$, SYSVOL, NETLOGON, print$, X$) are never storage. */
  readonly isStorage: boolean;
  /** Why it counts as storage, or does not. */
  readonly storageReason: string;
  /** Virtual machines keep disks on it, or have files open there; undefined where nothing shows that. */
  readonly isOfVirtualMachines?: true;
  /** Files that this host has open on it, under all names and users; undefined where the host does not say. */
  readonly openFiles?: number;
  readonly smbInstance?: SmbInstance;
}

/** One pair of interfaces that SMB Multichannel knows between this host and a server. */
export interface SmbChannel extends Entity {
  readonly kind: 'channel';
  readonly serverId: string;
  readonly clientInterfaceIndex: number;
  readonly clientInterfaceId?: string;
  readonly clientIpAddress?: string;
  readonly serverInterfaceIndex: number;
  readonly serverIpAddress?: string;
  readonly isSelected: boolean;
  readonly isFailed: boolean;
  /** How often SMB gave the pair up; undefined where the host does not say. */
  readonly failureCount?: number;
  readonly clientRssCapable?: boolean;
  readonly clientRdmaCapable?: boolean;
  readonly serverRssCapable?: boolean;
  readonly serverRdmaCapable?: boolean;
  readonly clientLinkBitsPerSecond?: number | null;
  readonly serverLinkBitsPerSecond?: number | null;
  readonly currentChannels?: number;
  readonly smbInstance: SmbInstance;
}

/** A file server under the names that this host uses for it. */
export interface SmbServer extends Entity {
  readonly kind: 'target';
  readonly aliases: readonly string[];
  readonly shares: readonly Share[];
  readonly channels: readonly SmbChannel[];
  /** This very host: no wire. */
  readonly isLoopback: boolean;
}

/** Something the host said that fits nothing else: kept and named, never dropped. */
export interface Unjoined {
  readonly what: Entity;
  /** One sentence: what it should have been joined to, and why it could not. */
  readonly reason: string;
}

export interface HostModel {
  readonly host: HostIdentity;
  readonly adapters: readonly Adapter[];
  readonly teams: readonly Team[];
  readonly teamNics: readonly TeamNic[];
  readonly vswitches: readonly VSwitch[];
  readonly vnics: readonly VNic[];
  readonly addresses: readonly Address[];
  readonly targets: readonly IscsiTarget[];
  readonly targetPortals: readonly TargetPortal[];
  readonly sessions: readonly IscsiSession[];
  readonly disks: readonly Disk[];
  readonly smbServers: readonly SmbServer[];
  readonly unjoined: readonly Unjoined[];
}
