/**
 * What streams can get together when each of them, or each group that stays together, is put onto one of several links:
 * at worst and at best over all placements. Numbers alone; what the links are is told by flow-model.ts. Directions do
 * not mix here: a problem is about reading or about writing.
 */
import { openNetwork } from './max-flow.ts';

export interface PlacementLink {
  /** bit/s, more than 0. */
  readonly capacity: number;
  /** A link that everything on this one passes as well (the slot of a card). */
  readonly behind?: number;
}

/** A group of streams that goes onto one link, whichever of these it is. */
export interface Unit {
  /** Links that it may be put on, at least one. Units that share a choice have the same list. */
  readonly allowed: readonly number[];
}

export interface PlacedStream {
  /** Its unit at the host's end: an adapter, or a member of a team. */
  readonly near: number;
  /** Its unit at the target's end, where the links there are known. */
  readonly far?: number;
  /** A link that it always passes (the cap of a vNIC). */
  readonly through?: number;
  /** Its part of the load of its path, where paths are used in turn. The parts of one path add up to 1. */
  readonly share: number;
}

export interface PlacementProblem {
  readonly links: readonly PlacementLink[];
  readonly units: readonly Unit[];
  /** At least one. */
  readonly streams: readonly PlacedStream[];
}

export interface Placed {
  readonly bitsPerSecond: number;
  /** Links that are full then and hold the figure back: a cut of the flow, or the slowest under equal shares. */
  readonly full: readonly number[];
  /** The link of each unit. */
  readonly placement: readonly number[];
  /** The truth may be higher (worst placement) or lower (best placement). */
  readonly isBound: boolean;
}

/** Beyond this many combinations, or steps of the search, a bound is given instead. Real hosts need a handful. */
const combinationsTried = 4096;
const stepsTried = 200;

/** Sums of shares are not exact in binary: figures that differ by less than a bit per second are equal. */
const tolerance = 0.5;

function capacityOf(problem: PlacementProblem, link: number): number {
  return problem.links[link]?.capacity ?? Infinity;
}

function behindOf(problem: PlacementProblem, link: number): number | undefined {
  return problem.links[link]?.behind;
}

/** What one stream can get on a link of its own: the link, or the slot behind it. */
function reachOf(problem: PlacementProblem, link: number): number {
  const behind = behindOf(problem, link);
  return Math.min(capacityOf(problem, link), behind === undefined ? Infinity : capacityOf(problem, behind));
}

type Choices = readonly (readonly number[])[];

/**
 * Max-flow where each unit may use any of the links that `choices` leaves it, divided at will. With one choice for each
 * unit this is the figure of that placement; with more it is at least that of any placement among them.
 */
function flowOver(problem: PlacementProblem, choices: Choices): { value: number; full: readonly number[] } {
  const network = openNetwork();
  const source = network.addNode();
  const sink = network.addNode();
  const linkOfArc: (number | undefined)[] = [];
  const arc = (from: number, to: number, capacity: number, link?: number): void => {
    network.addArc(from, to, capacity);
    linkOfArc.push(link);
  };
  const nodes = new Map<string, number>();
  const nodeFor = (key: string, connect: (node: number) => void): number => {
    let node = nodes.get(key);
    if (node === undefined) {
      node = network.addNode();
      nodes.set(key, node);
      connect(node);
    }
    return node;
  };
  const behindNode = (link: number): number =>
    nodeFor(`behind ${link}`, (node) => {
      arc(node, sink, capacityOf(problem, link), link);
    });
  const nearLink = (link: number): number =>
    nodeFor(`near ${link}`, (node) => {
      const behind = behindOf(problem, link);
      arc(node, behind === undefined ? sink : behindNode(behind), capacityOf(problem, link), link);
    });
  const farLink = (link: number): number =>
    nodeFor(`far ${link}`, (node) => {
      arc(source, node, capacityOf(problem, link), link);
    });
  const widest = (allowed: readonly number[]): number =>
    Math.max(...allowed.map((link) => capacityOf(problem, link)));
  const nearUnit = (unit: number): number => {
    const allowed = choices[unit] ?? [];
    const [only] = allowed;
    if (allowed.length === 1 && only !== undefined) return nearLink(only);
    return nodeFor(`unit ${unit}`, (node) => {
      const inside = network.addNode();
      arc(node, inside, widest(allowed));
      for (const link of allowed) arc(inside, nearLink(link), Infinity);
    });
  };
  const farUnit = (unit: number): number => {
    const allowed = choices[unit] ?? [];
    const [only] = allowed;
    if (allowed.length === 1 && only !== undefined) return farLink(only);
    return nodeFor(`unit ${unit}`, (node) => {
      const inside = network.addNode();
      for (const link of allowed) arc(farLink(link), inside, Infinity);
      arc(inside, node, widest(allowed));
    });
  };
  const drawn = new Set<string>();
  const join = (from: number, to: number): void => {
    const key = `${from} ${to}`;
    if (drawn.has(key)) return;
    drawn.add(key);
    arc(from, to, Infinity);
  };
  for (const { near, far, through } of problem.streams) {
    const start = far === undefined ? source : farUnit(far);
    const end = nearUnit(near);
    if (through === undefined) {
      join(start, end);
      continue;
    }
    const inside = nodeFor(`from ${through}`, () => undefined);
    const outside = nodeFor(`to ${through}`, (node) => {
      arc(node, inside, capacityOf(problem, through), through);
    });
    join(start, outside);
    join(inside, end);
  }
  const value = network.run(source, sink);
  return { value, full: [...new Set(network.cut().flatMap((cut) => linkOfArc[cut] ?? []))] };
}

