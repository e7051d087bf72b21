/** A capture, read: for each observation its typed records, or why there are none. */
import type { CaptureHost, ItemError, ObservationError, ObservationName } from '../capture.ts';
import type * as network from './network-records.ts';
import type * as storage from './storage-records.ts';
import type * as system from './system-records.ts';

/** The record type of each observation that the model or a rule reads today. Others stay raw. */
export interface RecordOf {
  ComputerSystem: system.ComputerSystemRecord;
  OperatingSystem: system.OperatingSystemRecord;
  WindowsFeature: system.WindowsFeatureRecord;
  Service: system.ServiceRecord;
  Cluster: system.ClusterRecord;
  ClusterNetwork: system.ClusterNetworkRecord;
  ClusterNetworkInterface: system.ClusterNetworkInterfaceRecord;
  VMHardDiskDrive: system.VMHardDiskDriveRecord;
  VMHost: system.VMHostRecord;
  VMMigrationNetwork: system.VMMigrationNetworkRecord;
  ClusterSharedVolumeState: system.ClusterSharedVolumeStateRecord;
  EventSummary: system.EventSummaryRecord;
  NetAdapter: network.NetAdapterRecord;
  NetAdapterBinding: network.NetAdapterBindingRecord;
  NetAdapterRss: network.NetAdapterRssRecord;
  NetAdapterRdma: network.NetAdapterRdmaRecord;
  NetAdapterVmq: network.NetAdapterVmqRecord;
  NetAdapterVmqQueue: network.QueueAddressRecord;
  NetAdapterVPort: network.QueueAddressRecord;
  NetAdapterHardwareInfo: network.NetAdapterHardwareRecord;
  NetAdapterAdvancedProperty: network.NetAdapterAdvancedPropertyRecord;
  NetAdapterQos: network.NetAdapterQosRecord;
  NetQosPolicy: network.NetQosPolicyRecord;
  NetQosTrafficClass: network.NetQosTrafficClassRecord;
  NetQosDcbxSetting: network.NetQosDcbxSettingRecord;
  NetIntent: network.NetIntentRecord;
  DnsClient: network.DnsClientRecord;
  NetLbfoTeam: network.NetLbfoTeamRecord;
  NetLbfoTeamMember: network.NetLbfoTeamMemberRecord;
  NetLbfoTeamNic: network.NetLbfoTeamNicRecord;
  VMSwitch: network.VMSwitchRecord;
  VMSwitchTeam: network.VMSwitchTeamRecord;
  VMNetworkAdapter: network.VMNetworkAdapterRecord;
  VMNetworkAdapterVlan: network.VMNetworkAdapterVlanRecord;
  VMNetworkAdapterIsolation: network.VMNetworkAdapterIsolationRecord;
  VMNetworkAdapterTeamMapping: network.VMNetworkAdapterTeamMappingRecord;
  NetIPAddress: network.NetIPAddressRecord;
  NetIPInterface: network.NetIPInterfaceRecord;
  NetRoute: network.NetRouteRecord;
  NetTCPConnection: network.NetTCPConnectionRecord;
  IscsiSession: storage.IscsiSessionRecord;
  IscsiConnection: storage.IscsiConnectionRecord;
  IscsiTarget: storage.IscsiTargetRecord;
  IscsiTargetPortal: storage.IscsiTargetPortalRecord;
  InitiatorPort: storage.InitiatorPortRecord;
  IscsiPersistentLogin: storage.IscsiPersistentLoginRecord;
  IscsiMcsPolicy: storage.IscsiMcsPolicyRecord;
  MpioDisk: storage.MpioDiskRecord;
  Mpclaim: storage.MpioDiskRecord;
  MSDSMSupportedHW: storage.MsdsmSupportedHwRecord;
  MSDSMAutomaticClaimSettings: storage.MsdsmAutomaticClaimRecord;
  MSDSMGlobalDefaultLoadBalancePolicy: storage.MsdsmGlobalPolicyRecord;
  MPIOSetting: storage.MpioSettingRecord;
  Disk: storage.DiskRecord;
  StorageTimers: storage.StorageTimerRecord;
  SmbConnection: storage.SmbConnectionRecord;
  SmbMultichannelConnection: storage.SmbMultichannelConnectionRecord;
  SmbMultichannelConstraint: storage.SmbMultichannelConstraintRecord;
  SmbClientNetworkInterface: storage.SmbClientNetworkInterfaceRecord;
  SmbClientConfiguration: storage.SmbClientConfigurationRecord;
  SmbBandwidthLimit: storage.SmbBandwidthLimitRecord;
  PacketProbe: network.PacketProbeRecord;
}

export type ReadObservationName = keyof RecordOf & ObservationName;

/** `not-asked`: the capture has no such key (an older format). It is as unknown as a failure. */
export type Reading<T> =
  | {
      readonly status: 'ok';
      readonly records: readonly T[];
      /** Items that the host could not give, or that lack a key property. */
      readonly itemErrors: readonly ItemError[];
    }
  | { readonly status: 'unavailable' | 'failed'; readonly error: ObservationError }
  | { readonly status: 'not-asked' };

export interface Snapshot {
  readonly host: CaptureHost;
  /** ISO 8601, UTC. */
  readonly takenAt: string;
  readonly readings: { readonly [N in ReadObservationName]: Reading<RecordOf[N]> };
}
