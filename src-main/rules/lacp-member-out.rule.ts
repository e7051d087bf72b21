/** Members of an LACP team that have a link and still do not take part. */
import { adapterById } from '../path-graph/walks.ts';
import { conclude } from './conclude.ts';
import { defineRule } from './define-rule.ts';
import { lbfoTeams } from './storage-teams.ts';
import { counted, listed } from './wording.ts';

export const rule = defineRule({
  id: 'lacp-member-out',
  severities: ['error', 'warning'],
  title: 'All members of LACP teams have agreed with the switch',
  failureTitle: 'A member of an LACP team has not agreed with the switch',
  needs: ['NetAdapter', 'NetLbfoTeam', 'NetLbfoTeamMember'],
  fixes: [],
  evaluate: (facts) =>
    conclude(facts, {
      things: lbfoTeams(facts),
      see: (team) => {
        if (team.teamingMode === undefined) return { doubt: `The mode of team ${team.name} is not known.` };
        if (team.teamingMode !== 'Lacp') return 'not-about';
        const out = team.members.filter(
          ({ state, failureReason, adapterId }) =>
            /lacpnegotiation/i.test(failureReason ?? '') ||
            // Without a link it is another fault: path-nic-down.
            (state === 'Failed' && adapterById(facts.model, adapterId)?.isUp === true),
        );
        if (out.length > 0) return { bad: { team, out } };
        const isOpen = team.members.some(
          ({ state, adapterId }) => state === undefined || adapterId === undefined,
        );
        return isOpen ? { doubt: `The state of some members of team ${team.name} is not known.` } : 'well';
      },
      report: (bad) =>
        bad.map(({ team, out }) => {
          const names = out.map(({ name }) => name);
          const isDown = team.members.every(({ state }) => state !== 'Active');
          const reasons = [...new Set(out.flatMap(({ failureReason }) => failureReason ?? []))];
          return {
            severity: isDown ? 'error' : 'warning',
            message: `${counted(out.length, 'member')} of ${team.members.length} of the LACP team ${team.name} (${listed(names)}) ${out.length === 1 ? 'has' : 'have'} a link and no agreement with the switch${reasons.length > 0 ? ` (${listed(reasons)})` : ''}${isDown ? ': the team carries nothing' : ', so the team carries less than its links could'}.`,
            subjects: [team, ...out.flatMap(({ adapterId }) => adapterById(facts.model, adapterId) ?? [])],
            evidence: { team: team.name, out: names, reasons, status: team.status ?? null },
            advice:
              'See the switch: all ports of the team have to be in one bundle with LACP, on one switch or one stack. A team in switch-independent mode needs no such agreement.',
          };
        }),
      none: 'This host has no LBFO team in LACP mode.',
      rests: ['NetLbfoTeam', 'NetLbfoTeamMember', 'NetAdapter'],
    }),
});
