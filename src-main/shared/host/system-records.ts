/** What Windows said about itself: computer, release, features, services, cluster. */

/** Win32_ComputerSystem. */
export interface ComputerSystemRecord {
  readonly name: string;
  readonly domain?: string | null;
  readonly manufacturer?: string | null;
  readonly model?: string | null;
}

/** Win32_OperatingSystem. */
export interface OperatingSystemRecord {
  readonly caption?: string;
  /** `10.0.20348`. */
  readonly version?: string;
  readonly buildNumber: number;
  /** 1 workstation, 2 domain controller, 3 server. */
  readonly productType?: number;
  /** LCID of the installed language. */
  readonly osLanguage?: number;
}

/** Get-WindowsFeature, under the names that servers use. */
export interface WindowsFeatureRecord {
  readonly name: string;
  readonly isInstalled: boolean;
  readonly installState?: string;
}

/** Get-Service with Win32_Service.StartMode. */
export interface ServiceRecord {
  readonly name: string;
  /** Running, Stopped, ... */
  readonly status?: string;
  /** Automatic, Manual, Disabled. */
  readonly startType?: string;
}

/** Get-Cluster. */
export interface ClusterRecord {
  readonly name: string;
  readonly isS2dEnabled?: boolean;
}

/** Get-ClusterNetwork. */
export interface ClusterNetworkRecord {
  readonly name: string;
  readonly id?: string;
  /** 0 none, 1 cluster only, 3 cluster and client. */
  readonly role?: number;
  readonly address?: string;
  readonly addressMask?: string;
}

/** Get-ClusterNetworkInterface. */
export interface ClusterNetworkInterfaceRecord {
  readonly name: string;
  readonly network?: string;
  readonly node?: string;
  readonly adapterGuid?: string;
  readonly addresses?: readonly string[];
}

/** Get-VMHardDiskDrive: the paths that virtual machines keep their disks on. */
export interface VMHardDiskDriveRecord {
  readonly vmName?: string;
  readonly path?: string | null;
  readonly diskNumber?: number | null;
}

/** How often one kind of event stands in the system log of the last days. */
export interface EventSummaryRecord {
  readonly source: string;
  readonly id: number;
  /** 1 critical, 2 error, 3 warning. */
  readonly level?: number;
  readonly count?: number;
  /** ISO 8601. */
  readonly last?: string;
  /** Days that were asked for. */
  readonly days?: number;
  /** False where there were more events than are read. */
  readonly isComplete?: boolean;
  /** The network adapter that the events are about, where they say it. */
  readonly interfaceGuid?: string | null;
}

/** Get-ClusterSharedVolumeState: how one node reaches one volume. States and reasons as the module words them. */
export interface ClusterSharedVolumeStateRecord {
  readonly name: string;
  readonly node?: string;
  readonly state?: string;
  readonly fileSystemReason?: string;
  readonly blockReason?: string;
}

/** Get-VMMigrationNetwork. */
export interface VMMigrationNetworkRecord {
  /** `10.0.10.0/24`, or an address alone. */
  readonly subnet: string;
}

/** Get-VMHost. */
export interface VMHostRecord {
  readonly isMigrationEnabled?: boolean;
  readonly usesAnyNetworkForMigration?: boolean;
  /** TCPIP, Compression or SMB. */
  readonly migrationTransport?: string;
}
