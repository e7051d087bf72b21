/** A storage team with one active member while others wait. */
import { conclude } from './conclude.ts';
import { defineRule } from './define-rule.ts';
import { appliesToStorageInterfaces, storageInterfaces } from './interface-uses.ts';
import { noStorageTeam, storageTeams } from './storage-teams.ts';
import { listed } from './wording.ts';

export const rule = defineRule({
  id: 'standby-member',
  severities: ['info'],
  title: 'No member of a storage team only waits',
  failureTitle: 'A storage team has one active member, others wait',
  needs: ['NetAdapter', 'NetLbfoTeam', 'NetLbfoTeamMember'],
  fixes: [],
  appliesTo: appliesToStorageInterfaces,
  evaluate: (facts) =>
    conclude(facts, {
      things: storageTeams(facts),
      see: ({ team }) => {
        if (team.technology === 'set') return 'not-about';
        const roles = team.members.map(({ mode, state, name }) => ({ name, role: mode ?? state }));
        const standby = roles.flatMap(({ name, role }) => (role === 'Standby' ? [name] : []));
        const active = roles.filter(({ role }) => role === 'Active');
        const [one] = active;
        if (standby.length > 0 && active.length === 1 && one !== undefined) {
          return { bad: { team, standby, active: one.name } };
        }
        return roles.some(({ role }) => role === undefined)
          ? { doubt: `Which members of team ${team.name} wait is not known.` }
          : 'well';
      },
      report: (bad) =>
        bad.map(({ team, standby, active }) => ({
          severity: 'info',
          message: `Storage goes through team ${team.name} with ${active} as its only active member, while ${listed(standby)} ${standby.length === 1 ? 'waits' : 'wait'}: it has the speed of one adapter.`,
          subjects: [team],
          evidence: { team: team.name, active, standby },
          advice:
            'This is a design, and a safe one. If one adapter is not enough for storage, let all members be active in switch-independent mode, or give storage adapters of its own.',
        })),
      none: noStorageTeam,
      gap: storageInterfaces(facts).gap,
    }),
});
