/** The rules about iSCSI, Multipath I/O, SMB, clusters and their timers. */
import type { Rule } from './define-rule.ts';
import { rule as convergedVnics } from './converged-vnics.rule.ts';
import { rule as iscsiOnTeam } from './iscsi-on-team.rule.ts';
import { rule as mpioMissing } from './mpio-missing.rule.ts';
import { rule as oneInitiatorAddress } from './one-initiator-address.rule.ts';
import { rule as singleSession } from './single-session.rule.ts';
import { rule as smbSingleChannel } from './smb-single-channel.rule.ts';
import { rule as smbTeamed } from './smb-teamed.rule.ts';

export const storageRules: readonly Rule[] = [
  convergedVnics,
  iscsiOnTeam,
  mpioMissing,
  oneInitiatorAddress,
  singleSession,
  smbSingleChannel,
  smbTeamed,
];
