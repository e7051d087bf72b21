/** The iSCSI sessions of each target, and the connections of a session that has several. */
import { entityOf } from '#shared/entity.ts';
import type { Disk, HostModel, IscsiSession, IscsiTarget } from '#shared/host/host-model.ts';
import { counted } from '#shared/units.ts';
import { endpointOf, sessionById, wiredSessions } from '../path-graph/walks.ts';
import { linksOfSession, linksUnder } from './links.ts';
import type { DirectionPlan, GroupPlan, PlannedPath, Sharing } from './plan.ts';
import { pathEntityOf, policyNames, sessionOfPath } from './plan-disks.ts';

interface SessionUse {
  readonly sharing: Sharing;
  /** Sessions that carry; undefined where it is not known which. */
  readonly carrying?: ReadonlySet<string>;
  readonly says: string;
}

/** How the sessions of one disk share, from the plan of its paths. */
function useOfDisk(model: HostModel, disk: Disk, plan: GroupPlan | undefined): SessionUse | undefined {
  if (disk.mpio === undefined || plan === undefined) return undefined;
  const { sharing, paths } = plan.directions.read;
  const carrying = disk.mpio.paths.flatMap((record) => {
    const planned = paths.find(({ path }) => path.id === pathEntityOf(disk, record).id);
    const session = sessionOfPath(model, disk, record);
    return planned?.expected === 'idle' ? [] : [session?.id];
  });
  const isKnown = carrying.every((id) => id !== undefined);
  return {
    sharing,
    ...(isKnown && { carrying: new Set(carrying) }),
    says: policyNames[disk.mpio.lbPolicy ?? 'VS'],
  };
}

function isSame(a: ReadonlySet<string> | undefined, b: ReadonlySet<string> | undefined): boolean {
  return a !== undefined && b !== undefined && a.size === b.size && [...a].every((id) => b.has(id));
}

/** What the disks of a target together say of its sessions. */
function useOfTarget(
  model: HostModel,
  target: IscsiTarget,
  sessions: readonly IscsiSession[],
  plans: ReadonlyMap<string, GroupPlan>,
): SessionUse {
  const numbers = new Set(sessions.flatMap(({ diskNumbers }) => diskNumbers ?? []));
  const disks = model.disks.filter(({ number }) => numbers.has(number));
  if (disks.length > 0 && disks.every(({ mpio }) => mpio === undefined)) {
    return {
      sharing: 'unclaimed',
      says: 'MPIO does not hold its disks, so each session carries only what is asked of its own disk',
    };
  }
  const uses = disks.map((disk) => useOfDisk(model, disk, plans.get(`mpio:${disk.id}`)));
  const [first] = uses;
  const isAlike =
    first !== undefined &&
    uses.every((use) => use?.sharing === first.sharing && isSame(use.carrying, first.carrying));
  // Where each disk uses the paths in its own way, the sum over them says nothing that its parts do not.
  return isAlike
    ? { ...first, says: `its disks have the policy ${first.says}` }
    : { sharing: 'open', says: `the disks of ${target.name} use its sessions in different ways` };
}

function planTarget(
  model: HostModel,
  target: IscsiTarget,
  plans: ReadonlyMap<string, GroupPlan>,
): GroupPlan | undefined {
  const wired = new Set(wiredSessions(model));
  const sessions = target.sessionIds
    .flatMap((id) => sessionById(model, id) ?? [])
    .filter((one) => wired.has(one));
  if (sessions.length === 0) return undefined;
  const use = useOfTarget(model, target, sessions, plans);
  const isSingle = sessions.length === 1;
  const sharing: Sharing = isSingle ? 'single' : use.sharing;
  const paths = sessions.map((session): PlannedPath => {
    const isIdle = use.carrying !== undefined && !use.carrying.has(session.id) && !isSingle;
    return {
      path: entityOf(session),
      ...linksOfSession(model, session),
      expected: isIdle ? 'idle' : sharing === 'in-turn' || isSingle ? 'active' : 'open',
      ...(isIdle && { expectedBecause: 'Its paths to the disks of the target are held back.' }),
      weight: 1,
      counters: [
        { layer: 'session', subjectIds: [session.id] },
        ...(session.connections.length > 0
          ? [{ layer: 'connection' as const, subjectIds: session.connections.map(({ id }) => id) }]
          : []),
      ],
    };
  });
  const [only] = sessions;
  const connections = only?.connections.length ?? 0;
  const direction: DirectionPlan = {
    sharing,
    paths,
    ...(isSingle && {
      oneBecause:
        connections > 1
          ? `${target.name} is reached over one session; its ${connections} connections are judged by themselves.`
          : `${target.name} is reached over one session with one connection: that is one stream, and one stream uses one path.`,
    }),
    ...(sharing === 'unclaimed' && {
      oneBecause: `${target.name} has ${counted(sessions.length, 'session')}, and MPIO does not hold its disks: each brings a disk of its own, and only the one in use carries.`,
    }),
    ...(!isSingle && sharing !== 'unclaimed' && { designBecause: `${capital(use.says)}.` }),
  };
  return {
    id: `sessions:${target.id}`,
    kind: 'sessions',
    subject: entityOf(target),
    targetIds: [target.id],
    expectation: isSingle
      ? `${target.name} has one session, which carries everything.`
      : `${target.name} has ${counted(sessions.length, 'session')}; ${use.says}.`,
    directions: { read: direction, write: direction },
  };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function planConnections(model: HostModel, session: IscsiSession): GroupPlan | undefined {
  const { connections, mcsPolicy } = session;
  if (connections.length < 2) return undefined;
  const policy = mcsPolicy ?? 'RR';
  const sharing: Sharing =
    policy === 'RR' || policy === 'RRWS'
      ? 'in-turn'
      : policy === 'LQD'
        ? 'queue'
        : policy === 'LB'
          ? 'blocks'
          : 'one';
  const expectation = `The ${connections.length} connections of ${session.name} share by ${policyNames[policy]}${mcsPolicy === undefined ? ', the default' : ''}.`;
  const endpoints = connections.map((connection) => endpointOf(model, connection));
  const areApart = new Set(endpoints).size === connections.length;
  const direction: DirectionPlan = {
    sharing,
    paths: connections.map((connection, at): PlannedPath => {
      const endpoint = endpoints[at];
      return {
        path: entityOf(connection),
        ...(endpoint === undefined ? { over: [], linkBitsPerSecond: null } : linksUnder(model, endpoint)),
        expected: sharing === 'in-turn' ? 'active' : 'open',
        weight: 1,
        counters: [
          { layer: 'connection', subjectIds: [connection.id] },
          // Where counters do not tell the connections apart, adapters do, if each has one of its own.
          ...(areApart && endpoint !== undefined
            ? [{ layer: 'interface' as const, subjectIds: [endpoint.id] }]
            : []),
        ],
      };
    }),
    designBecause: expectation,
  };
  return {
    id: `connections:${session.id}`,
    kind: 'connections',
    subject: entityOf(session),
    targetIds: [session.targetId],
    expectation,
    directions: { read: direction, write: direction },
  };
}

/** `disks`: the plans of the disks, by their ids. */
export function planSessions(model: HostModel, disks: ReadonlyMap<string, GroupPlan>): readonly GroupPlan[] {
  return [
    ...model.targets.flatMap((target) => planTarget(model, target, disks) ?? []),
    ...wiredSessions(model).flatMap((session) => planConnections(model, session) ?? []),
  ];
}
