/**
 * The path graph: hops, the links between them, and the routes that run over them.
 *
 * A route is what a line of the map shows: a connected iSCSI session, a selected SMB interface pair, or an MPIO path
 * of another disk.
 */
import type { Entity } from './host/host-model.ts';

export interface Hop extends Entity {
  /** bit/s that the hop itself can carry; null: known to have none of its own; undefined: not known. */
  readonly capacityBitsPerSecond?: number | null;
  /** False: broken or down. Undefined: not known. */
  readonly isUp?: boolean;
}

/**
 * `certain`: the traffic takes it. `now`: a team decides, and the host shows this member (mapping, queue).
 * `possible`: a team decides among several. `idle`: it could carry and no route uses it.
 */
export type LinkCertainty = 'certain' | 'now' | 'possible' | 'idle';

export interface Link {
  readonly from: string;
  readonly to: string;
  readonly certainty: LinkCertainty;
  /** For `now`: how it is known, in words. */
  readonly evidence?: string;
  /** The routes that run over it; empty for `idle`. */
  readonly routeIds: readonly string[];
}

/** The physical adapters a route may use: exactly one, or what a team chooses from. */
export interface RouteEgress {
  /** Active physical adapters that may carry the route, by id. Empty: the route has no wire, or none is known. */
  readonly adapterIds: readonly string[];
  /** The team that chooses, where one does. */
  readonly teamId?: string;
  /** The one of `adapterIds` that the host shows the route on now. */
  readonly nowAdapterId?: string;
  readonly nowEvidence?: string;
}

export interface Route {
  /** The session, channel or path. */
  readonly id: string;
  readonly kind: 'iscsi' | 'smb' | 'disk';
  readonly name: string;
  /** Target, server or disk that it leads to. */
  readonly targetId: string;
  /** Hops from the host's end to the target's, without the team's members. */
  readonly hopIds: readonly string[];
  readonly egress: RouteEgress;
  /** The team NIC, vNIC or adapter whose address it uses; undefined where that is not known. */
  readonly endpointId?: string;
  /** Why part of the way is not known, in one sentence. */
  readonly unknownBecause?: string;
  /** It carries nothing now: standby, failed, or not connected. */
  readonly isStandby: boolean;
}

export interface PathGraph {
  readonly hops: readonly Hop[];
  readonly links: readonly Link[];
  readonly routes: readonly Route[];
}

/** `read`: the host receives. `write`: the host sends. Links carry both at full speed, and teams treat them apart. */
export type Direction = 'read' | 'write';

/** A number in bit/s, or null with the reason. */
export interface Ceiling {
  readonly bitsPerSecond: number | null;
  /** One sentence, present exactly where the number is null. */
  readonly unknownBecause?: string;
  /**
   * Only a bound can be given: as `guaranteed` the truth is at least this much, as `possible` or of one stream at most.
   * The reason is among the assumptions.
   */
  readonly isBound?: true;
}

/** One figure for both directions. */
export interface CeilingOfBoth extends Ceiling {
  /** The direction that the figure is of; left out where both have it, or where it is not known. */
  readonly direction?: Direction;
}

/** What holds a figure back: the links that are full then, and the same in one sentence. */
export interface HeldBack {
  /** Empty where the figure is null. */
  readonly by: readonly Entity[];
  readonly sentence?: string;
}

/** Worst and best placement of the streams, for one direction. */
export interface PlacementCeilings {
  /** Certain, wherever teams and switches place the streams. */
  readonly guaranteed: Ceiling;
  /** At best. */
  readonly possible: Ceiling;
}

export interface DirectionCeilings extends PlacementCeilings {
  /** One copy job with enough requests outstanding, at best; how many is {@link PathCeilings.oneCopyNeeds}. */
  readonly oneCopy: Ceiling;
  readonly guaranteedHeldBack: HeldBack;
  /** The min cut of `possible`. */
  readonly possibleHeldBack: HeldBack;
  /**
   * With the placement that the host shows now (team mapping, hardware queues). A snapshot: the other figures do not
   * rest on it. Left out where no placement is seen, or nothing is left open by a team.
   */
  readonly now?: Ceiling;
}

/** What is left after the paths that carry today are gone, and those held back have taken over. */
export interface FailoverCeilings {
  /** One sentence without its end: "after the active path is gone". */
  readonly after: string;
  readonly read: PlacementCeilings;
  readonly write: PlacementCeilings;
}

/**
 * What several routes share although they look apart: one NIC, one member of a team, one card or slot, one address of
 * the target.
 */
export interface SharedBehind {
  readonly what: 'adapter' | 'member' | 'card' | 'portal';
  /** The NIC, the NICs on one card, or the portal. */
  readonly shared: readonly Entity[];
  /** The sessions, interface pairs or interfaces that share it. */
  readonly between: readonly Entity[];
  readonly sentence: string;
}

/** The figures of whatever streams lead to: a target, or one of its disks or shares. Source: docs/ceilings.md. */
export interface PathCeilings {
  /** The most that one TCP or RDMA connection can get: the slowest hop of the best route in use. */
  readonly singleStream: Ceiling;
  readonly singleStreamLimitedBy: readonly Entity[];
  /** The most that one copy job can get; the higher direction. */
  readonly oneCopy: CeilingOfBoth;
  /** What a copy needs to reach `oneCopy`, in one sentence; left out where it needs nothing. */
  readonly oneCopyNeeds?: string;
  /** The lower direction. */
  readonly guaranteed: CeilingOfBoth;
  /** The higher direction. */
  readonly possible: CeilingOfBoth;
  readonly read: DirectionCeilings;
  readonly write: DirectionCeilings;
  /** Empty where nothing is held back. */
  readonly afterFailover: readonly FailoverCeilings[];
}

/** The figures of some disks or shares of a target, where not all have the same. */
export interface PartCeilings extends PathCeilings {
  /** Disks or shares. */
  readonly of: readonly Entity[];
  readonly routeIds: readonly string[];
}

/**
 * What one target, file server or disk can get, and what holds it back. Where its disks differ, a target has the
 * lowest of their guaranteed figures and the highest of the others; each disk's own are in `parts`.
 */
export interface TargetCeilings extends PathCeilings {
  readonly kind: 'iscsi' | 'smb' | 'disk';
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly string[];
  /** Windows disk numbers. */
  readonly diskNumbers: readonly number[];
  readonly shares: readonly string[];
  readonly routeIds: readonly string[];
  /** Empty where all disks and shares have the figures of the target. */
  readonly parts: readonly PartCeilings[];
  /** The cut of `possible` in the direction that it names; of both directions where they are equal. */
  readonly limitedBy: readonly Entity[];
  /** The same in one sentence; left out where `possible` is null. */
  readonly limitedByText?: string;
  /** What every route to the target depends on. */
  readonly singlePointsOfFailure: readonly Entity[];
  readonly sharedBehind: readonly SharedBehind[];
  /** What was taken as given, one sentence each. */
  readonly assumptions: readonly string[];
}

export interface PortalLink {
  readonly address: string;
  readonly bitsPerSecond: number;
}

/** What the user told about a target: the links behind its portals, which no look at the host can show. */
export interface TargetLinks {
  /** The IQN, or the name or an alias of the file server. Without case. */
  readonly id: string;
  /** An address that stands here several times is one address in front of so many links (a team at the target). */
  readonly portals: readonly PortalLink[];
}

/** What cannot be seen and is told by the user. */
export interface ToldFacts {
  readonly targets: readonly TargetLinks[];
}
