/** The arithmetic of the ceilings against slower ways to the same figures, on random networks and hosts. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openNetwork } from './max-flow.ts';
import { bestEqualShares, bestFlow, worstEqualShares, worstFlow } from './placements.ts';
import type { Placed, PlacementLink, PlacementProblem, PlacedStream, Unit } from './placements.ts';

interface Arc {
  readonly from: number;
  readonly to: number;
  readonly capacity: number;
}

/** Edmonds and Karp by the book, over a matrix: slow, and written without a look at the other one. */
function byShortestPaths(nodes: number, arcs: readonly Arc[]): number {
  const left = Array.from({ length: nodes }, () => new Array<number>(nodes).fill(0));
  const room = (from: number, to: number): number => left[from]?.[to] ?? 0;
  const change = (from: number, to: number, by: number): void => {
    const row = left[from];
    if (row !== undefined) row[to] = room(from, to) + by;
  };
  for (const { from, to, capacity } of arcs) change(from, to, capacity);
  let total = 0;
  for (;;) {
    const before = new Map<number, number>([[0, 0]]);
    for (const node of before.keys()) {
      for (let next = 0; next < nodes; next += 1) {
        if (room(node, next) > 0 && !before.has(next)) before.set(next, node);
      }
    }
    if (!before.has(1)) return total;
    const way: number[] = [];
    for (let node = 1; node !== 0; node = before.get(node) ?? 0) way.unshift(node);
    const steps = way.map((to, at) => [at === 0 ? 0 : (way[at - 1] ?? 0), to] as const);
    const pushed = Math.min(...steps.map(([from, to]) => room(from, to)));
    for (const [from, to] of steps) {
      change(from, to, -pushed);
      change(to, from, pushed);
    }
    total += pushed;
  }
}

const anyArcs = fc.integer({ min: 2, max: 9 }).chain((nodes) =>
  fc
    .array(
      fc.record({
        from: fc.nat({ max: nodes - 1 }),
        to: fc.nat({ max: nodes - 1 }),
        capacity: fc.nat({ max: 20 }),
      }),
      { maxLength: 30 },
    )
    .map((arcs) => ({ nodes, arcs: arcs.filter(({ from, to }) => from !== to) })),
);

function flowOf(nodes: number, arcs: readonly Arc[]) {
  const network = openNetwork();
  for (let node = 0; node < nodes; node += 1) network.addNode();
  for (const { from, to, capacity } of arcs) network.addArc(from, to, capacity);
  return { network, flow: network.run(0, 1) };
}

describe('the max-flow', () => {
  it('is what another way to it finds, what its cut holds, and in every node as much comes as goes', () =>
    fc.assert(
      fc.property(anyArcs, ({ nodes, arcs }) => {
        const { network, flow } = flowOf(nodes, arcs);
        expect(flow).toBe(byShortestPaths(nodes, arcs));
        const cut = network.cut();
        expect(cut.reduce((sum, arc) => sum + (arcs[arc]?.capacity ?? 0), 0)).toBe(flow);
        for (const arc of cut) expect(network.flowOn(arc)).toBe(arcs[arc]?.capacity);
        const balance = new Array<number>(nodes).fill(0);
        for (const [index, { from, to, capacity }] of arcs.entries()) {
          const carried = network.flowOn(index);
          expect(carried).toBeGreaterThanOrEqual(0);
          expect(carried).toBeLessThanOrEqual(capacity);
          balance[from] = (balance[from] ?? 0) - carried;
          balance[to] = (balance[to] ?? 0) + carried;
        }
        expect([balance[0], balance[1]]).toEqual([0 - flow, flow]);
        expect(balance.slice(2).every((value) => value === 0)).toBe(true);
      }),
      { numRuns: 300 },
    ));

  it('is unlimited over a way without a limit', () => {
    expect(
      flowOf(3, [
        { from: 0, to: 2, capacity: Infinity },
        { from: 2, to: 1, capacity: Infinity },
      ]).flow,
    ).toBe(Infinity);
  });
});

/** Small hosts: up to four members of a team, perhaps two on one slot, a plain NIC, portals with known links. */
const anyProblem: fc.Arbitrary<PlacementProblem> = fc
  .record({
    members: fc.array(fc.constantFrom(1, 2, 4, 10), { minLength: 1, maxLength: 4 }),
    plain: fc.constantFrom(1, 10),
    slot: fc.constantFrom(undefined, 3, 12),
    portals: fc.array(fc.constantFrom(1, 3, 10), { maxLength: 2 }),
    cap: fc.constantFrom(undefined, undefined, 2),
    /** Links of a target behind one address. */
    farTeam: fc.array(fc.constantFrom(1, 3), { maxLength: 2 }),
    streams: fc.array(
      fc.record({
        unit: fc.nat({ max: 3 }),
        place: fc.constantFrom('free', 'free', 'free', 'fixed', 'plain'),
        portal: fc.nat({ max: 3 }),
      }),
      { minLength: 1, maxLength: 4 },
    ),
  })
  .map(({ members, plain, slot, portals, cap, farTeam, streams }): PlacementProblem => {
    const links: (PlacementLink & { behind?: number })[] = members.map((capacity) => ({ capacity }));
    const team = members.map((_, index) => index);
    if (slot !== undefined) {
      const behind = links.push({ capacity: slot }) - 1;
      for (const member of team.slice(0, 2)) links[member] = { capacity: members[member] ?? 1, behind };
    }
    const plainLink = links.push({ capacity: plain }) - 1;
    const portalLinks = portals.map((capacity) => links.push({ capacity }) - 1);
    const farLinks = farTeam.map((capacity) => links.push({ capacity }) - 1);
    const capLink = cap === undefined ? undefined : links.push({ capacity: cap }) - 1;
    const units: Unit[] = [];
    const byKey = new Map<string, number>();
    const unit = (key: string, allowed: readonly number[]): number => {
      const there = byKey.get(key) ?? units.push({ allowed }) - 1;
      byKey.set(key, there);
      return there;
    };
    const placed = streams.map(({ unit: number, place, portal }, index): PlacedStream => {
      const near =
        place === 'plain'
          ? unit('plain', [plainLink])
          : place === 'fixed'
            ? unit('fixed', [team[number % team.length] ?? 0])
            : unit(`free ${number}`, team);
      const far = portalLinks[portal];
      const far2 = portal === 3 && farLinks.length > 0 ? unit(`far ${index}`, farLinks) : undefined;
      const end = far === undefined ? far2 : unit(`portal ${portal}`, [far]);
      return {
        near,
        share: 1,
        ...(end !== undefined && { far: end }),
        // One vNIC has a cap, and what leaves there shares a unit.
        ...(capLink !== undefined && place === 'free' && number === 0 && { through: capLink }),
      };
    });
    return { links, units, streams: placed };
  });

