/** A VLAN on the team NIC that a vSwitch stands on. */
import { conclude } from './conclude.ts';
import { defineRule } from './define-rule.ts';
import { lbfoTeams, noLbfoUnderSwitch, storageTeams, teamNicsOf } from './storage-teams.ts';
import { listed } from './wording.ts';

export const rule = defineRule({
  id: 'team-nic-not-default',
  severities: ['error', 'warning'],
  title: 'The team NIC under a vSwitch has no VLAN',
  failureTitle: 'The team NIC under a vSwitch has a VLAN',
  needs: ['NetAdapter', 'NetLbfoTeam', 'NetLbfoTeamNic', 'VMSwitch'],
  fixes: ['team-nic-all-vlans'],
  evaluate: (facts) =>
    conclude(facts, {
      things: lbfoTeams(facts).flatMap((team) =>
        teamNicsOf(facts, team).flatMap((teamNic) =>
          teamNic.vswitchId === undefined ? [] : [{ team, teamNic }],
        ),
      ),
      see: ({ team, teamNic }) => {
        const { vlanId } = teamNic;
        if (vlanId === undefined) return { doubt: `The VLAN of ${teamNic.name} is not known.` };
        if (vlanId === null || vlanId === 0) return 'well';
        const tagged = (storageTeams(facts).find((one) => one.team.id === team.id)?.over ?? []).flatMap(
          ({ interface: found }) =>
            found.kind === 'vnic' && typeof found.vlanId === 'number' && found.vlanId > 0 ? [found] : [],
        );
        return { bad: { team, teamNic, vlanId, tagged } };
      },
      report: (bad) =>
        bad.map(({ team, teamNic, vlanId, tagged }) => ({
          severity: tagged.length > 0 ? 'error' : 'warning',
          message: `${teamNic.name}, the NIC of team ${team.name} under a vSwitch, is in VLAN ${vlanId}: the vSwitch gets the frames of this VLAN alone${tagged.length > 0 ? `, although ${listed(tagged.map(({ name }) => name))} should carry storage in a VLAN of ${tagged.length === 1 ? 'its' : 'their'} own` : ''}.`,
          subjects: [teamNic, team, ...tagged],
          evidence: { teamNic: teamNic.name, vlanId, storageVnics: tagged.map(({ name }) => name) },
          advice:
            'Set the team NIC back to its default (all VLANs), and set VLANs on the ports of the vSwitch. The switch ports have to be trunks. Everything on the vSwitch stalls for a moment.',
        })),
      none: noLbfoUnderSwitch,
      rests: ['NetLbfoTeam', 'NetLbfoTeamNic', 'VMSwitch', 'NetAdapter'],
    }),
});
