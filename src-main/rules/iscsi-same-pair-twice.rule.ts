/** Sessions to one disk that have both addresses in common. */
import { conclude } from './conclude.ts';
import { defineRule } from './define-rule.ts';
import { appliesToWiredSessions } from './iscsi-paths.ts';
import { judgedTargets, seeSurplus } from './pair-use.ts';
import { counted, listed } from './wording.ts';

export const rule = defineRule({
  id: 'iscsi-same-pair-twice',
  severities: ['info'],
  title: 'Each session has a pair of addresses of its own',
  failureTitle: 'Several iSCSI sessions share one pair of addresses',
  needs: ['IscsiSession', 'IscsiConnection', 'NetIPAddress', 'NetAdapter'],
  fixes: ['iscsi-remove-sessions'],
  appliesTo: appliesToWiredSessions,
  evaluate: (facts) =>
    conclude(facts, {
      things: judgedTargets(facts),
      see: (target) => seeSurplus(facts, target, 'repeated'),
      report: (bad) =>
        bad.map((one) => ({
          severity: 'info',
          message: `${counted(one.sessions.length, 'iSCSI session')} to ${one.target.name} run over the same pair of addresses (${listed(one.pairs)}) and lead to the same disk: ${one.surplus} of them ${one.surplus === 1 ? 'adds' : 'add'} no link.`,
          subjects: [one.target, ...one.sessions],
          evidence: {
            target: one.target.name,
            sessions: one.sessions.length,
            pairs: [...one.pairs],
            surplusSessions: one.surplus,
          },
          advice:
            'Some vendors ask for several sessions over each pair; then leave them. Else take out the further ones by their session identifiers, the favourite first, and never by the target alone: that drops all sessions.',
        })),
      none: 'This host has no connected iSCSI session.',
      isForGuests: true,
    }),
});
