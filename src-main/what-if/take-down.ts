/**
 * Takes things away from a host, as Windows would then see it: what stands on them goes down with them, teams go on with
 * the members that are left, MPIO and SMB with the paths that are left. All at once, so that the order makes no
 * difference.
 */
import type {
  HostModel,
  IscsiConnection,
  IscsiSession,
  SmbChannel,
  SmbServer,
  Team,
} from '#shared/host/host-model.ts';
import type { Reading, ReadObservationName, RecordOf, Snapshot } from '#shared/host/snapshot.ts';
import type {
  MpioDiskRecord,
  MpioPathRecord,
  SmbMultichannelConnectionRecord,
} from '#shared/host/storage-records.ts';
import { ipKey } from '../path-graph/ip.ts';
import { groupBy, guidKey, nameKey } from '../path-graph/joins.ts';
import { legOfChannel } from '../path-graph/legs.ts';
import { multipathTargets } from '../path-graph/targets.ts';
import { activeMembers, addressesOnLinkTo, interfacesOf, memberAdapters } from '../path-graph/walks.ts';

export interface TakenDown {
  readonly snapshot: Snapshot;
  /** What could not be known of the outcome, one sentence each. */
  readonly notes: readonly string[];
}

/** Records of one observation changed; what could not be asked stays so. Undefined takes a record out. */
function edit<N extends ReadObservationName>(
  name: N,
  readings: Snapshot['readings'],
  change: (record: RecordOf[N]) => RecordOf[N] | undefined,
): Partial<Snapshot['readings']> {
  const reading: Reading<RecordOf[N]> = readings[name];
  if (reading.status !== 'ok') return {};
  const records = reading.records.flatMap((record) => change(record) ?? []);
  return { [name]: { ...reading, records } };
}

/** A standby member steps in only where its team has lost an active one. */
function standbysCalledUp(model: HostModel, down: ReadonlySet<string>): ReadonlySet<string> {
  const called = new Set<string>();
  for (const team of model.teams) {
    if (!activeMembers(model, team).some(({ id }) => down.has(id))) continue;
    for (const member of team.members) {
      const adapter = memberAdapters(model, team).find(({ id }) => id === member.adapterId);
      if (adapter?.isUp !== true || down.has(adapter.id)) continue;
      if ((member.state ?? member.mode) === 'Standby') called.add(adapter.id);
    }
  }
  return called;
}

/** A team lives while a member may carry, or may once it is called up; where nothing is known of the rest, it lives. */
function isTeamDown(model: HostModel, team: Team, down: ReadonlySet<string>): boolean {
  const members = memberAdapters(model, team);
  if (!members.some(({ id }) => down.has(id))) return false;
  const failed = new Set(
    team.members.flatMap(({ adapterId, state }) => (state === 'Failed' ? (adapterId ?? []) : [])),
  );
  const isEveryMemberKnown = team.members.every(({ adapterId }) => adapterId !== undefined);
  return isEveryMemberKnown && members.every(({ id, isUp }) => down.has(id) || !isUp || failed.has(id));
}

/** Ids of adapters, teams, team NICs, vSwitches and vNICs that are down, by themselves or by what they stand on. */
function downFrom(model: HostModel, failed: ReadonlySet<string>): ReadonlySet<string> {
  const down = new Set(failed);
  for (const team of model.teams) if (isTeamDown(model, team, down)) down.add(team.id);
  for (const { id, teamId } of model.teamNics) {
    if (teamId !== undefined && down.has(teamId)) down.add(id);
  }
  for (const { id, uplink } of model.vswitches) {
    if (uplink === undefined) continue;
    const under = 'adapterId' in uplink ? [uplink.adapterId] : [uplink.teamId, uplink.teamNicId];
    if (under.some((one) => one !== undefined && down.has(one))) down.add(id);
  }
  for (const { id, vswitchId } of model.vnics) {
    if (vswitchId !== undefined && down.has(vswitchId)) down.add(id);
  }
  return down;
}

