/** Every rule, by id. A plain list of imports, so that it is the same under Node, in a bundle and in the tests. */
import type { Rule } from './define-rule.ts';
import { rule as convergedVnics } from './converged-vnics.rule.ts';
import { rule as iscsiOnTeam } from './iscsi-on-team.rule.ts';
import { rule as memberBindings } from './member-bindings.rule.ts';
import { rule as mpioMissing } from './mpio-missing.rule.ts';
import { rule as oneInitiatorAddress } from './one-initiator-address.rule.ts';
import { rule as sameMember } from './same-member.rule.ts';
import { rule as singleSession } from './single-session.rule.ts';
import { rule as smbSingleChannel } from './smb-single-channel.rule.ts';
import { rule as smbTeamed } from './smb-teamed.rule.ts';

export const catalogue: readonly Rule[] = [
  convergedVnics,
  iscsiOnTeam,
  memberBindings,
  mpioMissing,
  oneInitiatorAddress,
  sameMember,
  singleSession,
  smbSingleChannel,
  smbTeamed,
];
