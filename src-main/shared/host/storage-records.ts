/**
 * What the storage cmdlets and classes said about one object each, read into our names and units.
 *
 * `undefined`: the host does not have the property. `null`: it has it, empty.
 */

/** Get-IscsiSession. */
export interface IscsiSessionRecord {
  readonly sessionIdentifier: string;
  readonly targetNodeAddress: string;
  readonly initiatorNodeAddress?: string;
  /** `ROOT\ISCSIPRT\0000_0` is the software initiator; anything else an HBA that keeps addresses of its own. */
  readonly initiatorInstanceName?: string;
  /** null where the login did not name one ("default initiator"). */
  readonly initiatorPortalAddress?: string | null;
  readonly isConnected?: boolean;
  readonly isPersistent?: boolean;
  readonly isDiscovered?: boolean;
  readonly numberOfConnections?: number;
  readonly authenticationType?: string;
  /** Windows disk numbers behind the session, added by the probe; undefined where they could not be read. */
  readonly diskNumbers?: readonly number[];
  /** `port|bus|target|lun` of its devices, decimal, added by the probe; undefined where they could not be read. */
  readonly scsiAddresses?: readonly string[];
}

/** Get-IscsiConnection. */
export interface IscsiConnectionRecord {
  readonly connectionIdentifier: string;
  /** Added by the probe; undefined where the host could not say. */
  readonly sessionIdentifier?: string;
  /** null where the connection is not bound (`0.0.0.0`). */
  readonly initiatorAddress?: string | null;
  /** May be byte-swapped: match in both orders. */
  readonly initiatorPort?: number;
  readonly targetAddress?: string;
  readonly targetPort?: number;
}

/** Get-IscsiTarget, with the portal groups of the initiator's target class. */
export interface IscsiTargetRecord {
  readonly nodeAddress: string;
  readonly isConnected?: boolean;
  /** The portals that the target offers; undefined where the host could not say. */
  readonly portals?: readonly { readonly address: string; readonly port: number }[];
}

/** Get-IscsiTargetPortal: a discovery portal. */
export interface IscsiTargetPortalRecord {
  readonly targetPortalAddress: string;
  readonly targetPortalPort?: number;
  readonly initiatorPortalAddress?: string | null;
}

/** Get-InitiatorPort. */
export interface InitiatorPortRecord {
  readonly nodeAddress: string;
  readonly instanceName?: string;
  readonly connectionType?: string;
  readonly portAddress?: string;
}

/** MSiSCSIInitiator_PersistentLoginClass: a favourite target. */
export interface IscsiPersistentLoginRecord {
  readonly targetName: string;
  readonly targetPortalAddress?: string;
  readonly targetPortalPort?: number;
  /** `ROOT\ISCSIPRT\0000_0`: the initiator that logs in. */
  readonly initiatorInstance?: string;
  readonly isMultipathEnabled?: boolean;
}

/** MSiSCSI_QueryLBPolicy: how several connections inside one session are used. Policy codes as in {@link LbPolicy}. */
export interface IscsiMcsPolicyRecord {
  readonly sessionIdentifier?: string;
  readonly uniqueSessionId?: string;
  readonly lbPolicy?: LbPolicy;
}

export const lbPolicies = ['FOO', 'RR', 'RRWS', 'LQD', 'WP', 'LB', 'VS'] as const;
/** Fail over only, round robin, round robin with subset, least queue depth, weighted paths, least blocks, vendor. */
export type LbPolicy = (typeof lbPolicies)[number];

export const mpioPathStates = [
  'Active/Optimized',
  'Active/Unoptimized',
  'Standby',
  'Unavailable',
  'Failed',
] as const;
export type MpioPathState = (typeof mpioPathStates)[number];

export interface MpioPathRecord {
  /** 16 hex digits. */
  readonly pathId: string;
  readonly state?: MpioPathState;
  /** `port|bus|target|lun`, decimal. */
  readonly scsiAddress?: string;
  readonly weight?: number;
  readonly isPreferred?: boolean;
}

/** The MPIO classes of root\wmi, joined for each disk by the probe; or the listing of mpclaim where those say nothing. */
export interface MpioDiskRecord {
  readonly instanceName: string;
  /** Windows disk number; undefined where none could be joined. */
  readonly diskNumber?: number;
  readonly serialNumber?: string;
  readonly lbPolicy?: LbPolicy;
  readonly dsmName?: string;
  /** The number that mpclaim knows the disk by: not that of Windows. */
  readonly mpioNumber?: number;
  readonly paths: readonly MpioPathRecord[];
  /** The number of paths a listing's own header states, where the record comes from one. */
  readonly statedPathCount?: number;
}

