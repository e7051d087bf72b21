/**
 * A scenario: the entities of a host with the failures to show. One file in resources/scenarios, one host.
 *
 * Short by default: what is left out is what a healthy Windows Server would answer. Names tie the parts together
 * (an adapter by its `name`, a team by its `name`), because that is how an administrator would tell the story; the
 * simulated host makes the GUIDs, indices and MAC addresses, the same ones every time.
 */
import type { ObservationFailureKind } from '#shared/result.ts';
import type { ObservationName } from '#shared/capture.ts';
import type { WindowsRelease } from '#shared/host/host-model.ts';
import type { LbAlgorithm, TeamingMode } from '#shared/host/network-records.ts';
import type { LbPolicy, MpioPathState, SmbInstance } from '#shared/host/storage-records.ts';

export interface Scenario {
  readonly id: string;
  /** A heading for the list of demo hosts. */
  readonly title: string;
  /** What the host is and what is the matter with it, in one or two sentences. */
  readonly story: string;
  readonly windows: {
    readonly release: WindowsRelease;
    /** Windows 10 or 11 instead of a server. */
    readonly isClient?: boolean;
    /** BCP 47; default en-US. Changes captions, display names and messages, never property names. */
    readonly language?: string;
  };
  readonly computer: {
    readonly name: string;
    readonly domain?: string;
    readonly manufacturer?: string;
    readonly model?: string;
  };
  /** Default true. */
  readonly isElevated?: boolean;
  /** Roles and features installed, by their server names: Hyper-V, Multipath-IO, Failover-Clustering, Data-Center-Bridging. */
  readonly features: readonly string[];
  /** Default: running and automatic where the scenario has `iscsi`, else stopped and manual. */
  readonly msiscsi?: {
    readonly status: 'Running' | 'Stopped';
    readonly startType: 'Automatic' | 'Manual' | 'Disabled';
  };
  readonly adapters: readonly ScenarioAdapter[];
  readonly lbfoTeams?: readonly ScenarioLbfoTeam[];
  readonly vswitches?: readonly ScenarioVSwitch[];
  readonly vnics?: readonly ScenarioVNic[];
  readonly vms?: readonly ScenarioVm[];
  readonly addresses?: readonly ScenarioAddress[];
  /** Beside the on-link routes that every address brings. */
  readonly routes?: readonly {
    readonly interface: string;
    readonly prefix: string;
    readonly nextHop: string;
    readonly metric?: number;
  }[];
  readonly iscsi?: ScenarioIscsi;
  /** Only with the Multipath-IO feature. */
  readonly mpio?: ScenarioMpio;
  /** Beside the system disk, which is number 0 and always there. */
  readonly disks?: readonly ScenarioDisk[];
  readonly smb?: ScenarioSmb;
  readonly cluster?: ScenarioCluster;
  readonly traffic?: ScenarioTraffic;
  /**
   * Observations that fail, and how: the simulated cmdlets behave so (deny, throw, stall, are absent), and the demo
   * answers the same. `hangs` never answers.
   */
  readonly failures?: Partial<
    Record<ObservationName, { readonly kind: ObservationFailureKind; readonly hangs?: boolean }>
  >;
  /** What was set on interfaces by hand, of whatever kind they are. */
  readonly settings?: readonly ScenarioSetting[];
  /** The networks that the interfaces are plugged into; without one every VLAN is carried, with jumbo frames. */
  readonly subnets?: readonly ScenarioSubnet[];
  /** Addresses of others in the same networks, beside the portals, file servers and gateways: one of them is a duplicate. */
  readonly takenAddresses?: readonly string[];
  /** Addresses of others that answer no echoes. */
  readonly blocksEchoes?: readonly string[];
  /** What takes effect with the next start of Windows. */
  readonly pending?: ScenarioPending;
  /** Warnings and errors in the system log. */
  readonly events?: readonly ScenarioEvent[];
  /** Tasks of the Task Scheduler. */
  readonly tasks?: readonly ScenarioTask[];
  /** How often Windows was started anew since the beginning. */
  readonly restarts?: number;
}