/**
 * Behind a cap streams of different far ends mix in the flow; that is exact only while all of them go on to one link.
 * Otherwise the flow is an upper bound.
 */
function isMixed(problem: PlacementProblem, placement: readonly number[]): boolean {
  const behindCap = new Map<number, { readonly near: Set<number>; readonly far: Set<number | undefined> }>();
  for (const { near, far, through } of problem.streams) {
    if (through === undefined) continue;
    const there = behindCap.get(through) ?? { near: new Set<number>(), far: new Set<number | undefined>() };
    there.near.add(placement[near] ?? 0);
    there.far.add(far === undefined ? undefined : placement[far]);
    behindCap.set(through, there);
  }
  return [...behindCap.values()].some(({ near, far }) => near.size > 1 && far.size > 1);
}

/** Units that may still choose, by the list they choose from. */
function groupsOf(
  problem: PlacementProblem,
): readonly { readonly links: readonly number[]; readonly units: readonly number[] }[] {
  const groups = new Map<string, { links: readonly number[]; units: number[] }>();
  for (const [unit, { allowed }] of problem.units.entries()) {
    if (allowed.length < 2) continue;
    const key = allowed.join(' ');
    const there = groups.get(key);
    if (there === undefined) groups.set(key, { links: allowed, units: [unit] });
    else there.units.push(unit);
  }
  return [...groups.values()];
}

/** The link of every unit that has no choice; -1 for the others. */
function settled(problem: PlacementProblem): number[] {
  return problem.units.map(({ allowed }) => (allowed.length === 1 ? (allowed[0] ?? -1) : -1));
}

/**
 * The links of a group that the worst placement may need. Of links that carry nothing else and stand behind the same
 * slot only the slowest: whatever cut holds with the units on a faster one holds with them on the slowest.
 */
function worstCandidates(problem: PlacementProblem, links: readonly number[]): readonly number[] {
  const taken = new Set(settled(problem));
  const slowest = new Map<number | undefined, number>();
  for (const link of links) {
    if (taken.has(link)) continue;
    const behind = behindOf(problem, link);
    const there = slowest.get(behind);
    if (there === undefined || capacityOf(problem, link) < capacityOf(problem, there))
      slowest.set(behind, link);
  }
  return [...slowest.values(), ...links.filter((link) => taken.has(link))];
}

/**
 * The lowest max-flow over all placements. It is reached with all free units of a group on one link: take a worst
 * placement and a min cut of it. If the cut holds some link of the group, moving every unit of the group onto that link
 * leaves the cut whole; if it holds none, the streams of the group are cut elsewhere and may be anywhere. So only the
 * link has to be chosen for each group.
 */
export function worstFlow(problem: PlacementProblem): Placed {
  const groups = groupsOf(problem).map((group) => ({
    ...group,
    candidates: worstCandidates(problem, group.links),
  }));
  const combinations = groups.reduce((product, { candidates }) => product * candidates.length, 1);
  const placement = settled(problem);
  const put = (group: (typeof groups)[number], link: number): void => {
    for (const unit of group.units) placement[unit] = link;
  };
  if (combinations > combinationsTried) {
    // Without the streams that have a choice: no placement gives less.
    const free = new Set(groups.flatMap(({ units }) => units));
    const streams = problem.streams.filter(
      ({ near, far }) => !free.has(near) && (far === undefined || !free.has(far)),
    );
    for (const group of groups) put(group, group.candidates[0] ?? 0);
    const rest = flowOver(
      { ...problem, streams },
      placement.map((link) => [link]),
    );
    return { bitsPerSecond: rest.value, full: rest.full, placement, isBound: true };
  }
  let worst: Placed | undefined;
  const tryGroup = (index: number): void => {
    const group = groups[index];
    if (group === undefined) {
      const { value, full } = flowOver(
        problem,
        placement.map((link) => [link]),
      );
      if (worst === undefined || value < worst.bitsPerSecond) {
        worst = { bitsPerSecond: value, full, placement: [...placement], isBound: false };
      }
      return;
    }
    for (const link of group.candidates) {
      put(group, link);
      tryGroup(index + 1);
    }
  };
  tryGroup(0);
  return worst ?? { bitsPerSecond: 0, full: [], placement, isBound: true };
}

