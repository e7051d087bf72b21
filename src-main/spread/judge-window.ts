/**
 * One window of one group in one direction: what was counted on its paths, held against what they should carry. Pure,
 * and all that the simulation in e2e/bench/spread-bench.ts runs ten thousand times.
 *
 * Rules and thresholds are in docs/spread.md. Expectation comes first, then the question whether the traffic is enough
 * to tell anything, then the shares.
 */
import type { DirectionVerdict, OpenReason, SpreadVerdictId } from '#shared/spread.ts';
import type { SpreadLimits } from './limits.ts';
import type { DirectionPlan, PlannedPath } from './plan.ts';

/** What one path moved. */
export interface PathCount {
  /** Bytes of each part of the window; all paths have the same parts. */
  readonly bytes: readonly number[];
  /** Requests of the whole window; undefined where they are not counted. */
  readonly requests?: number;
  /** The same of the other direction. */
  readonly opposite: { readonly bytes: number; readonly requests?: number };
}

export interface WindowCount {
  /** By path of the plan, in its order; undefined where nothing counts a path that should be idle. */
  readonly paths: readonly (PathCount | undefined)[];
  /** Seconds of each part. */
  readonly partSeconds: number;
  /** Requests of the group as a whole, where they are counted beside its paths. */
  readonly requests?: number;
  /** Mean number of requests in flight on the group. */
  readonly queue?: number;
  /** Bytes that whatever the group is for moved, where that is counted beside its paths. */
  readonly ownBytes?: number;
}

interface PathFigures {
  readonly bytes: number;
  /** Null where nothing moved. */
  readonly share: number | null;
  readonly expectedShare: number | null;
  readonly use: number | null;
}

export interface WindowVerdict {
  readonly verdict: SpreadVerdictId;
  readonly open?: OpenReason;
  readonly cost?: NonNullable<DirectionVerdict['cost']>;
  readonly fairness: number | null;
  readonly figures: readonly PathFigures[];
  readonly bytes: number;
  /** Of the plan, by position: what the verdict is about. */
  readonly about: readonly number[];
  /** Shares were compared by requests and not by bytes. */
  readonly isByRequests: boolean;
}

const bitsPerByte = 8;

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** (Σx)² ÷ (n·Σx²): 1 is even, k/n means that k of n are used. Source: Jain, Chiu and Hawe 1984. */
function jainIndex(loads: readonly number[]): number | null {
  const squares = sum(loads.map((load) => load * load));
  return loads.length < 2 || squares === 0 ? null : sum(loads) ** 2 / (loads.length * squares);
}

interface Counted {
  readonly at: number;
  readonly plan: PlannedPath;
  readonly count: PathCount;
  readonly bytes: number;
  /** What shares are compared by: requests where they are counted, else bytes. */
  readonly load: number;
  /** Of the load of the paths that should carry. */
  readonly part: number;
}

/** The paths that should carry, or may, with their parts. */
function carriersOf(plan: DirectionPlan, { paths }: WindowCount, isByRequests: boolean): readonly Counted[] {
  const found = plan.paths.flatMap((path, at) => {
    const count = paths[at];
    if (path.expected === 'idle' || count === undefined) return [];
    const bytes = sum(count.bytes);
    return [{ at, plan: path, count, bytes, load: isByRequests ? (count.requests ?? 0) : bytes }];
  });
  const weights = sum(found.map(({ plan: { weight } }) => weight));
  return found.map((one) => ({ ...one, part: one.plan.weight / weights }));
}

function figuresOf(
  plan: DirectionPlan,
  { paths, partSeconds }: WindowCount,
  hasParts: boolean,
): readonly PathFigures[] {
  const bytes = paths.map((count) => sum(count?.bytes ?? []));
  const all = sum(bytes);
  const weights = sum(plan.paths.flatMap(({ expected, weight }) => (expected === 'active' ? [weight] : [])));
  const seconds = partSeconds * Math.max(1, ...paths.map((count) => count?.bytes.length ?? 0));
  return plan.paths.map(({ expected, weight, linkBitsPerSecond }, at) => {
    const own = bytes[at] ?? 0;
    return {
      bytes: own,
      share: all === 0 ? null : own / all,
      expectedShare: expected === 'idle' ? 0 : hasParts && expected === 'active' ? weight / weights : null,
      use: linkBitsPerSecond === null ? null : (own * bitsPerByte) / seconds / linkBitsPerSecond,
    };
  });
}