/** What becomes of one connection: it stays, it goes, or it logs in again by another way. */
type ConnectionFate = 'stays' | 'lost' | 'moves';

interface Facts {
  readonly model: HostModel;
  readonly failed: ReadonlySet<string>;
  readonly down: ReadonlySet<string>;
}

function fateOfConnection(connection: IscsiConnection, session: IscsiSession, facts: Facts): ConnectionFate {
  const { model, failed, down } = facts;
  const ends = [connection.id, session.id, session.targetId, connection.targetPortalId];
  if (ends.some((id) => id !== undefined && failed.has(id))) return 'lost';
  const near = [connection.interfaceId, connection.addressId];
  if (!near.some((id) => id !== undefined && down.has(id))) return 'stays';
  if (connection.localAddressSource === 'bound' || connection.targetAddress === undefined) return 'lost';
  // Bound to no address, it is logged in again by whatever the routes say. A router may not reach storage at all.
  const others = addressesOnLinkTo(model, connection.targetAddress).filter(
    ({ id, interfaceId }) => !failed.has(id) && interfaceId !== undefined && !down.has(interfaceId),
  );
  const isUp = (id: string | undefined): boolean =>
    interfacesOf(model).some((found) => found.id === id && found.isUp);
  return others.some(({ interfaceId }) => isUp(interfaceId)) ? 'moves' : 'lost';
}

interface SessionFates {
  readonly lostSessions: ReadonlySet<string>;
  /** By lower-case identifier of the connection. */
  readonly connections: ReadonlyMap<
    string,
    { readonly fate: ConnectionFate; readonly session: IscsiSession }
  >;
  readonly lostConnectionsOf: ReadonlyMap<string, number>;
  readonly notes: readonly string[];
}

function fatesOfSessions(facts: Facts): SessionFates {
  const { model, failed } = facts;
  const lostSessions = new Set<string>();
  const connections = new Map<string, { fate: ConnectionFate; session: IscsiSession }>();
  const lostConnectionsOf = new Map<string, number>();
  const notes: string[] = [];
  const isAnyWayDown = interfacesOf(model).some(({ id }) => facts.down.has(id));
  for (const session of model.sessions) {
    const fates = session.connections.map((connection) => {
      const fate = fateOfConnection(connection, session, facts);
      connections.set(nameKey(connection.name), { fate, session });
      if (fate === 'moves') {
        notes.push(
          `Session ${session.name} is bound to no address: Windows is taken to log it in again by another adapter in the subnet of its portal.`,
        );
      }
      return fate;
    });
    const lost = fates.filter((fate) => fate === 'lost').length;
    const isWholeLost = failed.has(session.id) || failed.has(session.targetId);
    const areAllKnown = fates.length >= Math.max(session.numberOfConnections ?? 1, 1);
    if (isWholeLost || (lost > 0 && lost === fates.length && areAllKnown)) lostSessions.add(session.id);
    else if (lost > 0) lostConnectionsOf.set(nameKey(session.sessionIdentifier), lost);
    const isUnplaced = session.connections.some(({ interfaceId }) => interfaceId === undefined);
    if (
      (isUnplaced || !areAllKnown) &&
      isAnyWayDown &&
      !isWholeLost &&
      !session.isOffloaded &&
      !session.isLoopback &&
      session.isConnected !== false
    ) {
      notes.push(
        `By which adapter session ${session.name} leaves is not known, so whether it survives is not known; it is left as it is.`,
      );
    }
  }
  return { lostSessions, connections, lostConnectionsOf, notes };
}

function isActive(path: MpioPathRecord): boolean {
  return path.state === undefined || path.state.startsWith('Active');
}

function isAlive(path: MpioPathRecord): boolean {
  return path.state !== 'Failed' && path.state !== 'Unavailable';
}

