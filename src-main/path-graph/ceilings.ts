/**
 * What each target can get and what holds it back: the flow model of docs/ceilings.md, put together for every iSCSI
 * target, file server and multipath disk. Each target is judged as if there were no other traffic.
 */
import type {
  Adapter,
  Disk,
  Entity,
  HostModel,
  IscsiSession,
  IscsiTarget,
  Share,
  SmbChannel,
  SmbServer,
} from '#shared/host/host-model.ts';
import type { Snapshot } from '#shared/host/snapshot.ts';
import type { LbPolicy } from '#shared/host/storage-records.ts';
import type {
  Ceiling,
  DirectionCeilings,
  FailoverCeilings,
  HeldBack,
  PartCeilings,
  PathCeilings,
  PathGraph,
  TargetCeilings,
  ToldFacts,
} from '#shared/path-graph.ts';
import { figuresOf, isSameBothWays } from './flow-model.ts';
import type { Carrier, DirectionFigures, FlowFacts } from './flow-model.ts';
import { ipKey } from './ip.ts';
import { isKnownAbsent } from './joins.ts';
import {
  bestOf,
  fastestWire,
  firstReason,
  isKnownLimit,
  limitOf,
  mappedAdapter,
  uniqueEntities,
} from './leg-limits.ts';
import type { CarriedLeg, LegLimit } from './leg-limits.ts';
import { hasChannelsInUse, legOfChannel, legOfInterface, legsOfSession } from './legs.ts';
import type { Leg } from './legs.ts';
import { ofBoth } from './one-figure.ts';
import { planOf, singlePath, unclaimed } from './path-policy.ts';
import type { JoinedPath, PathPlan, Use } from './path-policy.ts';
import { inAll, sharedBehind, vitalHops } from './shared-behind.ts';
import { connectionsOf, pairsInUse } from './smb-connections.ts';
import type { SmbSettings } from './smb-connections.ts';
import { isAdministrativeShare } from './smb.ts';
import { connectedTargets, multipathTargets, pathServers } from './targets.ts';
import { readThrottles, throttled } from './throttles.ts';
import type { Throttle, Throttles } from './throttles.ts';
import {
  addressById,
  channelsInUse,
  interfaceById,
  memberAdapters,
  portalById,
  sessionById,
  targetById,
} from './walks.ts';

/** The rest of the host that a target's figures rest on. */
interface Facts extends FlowFacts {
  readonly wire: number | undefined;
  readonly routeIdsByTarget: ReadonlyMap<string, readonly string[]>;
  readonly diskByNumber: ReadonlyMap<number, Disk>;
  readonly sessionsByDisk: ReadonlyMap<number, readonly IscsiSession[]>;
  /** Some disk of the host is held by MPIO over several paths. */
  readonly hasMultipathDisk: boolean;
  /** Whether MPIO said which disks it holds: where it did, a disk that it does not name is not held. */
  readonly areMpioDisksKnown: boolean;
  readonly globalPolicy?: LbPolicy;
  /** Of each session: several disks, and the target itself, ask for the same. */
  readonly carriers: Map<string, Carrier>;
  readonly smb: SmbSettings;
  readonly throttles: Throttles;
  /** The way of SMB where it lists no pairs: the same for every such server. */
  readonly smbWithoutPairs: Leg;
  /** bit/s of the links behind each address, by name of the target without case. */
  readonly told: ReadonlyMap<string, ReadonlyMap<string, readonly number[]>>;
}

/** The streams of one target, disk or share: who carries now, who later, and what follows for one copy. */
interface Judged {
  readonly plan: PathPlan<Carrier>;
  readonly routeIds: readonly string[];
}

const targetLinks = 'The links of the target itself are not known and are taken as unlimited.';

function unknownCeiling(unknownBecause: string): Ceiling {
  return { bitsPerSecond: null, unknownBecause };
}

function asCeiling(limit: LegLimit): Ceiling {
  return isKnownLimit(limit) ? { bitsPerSecond: limit.bitsPerSecond } : unknownCeiling(limit.unknownBecause);
}

function openFigures(unknownBecause: string): PathCeilings {
  const open = unknownCeiling(unknownBecause);
  const direction: DirectionCeilings = {
    oneCopy: open,
    guaranteed: open,
    possible: open,
    guaranteedHeldBack: { by: [] },
    possibleHeldBack: { by: [] },
  };
  return {
    singleStream: open,
    singleStreamLimitedBy: [],
    oneCopy: open,
    guaranteed: open,
    possible: open,
    read: direction,
    write: direction,
    afterFailover: [],
  };
}

function legsOf(carriers: readonly Carrier[]): readonly CarriedLeg[] {
  return carriers.flatMap(({ legs }) => legs);
}

