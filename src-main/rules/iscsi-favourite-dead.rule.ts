/** Favourite targets without a session, or more favourites than sessions: Windows goes on trying them. */
import { conclude, type Seen } from './conclude.ts';
import { defineRule } from './define-rule.ts';
import { appliesToInitiator, loginsByTarget, type TargetLogins } from './favourites.ts';
import { anyGapOf } from './readings.ts';
import { counted, listed } from './wording.ts';

interface Dead {
  readonly of: TargetLogins;
  readonly surplus: number;
  readonly portals: readonly string[];
}

export const rule = defineRule({
  id: 'iscsi-favourite-dead',
  severities: ['warning'],
  title: 'Every favourite target has its session',
  failureTitle: 'A favourite target has no session',
  needs: ['IscsiPersistentLogin', 'IscsiSession', 'IscsiTarget'],
  fixes: ['iscsi-remove-favourites'],
  appliesTo: appliesToInitiator,
  evaluate: (facts) =>
    conclude(facts, {
      things: loginsByTarget(facts),
      see: (of) => {
        const seen = see(of);
        const isOpen = anyGapOf(facts.snapshot, 'IscsiSession') ?? anyGapOf(facts.snapshot, 'IscsiTarget');
        return typeof seen !== 'string' && 'bad' in seen && isOpen !== undefined
          ? { doubt: `Whether each favourite login to ${of.target.name} has its session is not known.` }
          : seen;
      },
      report: (dead) => {
        const [first, ...others] = dead.map(({ of }) => of.target);
        if (first === undefined) return [];
        const surplus = dead.reduce((sum, one) => sum + one.surplus, 0);
        const names = dead.map(({ of }) => of.target.name);
        const portals = [...new Set(dead.flatMap((one) => one.portals))];
        return {
          severity: 'warning',
          message: `${counted(surplus, 'favourite login')} to ${listed(names)}${portals.length === 0 ? '' : ` (${listed(portals)})`} ${surplus === 1 ? 'has' : 'have'} no session: Windows goes on trying, and makes what it can at the next start.`,
          subjects: [first, ...others],
          evidence: {
            targets: names,
            portals,
            logins: dead.map(({ of }) => of.logins.length),
            sessions: dead.map(({ of }) => of.connected.length),
          },
          advice:
            'If the session should be there, find out why it is not: the portal, the route to it, the name or secret of the login. If the target is gone or the login is there twice, remove the favourite (iscsicli ListPersistentTargets, RemovePersistentTarget; one call removes one).',
        };
      },
      none: 'This host has no favourite target.',
      isForGuests: true,
    }),
});

function see(of: TargetLogins): Seen<Dead> {
  if (of.logins.length === 0) return 'not-about';
  // A target that is offered and has no session at all is down: iscsi-target-down says so.
  if (of.connected.length === 0 && of.isOffered !== false) return 'well';
  // A session of several connections may have a login for each. A session that lost its connection is one all the same.
  const ways = of.sessions.reduce((sum, { connections }) => sum + Math.max(1, connections.length), 0);
  const surplus = of.logins.length - ways;
  if (surplus <= 0) return 'well';
  const reached = of.sessions.flatMap(({ connections }) =>
    connections.flatMap(({ targetAddress }) => targetAddress ?? []),
  );
  const portals = [...new Set(of.logins.flatMap(({ targetPortalAddress }) => targetPortalAddress ?? []))];
  const idle = portals.filter((portal) => !reached.includes(portal));
  return { bad: { of, surplus, portals: idle.length > 0 ? idle : portals } };
}