/** Failed where told; then, with no active path left, the first that waits steps in. */
function withoutPaths(
  paths: readonly MpioPathRecord[],
  isLost: (path: MpioPathRecord, index: number) => boolean,
): readonly MpioPathRecord[] {
  const left = paths.map((path, index): MpioPathRecord =>
    isLost(path, index) ? { ...path, state: 'Failed' } : path,
  );
  if (!left.some((path, index) => isLost(path, index)) || left.some(isActive)) return left;
  const next = left.findIndex(({ state }) => state === 'Standby');
  return left.map((path, index) => (index === next ? { ...path, state: 'Active/Optimized' } : path));
}

/**
 * The session of each path, in the order of the paths: by SCSI address, or where all paths are alike and there is one for
 * each session, in the order of the sessions. Undefined where neither tells.
 */
function sessionsOfPaths(
  paths: readonly MpioPathRecord[],
  through: readonly IscsiSession[],
): readonly (IscsiSession | undefined)[] | undefined {
  const found = paths.map(({ scsiAddress }) =>
    scsiAddress === undefined
      ? undefined
      : through.find(({ scsiAddresses }) => scsiAddresses?.includes(scsiAddress)),
  );
  if (found.every((session) => session !== undefined)) return found;
  const isAlike = paths.every(({ state }) => state === paths[0]?.state);
  return isAlike && paths.length === through.length ? through : undefined;
}

interface DiskFates {
  readonly lost: ReadonlySet<number>;
  /** By disk number: the paths that are left, failed ones among them. */
  readonly paths: ReadonlyMap<number, readonly MpioPathRecord[]>;
  readonly notes: readonly string[];
}

function fatesOfDisks(
  model: HostModel,
  failed: ReadonlySet<string>,
  lostSessions: ReadonlySet<string>,
): DiskFates {
  const lost = new Set<number>();
  const paths = new Map<number, readonly MpioPathRecord[]>();
  const notes: string[] = [];
  const ways = new Map<number, IscsiSession[]>();
  for (const session of model.sessions) {
    for (const number of new Set(session.diskNumbers ?? [])) {
      ways.set(number, [...(ways.get(number) ?? []), session]);
    }
  }
  for (const disk of model.disks) {
    const through = ways.get(disk.number) ?? [];
    const gone = through.map((session) => lostSessions.has(session.id));
    if (!gone.includes(true)) continue;
    const isLeft = through.some((session, index) => gone[index] !== true && session.isConnected !== false);
    if (!isLeft) {
      lost.add(disk.number);
      continue;
    }
    const own = disk.mpio?.paths ?? [];
    if (own.length === 0) continue;
    const sessionOf = sessionsOfPaths(own, through);
    if (sessionOf === undefined) {
      notes.push(
        `Which MPIO paths of ${disk.name} belong to which session is not known; its path states are left as they are.`,
      );
      continue;
    }
    const left = withoutPaths(own, (_, index) => {
      const session = sessionOf[index];
      return session !== undefined && lostSessions.has(session.id);
    });
    paths.set(disk.number, left);
  }
  for (const disk of multipathTargets(model)) {
    const own = disk.mpio?.paths ?? [];
    const isLost = ({ pathId }: MpioPathRecord): boolean =>
      failed.has(`path:${disk.id}/${pathId.toLowerCase()}`);
    if (!own.some(isLost)) continue;
    const left = withoutPaths(own, isLost);
    if (left.some(isAlive)) paths.set(disk.number, left);
    else lost.add(disk.number);
  }
  return { lost, paths, notes };
}

/** Paths and the number of the disk, where the record is the one that the model took both from. */
function editMpio(record: MpioDiskRecord, model: HostModel, fates: DiskFates): MpioDiskRecord | undefined {
  const key = record.serialNumber?.trim().toLowerCase();
  const disk = model.disks.find(({ number, uniqueId, serialNumber }) =>
    record.diskNumber === undefined
      ? key !== undefined &&
        (uniqueId?.trim().toLowerCase() === key || serialNumber?.trim().toLowerCase() === key)
      : number === record.diskNumber,
  );
  if (disk === undefined) return record;
  if (fates.lost.has(disk.number)) return undefined;
  const left = fates.paths.get(disk.number);
  return left === undefined || record.paths.length !== left.length ? record : { ...record, paths: left };
}

