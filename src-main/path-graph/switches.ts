/** Virtual switches, what they stand on, and the Switch Embedded Teams inside them. */
import type { Team, TeamMember, VSwitch } from '#shared/host/host-model.ts';
import type { VMSwitchRecord, VMSwitchTeamRecord } from '#shared/host/network-records.ts';
import type { Snapshot } from '#shared/host/snapshot.ts';
import type { FoundInterface, Interfaces } from './adapters.ts';
import { findOnly, guidKey, known, nameKey, recordsOf } from './joins.ts';
import type { Find, Ledger } from './joins.ts';
import type { LbfoTeams } from './teams.ts';

export interface Switches {
  readonly vswitches: readonly VSwitch[];
  readonly embeddedTeams: readonly Team[];
  readonly teamOfAdapter: ReadonlyMap<string, string>;
  readonly switchOfAdapter: ReadonlyMap<string, string>;
  readonly switchOfTeamNic: ReadonlyMap<string, string>;
  readonly switchOfTeam: ReadonlyMap<string, string>;
  readonly byGuid: Find<VSwitch>;
  readonly byName: Find<VSwitch>;
}

interface Uplinks {
  readonly descriptions: readonly string[];
  readonly guids: readonly string[];
}

function isEmbeddedTeam(record: VMSwitchRecord, team: VMSwitchTeamRecord | undefined): boolean {
  if (record.switchType === 'Internal' || record.switchType === 'Private') return false;
  if (record.isEmbeddedTeam !== undefined) return record.isEmbeddedTeam;
  // Server 2012 has no such property, no Switch Embedded Teaming and no team rows; nothing but a team has two uplinks.
  return (
    team !== undefined ||
    (record.uplinkDescriptions?.length ?? 0) > 1 ||
    (record.uplinkInterfaceGuids?.length ?? 0) > 1
  );
}

function uplinksOf(record: VMSwitchRecord, team: VMSwitchTeamRecord | undefined): Uplinks {
  const guids = [
    ...new Set([...(team?.memberInterfaceGuids ?? []), ...(record.uplinkInterfaceGuids ?? [])].map(guidKey)),
  ];
  const descriptions = new Map<string, string>();
  for (const description of [
    ...(team?.memberDescriptions ?? []),
    ...(record.uplinkDescriptions ?? []),
    ...(record.uplinkDescription ? [record.uplinkDescription] : []),
  ]) {
    if (!descriptions.has(nameKey(description))) descriptions.set(nameKey(description), description);
  }
  // The word that stands for all members of a Switch Embedded Team: no adapter has it.
  descriptions.delete('teamed-interface');
  return { guids, descriptions: [...descriptions.values()] };
}

/** The interfaces among the uplinks, and the names of those that fit none. A GUID and a description may mean the same. */
function resolve(uplinks: Uplinks, interfaces: Interfaces): { found: FoundInterface[]; missing: string[] } {
  const found = new Map<string, FoundInterface>();
  const missingGuids: string[] = [];
  for (const guid of uplinks.guids) {
    const adapter = interfaces.byGuid(guid);
    if (adapter === undefined) missingGuids.push(guid);
    else found.set(adapter.id, adapter);
  }
  const missingDescriptions: string[] = [];
  for (const description of uplinks.descriptions) {
    const adapter = interfaces.byDescription(nameKey(description));
    if (adapter === undefined) missingDescriptions.push(description);
    else found.set(adapter.id, adapter);
  }
  return {
    found: [...found.values()],
    missing: missingDescriptions.length > 0 ? missingDescriptions : missingGuids,
  };
}

