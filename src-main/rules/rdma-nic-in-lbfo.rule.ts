/** RDMA adapters as members of an LBFO team, which hides RDMA from everything above it. */
import { recordOf } from './adapter-facts.ts';
import { memberAdapters } from '../path-graph/walks.ts';
import { conclude } from './conclude.ts';
import { defineRule } from './define-rule.ts';
import { storageTeams, lbfoTeams, noLbfoTeam } from './storage-teams.ts';
import { listed } from './wording.ts';

export const rule = defineRule({
  id: 'rdma-nic-in-lbfo',
  severities: ['warning', 'info'],
  title: 'No LBFO team hides RDMA adapters',
  failureTitle: 'An LBFO team hides RDMA adapters',
  needs: ['NetAdapter', 'NetLbfoTeam', 'NetLbfoTeamMember', 'NetAdapterRdma'],
  fixes: [],
  evaluate: (facts) => {
    const withSmb = new Set(
      storageTeams(facts).flatMap(({ team, over }) =>
        over.some(({ channels }) => channels.length > 0) ? [team.id] : [],
      ),
    );
    return conclude(facts, {
      things: lbfoTeams(facts),
      see: (team) => {
        const rdma = memberAdapters(facts.model, team).filter(
          (adapter) => recordOf(facts, 'NetAdapterRdma', adapter)?.enabled === true,
        );
        const [first, ...others] = rdma;
        if (first !== undefined) return { bad: { team, rdma: [first, ...others] as const } };
        const unknown = team.members.flatMap(({ adapterId, name }) =>
          adapterId === undefined ? [name] : [],
        );
        return unknown.length > 0 ? { doubt: `The adapter ${listed(unknown)} is not known.` } : 'well';
      },
      report: (bad) =>
        bad.map(({ team, rdma }) => {
          const isUsed = withSmb.has(team.id);
          return {
            severity: isUsed ? 'warning' : 'info',
            message: `${listed(rdma.map(({ name }) => name))} can do RDMA, which is lost as long as they are members of the LBFO team ${team.name}${isUsed ? '; SMB storage goes through this team over TCP' : ''}.`,
            subjects: [...rdma, team],
            evidence: {
              team: team.name,
              rdmaMembers: rdma.map(({ name }) => name),
              carriesSmbStorage: isUsed,
            },
            advice: isUsed
              ? 'Take the adapters for storage out of the team and give each an address of its own, or use Switch Embedded Teaming (Server 2016 and later) with vNICs that have RDMA.'
              : 'Nothing is lost while storage goes elsewhere. If SMB storage comes to this host, keep these adapters out of LBFO.',
          };
        }),
      none: noLbfoTeam,
      rests: ['NetLbfoTeam', 'NetLbfoTeamMember', 'NetAdapterRdma'],
    });
  },
});
