/** More storage vNICs than members that could carry them apart. */
import { conclude } from './conclude.ts';
import { defineRule } from './define-rule.ts';
import { appliesToStorageInterfaces, storageInterfaces } from './interface-uses.ts';
import { storageTeams } from './storage-teams.ts';
import { counted, listed } from './wording.ts';

export const rule = defineRule({
  id: 'converged-members',
  severities: ['warning', 'info'],
  title: 'Storage vNICs have a member each',
  failureTitle: 'There are more storage vNICs than members to carry them',
  needs: ['NetAdapter', 'VMSwitch', 'VMNetworkAdapter', 'VMSwitchTeam', 'NetLbfoTeam', 'NetLbfoTeamMember'],
  fixes: [],
  appliesTo: appliesToStorageInterfaces,
  evaluate: (facts) =>
    conclude(facts, {
      things: storageTeams(facts),
      see: ({ team, over, active, members }) => {
        const vnics = over.flatMap(({ interface: found }) => (found.kind === 'vnic' ? [found] : []));
        const [first, ...others] = vnics;
        if (first === undefined || others.length === 0) return 'not-about';
        if (members.length < team.members.length || active.length === 0) {
          return { doubt: `Which members of team ${team.name} are active is not known.` };
        }
        // Short only for want of a link: path-nic-down says so. One member left is one path in fact, whatever the cause.
        if (active.length > 1 && members.some(({ isUp }) => !isUp)) return 'not-about';
        return active.length >= vnics.length
          ? 'well'
          : {
              bad: {
                team,
                vnics: [first, ...others] as const,
                active,
                down: members.flatMap(({ isUp, name }) => (isUp ? [] : [name])),
              },
            };
      },
      report: (bad) =>
        bad.map(({ team, vnics, active, down }) => ({
          severity: active.length === 1 ? 'warning' : 'info',
          message: `${counted(vnics.length, 'storage vNIC')} (${listed(vnics.map(({ name }) => name))}) share ${counted(active.length, 'active member')} of team ${team.name} (${listed(active.map(({ name }) => name))}): ${active.length === 1 ? 'they are one path in fact' : 'some of them share a link'}.`,
          subjects: [team, ...vnics],
          evidence: {
            team: team.name,
            vnics: vnics.map(({ name }) => name),
            activeMembers: active.map(({ name }) => name),
            membersWithoutLink: down,
          },
          advice:
            down.length > 0
              ? `Bring the link of ${listed(down)} back: until then the vNICs are one path, and it is the last.`
              : active.length === 1
                ? 'Add a second physical member, or count this as one path: more vNICs give neither speed nor redundancy here.'
                : 'As many storage vNICs as active members are enough; further ones add path choices only.',
        })),
      none: 'No team with all its links carries several storage vNICs of this host.',
      gap: storageInterfaces(facts).gap,
    }),
});
