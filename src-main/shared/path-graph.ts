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

/** A number in bit/s, or null with the reason. */
export interface Ceiling {
  readonly bitsPerSecond: number | null;
  /** One sentence, present exactly where the number is null. */
  readonly unknownBecause?: string;
}

/** What one target, file server or disk can get, and what holds it back. Source: docs/ceilings.md. */
export interface TargetCeilings {
  readonly kind: 'iscsi' | 'smb' | 'disk';
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly string[];
  /** Windows disk numbers. */
  readonly diskNumbers: readonly number[];
  readonly shares: readonly string[];
  readonly routeIds: readonly string[];
  /** The most that one TCP or RDMA connection can get: the slowest hop of the best route. */
  readonly singleStream: Ceiling;
  readonly singleStreamLimitedBy: readonly Entity[];
  /** What every route to the target depends on. */
  readonly singlePointsOfFailure: readonly Entity[];
  /** What was taken as given, one sentence each. */
  readonly assumptions: readonly string[];
}
