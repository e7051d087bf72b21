/** The paths of each disk that MPIO holds, by its policy. */
import { entityOf } from '#shared/entity.ts';
import type { Disk, HostModel, IscsiSession } from '#shared/host/host-model.ts';
import type { TargetCeilings } from '#shared/path-graph.ts';
import type { LbPolicy, MpioPathRecord } from '#shared/host/storage-records.ts';
import { planOf, singlePath, type PathPlan } from '../path-graph/path-policy.ts';
import { sessionById } from '../path-graph/walks.ts';
import { linksOfSession } from './links.ts';
import type { GroupPlan, PathCounter, PlannedPath, Sharing } from './plan.ts';

export const policyNames: Readonly<Record<LbPolicy, string>> = {
  FOO: 'Failover Only',
  RR: 'Round Robin',
  RRWS: 'Round Robin with Subset',
  LQD: 'Least Queue Depth',
  WP: 'Weighted Paths',
  LB: 'Least Blocks',
  VS: "the vendor's own policy",
};

const sharingOf: Readonly<Record<LbPolicy, Sharing>> = {
  FOO: 'one',
  RR: 'in-turn',
  RRWS: 'in-turn',
  LQD: 'queue',
  WP: 'one',
  LB: 'blocks',
  VS: 'open',
};

const ways: Readonly<Record<LbPolicy, string>> = {
  FOO: 'one path carries everything, the others wait until it is gone',
  RR: 'requests go over all optimized paths in turn, so each carries the same',
  RRWS: 'requests go over all optimized paths in turn, so each carries the same',
  LQD: 'each request takes the optimized path with the fewest waiting, so a slower path carries less',
  WP: 'the path with the lowest weight carries everything, the others wait until it is gone',
  LB: 'each request takes the path with the fewest bytes outstanding, and sequential ones stay where they are',
  VS: 'how its paths share is not known from here',
};

/** Which session is which path. An address that several sessions have tells nothing. */
export function sessionOfPath(
  model: HostModel,
  disk: Disk,
  { scsiAddress }: MpioPathRecord,
): IscsiSession | undefined {
  if (scsiAddress === undefined) return undefined;
  const fitting = (disk.sessionIds ?? []).flatMap((id) => {
    const session = sessionById(model, id);
    return session?.scsiAddresses?.includes(scsiAddress) === true ? [session] : [];
  });
  return fitting.length === 1 ? fitting[0] : undefined;
}

export function pathEntityOf(disk: Disk, { pathId }: MpioPathRecord) {
  return { kind: 'path', id: `path:${disk.id}/${pathId.toLowerCase()}`, name: pathId } as const;
}

function idleBecause(record: MpioPathRecord, policy: LbPolicy): string {
  if (record.state === 'Failed' || record.state === 'Unavailable') {
    return `MPIO lists the path as ${record.state}.`;
  }
  if (record.state === 'Standby' || (record.state === 'Active/Unoptimized' && sharingOf[policy] !== 'one')) {
    return `MPIO lists the path as ${record.state}: it waits until no optimized path is left.`;
  }
  return `${policyNames[policy]} keeps it back until the path in use is gone.`;
}

/** By path id; which paths carry where the policy is known, all of them where it is not. */
function carriersOf(disk: Disk, policy: LbPolicy | undefined): PathPlan<string> | undefined {
  const { mpio } = disk;
  if (mpio === undefined || policy === undefined) return undefined;
  const ids = mpio.paths.map(({ pathId }) => pathId);
  const [only, another] = ids;
  if (only === undefined) return undefined;
  if (another === undefined) return singlePath(only);
  return planOf(
    disk,
    ids,
    mpio.paths.map((record) => ({ record, over: record.pathId })),
    { mpio },
  );
}

/** Where only this disk is reached over a session, what the session moves is what the path moves. */
function countersOf(
  model: HostModel,
  disk: Disk,
  record: MpioPathRecord,
  session: IscsiSession | undefined,
): readonly PathCounter[] {
  const own: PathCounter = { layer: 'path', subjectIds: [pathEntityOf(disk, record).id] };
  const isItsOwn = session !== undefined && new Set(session.diskNumbers ?? []).size === 1;
  return isItsOwn ? [own, { layer: 'session', subjectIds: [session.id] }] : [own];
}

function planDisk(model: HostModel, disk: Disk, targetIds: readonly string[]): GroupPlan | undefined {
  const paths = disk.mpio?.paths ?? [];
  if (disk.mpio === undefined || paths.length === 0) return undefined;
  const isVendors = disk.mpio.dsmName !== undefined && !disk.mpio.isMicrosoftDsm;
  const policy = isVendors ? 'VS' : (disk.mpio.lbPolicy ?? 'VS');
  const plan = carriersOf(disk, policy);
  if (plan === undefined) return undefined;
  const { sharing: use, paths: carrying } = plan.now;
  const sharing: Sharing = paths.length === 1 ? 'single' : use === 'any' ? 'open' : sharingOf[policy];
  const planned = paths.map((record): PlannedPath => {
    const session = sessionOfPath(model, disk, record);
    const isActive = carrying.includes(record.pathId);
    return {
      path: pathEntityOf(disk, record),
      ...linksOfSession(model, session),
      expected: !isActive ? 'idle' : use === 'one' || use === 'any' ? 'open' : 'active',
      ...(!isActive && { expectedBecause: idleBecause(record, policy) }),
      weight: 1,
      counters: countersOf(model, disk, record, session),
    };
  });
  const who = isVendors
    ? `${disk.mpio.dsmName ?? 'A module of a vendor'} decides how the paths of ${disk.name} share, by rules of its own.`
    : `${disk.name} has the policy ${policyNames[policy]}: ${ways[policy]}.`;
  const direction = {
    sharing,
    paths: planned,
    ...(sharing === 'single' && {
      oneBecause: `MPIO holds ${disk.name} over one path.`,
    }),
    ...(sharing !== 'single' && { designBecause: who }),
  };
  return {
    id: `mpio:${disk.id}`,
    kind: 'mpio',
    subject: entityOf(disk),
    targetIds,
    expectation: sharing === 'single' ? `${disk.name} has one path, which carries everything.` : who,
    directions: { read: direction, write: direction },
    diskId: disk.id,
  };
}

export function planDisks(model: HostModel, targets: readonly TargetCeilings[]): readonly GroupPlan[] {
  return model.disks.flatMap((disk) => {
    const own = targets.filter(({ diskNumbers }) => diskNumbers.includes(disk.number));
    return (
      planDisk(
        model,
        disk,
        own.map(({ id }) => id),
      ) ?? []
    );
  });
}
