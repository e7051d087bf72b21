/** The rules about iSCSI, Multipath I/O, SMB, clusters and their timers. */
import type { Rule } from './define-rule.ts';
import { rule as channelNotSelected } from './channel-not-selected.rule.ts';
import { rule as convergedVnics } from './converged-vnics.rule.ts';
import { rule as iscsiOnTeam } from './iscsi-on-team.rule.ts';
import { rule as lunMissingVsUnhealthy } from './lun-missing-vs-unhealthy.rule.ts';
import { rule as mpioFailoverOnly } from './mpio-failover-only.rule.ts';
import { rule as mpioMissing } from './mpio-missing.rule.ts';
import { rule as mpioPathsMissing } from './mpio-paths-missing.rule.ts';
import { rule as mpioPolicy } from './mpio-policy.rule.ts';
import { rule as mpioPolicyGlobalVsDisk } from './mpio-policy-global-vs-disk.rule.ts';
import { rule as mpioRebootPending } from './mpio-reboot-pending.rule.ts';
import { rule as mpioUnclaimed } from './mpio-unclaimed.rule.ts';
import { rule as multichannelOff } from './multichannel-off.rule.ts';
import { rule as oneInitiatorAddress } from './one-initiator-address.rule.ts';
import { rule as singleSession } from './single-session.rule.ts';
import { rule as smbClassMix } from './smb-class-mix.rule.ts';
import { rule as smbConnectionCount } from './smb-connection-count.rule.ts';
import { rule as smbConstraint } from './smb-constraint.rule.ts';
import { rule as smbDialect } from './smb-dialect.rule.ts';
import { rule as smbSigningCost } from './smb-signing-cost.rule.ts';
import { rule as smbSingleChannel } from './smb-single-channel.rule.ts';
import { rule as smbTeamed } from './smb-teamed.rule.ts';

export const storageRules: readonly Rule[] = [
  channelNotSelected,
  convergedVnics,
  iscsiOnTeam,
  lunMissingVsUnhealthy,
  mpioFailoverOnly,
  mpioMissing,
  mpioPathsMissing,
  mpioPolicy,
  mpioPolicyGlobalVsDisk,
  mpioRebootPending,
  mpioUnclaimed,
  multichannelOff,
  oneInitiatorAddress,
  singleSession,
  smbClassMix,
  smbConnectionCount,
  smbConstraint,
  smbDialect,
  smbSigningCost,
  smbSingleChannel,
  smbTeamed,
];