export function findSwitches(
  snapshot: Snapshot,
  interfaces: Interfaces,
  lbfo: LbfoTeams,
  ledger: Ledger,
): Switches {
  const records = recordsOf(snapshot.readings.VMSwitch) ?? [];
  const teamRecords = recordsOf(snapshot.readings.VMSwitchTeam) ?? [];
  const teamById = findOnly(teamRecords, (team) => (team.id === undefined ? undefined : guidKey(team.id)));
  const teamByName = findOnly(
    teamRecords.filter((team) => team.id === undefined),
    (team) => nameKey(team.name),
  );
  const embeddedTeams: Team[] = [];
  const teamOfAdapter = new Map<string, string>();
  const switchOfAdapter = new Map<string, string>();
  const switchOfTeamNic = new Map<string, string>();
  const switchOfTeam = new Map<string, string>();

  const embed = (
    record: VMSwitchRecord,
    id: string,
    teamRecord: VMSwitchTeamRecord | undefined,
  ): VSwitch['uplink'] => {
    const teamId = ledger.idFor('team', guidKey(record.id));
    const { found, missing } = resolve(uplinksOf(record, teamRecord), interfaces);
    const members = found.map((adapter): TeamMember => ({ name: adapter.name, adapterId: adapter.id }));
    for (const { id: adapterId } of found) {
      if (!teamOfAdapter.has(adapterId)) teamOfAdapter.set(adapterId, teamId);
    }
    for (const name of missing) {
      members.push({ name });
      ledger.leaveUnjoined(
        { kind: 'adapter', id: `adapter:${teamId}/${nameKey(name)}`, name },
        `No network adapter is the member ${name} of the team in vSwitch ${record.name}.`,
      );
    }
    if (members.length === 0) {
      ledger.leaveUnjoined(
        { kind: 'team', id: teamId, name: record.name },
        `The members of the team in vSwitch ${record.name} could not be read.`,
      );
    }
    switchOfTeam.set(teamId, id);
    embeddedTeams.push({
      kind: 'team',
      technology: 'set',
      id: teamId,
      name: record.name,
      members,
      teamNicIds: [],
      vswitchId: id,
      // The only mode that Switch Embedded Teaming has.
      teamingMode: teamRecord?.teamingMode ?? 'SwitchIndependent',
      ...known({ lbAlgorithm: teamRecord?.lbAlgorithm }),
    });
    return { teamId };
  };

  const single = (record: VMSwitchRecord, id: string): VSwitch['uplink'] => {
    if (record.switchType === 'Internal' || record.switchType === 'Private') return undefined;
    const { found } = resolve(uplinksOf(record, undefined), interfaces);
    const uplink = found.length === 1 ? found[0] : undefined;
    const leave = (reason: string): void => {
      ledger.leaveUnjoined({ kind: 'vswitch', id, name: record.name }, reason);
    };
    if (uplink === undefined) {
      leave(
        `The adapter under vSwitch ${record.name} (${record.uplinkDescription ?? 'not named'}) was not found.`,
      );
      return undefined;
    }
    if (uplink.kind === 'adapter') {
      switchOfAdapter.set(uplink.id, id);
      return { adapterId: uplink.id };
    }
    if (uplink.kind !== 'team-nic') {
      leave(`vSwitch ${record.name} stands on ${uplink.name}, which is a vNIC of this host itself.`);
      return undefined;
    }
    switchOfTeamNic.set(uplink.id, id);
    const teamId = lbfo.teamNicFacts.get(uplink.id)?.teamId;
    if (teamId === undefined) {
      leave(`vSwitch ${record.name} stands on ${uplink.name}, whose team could not be read.`);
      return undefined;
    }
    if (!switchOfTeam.has(teamId)) switchOfTeam.set(teamId, id);
    return { teamId, teamNicId: uplink.id };
  };

  const vswitches = records.map((record): VSwitch => {
    const id = ledger.idFor('vswitch', guidKey(record.id));
    const teamRecord = teamById(guidKey(record.id)) ?? teamByName(nameKey(record.name));
    const uplink = isEmbeddedTeam(record, teamRecord) ? embed(record, id, teamRecord) : single(record, id);
    return { kind: 'vswitch', id, name: record.name, ...known({ switchType: record.switchType, uplink }) };
  });
  const idByGuid = new Map(records.map((record, index) => [vswitches[index]?.id, guidKey(record.id)]));
  return {
    vswitches,
    embeddedTeams,
    teamOfAdapter,
    switchOfAdapter,
    switchOfTeamNic,
    switchOfTeam,
    byGuid: findOnly(vswitches, (vswitch) => idByGuid.get(vswitch.id)),
    byName: findOnly(vswitches, (vswitch) => nameKey(vswitch.name)),
  };
}