function isRowOf(channel: SmbChannel, server: SmbServer, row: SmbMultichannelConnectionRecord): boolean {
  return (
    server.aliases.some((alias) => nameKey(alias) === nameKey(row.serverName)) &&
    channel.clientInterfaceIndex === row.clientInterfaceIndex &&
    channel.serverInterfaceIndex === row.serverInterfaceIndex &&
    channel.clientIpAddress === row.clientIpAddress &&
    channel.serverIpAddress === row.serverIpAddress &&
    channel.clientRdmaCapable === row.clientRdmaCapable &&
    channel.clientRssCapable === row.clientRssCapable &&
    channel.smbInstance === (row.smbInstance ?? 'Default')
  );
}

function isChannelLost(channel: SmbChannel, server: SmbServer, { model, failed, down }: Facts): boolean {
  const leg = legOfChannel(model, channel);
  const ends = [channel.id, server.id, leg.portal?.id, leg.address?.id];
  return (
    ends.some((id) => id !== undefined && failed.has(id)) ||
    (channel.clientInterfaceId !== undefined && down.has(channel.clientInterfaceId))
  );
}

const both = (one: boolean | undefined, other: boolean | undefined): boolean =>
  one === true && other === true;

/** SMB takes RDMA before RSS before the rest, then the fastest: the higher, the sooner. */
function classOf(row: SmbMultichannelConnectionRecord): number {
  const kind = both(row.clientRdmaCapable, row.serverRdmaCapable)
    ? 2
    : both(row.clientRssCapable, row.serverRssCapable)
      ? 1
      : 0;
  const speeds = [row.clientLinkBitsPerSecond, row.serverLinkBitsPerSecond].filter(
    (speed) => typeof speed === 'number',
  );
  return kind * 1e15 + (speeds.length === 0 ? 0 : Math.min(...speeds));
}

function isInUse(row: SmbMultichannelConnectionRecord): boolean {
  return row.isFailed !== true && (row.isSelected ?? (row.currentChannels ?? 0) > 0);
}

/** Lost pairs fail; a server that has no pair left in use takes the next best class of those that are left. */
function withoutChannels(
  rows: readonly SmbMultichannelConnectionRecord[],
  isLost: (row: SmbMultichannelConnectionRecord) => boolean,
): readonly SmbMultichannelConnectionRecord[] {
  const chosen = new Map<string, number>();
  for (const [key, alike] of groupBy(rows, (row) => `${nameKey(row.serverName)}|${row.smbInstance ?? ''}`)) {
    const left = alike.filter((row) => !isLost(row) && row.isFailed !== true);
    if (!alike.some((row) => isInUse(row) && isLost(row)) || left.some(isInUse) || left.length === 0)
      continue;
    chosen.set(key, Math.max(...left.map(classOf)));
  }
  return rows.map((row): SmbMultichannelConnectionRecord => {
    if (isLost(row)) return { ...row, isFailed: true, currentChannels: 0 };
    const best = chosen.get(`${nameKey(row.serverName)}|${row.smbInstance ?? ''}`);
    if (best === undefined || row.isFailed === true || classOf(row) !== best) return row;
    const channels = both(row.clientRdmaCapable, row.serverRdmaCapable)
      ? 2
      : both(row.clientRssCapable, row.serverRssCapable)
        ? 4
        : 1;
    return { ...row, isSelected: true, currentChannels: channels };
  });
}

