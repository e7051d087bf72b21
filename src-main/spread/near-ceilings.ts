/** Targets that get nearly all that a ceiling allows, and whether it is one stream that is at its end or the links. */
import type { Direction, PathGraph, TargetCeilings } from '#shared/path-graph.ts';
import type { NearCeiling } from '#shared/spread.ts';
import { counted, formatBitsPerSecond } from '#shared/units.ts';
import { countedOf } from '../sampling/measured-rate.ts';
import { seriesId, type Moment } from '../sampling/moment.ts';
import { Buckets } from './buckets.ts';
import { Episodes, type Episode } from './episodes.ts';
import type { SpreadLimits } from './limits.ts';
import type { TrafficHost } from './traffic-host.ts';

const bucketMs = 10_000;
/** Of a guaranteed or single-stream ceiling: above this the traffic goes beyond it, and is not held back by it. */
const beyond = 1.03;

type CeilingName = NearCeiling['ceiling'];

const ceilings: readonly CeilingName[] = ['possible', 'guaranteed', 'single stream'];

interface Watched {
  readonly target: TargetCeilings;
  readonly direction: Direction;
  /** Each list adds up to the target's rate; the first that has values for all its series counts. */
  readonly ways: readonly (readonly string[])[];
  readonly payloadShare: number;
  /** One stream reaches it, and what is below it has several links to choose from. */
  readonly isOneOfSeveral: boolean;
}

const directions: readonly Direction[] = ['read', 'write'];

export class NearCeilings {
  readonly #limits: SpreadLimits;
  readonly #buckets = new Buckets(bucketMs);
  /** By target, direction and ceiling: the use of it, and the ceiling beside it. */
  readonly #episodes: Episodes;
  #watched: readonly Watched[] = [];

  /** `keepsEnded`: a recording is told as a whole, a running host only as it is. */
  constructor(limits: SpreadLimits, keepsEnded: boolean) {
    this.#limits = limits;
    this.#episodes = new Episodes(limits.ceilingSeconds * 1000, keepsEnded);
  }

  adopt({ model, graph, targets, payloadShareOf }: TrafficHost): void {
    this.#watched = targets.flatMap((target) =>
      directions.map((direction) => ({
        target,
        direction,
        payloadShare: payloadShareOf(target.id) ?? 1,
        isOneOfSeveral: isOneOfSeveral(graph, target),
        ways: countedOf(target, model).flatMap(({ of, directions: words }) =>
          of.length === 0
            ? []
            : [
                of.map(({ id }) =>
                  seriesId(id, { measure: 'throughput', direction: words[direction], part: 'all' }),
                ),
              ],
        ),
      })),
    );
  }

  take(moment: Moment): void {
    for (const { target, direction, ways } of this.#watched) {
      const way = ways.find((ids) => ids.some((id) => moment.values.has(id)));
      if (way === undefined) continue;
      const rate = way.reduce((sum, id) => sum + (moment.values.get(id) ?? 0), 0);
      const spanMs = Math.max(...way.map((id) => moment.spans.get(id) ?? 0));
      this.#buckets.add(`${target.id}|${direction}`, rate, spanMs);
    }
    const bucket = this.#buckets.close(moment.timeMs);
    if (bucket === undefined) return;
    for (const { target, direction, payloadShare } of this.#watched) {
      const rate = bucket.whole.get(`${target.id}|${direction}`);
      const near =
        rate === undefined ? undefined : this.#nearest(target, direction, (rate * 8) / payloadShare);
      for (const name of ceilings) {
        const key = `${target.id}|${direction}|${name}`;
        if (near?.name === name) this.#episodes.show(key, bucket, near.use, near.bitsPerSecond);
        else this.#episodes.miss(key);
      }
    }
  }

  near(): readonly NearCeiling[] {
    return this.#watched.flatMap(({ target, direction, isOneOfSeveral: isOne }) =>
      ceilings.flatMap((ceiling): readonly NearCeiling[] => {
        const longest = this.#episodes.longest(`${target.id}|${direction}|${ceiling}`);
        return longest === undefined
          ? []
          : [told(target, direction, isOne ? 'single stream' : ceiling, longest)];
      }),
    );
  }

  /** The ceiling that holds this much traffic back, if one does. */
  #nearest(
    target: TargetCeilings,
    direction: Direction,
    bitsPerSecond: number,
  ): { readonly name: CeilingName; readonly bitsPerSecond: number; readonly use: number } | undefined {
    const figures = [
      ['possible', target[direction].possible.bitsPerSecond],
      ['guaranteed', target[direction].guaranteed.bitsPerSecond],
      ['single stream', target.singleStream.bitsPerSecond],
    ] as const;
    for (const [name, ceiling] of figures) {
      if (ceiling === null || ceiling === 0) continue;
      const use = bitsPerSecond / ceiling;
      if (use >= this.#limits.ceilingUse && (name === 'possible' || use <= beyond)) {
        return { name, bitsPerSecond: ceiling, use: Math.min(use, 1) };
      }
    }
    return undefined;
  }
}

function isOneOfSeveral({ routes }: PathGraph, { id }: TargetCeilings): boolean {
  const [only, another] = routes.filter(({ targetId, isStandby }) => targetId === id && !isStandby);
  return only !== undefined && another === undefined && only.egress.adapterIds.length > 1;
}

function told(
  target: TargetCeilings,
  direction: Direction,
  ceiling: CeilingName,
  { sinceMs, untilMs, mean: use, meanBeside }: Episode,
): NearCeiling {
  const bitsPerSecond = meanBeside ?? 0;
  const isOneStream = ceiling === 'single stream';
  const lasted = counted(Math.round((untilMs - sinceMs) / 1000), 'second');
  const verb = direction === 'read' ? 'was read from' : 'was written to';
  const end = isOneStream
    ? ' One stream is at its limit, the links together are not.'
    : ceiling === 'possible'
      ? ` ${target[direction].possibleHeldBack.sentence ?? 'More does not fit through its links.'}`
      : '';
  return {
    targetId: target.id,
    name: target.name,
    direction,
    ceiling,
    ceilingBitsPerSecond: bitsPerSecond,
    use,
    sinceMs,
    untilMs,
    isOneStream,
    message: `${target.name} ${verb} at ${Math.round(use * 100)} % of the ${ceiling} ceiling of ${formatBitsPerSecond(bitsPerSecond)} for ${lasted}.${end}`,
  };
}
