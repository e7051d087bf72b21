/** Several addresses on one team NIC, each with iSCSI sessions of its own, to make MPIO see several paths. */
import { conclude } from './conclude.ts';
import { defineRule } from './define-rule.ts';
import { storageInterfaces } from './interface-uses.ts';
import { appliesToWiredSessions } from './iscsi-paths.ts';
import { listed } from './wording.ts';

export const rule = defineRule({
  id: 'extra-address-on-team-nic',
  severities: ['info'],
  title: 'iSCSI uses one address of each team NIC',
  failureTitle: 'iSCSI uses several addresses of one team NIC',
  needs: ['NetAdapter', 'NetIPAddress', 'IscsiSession', 'IscsiConnection', 'NetLbfoTeam', 'NetLbfoTeamNic'],
  fixes: [],
  appliesTo: appliesToWiredSessions,
  evaluate: (facts) =>
    conclude(facts, {
      things: storageInterfaces(facts).inUse.filter(
        ({ interface: { kind }, sessions }) => kind === 'team-nic' && sessions.length > 0,
      ),
      see: ({ interface: teamNic, sessions, team }) => {
        const connections = sessions.flatMap((session) => session.connections);
        const used = [...new Set(connections.flatMap(({ localAddress }) => localAddress ?? []))];
        if (used.length > 1) return { bad: { teamNic, team, used } };
        return connections.some(({ localAddress }) => localAddress === undefined)
          ? { doubt: `The addresses that some sessions leave from over ${teamNic.name} are not known.` }
          : 'well';
      },
      report: (bad) =>
        bad.map(({ teamNic, team, used }) => ({
          severity: 'info',
          message: `iSCSI sessions leave from ${used.length} addresses of ${teamNic.name} (${listed(used)}): MPIO counts them as paths, while the team alone decides whether they ever leave by different members.`,
          subjects: team === undefined ? [teamNic] : [teamNic, team],
          evidence: { teamNic: teamNic.name, addresses: used },
          advice:
            'Sessions from vNICs on a vSwitch over the team, or from adapters without a team, are the designs that are tried and supported. Watch the members under load before you rely on this one.',
        })),
      none: 'No iSCSI session leaves by a team NIC.',
      gap: storageInterfaces(facts).gap,
    }),
});
