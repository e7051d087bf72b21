/** Targets that this host means to use and has no connected session to. */
import { conclude } from './conclude.ts';
import { defineRule } from './define-rule.ts';
import { appliesToInitiator, loginsByTarget } from './favourites.ts';
import { anyGapOf } from './readings.ts';
import { listed } from './wording.ts';

export const rule = defineRule({
  id: 'iscsi-target-down',
  severities: ['warning'],
  title: 'Every iSCSI target in use is connected',
  failureTitle: 'An iSCSI target has no connected session',
  needs: ['IscsiSession', 'IscsiTarget', 'IscsiPersistentLogin'],
  fixes: [],
  appliesTo: appliesToInitiator,
  evaluate: (facts) =>
    conclude(facts, {
      things: loginsByTarget(facts),
      see: (of) => {
        if (of.connected.length > 0) {
          return of.connected.some(
            ({ isConnected, connections }) => isConnected === true || connections.length > 0,
          )
            ? 'well'
            : { doubt: `Whether a session to ${of.target.name} is connected is not known.` };
        }
        // A favourite of a target that no portal offers any more is left over: iscsi-favourite-dead.
        if (of.sessions.length === 0 && of.isOffered !== true) return 'not-about';
        return anyGapOf(facts.snapshot, 'IscsiSession') === undefined
          ? { bad: of }
          : { doubt: `Whether ${of.target.name} has a connected session is not known.` };
      },
      report: (down) => {
        const [first, ...others] = down.map(({ target }) => target);
        if (first === undefined) return [];
        const names = down.map(({ target }) => target.name);
        return {
          severity: 'warning',
          message: `${listed(names)} ${names.length === 1 ? 'is a target' : 'are targets'} of this host without a connected session: ${names.length === 1 ? 'its' : 'their'} disks are not there.`,
          subjects: [first, ...others, ...down.flatMap(({ sessions }) => sessions)],
          evidence: {
            targets: names,
            favouriteLogins: down.map(({ logins }) => logins.length),
            sessionsNotConnected: down.map(({ sessions }) => sessions.length),
          },
          advice:
            'See whether a portal of the target answers on port 3260 from the address of the storage adapter, then what the array says about the login. If the target is not meant to be used any more, remove its favourites.',
        };
      },
      none: 'This host means to use no target that its portals offer.',
      isForGuests: true,
    }),
});