/** Free units, those that can carry most first; a stream without known far links counts as able to fill any. */
function demandOf(problem: PlacementProblem): readonly number[] {
  const demand = problem.units.map(() => 0);
  for (const { near, far, through } of problem.streams) {
    const ends = [near, ...(far === undefined ? [] : [far])];
    for (const unit of ends) {
      const others = ends.filter((other) => other !== unit);
      const reach = Math.min(
        through === undefined ? Infinity : capacityOf(problem, through),
        ...others.map((other) =>
          Math.max(...(problem.units[other]?.allowed ?? []).map((link) => capacityOf(problem, link))),
        ),
      );
      demand[unit] = (demand[unit] ?? 0) + reach;
    }
  }
  return demand;
}

/** A good placement, found by always taking the link with the most room left. */
function spread(problem: PlacementProblem, order: readonly number[], demand: readonly number[]): number[] {
  const placement = settled(problem);
  const room = problem.links.map(({ capacity }) => capacity);
  const held = problem.links.map(() => 0);
  const take = (unit: number, link: number): void => {
    placement[unit] = link;
    held[link] = (held[link] ?? 0) + 1;
    const used = Math.min(demand[unit] ?? 0, roomOn(link));
    for (const passed of [link, behindOf(problem, link)]) {
      if (passed !== undefined) room[passed] = (room[passed] ?? 0) - used;
    }
  };
  const roomOn = (link: number): number => {
    const behind = behindOf(problem, link);
    return Math.min(room[link] ?? 0, behind === undefined ? Infinity : (room[behind] ?? 0));
  };
  for (const [unit, link] of placement.entries()) {
    if (link !== -1) take(unit, link);
  }
  for (const unit of order) {
    let best: number | undefined;
    for (const link of problem.units[unit]?.allowed ?? []) {
      if (
        best === undefined ||
        roomOn(link) > roomOn(best) ||
        (roomOn(link) === roomOn(best) && (held[link] ?? 0) < (held[best] ?? 0))
      ) {
        best = link;
      }
    }
    if (best !== undefined) take(unit, best);
  }
  return placement;
}

/** With fewer units than links, the fastest links are enough, unless they share slots or carry something else. */
function withoutSpareLinks(problem: PlacementProblem): Choices {
  const choices: (readonly number[])[] = problem.units.map(({ allowed }) => allowed);
  const taken = new Set(settled(problem));
  for (const { links, units } of groupsOf(problem)) {
    if (units.length >= links.length) continue;
    if (links.some((link) => taken.has(link) || behindOf(problem, link) !== undefined)) continue;
    const fastest = links
      .toSorted((a, b) => capacityOf(problem, b) - capacityOf(problem, a))
      .slice(0, units.length);
    for (const unit of units) choices[unit] = fastest;
  }
  return choices;
}

/**
 * The highest max-flow over all placements: a good placement, and where it stays below what undivided units could not
 * beat, a search that leaves out whatever cannot be better. A search that takes too long leaves an upper bound.
 */
