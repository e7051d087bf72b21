/** A team NIC with an address beside a vSwitch on the same team. */
import { ownAddresses } from './address-facts.ts';
import { conclude } from './conclude.ts';
import { defineRule } from './define-rule.ts';
import { lbfoTeams, noLbfoUnderSwitch, teamNicsOf } from './storage-teams.ts';
import { listed } from './wording.ts';

export const rule = defineRule({
  id: 'team-nic-beside-vswitch',
  severities: ['error'],
  title: 'No team NIC has an address beside a vSwitch on its team',
  failureTitle: 'A team NIC has an address beside a vSwitch on the same team',
  needs: ['NetAdapter', 'NetLbfoTeam', 'NetLbfoTeamNic', 'VMSwitch', 'NetIPAddress'],
  fixes: ['management-onto-vnic'],
  evaluate: (facts) =>
    conclude(facts, {
      things: lbfoTeams(facts).flatMap((team) =>
        team.vswitchId === undefined ? [] : teamNicsOf(facts, team).map((teamNic) => ({ team, teamNic })),
      ),
      see: ({ team, teamNic }) => {
        if (teamNic.vswitchId !== undefined) return 'well';
        const own = ownAddresses(facts, teamNic).map(({ ipAddress }) => ipAddress);
        return own.length === 0 ? 'not-about' : { bad: { team, teamNic, own } };
      },
      report: (bad) =>
        bad.map(({ team, teamNic, own }) => ({
          severity: 'error',
          message: `${teamNic.name} (${listed(own)}) is a NIC of team ${team.name} beside the vSwitch on the same team: frames for one of the two are lost, which is not supported.`,
          subjects: [teamNic, team],
          evidence: { team: team.name, teamNic: teamNic.name, addresses: own },
          advice:
            'Add a vNIC of the management OS to the vSwitch, give it the address and the VLAN, then remove the team NIC. Do it from the console: the address is away for a moment.',
        })),
      none: noLbfoUnderSwitch,
      rests: ['NetLbfoTeam', 'NetLbfoTeamNic', 'VMSwitch', 'NetAdapter', 'NetIPAddress'],
    }),
});