export interface ScenarioSetting {
  readonly interface: string;
  /** By component, for example `ms_tcpip`. */
  readonly bindings?: Readonly<Record<string, boolean>>;
  readonly registersInDns?: boolean;
  readonly dhcp?: boolean;
  /** DNS servers set by hand. */
  readonly dnsServers?: readonly string[];
  /** IPv4 and IPv6 alike; left out where it is automatic. */
  readonly metric?: number;
  readonly rss?: boolean;
  /** By parameter of the cmdlet, for example `WakeOnMagicPacket`; on where left out. */
  readonly powerManagement?: Readonly<Record<string, boolean>>;
  /** Advanced properties beside those with a field of their own, by keyword. */
  readonly advanced?: Readonly<Record<string, string>>;
  /** The link is away until then, in milliseconds of the host's clock. */
  readonly restartsUntil?: number;
}

interface ScenarioEvent {
  readonly source: string;
  readonly id: number;
  /** 2 error, 3 warning. */
  readonly level: number;
  /** ISO 8601. */
  readonly at: string;
  /** The network interface that it is about: its first value is the GUID of that. */
  readonly interface?: string;
}

interface ScenarioSubnet {
  /** `10.0.10.0/24`. */
  readonly prefix: string;
  /** The tag that frames of this network need; 0 for none. Left out: whatever the interface sends. */
  readonly vlanId?: number;
  /** Largest packet that all switches and the far end take, in bytes; default 9000. */
  readonly mtu?: number;
}

interface ScenarioPending {
  readonly install?: readonly string[];
  readonly remove?: readonly string[];
  /** MPIO takes the iSCSI disks that are there. */
  readonly claimsIscsi?: boolean;
  /** MPIO timers that were set, by property of Get-MPIOSetting. */
  readonly mpioTimers?: boolean;
}

/** Times in milliseconds since 1970. */
export interface ScenarioTask {
  /** With a backslash at both ends. */
  readonly path: string;
  readonly name: string;
  readonly description?: string;
  readonly isEnabled: boolean;
  readonly actions: readonly {
    readonly execute: string;
    readonly arguments?: string;
    readonly workingDirectory?: string;
  }[];
  readonly triggers: readonly (
    | { readonly kind: 'startup' }
    | {
        readonly kind: 'once';
        readonly at: number;
        readonly everyMs?: number;
        readonly durationMs?: number;
      }
  )[];
  readonly principal: {
    readonly userId: string;
    readonly logonType: string;
    readonly runLevel: string;
  };
  readonly settings: Readonly<Record<string, string | number | boolean>>;
  /** When the latest run was due or asked for; left out before the first. */
  readonly lastRun?: number;
  /** The exit code of the latest run that ended; 267009 while it runs, 267011 before the first. */
  readonly lastResult: number;
  readonly isRunning?: boolean;
}

export interface ScenarioAdapter {
  readonly name: string;
  readonly description?: string;
  /** bit/s; default 1 Gbit/s. */
  readonly speed?: number;
  /** Default Up. */
  readonly status?: 'Up' | 'Disconnected' | 'Disabled' | 'Not Present';
  /** Default physical. */
  readonly kind?: 'physical' | 'guest' | 'management-usb' | 'wireless' | 'bluetooth' | 'vpn';
  readonly mtu?: number;
  readonly rss?: boolean;
  readonly rdma?: boolean;
  readonly vmq?: boolean;
  /** Protocols bound although the adapter is a member: for the fault of that name. */
  readonly extraBindings?: readonly ('ms_tcpip' | 'ms_tcpip6' | 'ms_msclient' | 'ms_server')[];
  /** `[bus, device, function, slot]`; default: a slot of its own. */
  readonly pci?: readonly [number, number, number, number];
  readonly driverProvider?: string;
  readonly vlanId?: number;
}

export interface ScenarioLbfoTeam {
  readonly name: string;
  readonly members: readonly (
    string | { readonly name: string; readonly mode?: 'Active' | 'Standby'; readonly failure?: string }
  )[];
  readonly teamingMode: TeamingMode;
  readonly lbAlgorithm: LbAlgorithm;
  readonly lacpTimer?: 'Fast' | 'Slow';
  /** Default: one, with the team's name. */
  readonly teamNics?: readonly { readonly name: string; readonly vlanId?: number }[];
}

