/** What the configuration of a host says of the paths that are meant to share traffic: the expectation, before counting. */
import type { Entity } from '#shared/host/host-model.ts';
import type { Direction } from '#shared/path-graph.ts';
import type { CounterLayer, SpreadGroupKind } from '#shared/spread.ts';

/**
 * How shares come about. `in-turn`: request by request, each path the same, or by its weight. `queue`: by queue depth.
 * `blocks`: by outstanding bytes, while sequential requests stay on one path. `one`: one path at a time. `hash`: each
 * flow stays on a member. `unclaimed`: several ways to disks that nothing holds together. `single`: there is one path.
 * `open`: whoever decides it is not known from here.
 */
export type Sharing = 'in-turn' | 'queue' | 'blocks' | 'one' | 'hash' | 'unclaimed' | 'single' | 'open';

/** What counts a path. The bytes are the sum over `subjects`, of the whole or of RDMA, whichever is more. */
export interface PathCounter {
  readonly layer: CounterLayer;
  readonly subjectIds: readonly string[];
}

export interface PlannedPath {
  readonly path: Entity;
  readonly over: readonly Entity[];
  /** bit/s of the slowest link that it may be on; null where that is not known. */
  readonly linkBitsPerSecond: number | null;
  readonly expected: 'active' | 'idle' | 'open';
  readonly expectedBecause?: string;
  /** Against those of the other active paths. */
  readonly weight: number;
  /** From the nearest to the farthest. */
  readonly counters: readonly PathCounter[];
}

export interface DirectionPlan {
  readonly sharing: Sharing;
  readonly paths: readonly PlannedPath[];
  /** For `hash`: what it places, and how many of them there are at least. */
  readonly flows?: { readonly count: number; readonly noun: string };
  /** What explains that one path carries everything, in one sentence. */
  readonly oneBecause?: string;
  /** What explains an uneven or idle path, in one sentence. */
  readonly unevenBecause?: string;
  /** What explains that this is as it should be, in one sentence. */
  readonly designBecause?: string;
}

export interface GroupPlan {
  readonly id: string;
  readonly kind: SpreadGroupKind;
  readonly subject: Entity;
  readonly targetIds: readonly string[];
  readonly expectation: string;
  readonly directions: Readonly<Record<Direction, DirectionPlan>>;
  /** A disk whose requests and queue are those of the group. */
  readonly diskId?: string;
  /** Shares whose traffic the group carries: where they move little, the counters near the paths count something else. */
  readonly shareIds?: readonly string[];
}
