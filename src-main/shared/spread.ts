/**
 * Whether traffic really spreads: what was counted on the paths that are meant to share it, held against what the
 * configuration of the host says they should carry. How it is decided is written in docs/spread.md.
 *
 * Everything here rests on counters. Where they tell nothing there is no verdict, and the reason stands beside it.
 */
import type { Entity } from './host/host-model.ts';
import type { Direction } from './path-graph.ts';
import type { TrafficRole } from './traffic-role.ts';

/**
 * `spreads`: as it should. `leans`: all carry, some far more than their part. `one-path`: one carries everything though
 * several could. `idle-path`: several carry, and one that should carry with them carries nothing. `wrong-path`: traffic
 * where there should be none. `by-design`: the policy wants it as it is (failover only, a path that stands by).
 * `not-enough-traffic`: too little is known to judge, see {@link OpenReason}.
 */
export const spreadVerdicts = [
  'wrong-path',
  'one-path',
  'idle-path',
  'leans',
  'spreads',
  'by-design',
  'not-enough-traffic',
] as const;
/** Gravest first. */
export type SpreadVerdictId = (typeof spreadVerdicts)[number];

/**
 * Why nothing is said. `little-traffic`: what moved tells nothing. `few-flows`: too few to say how a hash spreads them.
 * `shallow-queue`: a policy by queue depth takes the first path while nothing waits. `gap`: counters were missing or set
 * back within the window. `no-counters`: nothing counts these paths. `other-traffic`: most of what the counters near the
 * paths counted was something else. `too-short`: the first window is not over. `unconfirmed`: seen, but not in enough
 * windows in a row.
 */
export type OpenReason =
  | 'little-traffic'
  | 'few-flows'
  | 'shallow-queue'
  | 'gap'
  | 'no-counters'
  | 'other-traffic'
  | 'too-short'
  | 'unconfirmed';

/**
 * What shares: `mpio` the paths of a disk, `sessions` the iSCSI sessions of a target, `connections` those of one
 * session, `channels` the interfaces that SMB Multichannel uses to a server, `team` the members of a team, `vnics` the
 * storage vNICs on one vSwitch.
 */
export type SpreadGroupKind = 'mpio' | 'sessions' | 'connections' | 'channels' | 'team' | 'vnics';

/** What was counted, from the nearest to a path to the farthest. */
export type CounterLayer = 'path' | 'connection' | 'session' | 'channel' | 'interface';

/** ms since 1970. */
export interface JudgedWindow {
  readonly fromMs: number;
  readonly toMs: number;
  /** All that was counted on the group, in this direction. */
  readonly bytes: number;
}

export interface PathShare {
  readonly path: Entity;
  /** The interface and the physical adapters that it may leave by; empty where that is not known. */
  readonly over: readonly Entity[];
  /** `open`: nothing on the host decides it. */
  readonly expected: 'active' | 'idle' | 'open';
  /** Why it should be idle, in one sentence. */
  readonly expectedBecause?: string;
  /** Of the whole, 0 to 1; null where the policy leaves it open. */
  readonly expectedShare: number | null;
  readonly bytes: number;
  /** Of the whole, 0 to 1; null where nothing moved. */
  readonly share: number | null;
  /** Of what its link carries, 0 to 1; null where the link is not known. */
  readonly use: number | null;
}

export interface DirectionVerdict {
  readonly direction: Direction;
  readonly verdict: SpreadVerdictId;
  /** Exactly where the verdict is `not-enough-traffic`. */
  readonly open?: OpenReason;
  /** What the latest windows showed beside the verdict: in how many in a row, of how many that it takes. */
  readonly pending?: {
    readonly verdict: SpreadVerdictId;
    readonly windows: number;
    readonly of: number;
  };
  /**
   * For a verdict that finds fault: `harmless` while the busiest path has room, `costs` when it is near its end.
   * `unknown` where its link is not known. Left out for the other verdicts.
   */
  readonly cost?: 'harmless' | 'costs' | 'unknown';
  /**
   * Jain's index over the paths that should carry, each by its weight: 1 is even, 1/n is all on one of n. Null where
   * nothing moved, or fewer than two should carry.
   */
  readonly fairness: number | null;
  /** Of a fault: from when on every window that could be judged showed it, in ms since 1970. */
  readonly sinceMs?: number;
  /** Null before anything was counted. */
  readonly window: JudgedWindow | null;
  /** The paths of the group, in the order of the host. Empty where nothing counts them. */
  readonly shares: readonly PathShare[];
  /** Which counters it rests on; null where there are none. */
  readonly counted: {
    readonly layer: CounterLayer;
    /** The counter class. */
    readonly source: string;
    readonly isEstimate: boolean;
    /** One sentence. */
    readonly text: string;
  } | null;
  /** One sentence: what was counted and what that means. */
  readonly message: string;
  /** The cause that the configuration of the host shows, in one sentence. */
  readonly reason?: string;
  /** The configuration alone explains it: there is one way, or it keeps everything on one. */
  readonly isByConfiguration?: true;
}

