/**
 * Which paths to a disk carry, and how they share the work: one row for each policy of MPIO. This is the iSCSI half of
 * part B of docs/ceilings.md as code; each row is tested by its name.
 */
import type { Disk, DiskMultipath } from '#shared/host/host-model.ts';
import type { LbPolicy, MpioPathRecord } from '#shared/host/storage-records.ts';

/**
 * `together`: all at once, each as much as it can. `in-turn`: all at once, each the same. `one`: one of them and it is
 * not known which, so the worst is the narrowest and the best the widest. `any`: some of them, and it is not known how
 * many; the worst is the narrowest alone, the best all together, and both are bounds.
 */
export type Sharing = 'together' | 'in-turn' | 'one' | 'any';

/** Some paths, and how they share the work. `T` is whatever a path leads over (a session). */
export interface Use<T> {
  readonly paths: readonly T[];
  readonly sharing: Sharing;
}

export interface PathPlan<T> {
  readonly row: string;
  readonly now: Use<T>;
  /** What carries after all of `now` is gone. */
  readonly later?: Use<T> & { readonly after: string };
  /** One copy job: over all paths in use, over one of them, or not known. */
  readonly copy:
    | { readonly over: 'all'; readonly needs?: string }
    | { readonly over: 'one' }
    | { readonly over: 'unknown'; readonly because: string };
  readonly assumptions: readonly string[];
}

/** A path of MPIO with what it leads over; `over` is undefined where the two could not be joined. */
export interface JoinedPath<T> {
  readonly record: MpioPathRecord;
  readonly over?: T;
}

export interface PolicyFacts {
  /** Undefined where the host could not say, null where MPIO holds no such disk. */
  readonly mpio: DiskMultipath | null | undefined;
  /** The default of the Microsoft DSM, where one is set. */
  readonly globalPolicy?: LbPolicy;
}

function isActive({ state }: MpioPathRecord): boolean {
  return state === 'Active/Optimized' || state === 'Active/Unoptimized';
}

function isOptimized({ state }: MpioPathRecord): boolean {
  return state === 'Active/Optimized';
}

function isHeldBack({ state }: MpioPathRecord): boolean {
  return state === 'Standby' || state === 'Active/Unoptimized';
}

function oneOf<T>(paths: readonly T[]): Use<T> {
  return { paths, sharing: paths.length === 1 ? 'together' : 'one' };
}

/** Some paths are left, and nobody knows how many carry. */
function bounds<T>(row: string, paths: readonly T[], because: string): PathPlan<T> {
  return {
    row,
    now: { paths, sharing: paths.length === 1 ? 'together' : 'any' },
    copy: paths.length === 1 ? { over: 'one' } : { over: 'unknown', because },
    assumptions:
      paths.length === 1
        ? []
        : [`${because} Certain is the narrowest single path, possible are all together.`],
  };
}

const standbyAfter = 'after the active paths are gone';

/** With one path there is nothing to choose. */
export function singlePath<T>(path: T): PathPlan<T> {
  return {
    row: 'one session, one connection',
    now: { paths: [path], sharing: 'together' },
    copy: { over: 'one' },
    assumptions: [],
  };
}

/** Nothing claims the disk: Windows uses one of the sessions. */
export function unclaimed<T>(paths: readonly T[]): PathPlan<T> {
  return {
    row: 'sessions not claimed by MPIO',
    now: oneOf(paths),
    copy: { over: 'one' },
    assumptions:
      paths.length > 1 ? ['MPIO does not hold the disk, so one of its sessions carries everything.'] : [],
  };
}

/**
 * `paths`: what the disk can be reached over, at least two. `joined`: the paths that MPIO lists, with what each leads
 * over.
 */
export function planOf<T>(
  disk: Pick<Disk, 'name'>,
  paths: readonly T[],
  joined: readonly JoinedPath<T>[],
  { mpio, globalPolicy }: PolicyFacts,
): PathPlan<T> {
  if (mpio === null) return unclaimed(paths);
  const vendorRow = 'policy unknown, vendor DSM';
  if (mpio?.dsmName !== undefined && !mpio.isMicrosoftDsm) {
    return bounds(
      vendorRow,
      paths,
      `${mpio.dsmName} decides which paths to ${disk.name} carry, by rules of its own.`,
    );
  }
  const policy = mpio?.lbPolicy ?? globalPolicy;
  if (policy === undefined || policy === 'VS') {
    return bounds(vendorRow, paths, `The path policy of ${disk.name} is not known.`);
  }
  const assumed =
    mpio?.lbPolicy === undefined
      ? [`The path policy of ${disk.name} could not be read; the default of the host is taken for it.`]
      : [];
  const plan = byPolicy(disk, policy, paths, joined);
  return { ...plan, assumptions: [...assumed, ...plan.assumptions] };
}

/** The paths of MPIO that `keep` picks, as what they lead over; undefined where that is not known of all. */
function over<T>(joined: readonly JoinedPath<T>[]): readonly T[] | undefined {
  const found = joined.map((path) => path.over);
  return found.every((one) => one !== undefined) ? [...new Set(found)] : undefined;
}

