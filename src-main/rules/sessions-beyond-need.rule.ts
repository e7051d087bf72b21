/** Sessions that run over the links of another session, by other addresses of the same ends. */
import { conclude } from './conclude.ts';
import { defineRule } from './define-rule.ts';
import { appliesToWiredSessions } from './iscsi-paths.ts';
import { judgedTargets, seeSurplus } from './pair-use.ts';
import { counted, listed } from './wording.ts';

export const rule = defineRule({
  id: 'sessions-beyond-need',
  severities: ['info'],
  title: 'No session repeats the links of another one',
  failureTitle: 'More iSCSI sessions than links',
  needs: ['IscsiSession', 'IscsiConnection', 'NetIPAddress', 'NetAdapter'],
  fixes: ['iscsi-remove-sessions'],
  appliesTo: appliesToWiredSessions,
  evaluate: (facts) =>
    conclude(facts, {
      things: judgedTargets(facts),
      see: (target) => seeSurplus(facts, target, 'adds-nothing'),
      report: (bad) =>
        bad.map((one) => ({
          severity: 'info',
          message: `${counted(one.surplus, 'iSCSI session')} to ${one.target.name} (${listed(one.pairs)}) ${one.surplus === 1 ? 'runs' : 'run'} over the links of another one: ${one.surplus === 1 ? 'it adds' : 'they add'} no speed and no way around a fault.`,
          subjects: [one.target, ...one.sessions],
          evidence: {
            target: one.target.name,
            sessions: one.sessions.length,
            pairs: [...one.pairs],
            surplusSessions: one.surplus,
          },
          advice:
            'Nothing is broken: Multipath I/O has more paths to choose from and gains nothing. When sessions are made anew, make one for each pair of links, or what the vendor asks for.',
        })),
      none: 'This host has no connected iSCSI session.',
      isForGuests: true,
    }),
});
