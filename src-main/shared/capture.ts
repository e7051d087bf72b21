/** The capture file: what the cmdlets said, under their own property names. See docs/capture-format.md. */
import type { ObservationFailureKind } from './result.ts';
import type { Sample } from './sample.ts';

export const captureFormat = 'switchyard-capture';
export const captureVersion = 1;

/** Every kind of object that a look asks for, keyed by the noun of the cmdlet that gives it. */
export const observationNames = [
  'ComputerSystem',
  'OperatingSystem',
  'WindowsFeature',
  'Service',
  'NetAdapter',
  'NetAdapterBinding',
  'NetAdapterRss',
  'NetAdapterRdma',
  'NetAdapterVmq',
  'NetAdapterVmqQueue',
  'NetAdapterVPort',
  'NetAdapterSriov',
  'NetAdapterQos',
  'NetAdapterHardwareInfo',
  'NetAdapterAdvancedProperty',
  'NetLbfoTeam',
  'NetLbfoTeamMember',
  'NetLbfoTeamNic',
  'VMHost',
  'VMSwitch',
  'VMSwitchTeam',
  'VMNetworkAdapter',
  'VMNetworkAdapterVlan',
  'VMNetworkAdapterIsolation',
  'VMNetworkAdapterTeamMapping',
  'VMHardDiskDrive',
  'VMMigrationNetwork',
  'NetIPAddress',
  'NetIPInterface',
  'NetRoute',
  'NetTCPConnection',
  'DnsClient',
  'IscsiSession',
  'IscsiConnection',
  'IscsiTarget',
  'IscsiTargetPortal',
  'InitiatorPort',
  'IscsiPersistentLogin',
  'IscsiMcsPolicy',
  'IscsiHba',
  'FibreChannelPort',
  'MSDSMSupportedHW',
  'MSDSMAutomaticClaimSettings',
  'MSDSMGlobalDefaultLoadBalancePolicy',
  'MPIOSetting',
  'MpioDisk',
  'Mpclaim',
  'Disk',
  'PhysicalDisk',
  'StorageTimers',
  'SmbConnection',
  'SmbMultichannelConnection',
  'SmbMultichannelConstraint',
  'SmbClientNetworkInterface',
  'SmbClientConfiguration',
  'SmbServerNetworkInterface',
  'SmbServerConfiguration',
  'SmbBandwidthLimit',
  'NetQosPolicy',
  'NetQosTrafficClass',
  'NetQosFlowControl',
  'NetQosDcbxSetting',
  'NetIntent',
  'Cluster',
  'ClusterNetwork',
  'ClusterNetworkInterface',
  'ClusterSharedVolume',
  'ClusterSharedVolumeState',
  'EventSummary',
] as const;

/** Asked for only where a person wants it, because the answer takes packets on the wire. */
const requestedObservationNames = ['PacketProbe'] as const;

/** Whatever a capture may hold, in the order that people are shown it. */
export const everyObservationName = [...observationNames, ...requestedObservationNames] as const;

export type LookObservationName = (typeof observationNames)[number];
export type ObservationName = (typeof everyObservationName)[number];

export function isAskedInEveryLook(name: ObservationName): name is LookObservationName {
  return !requestedObservationNames.some((one) => one === name);
}

/** One object as the host gave it: the cmdlet's own property names, scalars, lists and plain objects only. */
export type RawItem = Readonly<Record<string, unknown>>;

export interface ObservationError {
  readonly kind: ObservationFailureKind;
  readonly message: string;
  /** Technical detail: the error id, the tail of stderr. */
  readonly detail?: string;
}

/** One object of several that could not be read while the others could. */
export interface ItemError {
  /** The name of the object, where the host said it. */
  readonly item?: string;
  readonly message: string;
}

export type Observation =
  | {
      readonly status: 'ok';
      readonly durationMs: number;
      readonly data: readonly RawItem[];
      readonly itemErrors?: readonly ItemError[];
    }
  | {
      readonly status: 'unavailable' | 'failed';
      readonly durationMs: number;
      readonly error: ObservationError;
    };

export interface CaptureHost {
  readonly name: string;
  readonly elevated: boolean;
  /** Version of the PowerShell that answered, for example "5.1.20348.2849". */
  readonly powershell?: string;
  readonly languageMode?: string;
}

export interface Capture {
  readonly format: typeof captureFormat;
  readonly version: number;
  readonly tool: { readonly name: string; readonly version: string };
  /** ISO 8601, UTC. */
  readonly takenAt: string;
  readonly host: CaptureHost;
  readonly redacted: boolean;
  /** Observations by name. A missing key means: not asked. Unknown keys are kept, for newer formats. */
  readonly observations: Readonly<Partial<Record<ObservationName, Observation>>>;
  /** Counter readings in the order taken. */
  readonly samples?: readonly Sample[];
}
