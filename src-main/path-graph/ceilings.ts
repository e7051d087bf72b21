/** What one stream to each target can get, what holds it back, and what every route to the target depends on. */
import type {
  Adapter,
  Disk,
  Entity,
  HostModel,
  IscsiSession,
  IscsiTarget,
  SmbServer,
} from '#shared/host/host-model.ts';
import type { Snapshot } from '#shared/host/snapshot.ts';
import type { Ceiling, PathGraph, TargetCeilings } from '#shared/path-graph.ts';
import { ipKey } from './ip.ts';
import { certainHops, hasChannelsInUse, legOfChannel, legOfInterface, legsOfSession } from './legs.ts';
import type { Leg } from './legs.ts';
import { connectedTargets, multipathTargets, pathServers } from './targets.ts';
import { addressById, channelsInUse, interfaceById, memberAdapters, sessionById } from './walks.ts';

interface KnownLimit {
  readonly bitsPerSecond: number;
  readonly limitedBy: readonly Entity[];
}
interface UnknownLimit {
  readonly unknownBecause: string;
  /** It meets no wire, so the host's wires say nothing about it. */
  readonly isOffWire?: true;
}
type LegLimit = KnownLimit | UnknownLimit;

function isKnownLimit(limit: LegLimit): limit is KnownLimit {
  return 'bitsPerSecond' in limit;
}

function entity({ id, kind, name }: Entity): Entity {
  return { id, kind, name };
}

function uniqueEntities(entities: readonly Entity[]): readonly Entity[] {
  return [...new Map(entities.map((one) => [one.id, entity(one)])).values()];
}

/** The member that a team mapping prefers, while it is active. */
function mappedAdapter(leg: Leg): Adapter | undefined {
  const { endpoint, way } = leg;
  if (endpoint?.kind !== 'vnic') return undefined;
  return way?.adapters.find((adapter) => adapter.id === endpoint.mappedMember?.adapterId);
}

/** The slowest hop of one leg. A stream takes one member of a team at any instant: at best the fastest active one. */
function limitOf(leg: Leg): LegLimit {
  const { endpoint, way } = leg;
  if (leg.unknownBecause !== undefined) return { unknownBecause: leg.unknownBecause };
  if (endpoint === undefined || way === undefined) {
    return { unknownBecause: 'The network adapter that the stream leaves by is not known.' };
  }
  if (way.isInternal) {
    return {
      unknownBecause: `${endpoint.name} is on a vSwitch without an uplink: its traffic meets no wire.`,
      isOffWire: true,
    };
  }
  const guest = way.adapters.find((adapter) => adapter.role === 'guest');
  if (guest !== undefined) {
    return {
      unknownBecause: `${guest.name} is a virtual machine's NIC: the speed that it reports is nominal.`,
    };
  }
  const mapped = mappedAdapter(leg);
  const choice = mapped === undefined ? way.adapters : [mapped];
  const speeds = choice.flatMap(({ speedBitsPerSecond }) => speedBitsPerSecond ?? []);
  if (speeds.length < choice.length) {
    const silent = choice.filter(({ speedBitsPerSecond }) => typeof speedBitsPerSecond !== 'number');
    return {
      unknownBecause: `${silent
        .map(({ name }) => name)
        .sort()
        .join(', ')}: no link speed is reported.`,
    };
  }
  if (speeds.length === 0) return { unknownBecause: `No active adapter is known under ${endpoint.name}.` };
  const fastest = Math.max(...speeds);
  // Whether the fastest member may carry it hangs on the mapping, unless all are alike.
  if (endpoint.kind === 'vnic' && endpoint.mappedMember === undefined && Math.min(...speeds) < fastest) {
    return {
      unknownBecause: `The members under ${endpoint.name} differ in speed, and which of them it is mapped to could not be read.`,
    };
  }
  const caps: (readonly [bitsPerSecond: number, hops: readonly Entity[]])[] = [
    [fastest, choice.filter((adapter) => adapter.speedBitsPerSecond === fastest)],
  ];
  if (endpoint.kind === 'vnic' && typeof endpoint.maximumBandwidthBitsPerSecond === 'number') {
    caps.push([endpoint.maximumBandwidthBitsPerSecond, [endpoint]]);
  }
  if (leg.portal !== undefined && leg.portalBitsPerSecond !== undefined) {
    caps.push([leg.portalBitsPerSecond, [leg.portal]]);
  }
  const bitsPerSecond = Math.min(...caps.map(([cap]) => cap));
  return {
    bitsPerSecond,
    limitedBy: caps.flatMap(([cap, hops]) => (cap === bitsPerSecond ? hops : [])),
  };
}

