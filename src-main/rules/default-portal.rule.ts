/** Sessions that name no address of this host: Windows chooses where each leaves. */
import { conclude } from './conclude.ts';
import { defineRule, type RuleFinding } from './define-rule.ts';
import { isBootSession } from './favourites.ts';
import { appliesToWiredSessions, sessionSubjects } from './iscsi-paths.ts';
import { rule as oneInitiatorAddress } from './one-initiator-address.rule.ts';
import { targetById, wiredSessions } from '../path-graph/walks.ts';
import { counted, listed } from './wording.ts';

export const rule = defineRule({
  id: 'default-portal',
  severities: ['info'],
  title: 'iSCSI sessions name the address that they leave from',
  failureTitle: 'iSCSI sessions leave wherever Windows sends them',
  needs: ['IscsiSession'],
  fixes: ['iscsi-replace-sessions'],
  appliesTo: appliesToWiredSessions,
  evaluate: (facts) => {
    const { model } = facts;
    // Where the choice put all sessions on one adapter, that is the finding, and naming both ends is its remedy.
    const verdict = oneInitiatorAddress.evaluate(facts);
    const findings: readonly RuleFinding[] = 'length' in verdict ? verdict : [];
    const told = new Set(findings.flatMap(({ subjects }) => subjects.map(({ id }) => id)));
    return conclude(facts, {
      things: wiredSessions(model),
      see: (session) => {
        if (told.has(session.id) || isBootSession(model, session)) return 'not-about';
        if (session.boundAddress === null) return { bad: session };
        return session.boundAddress === undefined
          ? {
              doubt: `Whether the sessions to ${targetById(model, session.targetId)?.name ?? session.name} name an address is not known.`,
            }
          : 'well';
      },
      report: (sessions) => {
        const subjects = sessionSubjects(model, sessions);
        const targets = subjects.flatMap(({ kind, name }) => (kind === 'target' ? [name] : []));
        const now = [
          ...new Set(
            sessions.flatMap(({ connections }) =>
              connections.flatMap(({ localAddress }) => localAddress ?? []),
            ),
          ),
        ];
        return {
          severity: 'info',
          message: `${counted(sessions.length, 'iSCSI session')} to ${listed(targets)} ${sessions.length === 1 ? 'names' : 'name'} no address of this host${now.length === 0 ? '' : ` and ${sessions.length === 1 ? 'leaves' : 'leave'} from ${listed(now)} now`}: after a restart or a change of routes it may be another.`,
          subjects,
          evidence: { sessions: sessions.length, targets, addressesNow: now },
          advice:
            'Make the sessions again with the initiator address and the target portal named; make the new one before the old one goes. Where one adapter leads to the storage it can stay as it is.',
        };
      },
      none: 'All sessions of this host were made by its firmware, or are reported by another rule.',
      isForGuests: true,
    });
  },
});
