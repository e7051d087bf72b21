/** Members of a Switch Embedded Team that differ in speed or driver. */
import { formatBitsPerSecond } from '#shared/units.ts';
import { memberAdapters } from '../path-graph/walks.ts';
import { distinctSpeeds, netAdapterOf, totalBitsPerSecond } from './adapter-facts.ts';
import { conclude } from './conclude.ts';
import { defineRule } from './define-rule.ts';

export const rule = defineRule({
  id: 'set-asymmetric',
  severities: ['warning'],
  title: 'Members of an embedded team are alike',
  failureTitle: 'Members of an embedded team differ',
  needs: ['NetAdapter', 'VMSwitch', 'VMSwitchTeam'],
  fixes: [],
  evaluate: (facts) =>
    conclude(facts, {
      things: facts.model.teams.filter(({ technology }) => technology === 'set'),
      see: (team) => {
        const members = memberAdapters(facts.model, team).filter(({ isUp }) => isUp);
        const files = members.map((member) => netAdapterOf(facts, member)?.driverFileName?.toLowerCase());
        const speeds = distinctSpeeds(members);
        const areDriversMixed = new Set(files.filter((file) => file !== undefined)).size > 1;
        if (speeds.length > 1 || areDriversMixed) return { bad: { team, members, files, speeds } };
        if (totalBitsPerSecond(members) === undefined || files.includes(undefined)) {
          return { doubt: `Speed or driver of some members of ${team.name} is not known.` };
        }
        if (team.members.some(({ adapterId }) => adapterId === undefined)) {
          return { doubt: `Some members of ${team.name} are not known.` };
        }
        return members.length < 2 ? 'not-about' : 'well';
      },
      report: (bad) =>
        bad.map(({ team, members, files, speeds }) => {
          const said = members.map(
            ({ name, speedBitsPerSecond }, at) =>
              `${name}: ${typeof speedBitsPerSecond === 'number' ? formatBitsPerSecond(speedBitsPerSecond) : 'speed not known'}, ${files[at] ?? 'driver not known'}`,
          );
          return {
            severity: 'warning',
            message: `Members of the embedded team ${team.name} differ in ${speeds.length > 1 ? 'speed' : 'driver'} (${said.join('; ')}); Switch Embedded Teaming is made for equal adapters, and ${speeds.length > 1 ? `a vNIC may land on the slowest (${formatBitsPerSecond(speeds[0] ?? 0)})` : 'offloads work only where all have them'}.`,
            subjects: [team, ...members],
            evidence: {
              team: team.name,
              members: members.map(({ name }) => name),
              slowestBitsPerSecond: speeds[0] ?? null,
              driverFiles: [...new Set(files.flatMap((file) => file ?? []))],
            },
            advice:
              'Use members of one make, driver and speed. Removing a member is quick; what stands on it moves to the others.',
          };
        }),
      none: 'This host has no Switch Embedded Team with two members that are up.',
      rests: ['VMSwitch', 'VMSwitchTeam', 'NetAdapter'],
    }),
});
