/** A team mapping that names an adapter which is no member of the vSwitch's team. */
import { teamUnder } from '../path-graph/walks.ts';
import { conclude } from './conclude.ts';
import { defineRule } from './define-rule.ts';
import { listed } from './wording.ts';

export const rule = defineRule({
  id: 'mapping-stale',
  severities: ['warning'],
  title: 'Every team mapping names a member of its team',
  failureTitle: 'A team mapping names no member of its team',
  needs: ['NetAdapter', 'VMSwitch', 'VMSwitchTeam', 'VMNetworkAdapter', 'VMNetworkAdapterTeamMapping'],
  fixes: [],
  evaluate: (facts) =>
    conclude(facts, {
      things: facts.model.vnics,
      see: (vnic) => {
        const mapped = vnic.mappedMember;
        if (mapped === undefined || mapped === null) return 'not-about';
        const team = teamUnder(facts.model, vnic);
        if (team === undefined) return { doubt: `The team under ${vnic.name} is not known.` };
        if (team.members.some(({ adapterId }) => adapterId === undefined)) {
          return { doubt: `Some members of ${team.name} are not known.` };
        }
        return team.members.some(({ adapterId }) => adapterId === mapped.adapterId)
          ? 'well'
          : { bad: { vnic, team, mapped: mapped.name } };
      },
      report: (bad) =>
        bad.map(({ vnic, team, mapped }) => {
          const members = team.members.map(({ name }) => name);
          return {
            severity: 'warning',
            message: `${vnic.name} is mapped to ${mapped}, which is no member of team ${team.name} (${listed(members)}): the mapping does nothing, and the vNIC stands on any member.`,
            subjects: [vnic, team],
            evidence: { vnic: vnic.name, mappedTo: mapped, team: team.name, members },
            advice: 'Remove the mapping and set it anew with the name that the adapter has now.',
          };
        }),
      none: 'No vNIC of this host has a team mapping.',
      rests: ['VMNetworkAdapterTeamMapping', 'VMNetworkAdapter'],
    }),
});