export interface ScenarioVSwitch {
  readonly name: string;
  readonly type?: 'External' | 'Internal' | 'Private';
  /** One adapter, an LBFO team (by its name, or that of a team NIC), or the members of a SET. */
  readonly uplink?:
    | { readonly adapter: string }
    | { readonly team: string }
    | { readonly set: readonly string[]; readonly lbAlgorithm?: 'HyperVPort' | 'Dynamic' };
  readonly minimumBandwidthMode?: 'Absolute' | 'Weight' | 'None';
}

export interface ScenarioVNic {
  /** Name in Hyper-V. */
  readonly name: string;
  /** Name of the adapter; default `vEthernet (<name>)`. */
  readonly adapterName?: string;
  readonly vswitch: string;
  readonly vlanId?: number;
  /** SET: team mapping to this member. */
  readonly mappedTo?: string;
  /** The member that really carries it: shows in the VMQ queues and in the traffic. */
  readonly placedOn?: string;
  readonly mtu?: number;
  readonly rdma?: boolean;
  /** bit/s. */
  readonly maximumBandwidth?: number;
  /** VLAN by isolation instead of an access VLAN. */
  readonly isolationVlanId?: number;
}

interface ScenarioVm {
  readonly name: string;
  readonly vnics?: readonly {
    readonly name?: string;
    readonly vswitch: string;
    readonly placedOn?: string;
    readonly vlanId?: number;
  }[];
  /** Paths of its virtual hard disks. */
  readonly disks?: readonly string[];
}

export interface ScenarioAddress {
  /** Name of the adapter, team NIC or vNIC adapter that holds it. */
  readonly interface: string;
  /** `10.0.10.11/24`. */
  readonly address: string;
  readonly origin?: 'Manual' | 'Dhcp' | 'WellKnown';
  /** Default Preferred. */
  readonly state?: 'Preferred' | 'Tentative' | 'Duplicate' | 'Deprecated';
  readonly gateway?: string;
  /** Duplicate address detection lasts until then, in milliseconds of the host's clock. */
  readonly tentativeUntil?: number;
  readonly skipAsSource?: boolean;
}

export interface ScenarioIscsi {
  readonly initiator?: string;
  readonly targets: readonly ScenarioTarget[];
  readonly sessions: readonly ScenarioSession[];
  /** Where targets are looked for; default: every portal of every target, from any address. */
  readonly portals?: readonly ScenarioTargetPortal[];
  /** What is logged in to when the service starts; default: the persistent sessions. An entry may have none. */
  readonly logins?: readonly ScenarioLogin[];
  /** The highest number that a session has had; a new one gets the next. */
  readonly lastOrdinal?: number;
  /** The secret with which targets prove themselves (mutual CHAP). */
  readonly initiatorSecret?: string;
}

export interface ScenarioTarget {
  readonly iqn: string;
  /** `10.0.10.101` or `10.0.10.101:3260`. */
  readonly portals: readonly string[];
  /** What it demands at login. */
  readonly chap?: { readonly username: string; readonly secret: string };
  /** The disks that it offers, with the numbers that Windows gave them last; default: those its sessions see. */
  readonly luns?: readonly (ScenarioDisk & { readonly policy?: LbPolicy })[];
}

interface ScenarioTargetPortal {
  readonly address: string;
  readonly port: number;
  /** The initiator address named, else empty. */
  readonly from: string;
}

export interface ScenarioLogin {
  readonly iqn: string;
  /** The initiator address that the login names; null for the default. */
  readonly from: string | null;
  readonly to: string;
  readonly isMultipath: boolean;
  readonly initiatorInstance?: string;
  readonly chap?: { readonly username: string; readonly secret: string };
}

export interface ScenarioSession {
  readonly iqn: string;
  readonly connections: readonly {
    /** The initiator address the login named; null or left out is the default initiator. */
    readonly from?: string | null;
    /** Where it really leaves, when unbound; default: the first address on-link to the portal, else the default route's. */
    readonly leaves?: string;
    readonly to: string;
  }[];
  /** Default true. */
  readonly isPersistent?: boolean;
  /** Default true. */
  readonly isConnected?: boolean;
  /** Windows disk numbers behind it. Without MPIO each session brings disks of its own. */
  readonly disks?: readonly number[];
  readonly initiatorInstance?: string;
  /** Agreed at login; default: where MPIO is installed. */
  readonly isMultipath?: boolean;
  /** The number that its id ends with; default: its place among the sessions. */
  readonly ordinal?: number;
  /** How it was logged in to, where with CHAP; the secret stays with the login. */
  readonly chapUser?: string;
}