/** Get-MSDSMSupportedHW. */
export interface MsdsmSupportedHwRecord {
  readonly vendorId: string;
  readonly productId: string;
}

/** Get-MSDSMAutomaticClaimSettings. */
export interface MsdsmAutomaticClaimRecord {
  readonly busType: string;
  readonly enabled: boolean;
}

/** Get-MSDSMGlobalDefaultLoadBalancePolicy: FOO, RR, LQD, LB or None. */
export interface MsdsmGlobalPolicyRecord {
  readonly policy: string;
}

/** Get-Disk. */
export interface DiskRecord {
  readonly number: number;
  readonly uniqueId?: string | null;
  readonly serialNumber?: string | null;
  readonly friendlyName?: string;
  /** `iSCSI`, `Fibre Channel`, `SAS`, ... as Windows words it. */
  readonly busType?: string;
  readonly sizeBytes?: number;
  readonly operationalStatus?: readonly string[];
  /** Healthy, Warning, Unhealthy, Unknown. */
  readonly healthStatus?: string;
  readonly isOffline?: boolean;
  readonly offlineReason?: string | null;
  readonly isClustered?: boolean;
  readonly isBoot?: boolean;
  readonly isSystem?: boolean;
  readonly path?: string | null;
}

export const smbInstances = ['Default', 'CSV', 'SBL', 'SR'] as const;
export type SmbInstance = (typeof smbInstances)[number];

/** Get-SmbConnection. */
export interface SmbConnectionRecord {
  readonly serverName: string;
  readonly shareName: string;
  readonly userName?: string;
  readonly credential?: string;
  readonly dialect?: string;
  readonly numOpens?: number;
  readonly isContinuouslyAvailable?: boolean;
  readonly isEncrypted?: boolean;
  readonly isSigned?: boolean;
  readonly smbInstance?: SmbInstance;
}

/** Get-SmbMultichannelConnection, also the pairs that SMB did not choose. */
export interface SmbMultichannelConnectionRecord {
  readonly serverName: string;
  readonly clientInterfaceIndex: number;
  readonly serverInterfaceIndex: number;
  readonly clientIpAddress?: string;
  readonly serverIpAddress?: string;
  readonly isSelected?: boolean;
  readonly isFailed?: boolean;
  readonly failureCount?: number;
  readonly clientRssCapable?: boolean;
  readonly clientRdmaCapable?: boolean;
  readonly serverRssCapable?: boolean;
  readonly serverRdmaCapable?: boolean;
  /** bit/s. */
  readonly clientLinkBitsPerSecond?: number | null;
  readonly serverLinkBitsPerSecond?: number | null;
  readonly currentChannels?: number;
  readonly maxChannels?: number;
  readonly smbInstance?: SmbInstance;
}

/** Get-SmbMultichannelConstraint. */
export interface SmbMultichannelConstraintRecord {
  readonly serverName: string;
  readonly interfaceGuid?: string;
  readonly interfaceIndex?: number;
  readonly interfaceAlias?: string;
}

/** Get-SmbClientNetworkInterface. */
export interface SmbClientNetworkInterfaceRecord {
  readonly interfaceIndex: number;
  readonly friendlyName?: string;
  readonly isRssCapable?: boolean;
  readonly isRdmaCapable?: boolean;
  /** bit/s. */
  readonly linkBitsPerSecond?: number | null;
  readonly ipAddresses?: readonly string[];
}

/** Get-SmbClientConfiguration. */
export interface SmbClientConfigurationRecord {
  readonly isMultichannelEnabled?: boolean;
  readonly connectionsPerRssInterface?: number;
  readonly maximumConnectionsPerServer?: number;
}

/** Get-SmbBandwidthLimit: for all traffic of one kind together, sent and received. */
export interface SmbBandwidthLimitRecord {
  /** Default, VirtualMachine or LiveMigration. */
  readonly category: string;
  readonly bytesPerSecond: number;
}

/** Get-MPIOSetting. Times in seconds. */
export interface MpioSettingRecord {
  readonly isPathVerificationEnabled?: boolean;
  readonly pathVerificationSeconds?: number;
  readonly pdoRemoveSeconds?: number;
  readonly retryCount?: number;
  readonly retryIntervalSeconds?: number;
  readonly isPathRecoveryCustom?: boolean;
  readonly pathRecoverySeconds?: number;
  readonly diskTimeoutSeconds?: number;
}

/** A time limit in the registry. */
export interface StorageTimerRecord {
  /** Below the root, as `HKEY_LOCAL_MACHINE\...`. */
  readonly key: string;
  readonly name: string;
  readonly value?: number;
}