function byPolicy<T>(
  disk: Pick<Disk, 'name'>,
  policy: Exclude<LbPolicy, 'VS'>,
  paths: readonly T[],
  joined: readonly JoinedPath<T>[],
): PathPlan<T> {
  const live = joined.filter(({ record }) => record.state !== 'Failed' && record.state !== 'Unavailable');
  const areStatesKnown = live.length > 0 && live.every(({ record }) => record.state !== undefined);
  const unjoined = `Which session is which path to ${disk.name} is not known.`;

  if (policy === 'FOO') {
    const row = 'MPIO Failover Only';
    const active = live.filter(({ record }) => isActive(record));
    const preferred = active.filter(({ record }) => record.isPreferred === true);
    const chosen = active.length === 1 ? active : preferred.length === 1 ? preferred : [];
    const carrying = over(chosen);
    if (carrying === undefined || carrying.length === 0) {
      return {
        row,
        now: oneOf(paths),
        copy: { over: 'one' },
        assumptions: [
          `MPIO uses one path to ${disk.name} and keeps the others back; which one is not known. Certain is the narrowest, possible the widest.`,
        ],
      };
    }
    const rest = over(live.filter((path) => !chosen.includes(path)));
    return {
      row,
      now: { paths: carrying, sharing: 'together' },
      ...(rest !== undefined &&
        rest.length > 0 && { later: { ...oneOf(rest), after: 'after the active path is gone' } }),
      copy: { over: 'one' },
      assumptions: [`MPIO uses one path to ${disk.name} and keeps the others back until it is gone.`],
    };
  }

  if (policy === 'WP') {
    const row = 'MPIO Weighted Paths';
    const optimized = live.filter(({ record }) => isOptimized(record));
    const carriers = (optimized.length > 0 ? optimized : live).toSorted(
      (a, b) => (a.record.weight ?? 0) - (b.record.weight ?? 0),
    );
    const [first, second] = carriers;
    const isKnown = carriers.every(
      ({ record, over: session }) => record.weight !== undefined && session !== undefined,
    );
    if (!isKnown || first?.over === undefined) {
      return {
        row,
        now: oneOf(paths),
        copy: { over: 'one' },
        assumptions: [
          `MPIO uses the path to ${disk.name} with the lowest weight; which one that is, is not known. Certain is the narrowest, possible the widest.`,
        ],
      };
    }
    return {
      row,
      now: { paths: [first.over], sharing: 'together' },
      ...(second?.over !== undefined && {
        later: {
          paths: [second.over],
          sharing: 'together',
          after: 'after the path with the lowest weight is gone',
        },
      }),
      copy: { over: 'one' },
      assumptions: [`MPIO uses the path to ${disk.name} with the lowest weight and keeps the others back.`],
    };
  }

  // The others use all paths of the best state there is. Plain round robin does so too where the array is asymmetric.
  const optimized = live.filter(({ record }) => isOptimized(record));
  const isAsymmetric = live.some(({ record }) => record.state === 'Active/Unoptimized');
  const active =
    optimized.length > 0
      ? optimized
      : live.some(({ record }) => isActive(record))
        ? live.filter(({ record }) => isActive(record))
        : live;
  const heldBack = live.filter((path) => !active.includes(path) && isHeldBack(path.record));
  // Where all paths are of that state there is nothing to tell apart.
  const carrying = over(active) ?? (active.length >= paths.length ? paths : undefined);
  if (!areStatesKnown || carrying === undefined || carrying.length === 0) {
    return bounds(
      rowOf(policy, isAsymmetric),
      paths,
      areStatesKnown ? unjoined : `The states of the paths to ${disk.name} are not known.`,
    );
  }
  const sharing: Sharing = policy === 'RR' || policy === 'RRWS' ? 'in-turn' : 'together';
  const later = over(heldBack);
  const count = carrying.length;
  return {
    row: rowOf(policy, isAsymmetric),
    now: { paths: carrying, sharing },
    ...(later !== undefined && later.length > 0 && { later: { paths: later, sharing, after: standbyAfter } }),
    copy:
      policy === 'LB'
        ? { over: 'one' }
        : {
            over: 'all',
            ...(count > 1 && { needs: `The copy needs at least ${count} requests outstanding.` }),
          },
    assumptions: [
      ...(heldBack.length > 0
        ? [
            `Paths to ${disk.name} that are not optimized or stand by carry nothing while an optimized one is left.`,
          ]
        : []),
      ...(policy === 'LB' && count > 1
        ? ['Least Blocks keeps sequential requests on one path; parallel and random ones use all.']
        : []),
    ],
  };
}

function rowOf(policy: Exclude<LbPolicy, 'VS' | 'FOO' | 'WP'>, isAsymmetric: boolean): string {
  switch (policy) {
    case 'RR':
      return isAsymmetric ? 'MPIO Round Robin with Subset, ALUA' : 'MPIO Round Robin (symmetric)';
    case 'RRWS':
      return 'MPIO Round Robin with Subset, ALUA';
    case 'LQD':
      return 'MPIO Least Queue Depth';
    case 'LB':
      return 'MPIO Least Blocks';
  }
}
