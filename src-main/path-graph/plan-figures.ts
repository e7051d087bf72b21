/** From a plan of paths to figures: the four numbers both ways, after a failover, and over parts that differ. */
import type { Adapter } from '#shared/host/host-model.ts';
import type {
  Ceiling,
  DirectionCeilings,
  FailoverCeilings,
  HeldBack,
  PathCeilings,
  TargetCeilings,
} from '#shared/path-graph.ts';
import type { Facts } from './ceiling-facts.ts';
import { figuresOf, isSameBothWays } from './flow-model.ts';
import type { Carrier, DirectionFigures } from './flow-model.ts';
import { bestOf, firstReason, isKnownLimit, limitOf, uniqueEntities } from './leg-limits.ts';
import type { CarriedLeg, LegLimit } from './leg-limits.ts';
import { ofBoth } from './one-figure.ts';
import type { PathPlan, Use } from './path-policy.ts';
import { memberAdapters } from './walks.ts';

function unknownCeiling(unknownBecause: string): Ceiling {
  return { bitsPerSecond: null, unknownBecause };
}

function asCeiling(limit: LegLimit): Ceiling {
  return isKnownLimit(limit) ? { bitsPerSecond: limit.bitsPerSecond } : unknownCeiling(limit.unknownBecause);
}

export function openFigures(unknownBecause: string): PathCeilings {
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

export function legsOf(carriers: readonly Carrier[]): readonly CarriedLeg[] {
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
export function figuresOfPlan(plan: PathPlan<Carrier>, wire: number | undefined, facts: Facts): PathCeilings {
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
export function limitOfTarget(figures: PathCeilings): Pick<TargetCeilings, 'limitedBy' | 'limitedByText'> {
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
export function overParts(parts: readonly PathCeilings[]): PathCeilings {
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