/** In an order of their own, so that of two equal answers always the same one is given. */
function sorted(use: Use<Carrier>): Use<Carrier> {
  return { ...use, paths: use.paths.toSorted((a, b) => (a.route.id < b.route.id ? -1 : 1)) };
}

/** Carriers without the legs that are known to be cut: a link that is down carries nothing and slows nobody. */
function alive(carriers: readonly Carrier[]): readonly Carrier[] {
  return carriers.flatMap((carrier) => {
    const legs = carrier.legs.filter(({ leg }) => leg.way?.isDown !== true);
    return legs.length === 0 ? [] : [{ ...carrier, legs }];
  });
}

function hasUnknown(carriers: readonly Carrier[]): boolean {
  return legsOf(carriers).some((leg) => !isKnownLimit(limitOf(leg)));
}

/** Slowest first; of equal ones always the same, whatever order the host answers in. */
function bySpeed(a: Adapter, b: Adapter): number {
  return (a.speedBitsPerSecond ?? 0) - (b.speedBitsPerSecond ?? 0) || (a.id < b.id ? -1 : 1);
}

/** The active members of each team under the carriers after the one that costs most has failed and a standby took over. */
function afterMemberFailed(carriers: readonly Carrier[], facts: Facts): readonly FailoverCeilings[] {
  const teams = new Map(
    legsOf(carriers).flatMap(({ leg: { way } }) =>
      way?.team === undefined ? [] : [[way.team.id, way] as const],
    ),
  );
  return [...teams.values()].flatMap((way): readonly FailoverCeilings[] => {
    const { team, adapters } = way;
    if (team === undefined) return [];
    // Of several that stand by, Windows does not say which one steps in: the slowest is the one to reckon with.
    const standing = memberAdapters(facts.model, team)
      .filter(
        (adapter) =>
          adapter.isUp &&
          typeof adapter.speedBitsPerSecond === 'number' &&
          team.members.some(
            ({ adapterId, state, mode }) => adapterId === adapter.id && (state ?? mode) === 'Standby',
          ),
      )
      .toSorted(bySpeed);
    const [standby] = standing;
    const fastest = adapters.toSorted(bySpeed).at(-1);
    if (standby === undefined || fastest === undefined) return [];
    const instead = [...adapters.filter((adapter) => adapter !== fastest), standby];
    const use = sorted({ paths: carriers, sharing: 'together' });
    const changed = { ...facts, membersInstead: new Map([[team.id, instead]]) };
    const read = figuresOf(use, 'read', changed);
    const write = figuresOf(use, 'write', changed);
    return [
      {
        after: `after ${fastest.name} has failed and ${standing.map(({ name }) => name).join(' or ')} has taken its place in team ${team.name}`,
        read: { guaranteed: read.guaranteed, possible: read.possible },
        write: { guaranteed: write.guaranteed, possible: write.possible },
      },
    ];
  });
}

function oneCopyOf(plan: PathPlan<Carrier>, figures: DirectionFigures, single: Ceiling): Ceiling {
  switch (plan.copy.over) {
    case 'all':
      return figures.possible;
    case 'one':
      return single;
    case 'unknown':
      return unknownCeiling(plan.copy.because);
  }
}

/** `wire`: what no leg of the host can beat; undefined where legs may meet other wires. */
function figuresOfPlan(plan: PathPlan<Carrier>, wire: number | undefined, facts: Facts): PathCeilings {
  const { paths, sharing } = plan.now;
  const left = alive(paths);
  // The paths held back take over as soon as nothing else is left.
  if (left.length === 0 && plan.later !== undefined && alive(plan.later.paths).length > 0) {
    const { row, copy, assumptions } = plan;
    return figuresOfPlan({ row, copy, assumptions, now: plan.later }, wire, facts);
  }
  const limits = legsOf(left).map((leg) => limitOf(leg));
  const best = bestOf(limits, wire);
  if (left.length === 0 || !isKnownLimit(best)) {
    return openFigures(firstReason(legsOf(paths).map((leg) => limitOf(leg))) ?? 'No path to it is known.');
  }
  const singleStream = asCeiling(best);
  if (hasUnknown(left)) {
    return {
      ...openFigures(firstReason(limits) ?? ''),
      singleStream,
      singleStreamLimitedBy: best.limitedBy,
    };
  }
  const use = sorted({
    paths: left,
    sharing: left.length === 1 && sharing !== 'in-turn' ? 'together' : sharing,
  });
  const read = figuresOf(use, 'read', facts);
  const write = isSameBothWays(use, facts) ? read : figuresOf(use, 'write', facts);
  const oneCopy = { read: oneCopyOf(plan, read, singleStream), write: oneCopyOf(plan, write, singleStream) };
  const later = plan.later === undefined ? [] : alive(plan.later.paths);
  const laterUse =
    plan.later === undefined ? undefined : sorted({ paths: later, sharing: plan.later.sharing });
  const failover = (direction: 'read' | 'write', of: Use<Carrier>) => {
    const { guaranteed, possible } = figuresOf(of, direction, facts);
    return { guaranteed, possible };
  };
  return {
    singleStream,
    singleStreamLimitedBy: best.limitedBy,
    oneCopy: ofBoth(oneCopy.read, oneCopy.write, 'higher'),
    ...(plan.copy.over === 'all' && plan.copy.needs !== undefined && { oneCopyNeeds: plan.copy.needs }),
    guaranteed: ofBoth(read.guaranteed, write.guaranteed, 'lower'),
    possible: ofBoth(read.possible, write.possible, 'higher'),
    read: { ...read, oneCopy: oneCopy.read },
    write: { ...write, oneCopy: oneCopy.write },
    afterFailover: [
      ...(laterUse === undefined || later.length === 0 || hasUnknown(later)
        ? []
        : [
            {
              after: plan.later?.after ?? '',
              read: failover('read', laterUse),
              write: failover('write', laterUse),
            },
          ]),
      ...afterMemberFailed(left, facts),
    ],
  };
}