/** The fastest wire of the host: no leg over it can be faster, known or not. Undefined where a speed is missing. */
function fastestWire(model: HostModel): number | undefined {
  const speeds: number[] = [];
  for (const adapter of model.adapters) {
    if (adapter.role === 'other' || !adapter.isUp) continue;
    if (adapter.role === 'guest' || typeof adapter.speedBitsPerSecond !== 'number') return undefined;
    speeds.push(adapter.speedBitsPerSecond);
  }
  return speeds.length === 0 ? undefined : Math.max(...speeds);
}

/**
 * The best of several legs. A leg that is not known may be the best one, so the answer is known only if no wire of the
 * host could beat it.
 */
function bestOf(limits: readonly LegLimit[], wire: number | undefined): LegLimit {
  const knownLimits = limits.filter(isKnownLimit);
  const unknowns = limits.flatMap((limit) => (isKnownLimit(limit) ? [] : [limit]));
  // Of several reasons always the same one, whatever order the host answers in.
  const [unknown] = unknowns.toSorted((a, b) => (a.unknownBecause < b.unknownBecause ? -1 : 1));
  const bound = unknowns.some((limit) => limit.isOffWire) ? undefined : wire;
  const best = Math.max(...knownLimits.map((limit) => limit.bitsPerSecond));
  if (unknown !== undefined && (knownLimits.length === 0 || bound === undefined || best < bound))
    return unknown;
  return {
    bitsPerSecond: best,
    limitedBy: uniqueEntities(
      knownLimits.flatMap((limit) => (limit.bitsPerSecond === best ? limit.limitedBy : [])),
    ),
  };
}

function asCeiling(limit: LegLimit): Ceiling {
  return isKnownLimit(limit)
    ? { bitsPerSecond: limit.bitsPerSecond }
    : { bitsPerSecond: null, unknownBecause: limit.unknownBecause };
}

/** Figures beside the single stream, as long as nothing computes them. */
function openFigures(): Pick<
  TargetCeilings,
  | 'oneCopy'
  | 'guaranteed'
  | 'possible'
  | 'read'
  | 'write'
  | 'afterFailover'
  | 'parts'
  | 'limitedBy'
  | 'sharedBehind'
> {
  const open: Ceiling = {
    bitsPerSecond: null,
    unknownBecause: 'This version computes the single-stream ceiling only.',
  };
  const direction = {
    oneCopy: open,
    guaranteed: open,
    possible: open,
    guaranteedHeldBack: { by: [] },
    possibleHeldBack: { by: [] },
  };
  return {
    oneCopy: open,
    guaranteed: open,
    possible: open,
    read: direction,
    write: direction,
    afterFailover: [],
    parts: [],
    limitedBy: [],
    sharedBehind: [],
  };
}

/** Hops of a leg without which it is cut. The one active member of a team is none while another stands by. */
function vitalHops(model: HostModel, leg: Leg): readonly Entity[] {
  const team = leg.way?.team;
  const standsBy =
    team === undefined
      ? []
      : memberAdapters(model, team).filter((adapter) => {
          const member = team.members.find(({ adapterId }) => adapterId === adapter.id);
          return adapter.isUp && (member?.state ?? member?.mode) === 'Standby';
        });
  return certainHops(leg).filter((hop) => hop.kind !== 'adapter' || standsBy.length === 0);
}

/** What every route has in common. `routes`: the vital hops of each. */
function inAll(routes: readonly (readonly Entity[])[]): readonly Entity[] {
  const [first, ...others] = routes;
  const sets = others.map((hops) => new Set(hops.map(({ id }) => id)));
  return uniqueEntities((first ?? []).filter(({ id }) => sets.every((set) => set.has(id))));
}

function mappingAssumptions(legs: readonly Leg[]): readonly string[] {
  return [
    ...new Set(
      legs.flatMap((leg) => {
        const mapped = mappedAdapter(leg);
        return mapped === undefined || leg.endpoint === undefined || (leg.way?.adapters.length ?? 0) < 2
          ? []
          : [
              `${leg.endpoint.name} is on ${mapped.name}, as its team mapping prefers while that member is up.`,
            ];
      }),
    ),
  ];
}

const targetLinks = 'The links of the target itself are not known and are taken as unlimited.';

/** The rest of the host that a target's figures rest on. */
interface Facts {
  readonly model: HostModel;
  readonly wire: number | undefined;
  readonly routeIdsByTarget: ReadonlyMap<string, readonly string[]>;
  readonly diskByNumber: ReadonlyMap<number, Disk>;
  /** Some disk of the host is held by MPIO over several paths. */
  readonly hasMultipathDisk: boolean;
  /** The way of SMB where it lists no pairs: the same for every such server. */
  readonly smbWithoutPairs: Leg;
}

