/** The rules about iSCSI, Multipath I/O, SMB, clusters and their timers. */
import type { Rule } from './define-rule.ts';
import { rule as channelNotSelected } from './channel-not-selected.rule.ts';
import { rule as clusterIscsiRole } from './cluster-iscsi-role.rule.ts';
import { rule as clusterNetworkRoles } from './cluster-network-roles.rule.ts';
import { rule as convergedVnics } from './converged-vnics.rule.ts';
import { rule as csvRedirected } from './csv-redirected.rule.ts';
import { rule as defaultPortal } from './default-portal.rule.ts';
import { rule as inGuestIscsi } from './in-guest-iscsi.rule.ts';
import { rule as iscsiCrossesSubnet } from './iscsi-crosses-subnet.rule.ts';
import { rule as iscsiErrors } from './iscsi-errors.rule.ts';
import { rule as iscsiFavouriteDead } from './iscsi-favourite-dead.rule.ts';
import { rule as iscsiLoginsFailing } from './iscsi-logins-failing.rule.ts';
import { rule as iscsiMcs } from './iscsi-mcs.rule.ts';
import { rule as iscsiNameCloned } from './iscsi-name-cloned.rule.ts';
import { rule as iscsiOnTeam } from './iscsi-on-team.rule.ts';
import { rule as iscsiPortalUnreachable } from './iscsi-portal-unreachable.rule.ts';
import { rule as iscsiSamePairTwice } from './iscsi-same-pair-twice.rule.ts';
import { rule as iscsiService } from './iscsi-service.rule.ts';
import { rule as iscsiSessionsUneven } from './iscsi-sessions-uneven.rule.ts';
import { rule as iscsiTargetDown } from './iscsi-target-down.rule.ts';
import { rule as lmOnIscsi } from './lm-on-iscsi.rule.ts';
import { rule as lunMissingVsUnhealthy } from './lun-missing-vs-unhealthy.rule.ts';
import { rule as mpioFailoverOnly } from './mpio-failover-only.rule.ts';
import { rule as mpioMissing } from './mpio-missing.rule.ts';
import { rule as mpioNodesDiffer } from './mpio-nodes-differ.rule.ts';
import { rule as mpioPathShaky } from './mpio-path-shaky.rule.ts';
import { rule as mpioPathsMissing } from './mpio-paths-missing.rule.ts';
import { rule as mpioPolicy } from './mpio-policy.rule.ts';
import { rule as mpioPolicyGlobalVsDisk } from './mpio-policy-global-vs-disk.rule.ts';
import { rule as mpioRebootPending } from './mpio-reboot-pending.rule.ts';
import { rule as mpioTimers } from './mpio-timers.rule.ts';
import { rule as mpioUnclaimed } from './mpio-unclaimed.rule.ts';
import { rule as multichannelOff } from './multichannel-off.rule.ts';
import { rule as nearCeiling } from './near-ceiling.rule.ts';
import { rule as notPersistent } from './not-persistent.rule.ts';
import { rule as oneInitiatorAddress } from './one-initiator-address.rule.ts';
import { rule as portalPairing } from './portal-pairing.rule.ts';
import { rule as queueDepth } from './queue-depth.rule.ts';
import { rule as sessionsBeyondNeed } from './sessions-beyond-need.rule.ts';
import { rule as singleSession } from './single-session.rule.ts';
import { rule as smbClassMix } from './smb-class-mix.rule.ts';
import { rule as smbConnectionCount } from './smb-connection-count.rule.ts';
import { rule as smbConstraint } from './smb-constraint.rule.ts';
import { rule as smbDialect } from './smb-dialect.rule.ts';
import { rule as smbLmLimit } from './smb-lm-limit.rule.ts';
import { rule as smbSigningCost } from './smb-signing-cost.rule.ts';
import { rule as smbSingleChannel } from './smb-single-channel.rule.ts';
import { rule as smbTeamed } from './smb-teamed.rule.ts';
import { rule as storageNicShare } from './storage-nic-share.rule.ts';
import { rule as storageTimers } from './storage-timers.rule.ts';
import { rule as trafficSpread } from './traffic-spread.rule.ts';

export const storageRules: readonly Rule[] = [
  channelNotSelected,
  clusterIscsiRole,
  clusterNetworkRoles,
  convergedVnics,
  csvRedirected,
  defaultPortal,
  inGuestIscsi,
  iscsiCrossesSubnet,
  iscsiErrors,
  iscsiFavouriteDead,
  iscsiLoginsFailing,
  iscsiMcs,
  iscsiNameCloned,
  iscsiOnTeam,
  iscsiPortalUnreachable,
  iscsiSamePairTwice,
  iscsiService,
  iscsiSessionsUneven,
  iscsiTargetDown,
  lmOnIscsi,
  lunMissingVsUnhealthy,
  mpioFailoverOnly,
  mpioMissing,
  mpioNodesDiffer,
  mpioPathShaky,
  mpioPathsMissing,
  mpioPolicy,
  mpioPolicyGlobalVsDisk,
  mpioRebootPending,
  mpioTimers,
  mpioUnclaimed,
  multichannelOff,
  nearCeiling,
  notPersistent,
  oneInitiatorAddress,
  portalPairing,
  queueDepth,
  sessionsBeyondNeed,
  singleSession,
  smbClassMix,
  smbConnectionCount,
  smbConstraint,
  smbDialect,
  smbLmLimit,
  smbSigningCost,
  smbSingleChannel,
  smbTeamed,
  storageNicShare,
  storageTimers,
  trafficSpread,
];
