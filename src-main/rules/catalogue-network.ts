/** The rules about adapters, teams, switches, vNICs and addresses. */
import type { Rule } from './define-rule.ts';
import { rule as convergedMembers } from './converged-members.rule.ts';
import { rule as driverAge } from './driver-age.rule.ts';
import { rule as driverMismatch } from './driver-mismatch.rule.ts';
import { rule as extraAddressOnTeamNic } from './extra-address-on-team-nic.rule.ts';
import { rule as flowControl } from './flow-control.rule.ts';
import { rule as inboxDriver } from './inbox-driver.rule.ts';
import { rule as lacpMemberOut } from './lacp-member-out.rule.ts';
import { rule as lbModeBlocks } from './lb-mode-blocks.rule.ts';
import { rule as lbfoReceivePrimary } from './lbfo-receive-primary.rule.ts';
import { rule as lbfoUnderVswitch } from './lbfo-under-vswitch.rule.ts';
import { rule as mappingStale } from './mapping-stale.rule.ts';
import { rule as memberBindings } from './member-bindings.rule.ts';
import { rule as mixedSpeedMembers } from './mixed-speed-members.rule.ts';
import { rule as pathNicDown } from './path-nic-down.rule.ts';
import { rule as pathNicSlow } from './path-nic-slow.rule.ts';
import { rule as pcieOversubscribed } from './pcie-oversubscribed.rule.ts';
import { rule as powerManagement } from './power-management.rule.ts';
import { rule as rdmaNicInLbfo } from './rdma-nic-in-lbfo.rule.ts';
import { rule as sameCard } from './same-card.rule.ts';
import { rule as sameMember } from './same-member.rule.ts';
import { rule as setAsymmetric } from './set-asymmetric.rule.ts';
import { rule as setMode } from './set-mode.rule.ts';
import { rule as standbyMember } from './standby-member.rule.ts';
import { rule as storageOnUsbNic } from './storage-on-usb-nic.rule.ts';
import { rule as teamExtraInterface } from './team-extra-interface.rule.ts';
import { rule as teamNicBesideVswitch } from './team-nic-beside-vswitch.rule.ts';
import { rule as teamNicNotDefault } from './team-nic-not-default.rule.ts';
import { rule as tnicVlan } from './tnic-vlan.rule.ts';
import { rule as vmqOff } from './vmq-off.rule.ts';
import { rule as vmqProcessors } from './vmq-processors.rule.ts';
import { rule as vnicBandwidthCap } from './vnic-bandwidth-cap.rule.ts';
import { rule as vnicDown } from './vnic-down.rule.ts';

export const networkRules: readonly Rule[] = [
  convergedMembers,
  driverAge,
  driverMismatch,
  extraAddressOnTeamNic,
  flowControl,
  inboxDriver,
  lacpMemberOut,
  lbModeBlocks,
  lbfoReceivePrimary,
  lbfoUnderVswitch,
  mappingStale,
  memberBindings,
  mixedSpeedMembers,
  pathNicDown,
  pathNicSlow,
  pcieOversubscribed,
  powerManagement,
  rdmaNicInLbfo,
  sameCard,
  sameMember,
  setAsymmetric,
  setMode,
  standbyMember,
  storageOnUsbNic,
  teamExtraInterface,
  teamNicBesideVswitch,
  teamNicNotDefault,
  tnicVlan,
  vmqOff,
  vmqProcessors,
  vnicBandwidthCap,
  vnicDown,
];
