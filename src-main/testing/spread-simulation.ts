/**
 * Paths under load, simulated request by request and flow by flow, and what the judge makes of them: how often it raises
 * a false alarm, and how soon it finds what is broken. Seeded, so that the same run comes out the same.
 */
import { isFault, judgeWindow, type WindowCount, type WindowVerdict } from '../spread/judge-window.ts';
import { limitsWith } from '../spread/limits.ts';
import type { DirectionPlan, PlannedPath, Sharing } from '../spread/plan.ts';

/** 0 to 1. Source: mulberry32, a public domain generator of 32 bits. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** The shortest windows that are judged have the fewest requests, and the most chance in their shares. */
const parts = 6;
const partSeconds = 10 / parts;
const link = 10e9;
const limits = limitsWith();
const sizes = [4096, 8192, 16_384, 65_536, 262_144, 1_048_576] as const;

export type Deal =
  | 'round robin'
  | 'round robin, requests not counted'
  | 'least queue depth'
  | 'least queue depth at depth 1'
  | 'least blocks'
  | 'least blocks, sequential'
  | 'failover only';

const sharingOf: Readonly<Record<Deal, Sharing>> = {
  'round robin': 'in-turn',
  'round robin, requests not counted': 'in-turn',
  'least queue depth': 'queue',
  'least queue depth at depth 1': 'queue',
  'least blocks': 'blocks',
  'least blocks, sequential': 'blocks',
  'failover only': 'one',
};

export interface Workload {
  readonly deal: Deal;
  readonly paths: number;
  /** Requests of one window. */
  readonly requests: number;
  /** Sizes that occur, and what part of the requests is read. */
  readonly sizes: readonly number[];
  readonly reads: number;
  /** Reads and writes strictly by turns. */
  readonly isAlternating: boolean;
  /** How long a path takes for a request against the others. */
  readonly slowness: readonly number[];
  /** Requests in flight. */
  readonly depth: number;
  /** Of the time in which anything is asked, 0 to 1. */
  readonly busy: number;
  readonly deadPath?: number;
}

function pick<T>(from: readonly [T, ...T[]] | readonly T[], random: () => number): T {
  const found = from[Math.min(from.length - 1, Math.floor(random() * from.length))];
  if (found === undefined) throw new RangeError('There is nothing to pick from.');
  return found;
}

/** Anything that a host may ask of its paths: from a trickle to a flood, one size or many, in bursts or all the time. */
export function drawWorkload(random: () => number, deal: Deal, deadPath = false): Workload {
  const paths = 2 + Math.floor(random() * 7);
  const mixed = random() < 0.6;
  return {
    deal,
    paths,
    requests: Math.round(100 * 30 ** random()),
    sizes: mixed
      ? Array.from({ length: 2 + Math.floor(random() * 3) }, () => pick(sizes, random))
      : [pick(sizes, random)],
    reads: pick([0, 0.02, 0.3, 0.5, 0.7, 0.98, 1], random),
    isAlternating: random() < 0.05,
    slowness: Array.from({ length: paths }, () => (random() < 0.3 ? 1 + 3 * random() : 1)),
    depth: deal === 'least queue depth at depth 1' ? 1 : 2 * paths + Math.floor(random() * 32),
    busy: random() < 0.7 ? 1 : 0.7 + 0.3 * random(),
    ...(deadPath && { deadPath: Math.floor(random() * paths) }),
  };
}

function planOf({ deal, paths }: Workload): DirectionPlan {
  return {
    sharing: sharingOf[deal],
    paths: Array.from({ length: paths }, (_, at): PlannedPath => ({
      path: { kind: 'path', id: `path:${at}`, name: `${at}` },
      over: [],
      linkBitsPerSecond: null,
      expected:
        deal === 'failover only'
          ? at === 0
            ? 'active'
            : 'idle'
          : sharingOf[deal] === 'in-turn'
            ? 'active'
            : 'open',
      weight: 1,
      counters: [],
    })),
  };
}

interface Outstanding {
  readonly path: number;
  readonly bytes: number;
  readonly until: number;
}