function policyAssumptions(disks: readonly Disk[], sessions: readonly IscsiSession[]): readonly string[] {
  if (sessions.length < 2) return [];
  const byPolicy = disks.filter(({ mpio }) => mpio?.lbPolicy === 'FOO' || mpio?.lbPolicy === 'WP');
  const isMixed = disks.some(({ mpio }) =>
    mpio?.paths.some(({ state }) => state !== undefined && state !== 'Active/Optimized'),
  );
  const isUnknown = disks.some(({ mpio }) => mpio !== undefined && mpio.lbPolicy === undefined);
  return [
    ...(byPolicy.length > 0 || isMixed
      ? [
          'MPIO keeps some paths back; which session is the active path is not known, and the widest is taken.',
        ]
      : []),
    ...(isUnknown
      ? ['The path policy of MPIO is not known; the stream is taken to use the widest path.']
      : []),
  ];
}

function ceilingsOfTarget(target: IscsiTarget, facts: Facts): TargetCeilings {
  const { model } = facts;
  const sessions = target.sessionIds.flatMap((id) => sessionById(model, id) ?? []);
  const connected = sessions.filter((session) => session.isConnected !== false);
  const local = connected.filter((session) => session.isLoopback);
  const legsBySession = connected.map((session) => ({ session, legs: legsOfSession(model, session) }));
  const legs = legsBySession.flatMap((one) => one.legs);
  const numbers = new Set(connected.flatMap((session) => session.diskNumbers ?? []));
  const disks = [...numbers].flatMap((number) => facts.diskByNumber.get(number) ?? []);
  const areDisksKnown = connected.every((session) => session.diskNumbers !== undefined);

  let limit: LegLimit;
  if (connected.length === 0) {
    limit = {
      unknownBecause:
        sessions.length === 0
          ? 'The sessions to the target could not be read.'
          : 'No session to the target is connected.',
    };
  } else if (local.length > 0) {
    limit = { unknownBecause: 'The target is on this very host: no wire limits the stream.' };
  } else {
    limit = bestOf(
      legs.map((leg) => limitOf(leg)),
      // An adapter that speaks iSCSI itself has ports that Windows does not list.
      connected.some((session) => session.isOffloaded) ? undefined : facts.wire,
    );
  }
  const elsewhere = disks.filter((disk) =>
    disk.sessionIds?.some((id) => sessionById(model, id)?.targetId !== target.id),
  );
  const doubtful = !areDisksKnown && facts.hasMultipathDisk;
  return {
    kind: 'iscsi',
    id: target.id,
    name: target.name,
    aliases: [],
    diskNumbers: [...numbers].sort((a, b) => a - b),
    shares: [],
    routeIds: facts.routeIdsByTarget.get(target.id) ?? [],
    ...openFigures(),
    singleStream: asCeiling(limit),
    singleStreamLimitedBy: isKnownLimit(limit) ? limit.limitedBy : [],
    singlePointsOfFailure:
      local.length > 0
        ? []
        : inAll(
            legsBySession.map(({ session, legs: own }) => [
              session,
              ...inAll(own.map((leg) => vitalHops(model, leg))),
            ]),
          ),
    assumptions: [
      ...(local.length > 0 ? [] : [targetLinks]),
      ...policyAssumptions(disks, connected),
      ...mappingAssumptions(legs),
      ...(elsewhere.length > 0
        ? [
            `${elsewhere.map(({ name }) => name).join(', ')}: also reached over another target; the figures are for this one alone.`,
          ]
        : []),
      ...(doubtful
        ? [
            'Which sessions lead to which disk is not known, so all sessions to this target are taken together.',
          ]
        : []),
    ],
  };
}

/**
 * Without interface pairs (Multichannel off, or an old server) SMB uses one TCP connection over the route. It is known
 * where every connection to a file server that no pair explains leaves by the same interface.
 */