export function bestFlow(problem: PlacementProblem): Placed {
  const only = settled(problem);
  if (!only.includes(-1)) {
    const { value, full } = flowOver(
      problem,
      only.map((link) => [link]),
    );
    return { bitsPerSecond: value, full, placement: only, isBound: isMixed(problem, only) };
  }
  const choices = withoutSpareLinks(problem);
  const narrowed = { ...problem, units: choices.map((allowed) => ({ allowed })) };
  const demand = demandOf(narrowed);
  const free = groupsOf(narrowed)
    .flatMap(({ units }) => units)
    .toSorted((a, b) => (demand[b] ?? 0) - (demand[a] ?? 0) || a - b);
  const ceiling = flowOver(narrowed, choices).value;
  const figure = (placement: readonly number[]): Placed => {
    const { value, full } = flowOver(
      problem,
      placement.map((link) => [link]),
    );
    return { bitsPerSecond: value, full, placement, isBound: isMixed(problem, placement) };
  };
  let best = figure(spread(narrowed, free, demand));
  const left = choices.map((allowed) => [...allowed]);
  let steps = 0;
  const search = (index: number): void => {
    if (best.bitsPerSecond >= ceiling - tolerance) return;
    steps += 1;
    if (steps > stepsTried) return;
    if (flowOver(problem, left).value <= best.bitsPerSecond + tolerance) return;
    const unit = free[index];
    if (unit === undefined) {
      best = figure(left.map(([only]) => only ?? 0));
      return;
    }
    const allowed = left[unit] ?? [];
    const taken = new Set(left.flatMap(([only, ...others]) => (others.length === 0 ? (only ?? []) : [])));
    const tried = new Set<string>();
    for (const link of allowed) {
      // Empty links of one speed behind one slot lead to the same figures.
      const key = taken.has(link)
        ? `at ${link}`
        : `${capacityOf(problem, link)} ${behindOf(problem, link) ?? ''}`;
      if (tried.has(key)) continue;
      tried.add(key);
      left[unit] = [link];
      search(index + 1);
    }
    left[unit] = allowed;
  };
  search(0);
  return steps > stepsTried ? { ...best, bitsPerSecond: ceiling, isBound: true } : best;
}

/** The load of every link when each path carries 1. */
function loadsOf(problem: PlacementProblem, placement: readonly number[]): number[] {
  const loads = problem.links.map(() => 0);
  const add = (link: number | undefined, share: number): void => {
    if (link !== undefined && link !== -1) loads[link] = (loads[link] ?? 0) + share;
  };
  for (const { near, far, through, share } of problem.streams) {
    const ends = [placement[near], far === undefined ? undefined : placement[far]];
    add(through, share);
    for (const link of ends) {
      add(link, share);
      if (link !== undefined && link !== -1) add(behindOf(problem, link), share);
    }
  }
  return loads;
}

/** What all paths carry together when each carries the same: the tightest link sets the pace. */
function equalShares(problem: PlacementProblem, paths: number, placement: readonly number[]): Placed {
  const loads = loadsOf(problem, placement);
  const pace = (link: number): number => capacityOf(problem, link) / (loads[link] ?? 0);
  const used = problem.links.flatMap((_, link) => ((loads[link] ?? 0) > 0 ? [link] : []));
  const share = Math.min(...used.map(pace));
  return {
    bitsPerSecond: paths * share,
    full: used.filter((link) => paths * (pace(link) - share) <= tolerance),
    placement,
    isBound: false,
  };
}

function pathsOf(problem: PlacementProblem): number {
  return problem.streams.reduce((sum, { share }) => sum + share, 0);
}

/**
 * The lowest equal share over all placements. The pace is set by one link, and no placement loads that link more than
 * the one that puts everything onto it that may be there: so each link is looked at with all that it could hold.
 */
export function worstEqualShares(problem: PlacementProblem): Placed {
  const paths = pathsOf(problem);
  const base = settled(problem);
  const groups = groupsOf(problem);
  let worst: Placed | undefined;
  const heavy = new Set(
    groups.flatMap(({ links }) => [...links, ...links.flatMap((link) => behindOf(problem, link) ?? [])]),
  );
  for (const heaviest of heavy.size === 0 ? [undefined] : heavy) {
    const placement = [...base];
    for (const { links, units } of groups) {
      const there =
        links.find((link) => link === heaviest) ??
        links.find((link) => heaviest !== undefined && behindOf(problem, link) === heaviest) ??
        worstCandidates(problem, links)[0];
      for (const unit of units) placement[unit] = there ?? -1;
    }
    const figure = equalShares(problem, paths, placement);
    if (worst === undefined || figure.bitsPerSecond < worst.bitsPerSecond) worst = figure;
  }
  return worst ?? { bitsPerSecond: 0, full: [], placement: base, isBound: true };
}