/** Parts of the window in which enough moved; undefined where they are too few. */
function busyParts(
  plan: DirectionPlan,
  { paths, partSeconds, requests }: WindowCount,
  limits: SpreadLimits,
): readonly number[] | undefined {
  const parts = Math.max(0, ...paths.map((count) => count?.bytes.length ?? 0));
  const capacity = sum(
    plan.paths.flatMap(({ expected, linkBitsPerSecond }) =>
      expected === 'idle' ? [] : [linkBitsPerSecond ?? 0],
    ),
  );
  const least = Math.max(limits.leastBytesPerSecond, (limits.leastUse * capacity) / bitsPerByte);
  const all = Array.from({ length: parts }, (_, part) => part);
  if ((requests ?? 0) >= limits.leastRequestsPerSecond * partSeconds * parts) return all;
  const busy = all.filter(
    (part) => sum(paths.map((count) => count?.bytes[part] ?? 0)) >= least * partSeconds,
  );
  return parts > 0 && busy.length >= Math.ceil(limits.busyPart * parts) ? busy : undefined;
}

/** How likely it is that an even hash leaves at least one of `members` without any of `flows`. At most; the sum rule. */
function chanceOfIdle(members: number, flows: number): number {
  return members * (1 - 1 / members) ** flows;
}

type Outcome = Pick<WindowVerdict, 'verdict'> & Partial<Pick<WindowVerdict, 'open' | 'about'>>;

const open = (why: OpenReason): Outcome => ({ verdict: 'not-enough-traffic', open: why });

/** By how far the most favoured path is above its part, and the least favoured below, together. */
function gapOf(carriers: readonly Counted[]): number {
  const all = sum(carriers.map(({ load }) => load));
  const beyond = carriers.map(({ load, part }) => load / all - part);
  return Math.max(...beyond) - Math.min(...beyond);
}

/**
 * Reads and writes are dealt from one turn: where they alternate, each keeps to paths of its own, and nothing is wrong.
 * By requests that shows in the sum of both; by bytes only in paths that are idle one way and not the other.
 */
function doAlternate(carriers: readonly Counted[], idle: readonly Counted[], limits: SpreadLimits): boolean {
  const requests = carriers.map(({ count }) =>
    count.requests === undefined || count.opposite.requests === undefined
      ? Number.NaN
      : count.requests + count.opposite.requests,
  );
  if (!requests.some(Number.isNaN)) {
    const both = carriers.map((one, at) => ({ ...one, load: requests[at] ?? 0 }));
    const index = jainIndex(both.map(({ load, plan: { weight } }) => load / weight));
    return index !== null && index >= limits.fairness && gapOf(both) <= limits.shareGap;
  }
  const opposite = sum(carriers.map(({ count }) => count.opposite.bytes));
  return (
    idle.length > 0 &&
    idle.every(({ count, part }) => count.opposite.bytes > limits.idleShare * part * opposite)
  );
}

function judgeHash(
  plan: DirectionPlan,
  carriers: readonly Counted[],
  idle: readonly Counted[],
  fairness: number | null,
  limits: SpreadLimits,
): Outcome {
  const n = carriers.length;
  const flows = plan.flows?.count ?? 0;
  const about = idle.map(({ at }) => at);
  // That one member carries everything is a measured fact, however few flows there are.
  if (idle.length === n - 1) return { verdict: 'one-path', about };
  const isSaid = flows >= limits.leastFlows;
  if (idle.length > 0) {
    return isSaid && chanceOfIdle(n, flows) <= limits.hashChance
      ? { verdict: 'idle-path', about }
      : open('few-flows');
  }
  return isSaid || (fairness !== null && fairness >= limits.fairness)
    ? { verdict: 'spreads' }
    : open('few-flows');
}