export interface ScenarioMpio {
  /** Automatic claim of iSCSI; default true. */
  readonly claimsIscsi?: boolean;
  readonly claimsSas?: boolean;
  readonly supportedHardware?: readonly { readonly vendorId: string; readonly productId: string }[];
  /** Default None. */
  readonly globalPolicy?: 'None' | 'FOO' | 'RR' | 'LQD' | 'LB';
  /** What differs from the defaults, by property of Get-MPIOSetting. */
  readonly timers?: Readonly<Record<string, number | string>>;
  readonly disks: readonly {
    readonly disk: number;
    readonly policy: LbPolicy;
    /** Default `Microsoft DSM`. */
    readonly dsm?: string;
    /** State of each path, in the order of the sessions that lead to the disk; default all Active/Optimized. */
    readonly pathStates?: readonly MpioPathState[];
    /** Positions of paths that MPIO lists as any other and over which nothing goes: broken behind the host. */
    readonly quietPaths?: readonly number[];
    /** Paths of a disk that no iSCSI session reaches (Fibre Channel, SAS); default 2. */
    readonly pathCount?: number;
  }[];
}

export interface ScenarioDisk {
  readonly number: number;
  /** Default iSCSI. */
  readonly busType?: 'iSCSI' | 'Fibre Channel' | 'SAS' | 'SATA' | 'NVMe' | 'RAID' | 'Spaces';
  readonly size?: number;
  readonly friendlyName?: string;
  /** Two disks with one id are the proof that MPIO does not hold them. Default: of its own. */
  readonly uniqueId?: string;
  readonly isClustered?: boolean;
  readonly isOffline?: boolean;
  readonly isBoot?: boolean;
}

export interface ScenarioSmb {
  readonly servers: readonly {
    /** The name as used. */
    readonly name: string;
    readonly shares: readonly {
      readonly name: string;
      readonly user?: string;
      readonly dialect?: string;
      readonly opens?: number;
      readonly instance?: SmbInstance;
    }[];
    readonly interfaces: readonly {
      readonly address: string;
      readonly speed?: number;
      readonly rss?: boolean;
      readonly rdma?: boolean;
    }[];
    /**
     * The pairs in use, `[client interface name, server address]`; default: what Multichannel would choose (the best
     * class on-link, all pairs). Other pairs on-link are listed as not selected.
     */
    readonly selected?: readonly (readonly [string, string])[];
    /** Pairs that failed. */
    readonly failed?: readonly (readonly [string, string])[];
  }[];
  readonly constraints?: readonly { readonly server: string; readonly interface: string }[];
  /** Default true. */
  readonly isMultichannelEnabled?: boolean;
}

export interface ScenarioCluster {
  readonly name: string;
  readonly networks?: readonly { readonly name: string; readonly prefix: string; readonly role: 0 | 1 | 3 }[];
  readonly isS2d?: boolean;
}

/** What the host wants to move. Over which adapters, sessions and paths it goes follows from the rest of the scenario. */
interface ScenarioTraffic {
  /** Left out: nobody has counted it before the host is looked at. */
  readonly recordedSeconds?: number;
  /** Default 1. */
  readonly everySeconds?: number;
  /** Where adapters are counted: the cmdlet's statistics (default), or the performance counters. */
  readonly adapterCounters?: 'statistics' | 'performance';
  readonly demands: readonly ScenarioDemand[];
}

export interface ScenarioDemand {
  /** A Windows disk number, a share as `\\server\share`, or the name of a virtual machine. */
  readonly on: { readonly disk: number } | { readonly share: string } | { readonly vm: string };
  /** Bytes a second that are wanted on average: read from it or received, and written to it or sent. */
  readonly in: number;
  readonly out: number;
  /** How far it swings about the average, 0 to 1; default 0.25. */
  readonly wave?: number;
  /** How long one swing takes; default 90. */
  readonly waveSeconds?: number;
  /** Seconds after the beginning between which there is any; default always. */
  readonly from?: number;
  readonly until?: number;
}