function legWithoutPairs(model: HostModel, snapshot: Snapshot): Leg {
  const unknown = {
    unknownBecause:
      'SMB lists no interface pair in use to the server, and its connections do not tell one interface.',
  };
  const tcp = snapshot.readings.NetTCPConnection;
  if (tcp.status !== 'ok') return unknown;
  const own = new Set(model.addresses.map((address) => ipKey(address.ipAddress)));
  const explained = new Set(
    model.smbServers.flatMap((other) =>
      other.channels.flatMap(({ serverIpAddress }) =>
        serverIpAddress === undefined ? [] : [ipKey(serverIpAddress)],
      ),
    ),
  );
  const rows = tcp.records.filter(
    (row) =>
      row.remotePort === 445 &&
      (row.state === undefined || /^established$/i.test(row.state)) &&
      !own.has(ipKey(row.remoteAddress)) &&
      !explained.has(ipKey(row.remoteAddress)),
  );
  const locals = new Set(rows.map((row) => ipKey(row.localAddress)));
  const holders = model.addresses.filter((address) => locals.has(ipKey(address.ipAddress)));
  const interfaceIds = new Set(holders.map((address) => address.interfaceId));
  const [interfaceId] = interfaceIds;
  const found =
    interfaceIds.size === 1 && holders.length === locals.size ? interfaceById(model, interfaceId) : undefined;
  if (found === undefined) return unknown;
  return legOfInterface(model, found, holders.length === 1 ? addressById(model, holders[0]?.id) : undefined);
}

function ceilingsOfServer(server: SmbServer, facts: Facts): TargetCeilings {
  const { model } = facts;
  const legs = hasChannelsInUse(server)
    ? channelsInUse(server).map((channel) => legOfChannel(model, channel))
    : server.isLoopback
      ? []
      : [facts.smbWithoutPairs];
  const limit: LegLimit = server.isLoopback
    ? { unknownBecause: 'The server is this very host: no wire limits the stream.' }
    : bestOf(
        legs.map((leg) => limitOf(leg)),
        facts.wire,
      );
  const reportsSpeed = legs.some((leg) => leg.portalBitsPerSecond !== undefined);
  return {
    kind: 'smb',
    id: server.id,
    name: server.name,
    aliases: server.aliases.filter((alias) => alias !== server.name),
    diskNumbers: [],
    shares: server.shares.map((share) => share.shareName),
    routeIds: facts.routeIdsByTarget.get(server.id) ?? [],
    ...openFigures(),
    singleStream: asCeiling(limit),
    singleStreamLimitedBy: isKnownLimit(limit) ? limit.limitedBy : [],
    singlePointsOfFailure: server.isLoopback ? [] : inAll(legs.map((leg) => vitalHops(model, leg))),
    assumptions: server.isLoopback
      ? []
      : [
          reportsSpeed
            ? "The speed of the server's interfaces is taken as the server reports it."
            : targetLinks,
          ...mappingAssumptions(legs),
        ],
  };
}

function ceilingsOfDisk(disk: Disk, facts: Facts): TargetCeilings {
  const paths = (disk.mpio?.paths ?? []).filter(
    ({ state }) => state === undefined || state.startsWith('Active'),
  );
  const bus = disk.busType ?? 'a bus that is not known';
  return {
    kind: 'disk',
    id: disk.id,
    name: disk.name,
    aliases: [],
    diskNumbers: [disk.number],
    shares: [],
    routeIds: facts.routeIdsByTarget.get(disk.id) ?? [],
    ...openFigures(),
    singleStream: {
      bitsPerSecond: null,
      unknownBecause: `The disk is reached over ${bus} and not over a network adapter: the speed of its links is not known.`,
    },
    singleStreamLimitedBy: [],
    singlePointsOfFailure: inAll(
      paths.map(({ pathId }) => [
        { kind: 'path', id: `path:${disk.id}/${pathId.toLowerCase()}`, name: pathId } as const,
      ]),
    ),
    assumptions: [],
  };
}

/**
 * The figures of each iSCSI target (per IQN), file server (per joined name) and multipath disk that neither reaches.
 * In bit/s; null with the reason where no honest number exists.
 */
export function targetCeilings(model: HostModel, graph: PathGraph, snapshot: Snapshot): TargetCeilings[] {
  const routeIdsByTarget = new Map<string, string[]>();
  for (const route of graph.routes) {
    const there = routeIdsByTarget.get(route.targetId);
    if (there === undefined) routeIdsByTarget.set(route.targetId, [route.id]);
    else there.push(route.id);
  }
  const facts: Facts = {
    model,
    wire: fastestWire(model),
    routeIdsByTarget,
    diskByNumber: new Map(model.disks.map((disk) => [disk.number, disk])),
    hasMultipathDisk: model.disks.some((disk) => (disk.mpio?.paths.length ?? 0) > 1),
    smbWithoutPairs: legWithoutPairs(model, snapshot),
  };
  return [
    ...connectedTargets(model).map((target) => ceilingsOfTarget(target, facts)),
    ...pathServers(model, snapshot).map((server) => ceilingsOfServer(server, facts)),
    ...multipathTargets(model).map((disk) => ceilingsOfDisk(disk, facts)),
  ];
}