/** Every placement there is. */
function* placementsOf(problem: PlacementProblem, from = 0): Generator<readonly number[]> {
  const unit = problem.units[from];
  if (unit === undefined) {
    yield [];
    return;
  }
  for (const link of unit.allowed) {
    for (const rest of placementsOf(problem, from + 1)) yield [link, ...rest];
  }
}

/** With every unit in its place there is nothing left to choose: the best is the figure. */
function figuresOver(
  problem: PlacementProblem,
  figure: (problem: PlacementProblem) => Placed,
): readonly number[] {
  return [...placementsOf(problem)].map(
    (placement) =>
      figure({ ...problem, units: placement.map((link) => ({ allowed: [link] })) }).bitsPerSecond,
  );
}

describe('the placements', () => {
  it('at worst and at best are those of all placements, tried one by one', () =>
    fc.assert(
      fc.property(anyProblem, (problem) => {
        // Figures of a fraction of a bit are equal to the search: real ones are in whole gigabits.
        const scaled = {
          ...problem,
          links: problem.links.map((link) => ({ ...link, capacity: link.capacity * 1e9 })),
        };
        const flows = figuresOver(scaled, bestFlow);
        expect(worstFlow(scaled).bitsPerSecond).toBeCloseTo(Math.min(...flows), -1);
        expect(bestFlow(scaled).bitsPerSecond).toBeCloseTo(Math.max(...flows), -1);
        const shares = figuresOver(scaled, bestEqualShares);
        expect(worstEqualShares(scaled).bitsPerSecond).toBeCloseTo(Math.min(...shares), -1);
        expect(bestEqualShares(scaled).bitsPerSecond).toBeCloseTo(Math.max(...shares), -1);
      }),
      { numRuns: 300 },
    ));

  it('more capacity never lowers a figure, and in turn is never more than together', () =>
    fc.assert(
      fc.property(anyProblem, fc.nat(), fc.constantFrom(1, 5), (problem, which, more) => {
        const at = which % problem.links.length;
        const wider = {
          ...problem,
          links: problem.links.map((link, index) =>
            index === at ? { ...link, capacity: link.capacity + more } : link,
          ),
        };
        for (const figure of [worstFlow, bestFlow, worstEqualShares, bestEqualShares]) {
          expect(figure(wider).bitsPerSecond).toBeGreaterThanOrEqual(figure(problem).bitsPerSecond - 1);
        }
        expect(worstFlow(problem).bitsPerSecond).toBeLessThanOrEqual(bestFlow(problem).bitsPerSecond);
        expect(bestEqualShares(problem).bitsPerSecond).toBeLessThanOrEqual(
          bestFlow(problem).bitsPerSecond + 1,
        );
      }),
      { numRuns: 200 },
    ));

  it('of a real size are exact: 16 vNICs over 8 members of mixed speed', () => {
    const speeds = [10, 10, 10, 10, 25, 25, 25, 25];
    const team = speeds.map((_, index) => index);
    const problem: PlacementProblem = {
      links: speeds.map((capacity) => ({ capacity: capacity * 1e9 })),
      units: Array.from({ length: 16 }, () => ({ allowed: team })),
      streams: Array.from({ length: 16 }, (_, near) => ({ near, share: 1 })),
    };
    expect(worstFlow(problem)).toMatchObject({ bitsPerSecond: 10e9, isBound: false });
    expect(bestFlow(problem)).toMatchObject({ bitsPerSecond: 140e9, isBound: false });
    // In turn: three on each member of 25, one on each of 10, and none slower than a third of 25.
    expect(worstEqualShares(problem)).toMatchObject({ bitsPerSecond: 10e9, isBound: false });
    expect(bestEqualShares(problem).bitsPerSecond).toBeCloseTo((16 * 25e9) / 3, -1);
  });

  it('that are too many are bounds, and not a wait', () => {
    const teams = Array.from({ length: 8 }, (_, team) => [
      4 * team,
      4 * team + 1,
      4 * team + 2,
      4 * team + 3,
    ]);
    const links = teams.flat().map(() => ({ capacity: 1e9 }));
    const fixed = links.map((_, link) => ({ allowed: [link] }));
    const problem: PlacementProblem = {
      links,
      units: [...teams.map((allowed) => ({ allowed })), ...fixed],
      streams: [...teams, ...fixed].map((_, near) => ({ near, share: 1 })),
    };
    expect(worstFlow(problem)).toMatchObject({ bitsPerSecond: 32e9, isBound: true });
  });
});
