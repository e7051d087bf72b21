/** Several team NICs on one LBFO team of which more than one is without a VLAN. */
import { conclude } from './conclude.ts';
import { defineRule } from './define-rule.ts';
import { lbfoTeams, teamNicsOf } from './storage-teams.ts';
import { listed } from './wording.ts';

export const rule = defineRule({
  id: 'tnic-vlan',
  severities: ['warning'],
  title: 'Of several team NICs all but one have a VLAN',
  failureTitle: 'Several team NICs share the untagged frames of their team',
  needs: ['NetAdapter', 'NetLbfoTeam', 'NetLbfoTeamNic'],
  fixes: ['team-nic-vlan'],
  evaluate: (facts) =>
    conclude(facts, {
      things: lbfoTeams(facts),
      see: (team) => {
        const teamNics = teamNicsOf(facts, team);
        // Beside a vSwitch no further team NIC belongs there at all: team-extra-interface, team-nic-beside-vswitch.
        if (teamNics.length < 2 || team.vswitchId !== undefined) return 'not-about';
        const [first, second, ...others] = teamNics.filter(({ vlanId }) => vlanId === null || vlanId === 0);
        if (first !== undefined && second !== undefined) {
          return { bad: { team, untagged: [first, second, ...others] as const } };
        }
        const unknown = teamNics.filter(({ vlanId }) => vlanId === undefined).map(({ name }) => name);
        return unknown.length > 0 ? { doubt: `The VLAN of ${listed(unknown)} is not known.` } : 'well';
      },
      report: (bad) =>
        bad.map(({ team, untagged }) => ({
          severity: 'warning',
          message: `${listed(untagged.map(({ name }) => name))} of team ${team.name} have no VLAN: only one of them gets the untagged frames.`,
          subjects: [...untagged, team],
          evidence: { team: team.name, untagged: untagged.map(({ name }) => name) },
          advice:
            'Give all team NICs but one a VLAN of their own. The change renames a team NIC and restarts it.',
        })),
      none: 'No LBFO team of this host has several team NICs of its own.',
      rests: ['NetLbfoTeam', 'NetLbfoTeamNic', 'VMSwitch', 'NetAdapter'],
    }),
});
