/** What the mode of a team with storage cannot do: separate one port's flows, or decide where the switch sends frames. */
import { conclude } from './conclude.ts';
import { defineRule } from './define-rule.ts';
import { appliesToStorageInterfaces, storageInterfaces } from './interface-uses.ts';
import { noStorageTeam, storageTeams } from './storage-teams.ts';
import { listed } from './wording.ts';

export const rule = defineRule({
  id: 'lb-mode-blocks',
  severities: ['warning', 'info'],
  title: 'The mode of storage teams lets flows separate',
  failureTitle: 'The mode of a storage team keeps flows together',
  needs: ['NetAdapter', 'NetLbfoTeam', 'NetLbfoTeamMember', 'NetLbfoTeamNic'],
  fixes: ['team-algorithm'],
  appliesTo: appliesToStorageInterfaces,
  evaluate: (facts) =>
    conclude(facts, {
      things: storageTeams(facts).filter(({ team }) => team.technology === 'lbfo'),
      see: ({ team, over, active }) => {
        const { teamingMode, lbAlgorithm } = team;
        if (teamingMode === undefined || lbAlgorithm === undefined) {
          return { doubt: `Mode and algorithm of team ${team.name} are not known.` };
        }
        if (active.length < 2) return 'not-about';
        const teamNics = over.flatMap(({ interface: found }) => (found.kind === 'team-nic' ? [found] : []));
        const isOnePort = lbAlgorithm === 'HyperVPort' && teamNics.length > 0;
        const isBySwitch = teamingMode !== 'SwitchIndependent';
        if (!isOnePort && !isBySwitch) return 'well';
        return { bad: { team, over, active, isOnePort, teamingMode, lbAlgorithm } };
      },
      report: (bad) =>
        bad.map(({ team, over, active, isOnePort, teamingMode, lbAlgorithm }) => {
          const interfaces = over.map(({ interface: found }) => found);
          const names = listed(interfaces.map(({ name }) => name));
          return {
            severity: isOnePort ? 'warning' : 'info',
            message: isOnePort
              ? `Team ${team.name} spreads by Hyper-V port without a vSwitch on it: ${names} is one port, so all storage stays on one of ${active.length} active members.`
              : `Team ${team.name} depends on the switch (${teamingMode}): over which of ${active.length} active members storage arrives at ${names} is decided by the hash of the physical switch, which is not visible from here.`,
            subjects: [team, ...interfaces],
            evidence: {
              team: team.name,
              teamingMode,
              lbAlgorithm,
              interfaces: interfaces.map(({ name }) => name),
              activeMembers: active.map(({ name }) => name),
            },
            advice: isOnePort
              ? 'Without a vSwitch use Dynamic or an address hash. Better: give storage adapters of its own and let MPIO or Multichannel use them.'
              : 'Set the hash of the switch to addresses and ports, and measure whether several members receive. Where that cannot be had, a switch-independent team leaves less to chance.',
          };
        }),
      none: noStorageTeam,
      gap: storageInterfaces(facts).gap,
    }),
});
