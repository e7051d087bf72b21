/** Every question discovery asks, in the order of the observation names. */
import type { AnyProbe } from '../define-probe.ts';
import { probe as computerSystem } from './computer-system.probe.ts';
import { probe as operatingSystem } from './operating-system.probe.ts';
import { probe as windowsFeature } from './windows-feature.probe.ts';
import { probe as service } from './service.probe.ts';
import { probe as netAdapter } from './net-adapter.probe.ts';
import { probe as netAdapterBinding } from './net-adapter-binding.probe.ts';
import { probe as netAdapterRss } from './net-adapter-rss.probe.ts';
import { probe as netAdapterRdma } from './net-adapter-rdma.probe.ts';
import { probe as netAdapterVmq } from './net-adapter-vmq.probe.ts';
import { probe as netAdapterVmqQueue } from './net-adapter-vmq-queue.probe.ts';
import { probe as netAdapterVport } from './net-adapter-vport.probe.ts';
import { probe as netAdapterSriov } from './net-adapter-sriov.probe.ts';
import { probe as netAdapterQos } from './net-adapter-qos.probe.ts';
import { probe as netAdapterHardwareInfo } from './net-adapter-hardware-info.probe.ts';
import { probe as netAdapterAdvancedProperty } from './net-adapter-advanced-property.probe.ts';
import { probe as netLbfoTeam } from './net-lbfo-team.probe.ts';
import { probe as netLbfoTeamMember } from './net-lbfo-team-member.probe.ts';
import { probe as netLbfoTeamNic } from './net-lbfo-team-nic.probe.ts';
import { probe as vmHost } from './vm-host.probe.ts';
import { probe as vmSwitch } from './vm-switch.probe.ts';
import { probe as vmSwitchTeam } from './vm-switch-team.probe.ts';
import { probe as vmNetworkAdapter } from './vm-network-adapter.probe.ts';
import { probe as vmNetworkAdapterVlan } from './vm-network-adapter-vlan.probe.ts';
import { probe as vmNetworkAdapterIsolation } from './vm-network-adapter-isolation.probe.ts';
import { probe as vmNetworkAdapterTeamMapping } from './vm-network-adapter-team-mapping.probe.ts';
import { probe as vmHardDiskDrive } from './vm-hard-disk-drive.probe.ts';
import { probe as vmMigrationNetwork } from './vm-migration-network.probe.ts';
import { probe as netIpAddress } from './net-ip-address.probe.ts';
import { probe as netIpInterface } from './net-ip-interface.probe.ts';
import { probe as netRoute } from './net-route.probe.ts';
import { probe as netTcpConnection } from './net-tcp-connection.probe.ts';
import { probe as dnsClient } from './dns-client.probe.ts';
import { probe as iscsiSession } from './iscsi-session.probe.ts';
import { probe as iscsiConnection } from './iscsi-connection.probe.ts';
import { probe as iscsiTarget } from './iscsi-target.probe.ts';
import { probe as iscsiTargetPortal } from './iscsi-target-portal.probe.ts';
import { probe as initiatorPort } from './initiator-port.probe.ts';
import { probe as iscsiPersistentLogin } from './iscsi-persistent-login.probe.ts';
import { probe as iscsiMcsPolicy } from './iscsi-mcs-policy.probe.ts';
import { probe as iscsiHba } from './iscsi-hba.probe.ts';
import { probe as fibreChannelPort } from './fibre-channel-port.probe.ts';
import { probe as msdsmSupportedHw } from './msdsm-supported-hw.probe.ts';
import { probe as msdsmAutomaticClaimSettings } from './msdsm-automatic-claim-settings.probe.ts';
import { probe as msdsmGlobalDefaultLoadBalancePolicy } from './msdsm-global-default-load-balance-policy.probe.ts';
import { probe as mpioSetting } from './mpio-setting.probe.ts';
import { probe as mpioDisk } from './mpio-disk.probe.ts';
import { probe as mpclaim } from './mpclaim.probe.ts';
import { probe as disk } from './disk.probe.ts';
import { probe as physicalDisk } from './physical-disk.probe.ts';
import { probe as storageTimers } from './storage-timers.probe.ts';
import { probe as smbConnection } from './smb-connection.probe.ts';
import { probe as smbMultichannelConnection } from './smb-multichannel-connection.probe.ts';
import { probe as smbMultichannelConstraint } from './smb-multichannel-constraint.probe.ts';
import { probe as smbClientNetworkInterface } from './smb-client-network-interface.probe.ts';
import { probe as smbClientConfiguration } from './smb-client-configuration.probe.ts';
import { probe as smbServerNetworkInterface } from './smb-server-network-interface.probe.ts';
import { probe as smbServerConfiguration } from './smb-server-configuration.probe.ts';
import { probe as smbBandwidthLimit } from './smb-bandwidth-limit.probe.ts';
import { probe as netQosPolicy } from './net-qos-policy.probe.ts';
import { probe as netQosTrafficClass } from './net-qos-traffic-class.probe.ts';
import { probe as netQosFlowControl } from './net-qos-flow-control.probe.ts';
import { probe as netQosDcbxSetting } from './net-qos-dcbx-setting.probe.ts';
import { probe as netIntent } from './net-intent.probe.ts';
import { probe as cluster } from './cluster.probe.ts';
import { probe as clusterNetwork } from './cluster-network.probe.ts';
import { probe as clusterNetworkInterface } from './cluster-network-interface.probe.ts';
import { probe as clusterSharedVolume } from './cluster-shared-volume.probe.ts';
import { probe as clusterSharedVolumeState } from './cluster-shared-volume-state.probe.ts';
import { probe as eventSummary } from './event-summary.probe.ts';
import { probe as packetProbe } from './packet-probe.probe.ts';