/** `failed`: ids of things of this very model. Ids that it does not have change nothing. */
export function takeDown(snapshot: Snapshot, model: HostModel, failed: ReadonlySet<string>): TakenDown {
  if (failed.size === 0) return { snapshot, notes: [] };
  const down = downFrom(model, failed);
  const facts: Facts = { model, failed, down };
  const called = standbysCalledUp(model, down);
  const sessions = fatesOfSessions(facts);
  const disks = fatesOfDisks(model, failed, sessions.lostSessions);
  const downInterfaces = interfacesOf(model).filter(({ id }) => down.has(id));
  const downGuids = new Set(downInterfaces.map(({ interfaceGuid }) => interfaceGuid));
  const downIndices = new Set(downInterfaces.map(({ interfaceIndex }) => interfaceIndex));
  const downNames = new Set(downInterfaces.map(({ name }) => nameKey(name)));
  const downAddresses = new Set(
    model.addresses.flatMap(({ id, ipAddress, interfaceId }) =>
      failed.has(id) || (interfaceId !== undefined && down.has(interfaceId)) ? [ipKey(ipAddress)] : [],
    ),
  );
  const removedAddresses = model.addresses.filter(({ id }) => failed.has(id));
  const lostSessions = new Set(
    model.sessions.flatMap(({ id, sessionIdentifier }) =>
      sessions.lostSessions.has(id) ? [nameKey(sessionIdentifier)] : [],
    ),
  );
  const moved = new Set(
    [...sessions.connections.values()].flatMap(({ fate, session }) =>
      fate === 'moves' ? session.connections.flatMap(({ localAddress }) => localAddress ?? []) : [],
    ),
  );
  const lostTargets = new Set(
    model.targets.flatMap(({ id, nodeAddress }) => (failed.has(id) ? [nodeAddress] : [])),
  );
  const lostPortals = new Set(
    model.targetPortals.flatMap(({ id, address, port }) =>
      failed.has(id) ? [`${ipKey(address)}|${port}`] : [],
    ),
  );
  const teamByKey = new Map(
    model.teams.flatMap((team) => (team.technology === 'lbfo' ? [[nameKey(team.name), team] as const] : [])),
  );
  const failedInTeam = new Set(
    model.teams.flatMap((team) =>
      memberAdapters(model, team).flatMap(({ id, name }) =>
        down.has(id) || failed.has(team.id) ? [`${nameKey(team.name)}|${nameKey(name)}`] : [],
      ),
    ),
  );
  const calledNames = new Set(
    model.adapters.flatMap(({ id, name }) => (called.has(id) ? [nameKey(name)] : [])),
  );
  const lostRows = new Set(
    model.smbServers.flatMap((server) =>
      server.channels
        .filter((channel) => isChannelLost(channel, server, facts))
        .flatMap((channel) => {
          const { SmbMultichannelConnection } = snapshot.readings;
          return SmbMultichannelConnection.status === 'ok'
            ? SmbMultichannelConnection.records.filter((row) => isRowOf(channel, server, row))
            : [];
        }),
    ),
  );
  const smb = snapshot.readings.SmbMultichannelConnection;

  const { readings } = snapshot;
  const edited: Snapshot['readings'] = {
    ...readings,
    ...edit('NetAdapter', readings, (row) =>
      downGuids.has(guidKey(row.interfaceGuid))
        ? { ...row, status: 'Disconnected', mediaConnected: false, speedBitsPerSecond: null }
        : row,
    ),
    ...edit('NetLbfoTeamMember', readings, (row) => {
      const key = nameKey(row.name);
      if (failedInTeam.has(`${nameKey(row.team)}|${key}`)) {
        return { ...row, operationalStatus: 'Failed', failureReason: 'PhysicalMediaDisconnected' };
      }
      return calledNames.has(key) ? { ...row, operationalStatus: 'Active' } : row;
    }),
    ...edit('NetLbfoTeam', readings, (row) => {
      const team = teamByKey.get(nameKey(row.name));
      if (team === undefined) return row;
      if (down.has(team.id)) return { ...row, status: 'Down' };
      return memberAdapters(model, team).some(({ id }) => down.has(id))
        ? { ...row, status: 'Degraded' }
        : row;
    }),
    ...edit('NetIPAddress', readings, (row) => {
      const isRemoved = removedAddresses.some(
        (address) =>
          address.interfaceIndex === row.interfaceIndex && ipKey(address.ipAddress) === ipKey(row.ipAddress),
      );
      if (isRemoved) return undefined;
      // Windows keeps the address of an adapter without a link, and does not use it.
      return downIndices.has(row.interfaceIndex) ? { ...row, state: 'Tentative' } : row;
    }),
    ...edit('NetIPInterface', readings, (row) =>
      downIndices.has(row.interfaceIndex) ? { ...row, isConnected: false } : row,
    ),
    ...edit('NetRoute', readings, (row) => (downIndices.has(row.interfaceIndex) ? undefined : row)),
    ...edit('NetTCPConnection', readings, (row) =>
      downAddresses.has(ipKey(row.localAddress)) || moved.has(row.localAddress) ? undefined : row,
    ),
    ...edit('NetAdapterVmqQueue', readings, (row) => (downNames.has(nameKey(row.name)) ? undefined : row)),
    ...edit('NetAdapterVPort', readings, (row) => (downNames.has(nameKey(row.name)) ? undefined : row)),
    ...edit('IscsiSession', readings, (row) => {
      const key = nameKey(row.sessionIdentifier);
      const known =
        row.diskNumbers === undefined
          ? row
          : { ...row, diskNumbers: row.diskNumbers.filter((number) => !disks.lost.has(number)) };
      if (lostSessions.has(key)) return { ...known, isConnected: false };
      const fewer = sessions.lostConnectionsOf.get(key);
      return fewer === undefined || row.numberOfConnections === undefined
        ? known
        : { ...known, numberOfConnections: row.numberOfConnections - fewer };
    }),
    ...edit('IscsiConnection', readings, (row) => {
      const found = sessions.connections.get(nameKey(row.connectionIdentifier));
      if (found === undefined || found.fate === 'stays') return row;
      const { sessionIdentifier } = found.session;
      // The line of a lost session stays where it ran; a session that goes on has this connection no longer.
      if (found.fate === 'lost') {
        return sessions.lostSessions.has(found.session.id) ? { ...row, sessionIdentifier } : undefined;
      }
      const { initiatorPort: _port, ...rest } = row;
      return { ...rest, sessionIdentifier, initiatorAddress: null };
    }),
    ...edit('IscsiTarget', readings, (row) => {
      const portals = row.portals?.filter(
        ({ address, port }) => !lostPortals.has(`${ipKey(address)}|${port}`),
      );
      const own = model.sessions.filter(({ targetId }) => targetId === `target:${nameKey(row.nodeAddress)}`);
      const isLost =
        own.some(({ id }) => sessions.lostSessions.has(id)) &&
        own.every(({ id, isConnected }) => isConnected === false || sessions.lostSessions.has(id));
      return {
        ...row,
        ...(portals !== undefined && { portals: lostTargets.has(row.nodeAddress) ? [] : portals }),
        ...(isLost && { isConnected: false }),
      };
    }),
    ...edit('Disk', readings, (row) => (disks.lost.has(row.number) ? undefined : row)),
    ...edit('MpioDisk', readings, (row) => editMpio(row, model, disks)),
    ...edit('Mpclaim', readings, (row) => editMpio(row, model, disks)),
    ...edit('SmbClientNetworkInterface', readings, (row) =>
      downIndices.has(row.interfaceIndex) ? undefined : row,
    ),
    ...(smb.status === 'ok' && {
      SmbMultichannelConnection: {
        ...smb,
        records: withoutChannels(smb.records, (row) => lostRows.has(row)),
      },
    }),
  };
  return { snapshot: { ...snapshot, readings: edited }, notes: [...sessions.notes, ...disks.notes] };
}
