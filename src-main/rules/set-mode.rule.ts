/** Dynamic load balancing of an embedded team with storage vNICs from 10 Gbit/s on. */
import { formatBitsPerSecond } from '#shared/units.ts';
import { distinctSpeeds } from './adapter-facts.ts';
import { conclude } from './conclude.ts';
import { defineRule } from './define-rule.ts';
import { appliesToStorageInterfaces, storageInterfaces } from './interface-uses.ts';
import { noStorageTeam, storageTeams } from './storage-teams.ts';

export const rule = defineRule({
  id: 'set-mode',
  severities: ['info'],
  title: 'Embedded teams with storage place vNICs by Hyper-V port',
  failureTitle: 'An embedded team with storage uses Dynamic load balancing',
  needs: ['NetAdapter', 'VMSwitch', 'VMSwitchTeam'],
  fixes: [],
  appliesTo: appliesToStorageInterfaces,
  thresholds: {
    fromGigabits: {
      value: 10,
      unit: 'Gbit/s',
      says: 'From this speed of the members on, Hyper-V port is advised.',
    },
  },
  evaluate: (facts, { fromGigabits }) =>
    conclude(facts, {
      things: storageTeams(facts).filter(({ team }) => team.technology === 'set'),
      see: ({ team, active }) => {
        if (team.lbAlgorithm === 'HyperVPort') return 'well';
        if (active.length < 2) return 'not-about';
        const speed = distinctSpeeds(active).at(-1);
        if (team.lbAlgorithm === undefined || speed === undefined) {
          return { doubt: `The algorithm of ${team.name} or the speed of its members is not known.` };
        }
        return speed >= fromGigabits * 1e9 ? { bad: { team, speed, algorithm: team.lbAlgorithm } } : 'well';
      },
      report: (bad) =>
        bad.map(({ team, speed, algorithm }) => ({
          severity: 'info',
          message: `The embedded team ${team.name} (members of ${formatBitsPerSecond(speed)}) spreads by ${algorithm}; from ${fromGigabits} Gb/s on Hyper-V port is advised, which costs less and keeps each vNIC on one member.`,
          subjects: [team],
          evidence: { team: team.name, lbAlgorithm: algorithm, memberBitsPerSecond: speed },
          advice:
            'Change it when you are at it anyway; vNICs move between members for a moment. Never pass adapter names in that call: they replace the members.',
        })),
      none: noStorageTeam,
      gap: storageInterfaces(facts).gap,
    }),
});
