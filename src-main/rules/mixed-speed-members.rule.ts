/** Active members of an LBFO team that differ in speed. */
import { formatBitsPerSecond } from '#shared/units.ts';
import { activeMembers } from '../path-graph/walks.ts';
import { distinctSpeeds, totalBitsPerSecond } from './adapter-facts.ts';
import { conclude } from './conclude.ts';
import { defineRule } from './define-rule.ts';
import { lbfoTeams, noLbfoTeam } from './storage-teams.ts';
import { listed } from './wording.ts';

export const rule = defineRule({
  id: 'mixed-speed-members',
  severities: ['warning'],
  title: 'Active members of a team have one speed',
  failureTitle: 'A team mixes members of different speeds',
  needs: ['NetAdapter', 'NetLbfoTeam', 'NetLbfoTeamMember'],
  fixes: [],
  evaluate: (facts) =>
    conclude(facts, {
      things: lbfoTeams(facts),
      see: (team) => {
        const members = activeMembers(facts.model, team);
        const speeds = distinctSpeeds(members);
        if (speeds.length > 1) return { bad: { team, members, slowest: speeds[0] ?? 0 } };
        const isOpen =
          members.length < team.members.length &&
          team.members.some(
            ({ state, mode, adapterId }) => adapterId === undefined || (state ?? mode) === undefined,
          );
        if (isOpen || totalBitsPerSecond(members) === undefined) {
          return { doubt: `The speed of some members of team ${team.name} is not known.` };
        }
        return members.length < 2 ? 'not-about' : 'well';
      },
      report: (bad) =>
        bad.map(({ team, members, slowest }) => {
          const speeds = members.map(
            ({ name, speedBitsPerSecond }) => `${name}: ${formatBitsPerSecond(speedBitsPerSecond ?? 0)}`,
          );
          return {
            severity: 'warning',
            message: `Active members of team ${team.name} differ in speed (${listed(speeds)}): flows are placed without regard to it, so any of them may get ${formatBitsPerSecond(slowest)}; Windows does not support such teams.`,
            subjects: [team, ...members],
            evidence: {
              team: team.name,
              members: members.map(({ name }) => name),
              slowestBitsPerSecond: slowest,
            },
            advice: 'Let the slower members wait as standby, or take them out of the team.',
          };
        }),
      none: noLbfoTeam,
      rests: ['NetLbfoTeam', 'NetLbfoTeamMember', 'NetAdapter'],
    }),
});