/** Requests of one window over the paths that live; `turn` goes on from window to window. */
function windowOf(
  work: Workload,
  random: () => number,
  turn: { at: number },
): Readonly<Record<'read' | 'write', WindowCount>> {
  const { deal, paths, requests, depth } = work;
  const live = Array.from({ length: paths }, (_, at) => at).filter((at) => at !== work.deadPath);
  const bytes = { read: grid(paths), write: grid(paths) };
  const counts = { read: new Array<number>(paths).fill(0), write: new Array<number>(paths).fill(0) };
  const isQueued = sharingOf[deal] === 'queue' || deal === 'least blocks';
  const flying: Outstanding[] = [];
  const queued = new Array<number>(paths).fill(0);
  const blocks = new Array<number>(paths).fill(0);
  let now = 0;
  let last = live[0] ?? 0;
  const choose = (): number => {
    switch (deal) {
      case 'round robin':
      case 'round robin, requests not counted':
        turn.at += 1;
        return live[turn.at % live.length] ?? 0;
      case 'least queue depth':
      case 'least queue depth at depth 1':
        return live.reduce((best, at) => ((queued[at] ?? 0) < (queued[best] ?? 0) ? at : best), live[0] ?? 0);
      case 'least blocks':
        return live.reduce((best, at) => ((blocks[at] ?? 0) < (blocks[best] ?? 0) ? at : best), live[0] ?? 0);
      case 'least blocks, sequential':
        return last;
      case 'failover only':
        return live[0] ?? 0;
    }
  };
  for (let index = 0; index < requests; index += 1) {
    while (isQueued && flying.length >= depth) {
      const first = flying.reduce(
        (best, one, at) => (one.until < (flying[best]?.until ?? Infinity) ? at : best),
        0,
      );
      const [done] = flying.splice(first, 1);
      if (done === undefined) break;
      now = Math.max(now, done.until);
      queued[done.path] = (queued[done.path] ?? 0) - 1;
      blocks[done.path] = (blocks[done.path] ?? 0) - done.bytes;
    }
    const size = pick(work.sizes, random);
    const way = work.isAlternating
      ? index % 2 === 0
        ? 'read'
        : 'write'
      : random() < work.reads
        ? 'read'
        : 'write';
    const path = choose();
    last = path;
    if (isQueued) {
      queued[path] = (queued[path] ?? 0) + 1;
      blocks[path] = (blocks[path] ?? 0) + size;
      flying.push({ path, bytes: size, until: now - Math.log(1 - random()) * (work.slowness[path] ?? 1) });
    }
    // Which part of the window: some of them may be quiet.
    const part = Math.min(parts - 1, Math.floor((index / requests) * parts * work.busy));
    const row = bytes[way][path];
    if (row !== undefined) row[part] = (row[part] ?? 0) + size;
    counts[way][path] = (counts[way][path] ?? 0) + 1;
  }
  const isCounted = deal !== 'round robin, requests not counted';
  const countOf = (way: 'read' | 'write'): WindowCount => {
    const other = way === 'read' ? 'write' : 'read';
    return {
      partSeconds,
      paths: bytes[way].map((moved, at) => ({
        bytes: moved,
        ...(isCounted && { requests: counts[way][at] ?? 0 }),
        opposite: {
          bytes: (bytes[other][at] ?? []).reduce((sum, one) => sum + one, 0),
          ...(isCounted && { requests: counts[other][at] ?? 0 }),
        },
      })),
      ...(isCounted && { requests: counts[way].reduce((sum, one) => sum + one, 0) }),
      queue: deal === 'least queue depth at depth 1' ? 1 : depth,
    };
  };
  return { read: countOf('read'), write: countOf('write') };
}

function grid(paths: number): number[][] {
  return Array.from({ length: paths }, () => new Array<number>(parts).fill(0));
}

export interface RunOutcome {
  /** A fault was seen in as many windows in a row as it takes to say it. */
  readonly isRaised: boolean;
  /** A fault was seen in one window at least. */
  readonly isSeen: boolean;
  /** Every window had enough traffic, in one direction at least. */
  readonly isJudged: boolean;
  readonly verdicts: ReadonlySet<WindowVerdict['verdict']>;
}

function outcomeOf(rows: readonly (readonly WindowVerdict[])[]): RunOutcome {
  const raised = rows.some((row) => row.length > 0 && row.every(({ verdict }) => isFault(verdict)));
  return {
    isRaised: raised,
    isSeen: rows.some((row) => row.some(({ verdict }) => isFault(verdict))),
    isJudged: rows.some((row) => row.every(({ verdict }) => verdict !== 'not-enough-traffic')),
    verdicts: new Set(rows.flatMap((row) => row.map(({ verdict }) => verdict))),
  };
}

/** As many windows as it takes to say a fault, of one workload. */
export function runPolicy(work: Workload, random: () => number): RunOutcome {
  const plan = planOf(work);
  const turn = { at: Math.floor(random() * work.paths) };
  const windows = Array.from({ length: limits.confirmWindows }, () => windowOf(work, random, turn));
  return outcomeOf(
    (['read', 'write'] as const).map((way) =>
      windows.map((window) => judgeWindow(plan, window[way], limits)),
    ),
  );
}

export interface HashLoad {
  readonly members: number;
  readonly flows: number;
  readonly deadMember?: number;
}

/** Flows of very different size (Pareto, shape 1.2), each on a member of its own for the whole run. */
export function runHash({ members, flows, deadMember }: HashLoad, random: () => number): RunOutcome {
  const live = Array.from({ length: members }, (_, at) => at).filter((at) => at !== deadMember);
  const placed = Array.from({ length: flows }, () => ({
    member: pick(live, random),
    weight: (1 - random()) ** (-1 / 1.2),
  }));
  const all = placed.reduce((sum, { weight }) => sum + weight, 0);
  const total = 0.1 * members * (link / 8) * parts * partSeconds;
  const plan: DirectionPlan = {
    sharing: 'hash',
    flows: { count: flows, noun: 'flow' },
    paths: Array.from({ length: members }, (_, at): PlannedPath => ({
      path: { kind: 'adapter', id: `adapter:${at}`, name: `NIC${at}` },
      over: [],
      linkBitsPerSecond: link,
      expected: 'active',
      weight: link,
      counters: [],
    })),
  };
  const windows = Array.from({ length: limits.confirmWindows }, () => {
    const bytes = grid(members);
    for (const { member, weight } of placed) {
      for (let part = 0; part < parts; part += 1) {
        const row = bytes[member];
        if (row !== undefined)
          row[part] = (row[part] ?? 0) + (weight / all / parts) * total * (0.5 + random());
      }
    }
    return judgeWindow(
      plan,
      { partSeconds, paths: bytes.map((moved) => ({ bytes: moved, opposite: { bytes: 0 } })) },
      limits,
    );
  });
  return outcomeOf([windows]);
}
