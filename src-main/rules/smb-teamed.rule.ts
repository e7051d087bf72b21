/** SMB storage that leaves by the NIC of an LBFO team, which SMB sees as one interface. */
import type { Entity, HostModel, SmbServer, Team } from '#shared/host/host-model.ts';
import type { Severity } from '#shared/finding.ts';
import {
  channelsInUse,
  interfaceById,
  memberAdapters,
  teamUnder,
  type HostInterface,
} from '../path-graph/walks.ts';
import { defineRule, type HostFacts, type RuleFinding } from './define-rule.ts';
import { isGuest } from './iscsi-paths.ts';
import {
  hasMultichannelDialect,
  isStorageChannel,
  judgedServers,
  storageIsOpen,
  withoutStorageServers,
} from './smb-storage.ts';
import { counted, distinctById, listed } from './wording.ts';

interface Teamed {
  readonly team: Team;
  readonly teamNics: readonly HostInterface[];
  readonly servers: readonly SmbServer[];
}

export const rule = defineRule({
  id: 'smb-teamed',
  severities: ['warning', 'info'],
  title: 'SMB storage does not run straight over an LBFO team',
  failureTitle: 'SMB storage runs straight over an LBFO team',
  needs: [
    'SmbConnection',
    'SmbMultichannelConnection',
    'NetAdapter',
    'NetLbfoTeam',
    'NetLbfoTeamMember',
    'NetLbfoTeamNic',
  ],
  fixes: [],
  appliesTo: {
    needs: ['SmbConnection', 'SmbMultichannelConnection'],
    notApplicable: withoutStorageServers,
  },
  evaluate: (facts) => {
    const { model } = facts;
    if (isGuest(model)) {
      return { notApplicable: 'This is a virtual machine: its adapters are made redundant on its host.' };
    }
    if (judgedServers(model).length === 0) return storageIsOpen(facts);
    const servers = judgedServers(model).filter(hasMultichannelDialect);
    const teamed = new Map<string, Teamed>();
    let unknown: SmbServer | undefined;
    for (const server of servers) {
      const ends = endsOf(facts, server);
      if (ends === undefined) unknown ??= server;
      for (const end of ends ?? []) {
        const team = end.kind === 'team-nic' ? teamUnder(model, end) : undefined;
        if (team === undefined || team.technology !== 'lbfo' || team.members.length < 2) continue;
        const there = teamed.get(team.id);
        teamed.set(team.id, {
          team,
          teamNics: distinctById([...(there?.teamNics ?? []), end]),
          servers: distinctById([...(there?.servers ?? []), server]),
        });
      }
    }
    if (teamed.size > 0) return [...teamed.values()].map((one) => findingFor(facts, one));
    return unknown === undefined
      ? []
      : { notEvaluated: `The interface that SMB to ${unknown.name} leaves by is not known.` };
  },
});

/** The interfaces that SMB to a server leaves by: of its pairs, or else of its route; undefined where neither is known. */
function endsOf({ model, graph }: HostFacts, server: SmbServer): readonly HostInterface[] | undefined {
  const inUse = channelsInUse(server).filter((channel) => isStorageChannel(server, channel));
  const ids =
    inUse.length > 0
      ? inUse.map(({ clientInterfaceId }) => clientInterfaceId)
      : graph.routes
          .filter(({ kind, targetId }) => kind === 'smb' && targetId === server.id)
          .map(({ endpointId }) => endpointId);
  const ends = ids.flatMap((id) => interfaceById(model, id) ?? []);
  return ends.length === 0 || ends.length < ids.length ? undefined : distinctById(ends);
}

function findingFor({ model, snapshot }: HostFacts, { team, teamNics, servers }: Teamed): RuleFinding {
  const members = team.members.map(({ name }) => name);
  const serverNames = servers.map(({ name }) => name);
  const rdma = snapshot.readings.NetAdapterRdma;
  const rdmaMembers =
    rdma.status === 'ok'
      ? rdma.records.filter(({ name, enabled }) => enabled && members.includes(name)).map(({ name }) => name)
      : [];
  const readsOnOne =
    team.teamingMode === 'SwitchIndependent'
      ? ', and what it reads comes in on one member'
      : ', and how its reads spread over the members is up to the physical switch';
  const lost = rdmaMembers.length === 0 ? '' : `, RDMA of ${listed(rdmaMembers)} is lost`;
  const severity = severityOf(memberSpeeds(model, team), servers);
  const teamNames = teamNics.map(({ name }) => name);
  const subjects: readonly [Entity, ...Entity[]] = [team, ...teamNics, ...servers];
  return {
    severity,
    message: `SMB to ${listed(serverNames)} leaves by ${listed(teamNames)}, the NIC of LBFO team ${team.name}: Multichannel sees one interface instead of ${counted(members.length, 'member')} (${listed(members)})${lost}${readsOnOne}.`,
    subjects,
    evidence: {
      team: team.name,
      teamNics: teamNames,
      members,
      memberBitsPerSecond: memberAdapters(model, team).map(
        ({ speedBitsPerSecond }) => speedBitsPerSecond ?? null,
      ),
      rdmaCapableMembers: rdmaMembers,
      teamingMode: team.teamingMode ?? null,
      lbAlgorithm: team.lbAlgorithm ?? null,
      servers: serverNames,
    },
    advice:
      severity === 'info'
        ? 'Nothing to do while the server has one link that is no faster than a member. If it gets more or faster ones, give SMB adapters outside the team and leave the spreading to Multichannel.'
        : 'SMB over a team is a supported setup and may still open several connections. For more than one member when reading, and for RDMA, give SMB adapters outside the team, or several storage vNICs on a vSwitch, and leave the spreading to Multichannel.',
  };
}

function memberSpeeds(model: HostModel, team: Team): readonly number[] {
  return memberAdapters(model, team).flatMap(({ speedBitsPerSecond }) => speedBitsPerSecond ?? []);
}

/** Info where the server is known to have one interface that no member is slower than: then the team holds nothing back. */
function severityOf(speeds: readonly number[], servers: readonly SmbServer[]): Severity {
  const slowest = speeds.length === 0 ? undefined : Math.min(...speeds);
  const isHeldByServer = servers.every(({ channels }) => {
    const links = new Map(
      channels.map((pair) => [pair.serverInterfaceIndex, pair.serverLinkBitsPerSecond ?? null]),
    );
    const [link] = [...links.values()];
    return links.size === 1 && typeof link === 'number' && slowest !== undefined && link <= slowest;
  });
  return isHeldByServer ? 'info' : 'warning';
}
