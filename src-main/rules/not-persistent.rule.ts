/** Sessions that bring disks and are no favourite: they are gone after a restart. */
import { diskNumbered, targetById } from '../path-graph/walks.ts';
import { conclude, type Seen } from './conclude.ts';
import { defineRule, type HostFacts } from './define-rule.ts';
import { isBootSession, loginsByTarget } from './favourites.ts';
import { appliesToSessions, sessionSubjects } from './iscsi-paths.ts';
import type { IscsiSession } from '#shared/host/host-model.ts';
import { counted, listed } from './wording.ts';

export const rule = defineRule({
  id: 'not-persistent',
  severities: ['warning'],
  title: 'iSCSI sessions come back after a restart',
  failureTitle: 'An iSCSI session does not come back after a restart',
  needs: ['IscsiSession', 'Disk'],
  fixes: ['iscsi-sessions-persistent'],
  appliesTo: appliesToSessions,
  evaluate: (facts) => {
    const favourites = new Map(loginsByTarget(facts).map(({ target, logins }) => [target.id, logins]));
    return conclude(facts, {
      things: facts.model.sessions.filter(({ isConnected }) => isConnected !== false),
      see: (session) =>
        see(
          facts,
          session,
          (favourites.get(session.targetId) ?? []).flatMap(
            ({ targetPortalAddress }) => targetPortalAddress ?? [],
          ),
        ),
      report: (sessions) => {
        const subjects = sessionSubjects(facts.model, sessions);
        const targets = subjects.flatMap(({ kind, name }) => (kind === 'target' ? [name] : []));
        const one = sessions.length === 1;
        return {
          severity: 'warning',
          message: `${counted(sessions.length, 'iSCSI session')} to ${listed(targets)} ${one ? 'is' : 'are'} no favourite: after a restart Windows does not make ${one ? 'it' : 'them'} again.`,
          subjects,
          evidence: {
            sessions: sessions.length,
            targets,
            disks: [...new Set(sessions.flatMap(({ diskNumbers }) => diskNumbers ?? []))],
          },
          advice:
            'Register the session (Register-IscsiSession) after its addresses are the right ones: a favourite keeps what the session was made with. Register it once; each further time makes one session more at the next start.',
        };
      },
      none: 'No session of the Microsoft initiator brings a disk.',
      isForGuests: true,
    });
  },
});

function see(facts: HostFacts, session: IscsiSession, favourites: readonly string[]): Seen<IscsiSession> {
  const { model } = facts;
  // A session without a disk carries no storage; an HBA and a vendor's service keep logins of their own.
  if (session.isOffloaded || session.diskNumbers?.length === 0 || isBootSession(model, session))
    return 'not-about';
  const disks = (session.diskNumbers ?? []).flatMap((number) => diskNumbered(model, number) ?? []);
  if (disks.some(({ mpio }) => mpio?.dsmName !== undefined && !mpio.isMicrosoftDsm)) return 'not-about';
  if (session.isPersistent === undefined) {
    return {
      doubt: `Whether the sessions to ${targetById(model, session.targetId)?.name ?? session.name} are favourites is not known.`,
    };
  }
  if (session.isPersistent) return 'well';
  const reached = session.connections.flatMap(({ targetAddress }) => targetAddress ?? []);
  return reached.some((address) => favourites.includes(address)) ? 'well' : { bad: session };
}
