/** Storage vNICs over a switch-independent LBFO team with address hash: all that is read comes in by one member. */
import { formatBitsPerSecond } from '#shared/units.ts';
import { totalBitsPerSecond } from './adapter-facts.ts';
import { conclude } from './conclude.ts';
import { defineRule } from './define-rule.ts';
import { appliesToStorageInterfaces, storageInterfaces } from './interface-uses.ts';
import { noStorageTeam, storageTeams } from './storage-teams.ts';
import { listed } from './wording.ts';

const hashes: readonly (string | undefined)[] = ['TransportPorts', 'IPAddresses', 'MacAddresses'];

export const rule = defineRule({
  id: 'lbfo-receive-primary',
  severities: ['warning'],
  title: 'What storage vNICs read may come in by every member',
  failureTitle: 'All that storage vNICs read comes in by one member',
  needs: ['NetAdapter', 'NetLbfoTeam', 'NetLbfoTeamMember', 'VMSwitch', 'VMNetworkAdapter'],
  fixes: ['team-algorithm'],
  appliesTo: appliesToStorageInterfaces,
  evaluate: (facts) =>
    conclude(facts, {
      things: storageTeams(facts).flatMap(({ team, over, active }) => {
        const [first, ...others] = over.flatMap(({ interface: found }) =>
          found.kind === 'vnic' ? [found] : [],
        );
        return team.technology === 'lbfo' && first !== undefined
          ? [{ team, active, vnics: [first, ...others] as const }]
          : [];
      }),
      see: ({ team, vnics, active }) => {
        if (team.teamingMode === undefined || team.lbAlgorithm === undefined) {
          return { doubt: `Mode and algorithm of team ${team.name} are not known.` };
        }
        if (team.teamingMode !== 'SwitchIndependent' || !hashes.includes(team.lbAlgorithm)) return 'well';
        return active.length < 2 ? 'not-about' : { bad: { team, vnics, active } };
      },
      report: (bad) =>
        bad.map(({ team, vnics, active }) => {
          const total = totalBitsPerSecond(active);
          const one = Math.max(...active.map(({ speedBitsPerSecond }) => speedBitsPerSecond ?? 0));
          const figures =
            total === undefined
              ? ''
              : `: at most ${formatBitsPerSecond(one)} of ${formatBitsPerSecond(total)}`;
          return {
            severity: 'warning',
            message: `Team ${team.name} is switch independent and spreads by address hash (${team.lbAlgorithm ?? ''}), so everything that ${listed(vnics.map(({ name }) => name))} receive${vnics.length === 1 ? 's' : ''} comes in by one of ${active.length} members${figures}.`,
            subjects: [team, ...vnics],
            evidence: {
              team: team.name,
              lbAlgorithm: team.lbAlgorithm ?? null,
              vnics: vnics.map(({ name }) => name),
              activeMembers: active.map(({ name }) => name),
              oneMemberBitsPerSecond: one,
              allMembersBitsPerSecond: total ?? null,
            },
            advice:
              'Set the algorithm to Dynamic or Hyper-V port (Set-NetLbfoTeam): then each vNIC receives by the member that it stands on. Addresses move between ports for a moment.',
          };
        }),
      none: noStorageTeam,
      gap: storageInterfaces(facts).gap,
    }),
});