export interface SpreadGroup {
  /** The same for the same group in every answer. */
  readonly id: string;
  readonly kind: SpreadGroupKind;
  /** Disk, target, session, file server, team or vSwitch. */
  readonly subject: Entity;
  /** Targets whose traffic it carries, by the ids of `TargetCeilings`. */
  readonly targetIds: readonly string[];
  /** How its paths are meant to share, in one sentence. */
  readonly expectation: string;
  readonly read: DirectionVerdict;
  readonly write: DirectionVerdict;
  /** The graver of the two directions; a direction that tells nothing does not count beside one that does. */
  readonly verdict: SpreadVerdictId;
}

/** The gravest verdict among the groups that a target's own traffic is shared by. */
export interface TargetSpread {
  readonly targetId: string;
  readonly name: string;
  readonly verdict: SpreadVerdictId;
  /** That of the group and direction that decided; null where the target has none. */
  readonly groupId: string | null;
  readonly direction: Direction | null;
  readonly cost?: DirectionVerdict['cost'];
  readonly message: string;
  readonly reason?: string;
}

/** `shared`: several roles meet on one interface, and no counter splits them. `other`: none is known for it. */
export type TrafficOwner = TrafficRole | 'shared' | 'other';

export interface OwnerShare {
  readonly owner: TrafficOwner;
  readonly bytes: number;
  /** Of all that was counted, 0 to 1. */
  readonly share: number;
  /** What was added up for it, one sentence. */
  readonly counted: string;
}

export interface WhoseTraffic {
  /** Null where there is no verdict yet. */
  readonly window: JudgedWindow | null;
  /** Largest first; empty where nothing was counted. */
  readonly owners: readonly OwnerShare[];
  /** What the shares mean for whoever thinks of a change. `open`: they tell nothing. */
  readonly advice: 'worth-changing' | 'leave-it' | 'mixed' | 'open';
  /** The same in a sentence or two. */
  readonly text: string;
}

/** A disk with more requests waiting than its paths or spindles take at once. */
export interface BusyQueue {
  readonly disk: Entity;
  /** Mean requests in flight, for each path. */
  readonly depth: number;
  readonly paths: number;
  readonly sinceMs: number;
  readonly untilMs: number;
  /** Mean time that one request took while the queue was deep, in ms; null where none ended. */
  readonly latencyMs: number | null;
  /** The same while it was not; null where it was never seen at rest. */
  readonly usualLatencyMs: number | null;
  /** Busy, and as quick as ever: nobody has to do anything. */
  readonly isHealthy: boolean;
  readonly message: string;
}

/** A target that gets nearly all that a ceiling allows. */
export interface NearCeiling {
  readonly targetId: string;
  readonly name: string;
  readonly direction: Direction;
  readonly ceiling: 'single stream' | 'guaranteed' | 'possible';
  readonly ceilingBitsPerSecond: number;
  /** Mean over the time that it lasted, of the ceiling, 0 to 1. */
  readonly use: number;
  readonly sinceMs: number;
  readonly untilMs: number;
  /** One stream is at its end while the links have room. */
  readonly isOneStream: boolean;
  readonly message: string;
}

/** A member of a team that carries what several storage vNICs move, while another carries none of it. */
export interface SharedMember {
  readonly team: Entity;
  readonly member: Entity;
  readonly vnics: readonly Entity[];
  readonly freeMembers: readonly Entity[];
  readonly direction: Direction;
  /** From when on windows showed it, ms since 1970. */
  readonly sinceMs: number;
  /** The newest of them. */
  readonly window: JudgedWindow;
  /** Of all that the team moved, 0 to 1. */
  readonly share: number;
}

/** All that counters tell of a host, from one recording or up to now. */
export interface TrafficJudgement {
  /** ms since 1970, of all that was looked at. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly groups: readonly SpreadGroup[];
  readonly targets: readonly TargetSpread[];
  readonly whose: WhoseTraffic;
  readonly queues: readonly BusyQueue[];
  readonly nearCeilings: readonly NearCeiling[];
  readonly sharedMembers: readonly SharedMember[];
}