function inBoth(read: HeldBack, write: HeldBack): HeldBack {
  if (read.sentence === undefined || read.sentence === write.sentence) return read;
  return {
    by: uniqueEntities([...read.by, ...write.by]).toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    sentence: `Reading: ${read.sentence} Writing: ${write.sentence ?? ''}`,
  };
}

/** The cut of `possible` in the direction that the one figure is of. */
function limitOfTarget(figures: PathCeilings): Pick<TargetCeilings, 'limitedBy' | 'limitedByText'> {
  const { possible, read, write } = figures;
  const held =
    possible.direction === 'write'
      ? write.possibleHeldBack
      : possible.direction === 'read'
        ? read.possibleHeldBack
        : inBoth(read.possibleHeldBack, write.possibleHeldBack);
  return {
    limitedBy: held.by,
    ...(held.sentence !== undefined && { limitedByText: held.sentence }),
  };
}

function lowest(ceilings: readonly Ceiling[]): Ceiling {
  const unknown = ceilings.find(({ bitsPerSecond }) => bitsPerSecond === null);
  return unknown ?? ceilings.reduce((a, b) => ((b.bitsPerSecond ?? 0) < (a.bitsPerSecond ?? 0) ? b : a));
}

function highest(ceilings: readonly Ceiling[]): Ceiling {
  const unknown = ceilings.find(({ bitsPerSecond }) => bitsPerSecond === null);
  return unknown ?? ceilings.reduce((a, b) => ((b.bitsPerSecond ?? 0) > (a.bitsPerSecond ?? 0) ? b : a));
}

/** Of parts that differ: the lowest of what is certain and the highest of the rest. At least one part. */
function overParts(parts: readonly PathCeilings[]): PathCeilings {
  const [first, ...others] = parts;
  if (first === undefined) return openFigures('Nothing leads to it.');
  if (others.length === 0) return first;
  const over = (direction: 'read' | 'write'): DirectionCeilings => {
    const all = parts.map((part) => part[direction]);
    const guaranteed = lowest(all.map((one) => one.guaranteed));
    const possible = highest(all.map((one) => one.possible));
    return {
      oneCopy: highest(all.map((one) => one.oneCopy)),
      guaranteed,
      possible,
      guaranteedHeldBack: all.find((one) => one.guaranteed === guaranteed)?.guaranteedHeldBack ?? { by: [] },
      possibleHeldBack: all.find((one) => one.possible === possible)?.possibleHeldBack ?? { by: [] },
    };
  };
  const read = over('read');
  const write = over('write');
  const singleStream = highest(parts.map((part) => part.singleStream));
  const needs = parts.find(({ oneCopyNeeds }) => oneCopyNeeds !== undefined)?.oneCopyNeeds;
  return {
    singleStream,
    singleStreamLimitedBy:
      singleStream.bitsPerSecond === null
        ? []
        : uniqueEntities(
            parts.flatMap((part) =>
              part.singleStream.bitsPerSecond === singleStream.bitsPerSecond
                ? part.singleStreamLimitedBy
                : [],
            ),
          ),
    oneCopy: ofBoth(read.oneCopy, write.oneCopy, 'higher'),
    ...(needs !== undefined && { oneCopyNeeds: needs }),
    guaranteed: ofBoth(read.guaranteed, write.guaranteed, 'lower'),
    possible: ofBoth(read.possible, write.possible, 'higher'),
    read,
    write,
    afterFailover: [],
  };
}

