/** LBFO teams: their members and the NICs they present. Switch Embedded Teams come with their switch. */
import type { Team, TeamMember, TeamNic } from '#shared/host/host-model.ts';
import type { NetLbfoTeamMemberRecord } from '#shared/host/network-records.ts';
import type { Snapshot } from '#shared/host/snapshot.ts';
import { findNamed } from './adapters.ts';
import type { Interfaces } from './adapters.ts';
import { groupBy, known, nameKey, recordsOf } from './joins.ts';
import type { Ledger } from './joins.ts';

type TeamNicFacts = Pick<TeamNic, 'teamId' | 'vlanId' | 'isPrimary' | 'isDefault'>;

export interface LbfoTeams {
  readonly teams: readonly Team[];
  readonly teamOfAdapter: ReadonlyMap<string, string>;
  /** By id of the team NIC. */
  readonly teamNicFacts: ReadonlyMap<string, TeamNicFacts>;
}

function lbfoTeamId(name: string): string {
  return `team:${nameKey(name)}`;
}

export function findLbfoTeams(snapshot: Snapshot, interfaces: Interfaces, ledger: Ledger): LbfoTeams {
  const { NetLbfoTeam, NetLbfoTeamMember, NetLbfoTeamNic } = snapshot.readings;
  const teamRecords = recordsOf(NetLbfoTeam) ?? [];
  const memberRecords = recordsOf(NetLbfoTeamMember);
  const teamNicRecords = recordsOf(NetLbfoTeamNic) ?? [];
  const recordByKey = new Map(teamRecords.map((record) => [nameKey(record.name), record]));
  const membersByKey = groupBy(memberRecords ?? [], (member) => nameKey(member.team));

  // A team that only its members or NICs name is a team too: then Get-NetLbfoTeam alone has failed.
  const names = new Map<string, string>();
  for (const name of [
    ...teamRecords.map((record) => record.name),
    ...(memberRecords ?? []).map((member) => member.team),
    ...teamNicRecords.map((teamNic) => teamNic.team),
  ]) {
    if (!names.has(nameKey(name))) names.set(nameKey(name), name);
  }

  const teamOfAdapter = new Map<string, string>();
  const teamNicFacts = new Map<string, TeamNicFacts>();
  const teamNicIds = new Map<string, string[]>();
  for (const record of teamNicRecords) {
    const found = findNamed(interfaces, { description: record.interfaceDescription, name: record.name });
    const teamId = lbfoTeamId(record.team);
    if (found?.kind !== 'team-nic') {
      ledger.leaveUnjoined(
        { kind: 'team-nic', id: `team-nic:${teamId}/${nameKey(record.name)}`, name: record.name },
        `No network adapter is the NIC ${record.name} that team ${record.team} presents.`,
      );
      continue;
    }
    teamNicFacts.set(found.id, {
      teamId,
      ...known({ vlanId: record.vlanId, isPrimary: record.isPrimary, isDefault: record.isDefault }),
    });
    const ids = teamNicIds.get(teamId) ?? [];
    ids.push(found.id);
    teamNicIds.set(teamId, ids);
  }

  const teams = [...names].map(([key, name]): Team => {
    const id = lbfoTeamId(name);
    const record = recordByKey.get(key);
    const listed: readonly Partial<NetLbfoTeamMemberRecord>[] =
      memberRecords === undefined
        ? (record?.members ?? []).map((member) => ({ name: member }))
        : (membersByKey.get(key) ?? []);
    if (memberRecords === undefined && record?.members === undefined) {
      ledger.leaveUnjoined({ kind: 'team', id, name }, `The members of team ${name} could not be read.`);
    }
    const members = listed.map((member): TeamMember => {
      const memberName = member.name ?? '';
      const found = findNamed(interfaces, {
        guid: member.interfaceGuid,
        description: member.interfaceDescription,
        name: memberName,
      });
      const adapter = found?.kind === 'adapter' ? found : undefined;
      if (adapter === undefined) {
        ledger.leaveUnjoined(
          { kind: 'adapter', id: `adapter:${id}/${nameKey(memberName)}`, name: memberName },
          `No network adapter is the member ${memberName} of team ${name}.`,
        );
      } else if (!teamOfAdapter.has(adapter.id)) {
        teamOfAdapter.set(adapter.id, id);
      }
      return {
        name: memberName,
        ...known({
          adapterId: adapter?.id,
          mode: member.administrativeMode,
          state: member.operationalStatus,
          failureReason: member.failureReason,
        }),
      };
    });
    return {
      kind: 'team',
      technology: 'lbfo',
      id,
      name: record?.name ?? name,
      members,
      teamNicIds: teamNicIds.get(id) ?? [],
      ...known({
        teamingMode: record?.teamingMode,
        lbAlgorithm: record?.lbAlgorithm,
        status: record?.status,
      }),
    };
  });

  for (const found of interfaces.all) {
    if (found.kind === 'team-nic' && !teamNicFacts.has(found.id)) {
      const named = teamRecords.filter((team) =>
        (team.teamNics ?? []).some((teamNic) => nameKey(teamNic) === nameKey(found.name)),
      );
      const only = named.length === 1 ? named[0] : undefined;
      if (only === undefined) {
        ledger.leaveUnjoined(found, `The team that presents ${found.name} could not be read.`);
      } else {
        const teamId = lbfoTeamId(only.name);
        teamNicFacts.set(found.id, { teamId });
        teamNicIds.set(teamId, [...(teamNicIds.get(teamId) ?? []), found.id]);
      }
    }
  }
  return {
    teams: teams.map((team) => ({ ...team, teamNicIds: teamNicIds.get(team.id) ?? [] })),
    teamOfAdapter,
    teamNicFacts,
  };
}