/** The highest equal share over all placements, by the same search as {@link bestFlow}: loads only grow on the way. */
export function bestEqualShares(problem: PlacementProblem): Placed {
  const paths = pathsOf(problem);
  const weight = problem.units.map(() => 0);
  for (const { near, far, share } of problem.streams) {
    for (const unit of far === undefined ? [near] : [near, far]) weight[unit] = (weight[unit] ?? 0) + share;
  }
  const free = groupsOf(problem)
    .flatMap(({ units }) => units)
    .toSorted((a, b) => (weight[b] ?? 0) - (weight[a] ?? 0) || a - b);
  const placement = settled(problem);
  const loads = loadsOf(problem, placement);
  const paceWith = (link: number, added: number): number => {
    const behind = behindOf(problem, link);
    return Math.min(
      capacityOf(problem, link) / ((loads[link] ?? 0) + added),
      behind === undefined ? Infinity : capacityOf(problem, behind) / ((loads[behind] ?? 0) + added),
    );
  };
  const shift = (link: number, by: number): void => {
    for (const passed of [link, behindOf(problem, link)]) {
      if (passed !== undefined) loads[passed] = (loads[passed] ?? 0) + by;
    }
  };
  for (const unit of free) {
    const added = weight[unit] ?? 0;
    let best: number | undefined;
    for (const link of problem.units[unit]?.allowed ?? []) {
      if (best === undefined || paceWith(link, added) > paceWith(best, added)) best = link;
    }
    if (best === undefined) continue;
    placement[unit] = best;
    shift(best, added);
  }
  let best = equalShares(problem, paths, placement);
  const alike = free.every((unit) => weight[unit] === weight[free[0] ?? 0]);
  const isPlain =
    problem.links.every(({ behind }) => behind === undefined) &&
    problem.streams.every(({ far }) => far === undefined || !free.includes(far));
  // Equal loads onto links, each time where it hurts least, is optimal; anything else is searched.
  if (free.length === 0 || (alike && isPlain)) return best;

  const left = [...settled(problem)];
  loads.splice(0, loads.length, ...loadsOf(problem, left));
  let steps = 0;
  const search = (index: number, pace: number): void => {
    steps += 1;
    if (steps > 100 * stepsTried || paths * pace <= best.bitsPerSecond + tolerance) return;
    const unit = free[index];
    if (unit === undefined) {
      best = equalShares(problem, paths, left);
      return;
    }
    const added = weight[unit] ?? 0;
    const tried = new Set<string>();
    for (const link of problem.units[unit]?.allowed ?? []) {
      // Links of one speed behind one slot with the same load lead to the same figures.
      const key = `${capacityOf(problem, link)} ${behindOf(problem, link) ?? ''} ${loads[link] ?? 0}`;
      if (tried.has(key)) continue;
      tried.add(key);
      const next = Math.min(pace, paceWith(link, added));
      left[unit] = link;
      shift(link, added);
      search(index + 1, next);
      shift(link, -added);
    }
    left[unit] = -1;
  };
  search(0, Infinity);
  if (steps <= 100 * stepsTried) return { ...best, placement: [...best.placement] };
  return {
    ...best,
    bitsPerSecond: flowOver(
      problem,
      problem.units.map(({ allowed }) => allowed),
    ).value,
    isBound: true,
  };
}

/** The worst and the best that any one stream gets alone: what is left to say where nobody knows which are used. */
export function aloneRange(problem: PlacementProblem): {
  readonly narrowest: Placed;
  readonly widest: Placed;
} {
  const placement = problem.units.map(({ allowed }) => allowed[0] ?? 0);
  const figures = (pick: (reaches: readonly number[]) => number) =>
    problem.streams.map(({ near, far, through }) => {
      const parts: (readonly [reach: number, links: readonly number[]])[] = [
        ...[near, ...(far === undefined ? [] : [far])].map((unit) => {
          const allowed = problem.units[unit]?.allowed ?? [];
          const reach = pick(allowed.map((link) => reachOf(problem, link)));
          return [reach, allowed.filter((link) => reachOf(problem, link) === reach)] as const;
        }),
        ...(through === undefined ? [] : [[capacityOf(problem, through), [through]] as const]),
      ];
      const least = Math.min(...parts.map(([reach]) => reach));
      return {
        bitsPerSecond: least,
        full: parts.flatMap(([reach, links]) => (reach === least ? links : [])),
        placement,
        isBound: false,
      };
    });
  const worst = figures((reaches) => Math.min(...reaches));
  const best = figures((reaches) => Math.max(...reaches));
  const lowest = Math.min(...worst.map(({ bitsPerSecond }) => bitsPerSecond));
  const highest = Math.max(...best.map(({ bitsPerSecond }) => bitsPerSecond));
  const merged = (found: readonly Placed[], bitsPerSecond: number): Placed => ({
    bitsPerSecond,
    full: [...new Set(found.flatMap((one) => (one.bitsPerSecond === bitsPerSecond ? one.full : [])))],
    placement,
    isBound: false,
  });
  return { narrowest: merged(worst, lowest), widest: merged(best, highest) };
}