function mappingAssumptions(legs: readonly CarriedLeg[]): readonly string[] {
  return [
    ...new Set(
      legs.flatMap(({ leg }) => {
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

/** Teams whose mode or algorithm could not be read may place streams in any way. */
function teamAssumptions(legs: readonly CarriedLeg[]): readonly string[] {
  return [
    ...new Set(
      legs.flatMap(({ leg: { way } }) => {
        const team = way?.team;
        if (team === undefined || way === undefined || way.adapters.length < 2) return [];
        const isKnown =
          team.lbAlgorithm !== undefined && (team.technology === 'set' || team.teamingMode !== undefined);
        return isKnown
          ? []
          : [`How team ${team.name} places streams could not be read: certain and possible are bounds.`];
      }),
    ),
  ];
}

function cutAssumptions(legs: readonly CarriedLeg[]): readonly string[] {
  return [
    ...new Set(
      legs.flatMap(({ leg }) =>
        leg.way?.isDown === true && leg.unknownBecause !== undefined
          ? [`What leaves there carries nothing: ${leg.unknownBecause}`]
          : [],
      ),
    ),
  ];
}

/** What is taken as given about the far end. */
function farAssumptions(legs: readonly CarriedLeg[], isTold: boolean): readonly string[] {
  if (legs.every(({ portalLinks }) => portalLinks === undefined)) return [targetLinks];
  const open = legs.flatMap(({ leg, portalLinks }) =>
    portalLinks === undefined ? [leg.portal?.name ?? 'a portal'] : [],
  );
  return [
    isTold
      ? 'The links of the target are taken as you told them.'
      : "The speed of the server's interfaces is taken as the server reports it.",
    ...(open.length > 0
      ? [`The links behind ${[...new Set(open)].join(', ')} are not known and are taken as unlimited.`]
      : []),
  ];
}

function toldLinks(
  told: Facts['told'],
  names: readonly string[],
  address: string | undefined,
): readonly number[] | undefined {
  if (address === undefined) return undefined;
  for (const name of names) {
    const links = told.get(name.toLowerCase())?.get(ipKey(address));
    if (links !== undefined) return links;
  }
  return undefined;
}

function carrierOf(session: IscsiSession, facts: Facts): Carrier {
  let found = facts.carriers.get(session.id);
  if (found === undefined) {
    found = newCarrier(session, facts);
    facts.carriers.set(session.id, found);
  }
  return found;
}

function newCarrier(session: IscsiSession, facts: Facts): Carrier {
  const target = targetById(facts.model, session.targetId)?.nodeAddress ?? '';
  const legs = legsOfSession(facts.model, session);
  const isInTurn =
    session.mcsPolicy === undefined || session.mcsPolicy === 'RR' || session.mcsPolicy === 'RRWS';
  return {
    route: session,
    legs: legs.map((leg): CarriedLeg => {
      const address =
        leg.portal !== undefined && 'address' in leg.portal ? String(leg.portal.address) : undefined;
      const portalLinks = toldLinks(facts.told, [target], address);
      return { leg, connections: 1, isRdma: false, ...(portalLinks !== undefined && { portalLinks }) };
    }),
    ...(legs.length > 1 && !isInTurn && { isUneven: true }),
  };
}

/** Several connections of one session (MCS) share the work as paths do, by the policy of the session. */
function planOfConnections(carrier: Carrier, session: IscsiSession): PathPlan<Carrier> {
  if (carrier.legs.length < 2) return singlePath(carrier);
  const apart = carrier.legs.map((leg): Carrier => ({ route: carrier.route, legs: [leg] }));
  const policy = session.mcsPolicy ?? 'RR';
  const row = 'MCS (several connections in a session)';
  const together = 'All connections end with their session.';
  const needs = `The copy needs at least ${apart.length} requests outstanding.`;
  switch (policy) {
    case 'RR':
    case 'RRWS':
      return {
        row,
        now: { paths: apart, sharing: 'in-turn' },
        copy: { over: 'all', needs },
        assumptions: [
          ...(session.mcsPolicy === undefined
            ? ['The policy inside the session is not known; round robin, its default, is taken.']
            : []),
          together,
        ],
      };
    case 'LQD':
    case 'LB':
      return {
        row,
        now: { paths: apart, sharing: 'together' },
        copy: { over: 'all', needs },
        assumptions: [together],
      };
    case 'FOO':
    case 'WP':
      return { row, now: { paths: apart, sharing: 'one' }, copy: { over: 'one' }, assumptions: [together] };
    case 'VS':
      return {
        row,
        now: { paths: apart, sharing: 'any' },
        copy: { over: 'unknown', because: 'The policy inside the session is the vendor\u2019s own.' },
        assumptions: [together],
      };
  }
}

/** The paths that MPIO lists of a disk, each with the session that reaches its SCSI address. */
function joinPaths(disk: Disk, sessions: readonly Carrier[], facts: Facts): readonly JoinedPath<Carrier>[] {
  const byAddress = new Map<string, Carrier | undefined>();
  for (const carrier of sessions) {
    for (const address of sessionById(facts.model, carrier.route.id)?.scsiAddresses ?? []) {
      byAddress.set(address, byAddress.has(address) ? undefined : carrier);
    }
  }
  return (disk.mpio?.paths ?? []).map((record) => {
    const over = record.scsiAddress === undefined ? undefined : byAddress.get(record.scsiAddress);
    return { record, ...(over !== undefined && { over }) };
  });
}

function planOfDisk(disk: Disk, sessions: readonly IscsiSession[], facts: Facts): PathPlan<Carrier> {
  const carriers = sessions.map((session) => carrierOf(session, facts));
  const [only, another] = carriers;
  const [session] = sessions;
  if (only !== undefined && another === undefined && session !== undefined)
    return planOfConnections(only, session);
  const mpio = disk.mpio ?? (facts.areMpioDisksKnown ? null : undefined);
  return planOf(disk, carriers, joinPaths(disk, carriers, facts), {
    mpio,
    ...(facts.globalPolicy !== undefined && { globalPolicy: facts.globalPolicy }),
  });
}

/** Sessions that could not be joined to disks: what MPIO says of all disks alike holds for theirs as well. */
function planWithoutDisk(
  target: IscsiTarget,
  sessions: readonly IscsiSession[],
  facts: Facts,
): PathPlan<Carrier> {
  const carriers = sessions.map((session) => carrierOf(session, facts));
  const [only, another] = carriers;
  const [session] = sessions;
  if (only !== undefined && another === undefined && session !== undefined)
    return planOfConnections(only, session);
  const held = facts.model.disks.flatMap(({ mpio, sessionIds }) =>
    mpio === undefined || (sessionIds !== undefined && sessionIds.length === 0) ? [] : [mpio],
  );
  if (facts.areMpioDisksKnown && held.length === 0) return unclaimed(carriers);
  const [first] = held;
  const isAlike =
    first !== undefined &&
    held.every(
      ({ lbPolicy, dsmName, paths }) =>
        lbPolicy === first.lbPolicy &&
        dsmName === first.dsmName &&
        paths.length === carriers.length &&
        paths.every(({ state }) => state === 'Active/Optimized'),
    );
  return planOf({ name: target.name }, carriers, isAlike ? first.paths.map((record) => ({ record })) : [], {
    mpio: isAlike ? first : undefined,
    ...(held.length === 0 && facts.globalPolicy !== undefined && { globalPolicy: facts.globalPolicy }),
  });
}

function signatureOf({ now, later, row }: PathPlan<Carrier>): string {
  const ids = (use: Use<Carrier> | undefined) =>
    use === undefined ? [] : [use.sharing, ...use.paths.map(({ route }) => route.id).toSorted()];
  return [row, ...ids(now), '|', ...ids(later)].join(' ');
}

/** Disks of the same sessions, policy and paths have the same figures. */
function judgeDisks(
  disks: readonly Disk[],
  facts: Facts,
): readonly (Judged & { readonly disks: readonly Disk[] })[] {
  const groups = new Map<string, Judged & { readonly disks: Disk[] }>();
  for (const disk of disks) {
    const sessions = facts.sessionsByDisk.get(disk.number) ?? [];
    const plan = planOfDisk(disk, sessions, facts);
    const key = signatureOf(plan);
    const there = groups.get(key);
    if (there === undefined) groups.set(key, { plan, disks: [disk], routeIds: sessions.map(({ id }) => id) });
    else there.disks.push(disk);
  }
  return [...groups.values()];
}

/** Of the rows of one disk that nothing holds together, those that Windows keeps offline carry nothing. */
function withoutOfflineTwins(disks: readonly Disk[]): readonly Disk[] {
  const key = (disk: Disk): string => disk.uniqueId?.trim().toLowerCase() ?? '';
  const online = new Set(disks.filter((disk) => disk.isOffline === false).map(key));
  return disks.filter((disk) => key(disk) === '' || disk.isOffline !== true || !online.has(key(disk)));
}

function ceilingsOfTarget(target: IscsiTarget, facts: Facts): TargetCeilings {
  const { model } = facts;
  const sessions = target.sessionIds.flatMap((id) => sessionById(model, id) ?? []);
  const connected = sessions.filter((session) => session.isConnected !== false);
  const isLocal = connected.some((session) => session.isLoopback);
  const own = connected.map((session) => carrierOf(session, facts));
  const numbers = new Set(connected.flatMap((session) => session.diskNumbers ?? []));
  const disks = [...numbers].sort((a, b) => a - b).flatMap((number) => facts.diskByNumber.get(number) ?? []);
  const areDisksKnown = connected.every((session) => session.diskNumbers !== undefined);
  const base = {
    kind: 'iscsi',
    id: target.id,
    name: target.name,
    aliases: [],
    diskNumbers: [...numbers].sort((a, b) => a - b),
    shares: [],
    routeIds: facts.routeIdsByTarget.get(target.id) ?? [],
  } as const;

  if (connected.length === 0 || isLocal) {
    const because = isLocal
      ? 'The target is on this very host: no wire limits the stream.'
      : sessions.length === 0
        ? 'The sessions to the target could not be read.'
        : 'No session to the target is connected.';
    return {
      ...base,
      ...openFigures(because),
      parts: [],
      limitedBy: [],
      singlePointsOfFailure: [],
      sharedBehind: [],
      assumptions: isLocal ? [] : [targetLinks],
    };
  }

  // An adapter that speaks iSCSI itself has ports that Windows does not list.
  const wire = connected.some((session) => session.isOffloaded) ? undefined : facts.wire;
  const judged =
    areDisksKnown && disks.length > 0
      ? judgeDisks(withoutOfflineTwins(disks), facts)
      : [{ plan: planWithoutDisk(target, connected, facts), routeIds: base.routeIds, disks: [] }];
  const ports = target.portalIds.flatMap((id) => portalById(model, id)?.port ?? []);
  const throttle = facts.throttles.ofSending('iSCSI', ports.length === 0 ? [3260] : ports);
  const figures = judged.map(({ plan }) =>
    throttled(figuresOfPlan(plan, wire, facts), throttle, facts.throttles.host),
  );
  const parts = judged.flatMap(({ disks: of, routeIds }, index): PartCeilings[] => {
    const part = figures[index];
    return part === undefined ? [] : [{ of: uniqueEntities(of), routeIds, ...part }];
  });
  const all = overParts(figures);
  const carriers = judged.flatMap(({ plan }) => [...plan.now.paths, ...(plan.later?.paths ?? [])]);
  const legs = legsOf(carriers);
  const isTold = legs.some(({ portalLinks }) => portalLinks !== undefined);
  const elsewhere = disks.filter((disk) =>
    disk.sessionIds?.some((id) => sessionById(model, id)?.targetId !== target.id),
  );
  return {
    ...base,
    ...all,
    parts: parts.length > 1 ? parts : [],
    ...limitOfTarget(all),
    singlePointsOfFailure: inAll(
      own.map(({ route, legs: ownLegs }) => [
        route,
        ...inAll(ownLegs.map(({ leg }) => vitalHops(model, leg))),
      ]),
    ),
    sharedBehind: sharedBehind(own),
    assumptions: [
      ...new Set([
        ...farAssumptions(legs, isTold),
        ...judged.flatMap(({ plan }) => plan.assumptions),
        ...mappingAssumptions(legs),
        ...teamAssumptions(legs),
        ...cutAssumptions(legs),
        ...facts.throttles.assumptions.iSCSI,
        ...(parts.length > 1
          ? [
              'The disks of the target differ: certain is the lowest of them, possible the highest, and each disk has its own figures.',
            ]
          : []),
        ...(elsewhere.length > 0
          ? [
              `${elsewhere.map(({ name }) => name).join(', ')}: also reached over another target; the figures are those of the disk over all of them.`,
            ]
          : []),
        ...(!areDisksKnown && facts.hasMultipathDisk
          ? [
              'Which sessions lead to which disk is not known, so all sessions to this target are taken together.',
            ]
          : []),
      ]),
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

function planOfServer(server: SmbServer, pairs: readonly SmbChannel[], facts: Facts): PathPlan<Carrier> {
  const names = [server.name, ...server.aliases];
  if (pairs.length === 0) {
    return {
      ...singlePath({ route: server, legs: [{ leg: facts.smbWithoutPairs, connections: 1, isRdma: false }] }),
      row: 'Multichannel off, dialect < 3',
    };
  }
  const connections = connectionsOf(pairs, facts.smb);
  const paths = pairs.map((channel, index): Carrier => {
    const leg = legOfChannel(facts.model, channel);
    const reported = leg.portalBitsPerSecond;
    const portalLinks =
      toldLinks(facts.told, names, channel.serverIpAddress) ??
      (reported === undefined ? undefined : [reported]);
    return {
      route: channel,
      legs: [
        {
          leg,
          connections: connections[index] ?? 1,
          isRdma: channel.clientRdmaCapable === true && channel.serverRdmaCapable !== false,
          ...(portalLinks !== undefined && { portalLinks }),
        },
      ],
    };
  });
  return { row: 'SMB', now: { paths, sharing: 'together' }, copy: { over: 'all' }, assumptions: [] };
}

interface JudgedShares {
  readonly plan: PathPlan<Carrier>;
  /** Empty where SMB reaches the server for something else (the storage bus of a cluster). */
  readonly shares: readonly Share[];
  readonly figures: PathCeilings;
  /** Some pairs that are selected carry nothing. */
  readonly isNarrowed: boolean;
}

/** Each SMB instance of Windows selects pairs of its own; shares with the same figures stand together. */
function judgeShares(server: SmbServer, facts: Facts): readonly JudgedShares[] {
  const shares = server.shares.filter(({ shareName }) => !isAdministrativeShare(shareName));
  const judge = (
    channels: readonly SmbChannel[],
    of: readonly Share[],
    limit: Throttle | undefined,
  ): JudgedShares => {
    const own = { ...server, channels };
    const { used, left } = hasChannelsInUse(own) ? pairsInUse(own, facts.model) : { used: [], left: [] };
    const plan = planOfServer(server, used, facts);
    // What goes by RDMA never passes the policies for TCP.
    const isRdma = legsOf(plan.now.paths).some((leg) => leg.isRdma);
    const sending = isRdma ? undefined : facts.throttles.ofSending('SMB', [445]);
    const { host } = facts.throttles;
    return {
      plan,
      shares: of,
      figures: throttled(throttled(figuresOfPlan(plan, facts.wire, facts), sending, host), limit, host),
      isNarrowed: left.length > 0,
    };
  };
  const instances = [...new Set(channelsInUse(server).map(({ smbInstance }) => smbInstance))].toSorted();
  const found = new Map<string, JudgedShares>();
  for (const instance of instances.length < 2 ? [undefined] : instances) {
    const own = shares.filter(
      ({ smbInstance }) => instance === undefined || (smbInstance ?? 'Default') === instance,
    );
    const channels = server.channels.filter(
      ({ smbInstance }) => instance === undefined || smbInstance === instance,
    );
    const byLimit = Map.groupBy(own, (share) => facts.throttles.ofShare(share)?.bitsPerSecond);
    const groups = byLimit.size === 0 ? [[]] : [...byLimit.values()];
    for (const of of groups) {
      const [first] = of;
      const judged = judge(channels, of, first === undefined ? undefined : facts.throttles.ofShare(first));
      const { singleStream, read, write } = judged.figures;
      const bare = [read, write].map((one) => [one.oneCopy, one.guaranteed, one.possible]);
      const key = JSON.stringify([singleStream, bare]);
      const there = found.get(key);
      found.set(key, there === undefined ? judged : together(there, judged));
    }
  }
  return [...found.values()];
}

/** Shares with the same figures, over pairs of one instance of SMB or of several. */
function together(one: JudgedShares, other: JudgedShares): JudgedShares {
  const paths = new Map(
    [...one.plan.now.paths, ...other.plan.now.paths].map((path) => [path.route.id, path]),
  );
  return {
    ...one,
    shares: [...one.shares, ...other.shares],
    plan: { ...one.plan, now: { ...one.plan.now, paths: [...paths.values()] } },
    isNarrowed: one.isNarrowed || other.isNarrowed,
  };
}

function ceilingsOfServer(server: SmbServer, facts: Facts): TargetCeilings {
  const { model } = facts;
  const base = {
    kind: 'smb',
    id: server.id,
    name: server.name,
    aliases: server.aliases.filter((alias) => alias !== server.name),
    diskNumbers: [],
    shares: server.shares.map((share) => share.shareName),
    routeIds: facts.routeIdsByTarget.get(server.id) ?? [],
  } as const;
  if (server.isLoopback) {
    return {
      ...base,
      ...openFigures('The server is this very host: no wire limits the stream.'),
      parts: [],
      limitedBy: [],
      singlePointsOfFailure: [],
      sharedBehind: [],
      assumptions: [],
    };
  }
  const judged = judgeShares(server, facts);
  const all = overParts(judged.map(({ figures }) => figures));
  const carriers = [
    ...new Map(judged.flatMap(({ plan }) => plan.now.paths.map((path) => [path.route.id, path]))).values(),
  ];
  const legs = legsOf(carriers);
  const isTold = server.channels.some(
    ({ serverIpAddress }) =>
      toldLinks(facts.told, [server.name, ...server.aliases], serverIpAddress) !== undefined,
  );
  const parts = judged.flatMap(({ plan, shares, figures }): PartCeilings[] =>
    shares.length === 0
      ? []
      : [
          {
            of: uniqueEntities(shares),
            routeIds: plan.now.paths.flatMap(({ route }) => (route.kind === 'channel' ? [route.id] : [])),
            ...figures,
          },
        ],
  );
  const areAlike = judged.length < 2;
  return {
    ...base,
    ...all,
    parts: areAlike ? [] : parts,
    ...limitOfTarget(all),
    singlePointsOfFailure: inAll(legs.map(({ leg }) => vitalHops(model, leg))),
    sharedBehind: sharedBehind(carriers),
    assumptions: [
      ...new Set([
        ...farAssumptions(legs, isTold),
        ...judged.flatMap(({ plan }) => plan.assumptions),
        ...mappingAssumptions(legs),
        ...teamAssumptions(legs),
        ...cutAssumptions(legs),
        ...facts.throttles.assumptions.SMB,
        ...(judged.some(({ isNarrowed }) => isNarrowed)
          ? [
              'SMB uses the interfaces of the best kind and speed only; pairs of a lesser one are not counted.',
            ]
          : []),
        ...(areAlike
          ? []
          : [
              'The shares of the server differ: certain is the lowest of them, possible the highest, and each has its own figures.',
            ]),
      ]),
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
    ...openFigures(
      `The disk is reached over ${bus} and not over a network adapter: the speed of its links is not known.`,
    ),
    parts: [],
    limitedBy: [],
    singlePointsOfFailure: inAll(
      paths.map(({ pathId }): readonly Entity[] => [
        { kind: 'path', id: `path:${disk.id}/${pathId.toLowerCase()}`, name: pathId },
      ]),
    ),
    sharedBehind: [],
    assumptions: [],
  };
}

const policyWords: Readonly<Record<string, LbPolicy>> = { foo: 'FOO', rr: 'RR', lqd: 'LQD', lb: 'LB' };

function globalPolicyOf(snapshot: Snapshot): LbPolicy | undefined {
  const reading = snapshot.readings.MSDSMGlobalDefaultLoadBalancePolicy;
  return reading.status === 'ok'
    ? policyWords[reading.records[0]?.policy.trim().toLowerCase() ?? '']
    : undefined;
}

function gatherFacts(model: HostModel, graph: PathGraph, snapshot: Snapshot, told: ToldFacts): Facts {
  const routeIdsByTarget = new Map<string, string[]>();
  for (const route of graph.routes) {
    const there = routeIdsByTarget.get(route.targetId);
    if (there === undefined) routeIdsByTarget.set(route.targetId, [route.id]);
    else there.push(route.id);
  }
  const sessionsByDisk = new Map<number, IscsiSession[]>();
  for (const session of model.sessions) {
    if (session.isConnected === false) continue;
    for (const number of new Set(session.diskNumbers ?? [])) {
      const there = sessionsByDisk.get(number);
      if (there === undefined) sessionsByDisk.set(number, [session]);
      else there.push(session);
    }
  }
  const { MpioDisk, SmbClientConfiguration } = snapshot.readings;
  const settings = SmbClientConfiguration.status === 'ok' ? SmbClientConfiguration.records[0] : undefined;
  const globalPolicy = globalPolicyOf(snapshot);
  return {
    model,
    wire: fastestWire(model),
    routeIdsByTarget,
    diskByNumber: new Map(model.disks.map((disk) => [disk.number, disk])),
    sessionsByDisk,
    hasMultipathDisk: model.disks.some((disk) => (disk.mpio?.paths.length ?? 0) > 1),
    areMpioDisksKnown:
      isKnownAbsent(MpioDisk) || (MpioDisk.status === 'ok' && MpioDisk.itemErrors.length === 0),
    ...(globalPolicy !== undefined && { globalPolicy }),
    carriers: new Map(),
    smb: settings ?? {},
    throttles: readThrottles(model, snapshot),
    smbWithoutPairs: legWithoutPairs(model, snapshot),
    told: new Map(
      told.targets.map(({ id, portals }) => {
        const links = new Map<string, number[]>();
        for (const { address, bitsPerSecond } of portals) {
          const there = links.get(ipKey(address));
          if (there === undefined) links.set(ipKey(address), [bitsPerSecond]);
          else there.push(bitsPerSecond);
        }
        return [id.toLowerCase(), links];
      }),
    ),
  };
}

/**
 * The figures of each iSCSI target (per IQN), file server (per joined name) and multipath disk that neither reaches.
 * In bit/s; null with the reason where no honest number exists. `told`: what the user knows about targets and no look
 * can show. Pure; what is not in the model is read from the snapshot.
 */
export function targetCeilings(
  model: HostModel,
  graph: PathGraph,
  snapshot: Snapshot,
  told: ToldFacts = { targets: [] },
): TargetCeilings[] {
  const facts = gatherFacts(model, graph, snapshot, told);
  return [
    ...connectedTargets(model).map((target) => ceilingsOfTarget(target, facts)),
    ...pathServers(model, snapshot).map((server) => ceilingsOfServer(server, facts)),
    ...multipathTargets(model).map((disk) => ceilingsOfDisk(disk, facts)),
  ];
}