function judgeCarriers(
  plan: DirectionPlan,
  carriers: readonly Counted[],
  busy: readonly number[],
  fairness: number | null,
  { queue }: WindowCount,
  limits: SpreadLimits,
): Outcome {
  const { sharing } = plan;
  const n = carriers.length;
  const all = sum(carriers.map(({ load }) => load));
  const idleShare = sharing === 'hash' ? limits.idleShareOfHash : limits.idleShare;
  const idle = carriers.filter(({ count, part }) =>
    busy.every((at) => {
      const moved = sum(carriers.map((other) => other.count.bytes[at] ?? 0));
      return moved === 0 || (count.bytes[at] ?? 0) < idleShare * part * moved;
    }),
  );
  const about = idle.map(({ at }) => at);
  const isEven = fairness !== null && fairness >= limits.fairness && gapOf(carriers) <= limits.shareGap;
  const carrying = n - idle.length;
  switch (sharing) {
    case 'single':
      return { verdict: 'one-path' };
    case 'hash':
      return judgeHash(plan, carriers, idle, fairness, limits);
    case 'one': {
      const used = carriers.filter(({ load }) => load > limits.wrongShare * all);
      return used.length > 1
        ? { verdict: 'wrong-path', about: used.map(({ at }) => at) }
        : { verdict: 'by-design' };
    }
    case 'unclaimed':
      return carrying === 1 ? { verdict: 'one-path', about } : { verdict: isEven ? 'spreads' : 'by-design' };
    case 'open':
      return { verdict: isEven ? 'spreads' : 'by-design' };
    case 'queue':
      if (isEven) return { verdict: 'spreads' };
      if (queue === undefined || queue < limits.queuePerPath * n) return open('shallow-queue');
      break;
    case 'blocks':
      if (isEven) return { verdict: 'spreads' };
      // On one path alone they may be sequential, and those stay there.
      if (carriers.filter(({ load }) => load >= 0.1 * all).length < 2) return { verdict: 'by-design' };
      break;
    case 'in-turn':
      break;
  }
  if (sharing === 'in-turn' && !isEven && doAlternate(carriers, idle, limits))
    return { verdict: 'by-design' };
  if (carrying === 1) return { verdict: 'one-path', about };
  if (idle.length > 0) return { verdict: 'idle-path', about };
  if (isEven) return { verdict: 'spreads' };
  return sharing === 'in-turn'
    ? { verdict: 'leans', about: carriers.filter(({ load, part }) => load > part * all).map(({ at }) => at) }
    : { verdict: 'by-design' };
}

/** By the path whose link is fullest; where one of them that carries is not known, it may be that. */
function costOf(figures: readonly PathFigures[], limits: SpreadLimits) {
  const uses = figures.flatMap(({ bytes, use }) => (bytes > 0 ? [use] : []));
  if (uses.some((use) => use !== null && use > limits.costlyUse)) return 'costs';
  return uses.includes(null) ? 'unknown' : 'harmless';
}

/** Verdicts that find fault. */
export function isFault(verdict: SpreadVerdictId): boolean {
  return verdict === 'wrong-path' || verdict === 'one-path' || verdict === 'idle-path' || verdict === 'leans';
}

function outcomeOf(
  plan: DirectionPlan,
  count: WindowCount,
  carriers: readonly Counted[],
  fairness: number | null,
  isByRequests: boolean,
  limits: SpreadLimits,
): Outcome {
  const bytes = count.paths.map((path) => sum(path?.bytes ?? []));
  const all = sum(bytes);
  const busy = busyParts(plan, count, limits);
  if (busy === undefined || all === 0) return open('little-traffic');
  if (count.ownBytes !== undefined && count.ownBytes < limits.ownTraffic * all) return open('other-traffic');
  const wrong = plan.paths.flatMap(({ expected }, at) =>
    expected === 'idle' && (bytes[at] ?? 0) > 0 ? [at] : [],
  );
  if (sum(wrong.map((at) => bytes[at] ?? 0)) > limits.wrongShare * all) {
    return { verdict: 'wrong-path', about: wrong };
  }
  if (carriers.length === 0) return open('little-traffic');
  if (carriers.length === 1 && plan.paths.length > 1 && plan.sharing !== 'single') {
    return { verdict: 'by-design' };
  }
  if (plan.sharing === 'in-turn' || plan.sharing === 'queue' || plan.sharing === 'blocks') {
    const requests = isByRequests
      ? sum(carriers.map(({ load }) => load))
      : Math.max(count.requests ?? 0, all / limits.largestRequestBytes);
    if (requests < limits.requestsPerPath * carriers.length) return open('little-traffic');
  }
  return judgeCarriers(plan, carriers, busy, fairness, count, limits);
}

export function judgeWindow(plan: DirectionPlan, count: WindowCount, limits: SpreadLimits): WindowVerdict {
  // Requests tell what a policy does; the bytes of each differ.
  const isByRequests =
    plan.sharing === 'in-turn' &&
    plan.paths.every(({ expected }, at) => expected === 'idle' || count.paths[at]?.requests !== undefined);
  const carriers = carriersOf(plan, count, isByRequests);
  const hasParts = plan.sharing === 'in-turn' || plan.sharing === 'hash' || plan.sharing === 'single';
  const figures = figuresOf(plan, count, hasParts);
  const fairness = jainIndex(carriers.map(({ load, plan: { weight } }) => load / weight));
  const outcome = outcomeOf(plan, count, carriers, fairness, isByRequests, limits);
  const isCosted = isFault(outcome.verdict);
  return {
    verdict: outcome.verdict,
    ...(outcome.open !== undefined && { open: outcome.open }),
    ...(isCosted && { cost: costOf(figures, limits) }),
    fairness,
    figures,
    bytes: sum(figures.map(({ bytes }) => bytes)),
    about: outcome.about ?? [],
    isByRequests,
  };
}