// prettier-ignore
export const probes = [
  computerSystem,
  operatingSystem,
  windowsFeature,
  service,
  netAdapter,
  netAdapterBinding,
  netAdapterRss,
  netAdapterRdma,
  netAdapterVmq,
  netAdapterVmqQueue,
  netAdapterVport,
  netAdapterSriov,
  netAdapterQos,
  netAdapterHardwareInfo,
  netAdapterAdvancedProperty,
  netLbfoTeam,
  netLbfoTeamMember,
  netLbfoTeamNic,
  vmHost,
  vmSwitch,
  vmSwitchTeam,
  vmNetworkAdapter,
  vmNetworkAdapterVlan,
  vmNetworkAdapterIsolation,
  vmNetworkAdapterTeamMapping,
  vmHardDiskDrive,
  vmMigrationNetwork,
  netIpAddress,
  netIpInterface,
  netRoute,
  netTcpConnection,
  dnsClient,
  iscsiSession,
  iscsiConnection,
  iscsiTarget,
  iscsiTargetPortal,
  initiatorPort,
  iscsiPersistentLogin,
  iscsiMcsPolicy,
  iscsiHba,
  fibreChannelPort,
  msdsmSupportedHw,
  msdsmAutomaticClaimSettings,
  msdsmGlobalDefaultLoadBalancePolicy,
  mpioSetting,
  mpioDisk,
  mpclaim,
  disk,
  physicalDisk,
  storageTimers,
  smbConnection,
  smbMultichannelConnection,
  smbMultichannelConstraint,
  smbClientNetworkInterface,
  smbClientConfiguration,
  smbServerNetworkInterface,
  smbServerConfiguration,
  smbBandwidthLimit,
  netQosPolicy,
  netQosTrafficClass,
  netQosFlowControl,
  netQosDcbxSetting,
  netIntent,
  cluster,
  clusterNetwork,
  clusterNetworkInterface,
  clusterSharedVolume,
  clusterSharedVolumeState,
  eventSummary,
] as const satisfies readonly AnyProbe[];

/** Asked for only on request. */
export const requestedProbes = [packetProbe] as const satisfies readonly AnyProbe[];
