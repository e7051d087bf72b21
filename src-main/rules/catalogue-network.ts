/** The rules about adapters, teams, switches, vNICs and addresses. */
import type { Rule } from './define-rule.ts';
import { rule as convergedMembers } from './converged-members.rule.ts';
import { rule as dcbPfc } from './dcb-pfc.rule.ts';
import { rule as dcbxWilling } from './dcbx-willing.rule.ts';
import { rule as driverAge } from './driver-age.rule.ts';
import { rule as driverMismatch } from './driver-mismatch.rule.ts';
import { rule as duplicateAddress } from './duplicate-address.rule.ts';
import { rule as etsSum } from './ets-sum.rule.ts';
import { rule as extraAddressOnTeamNic } from './extra-address-on-team-nic.rule.ts';
import { rule as flowControl } from './flow-control.rule.ts';
import { rule as ieeePriority } from './ieee-priority.rule.ts';
import { rule as inboxDriver } from './inbox-driver.rule.ts';
import { rule as jumboMismatch } from './jumbo-mismatch.rule.ts';
import { rule as jumboPartial } from './jumbo-partial.rule.ts';
import { rule as lacpMemberOut } from './lacp-member-out.rule.ts';
import { rule as lbModeBlocks } from './lb-mode-blocks.rule.ts';
import { rule as lbfoReceivePrimary } from './lbfo-receive-primary.rule.ts';
import { rule as lbfoUnderVswitch } from './lbfo-under-vswitch.rule.ts';
import { rule as mappingStale } from './mapping-stale.rule.ts';
import { rule as memberBindings } from './member-bindings.rule.ts';
import { rule as mgmtOverlapsStorage } from './mgmt-overlaps-storage.rule.ts';
import { rule as mixedSpeedMembers } from './mixed-speed-members.rule.ts';
import { rule as nicErrors } from './nic-errors.rule.ts';
import { rule as nicFlapping } from './nic-flapping.rule.ts';
import { rule as onePhysicalPath } from './one-physical-path.rule.ts';
import { rule as pathMtu } from './path-mtu.rule.ts';
import { rule as pathNicDown } from './path-nic-down.rule.ts';
import { rule as pathNicSlow } from './path-nic-slow.rule.ts';
import { rule as pcieOversubscribed } from './pcie-oversubscribed.rule.ts';
import { rule as powerManagement } from './power-management.rule.ts';
import { rule as rdmaNicInLbfo } from './rdma-nic-in-lbfo.rule.ts';
import { rule as rdmaNotUsable } from './rdma-not-usable.rule.ts';
import { rule as rdmaPartial } from './rdma-partial.rule.ts';
import { rule as rdmaTechnology } from './rdma-technology.rule.ts';
import { rule as rssOff } from './rss-off.rule.ts';
import { rule as sameCard } from './same-card.rule.ts';
import { rule as sameMember } from './same-member.rule.ts';
import { rule as setAsymmetric } from './set-asymmetric.rule.ts';
import { rule as setMode } from './set-mode.rule.ts';
import { rule as slowEnd } from './slow-end.rule.ts';
import { rule as standbyMember } from './standby-member.rule.ts';
import { rule as storageAddress } from './storage-address.rule.ts';
import { rule as storageDefaultGateway } from './storage-default-gateway.rule.ts';
import { rule as storageDhcp } from './storage-dhcp.rule.ts';
import { rule as storageDns } from './storage-dns.rule.ts';
import { rule as storageMetric } from './storage-metric.rule.ts';
import { rule as storageOnUsbNic } from './storage-on-usb-nic.rule.ts';
import { rule as teamExtraInterface } from './team-extra-interface.rule.ts';
import { rule as teamNicBesideVswitch } from './team-nic-beside-vswitch.rule.ts';
import { rule as teamNicNotDefault } from './team-nic-not-default.rule.ts';
import { rule as tnicVlan } from './tnic-vlan.rule.ts';
import { rule as uplinkBindings } from './uplink-bindings.rule.ts';
import { rule as vlanMismatch } from './vlan-mismatch.rule.ts';
import { rule as vlanPlacement } from './vlan-placement.rule.ts';
import { rule as vmqOff } from './vmq-off.rule.ts';
import { rule as vmqProcessors } from './vmq-processors.rule.ts';
import { rule as vnicBandwidthCap } from './vnic-bandwidth-cap.rule.ts';
import { rule as vnicDown } from './vnic-down.rule.ts';
import { rule as vnicRss } from './vnic-rss.rule.ts';
import { rule as vswitchExtension } from './vswitch-extension.rule.ts';
import { rule as weakHost } from './weak-host.rule.ts';
import { rule as wrongNic } from './wrong-nic.rule.ts';

export const networkRules: readonly Rule[] = [
  convergedMembers,
  dcbPfc,
  dcbxWilling,
  driverAge,
  driverMismatch,
  duplicateAddress,
  etsSum,
  extraAddressOnTeamNic,
  flowControl,
  ieeePriority,
  inboxDriver,
  jumboMismatch,
  jumboPartial,
  lacpMemberOut,
  lbModeBlocks,
  lbfoReceivePrimary,
  lbfoUnderVswitch,
  mappingStale,
  memberBindings,
  mgmtOverlapsStorage,
  mixedSpeedMembers,
  nicErrors,
  nicFlapping,
  onePhysicalPath,
  pathMtu,
  pathNicDown,
  pathNicSlow,
  pcieOversubscribed,
  powerManagement,
  rdmaNicInLbfo,
  rdmaNotUsable,
  rdmaPartial,
  rdmaTechnology,
  rssOff,
  sameCard,
  sameMember,
  setAsymmetric,
  setMode,
  slowEnd,
  standbyMember,
  storageAddress,
  storageDefaultGateway,
  storageDhcp,
  storageDns,
  storageMetric,
  storageOnUsbNic,
  teamExtraInterface,
  teamNicBesideVswitch,
  teamNicNotDefault,
  tnicVlan,
  uplinkBindings,
  vlanMismatch,
  vlanPlacement,
  vmqOff,
  vmqProcessors,
  vnicBandwidthCap,
  vnicDown,
  vnicRss,
  vswitchExtension,
  weakHost,
  wrongNic,
];
