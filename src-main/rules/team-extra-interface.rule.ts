/** A further team NIC, without an address, on an LBFO team that a vSwitch stands on. */
import { ownAddresses } from './address-facts.ts';
import { conclude } from './conclude.ts';
import { defineRule } from './define-rule.ts';
import { lbfoTeams, noLbfoUnderSwitch, teamNicsOf } from './storage-teams.ts';
import { listed } from './wording.ts';

export const rule = defineRule({
  id: 'team-extra-interface',
  severities: ['warning'],
  title: 'A team under a vSwitch has no further team NIC',
  failureTitle: 'A team under a vSwitch has a further team NIC',
  needs: ['NetAdapter', 'NetLbfoTeam', 'NetLbfoTeamNic', 'VMSwitch', 'NetIPAddress'],
  fixes: [],
  evaluate: (facts) =>
    conclude(facts, {
      things: lbfoTeams(facts),
      see: (team) => {
        if (team.vswitchId === undefined) return 'not-about';
        // With an address of its own it is another fault: team-nic-beside-vswitch.
        const [first, ...others] = teamNicsOf(facts, team).filter(
          (teamNic) => teamNic.vswitchId === undefined && ownAddresses(facts, teamNic).length === 0,
        );
        return first === undefined ? 'well' : { bad: { team, extra: [first, ...others] as const } };
      },
      report: (bad) =>
        bad.map(({ team, extra }) => ({
          severity: 'warning',
          message: `Team ${team.name} carries a vSwitch and has a further team NIC (${listed(extra.map(({ name }) => name))}): frames of its VLAN do not reach the vSwitch.`,
          subjects: [...extra, team],
          evidence: { team: team.name, extraTeamNics: extra.map(({ name }) => name) },
          advice: 'Remove the further team NIC; VLANs of such a team belong on the ports of the vSwitch.',
        })),
      none: noLbfoUnderSwitch,
      rests: ['NetLbfoTeam', 'NetLbfoTeamNic', 'VMSwitch', 'NetAdapter'],
    }),
});
