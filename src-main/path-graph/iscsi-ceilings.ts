/** What an iSCSI target can get: per disk where its sessions are joined to disks, else over all of its sessions. */
import type { Disk, IscsiSession, IscsiTarget } from '#shared/host/host-model.ts';
import type { PartCeilings, TargetCeilings } from '#shared/path-graph.ts';
import {
  cutAssumptions,
  farAssumptions,
  mappingAssumptions,
  targetLinks,
  teamAssumptions,
} from './ceiling-assumptions.ts';
import { toldLinks, toldOf } from './ceiling-facts.ts';
import type { Facts } from './ceiling-facts.ts';
import type { Carrier } from './flow-model.ts';
import { uniqueEntities } from './leg-limits.ts';
import type { CarriedLeg } from './leg-limits.ts';
import { legsOfSession } from './legs.ts';
import { planOf, singlePath, unclaimed } from './path-policy.ts';
import type { JoinedPath, PathPlan, Use } from './path-policy.ts';
import { figuresOfPlan, legsOf, limitOfTarget, openFigures, overParts } from './plan-figures.ts';
import { inAll, sharedBehind, vitalHops } from './shared-behind.ts';
import { throttled } from './throttles.ts';
import { portalById, sessionById, targetById } from './walks.ts';

/** The streams of one target, disk or share: who carries now, who later, and what follows for one copy. */
interface Judged {
  readonly plan: PathPlan<Carrier>;
  readonly routeIds: readonly string[];
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

export function ceilingsOfTarget(target: IscsiTarget, facts: Facts): TargetCeilings {
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
        ...farAssumptions(
          legs,
          toldOf(
            facts.told,
            [target.nodeAddress],
            legs.flatMap(({ leg: { portal } }) =>
              portal !== undefined && 'address' in portal ? [String(portal.address)] : [],
            ),
          ),
        ),
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
