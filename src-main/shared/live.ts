/**
 * Counters of a host as they are read now: how the reading goes, what it costs the host, and the newest rates. Series
 * over time are asked for with `samples.series`, live or recorded.
 */
import type { Finding, RuleResult } from './finding.ts';
import type { Failure } from './result.ts';
import type { MissingClass } from './sample.ts';
import type { TrafficJudgement } from './spread.ts';

/** Time from one reading to the next, in ms. */
export const livePace = { fastestMs: 250, usualMs: 1000, slowestMs: 4000 } as const;

/** How many times faster than it was recorded a recording may be shown. */
export const replaySpeeds = { slowest: 0.1, usual: 1, fastest: 1000 } as const;

/**
 * `stalled`: at least one source has not answered for longer than it should; its series have a gap, the others go on.
 * `paused` and `ended` are of a replay alone.
 */
type LivePhase = 'off' | 'starting' | 'running' | 'stalled' | 'paused' | 'ended';

/** What reading costs the host, over the last readings of one source. */
export interface LiveCost {
  /** From question to answer inside PowerShell, in ms: the median, and the slowest. */
  readonly medianMs: number;
  readonly slowestMs: number;
  /** CPU time of the process for one reading, in ms; undefined where its clock does not tell. */
  readonly cpuMsPerReading?: number;
  /** Of one core, in percent, all readings of a second together. */
  readonly cpuPercent?: number;
}

/** One process that reads counters. Those of Windows that stall every quarter of an hour have one of their own. */
export interface LiveSource {
  readonly name: 'statistics' | 'performance' | 'simulated' | 'recording';
  readonly phase: 'starting' | 'running' | 'stalled';
  /** When this phase began, ISO 8601 UTC. */
  readonly since: string;
  readonly cost?: LiveCost;
  /** Why it does not answer, where that is known. */
  readonly failure?: Failure;
  /** Readings that ended without an answer; its process is replaced then. */
  readonly failures: number;
  /** Readings that were left out because the one before had not come back. */
  readonly skipped: number;
}

interface ReplayState {
  readonly speed: number;
  /** How far it is, and how long the whole recording is, in ms. */
  readonly positionMs: number;
  readonly lengthMs: number;
}

/** How the reading itself goes, whatever becomes of the samples. */
export interface SamplerState {
  readonly phase: LivePhase;
  /** When this phase began, ISO 8601 UTC. */
  readonly since: string;
  /** ms from one reading to the next, as it goes now. */
  readonly intervalMs: number;
  /** Why that is longer than was asked for, in one sentence. */
  readonly slowedBecause?: string;
  readonly sources: readonly LiveSource[];
  readonly replay?: ReplayState;
}

export interface LiveState extends SamplerState {
  /** Grows with every change of this state or of what was sampled. */
  readonly revision: number;
  readonly wantedIntervalMs: number;
  /** When the first sample was taken, ISO 8601 UTC; undefined while there is none. */
  readonly startedAt?: string;
  readonly sampleCount: number;
  /** Classes that the newest samples lack, and why. */
  readonly missing: readonly (MissingClass & { readonly counterClass: string })[];
  /** Why nothing is sampled though it was asked for. */
  readonly failure?: Failure;
}

/** What the counters tell so far: verdicts, and the findings of the rules that judge counters. */
export interface LiveVerdicts {
  /** That of the state at which they were made. */
  readonly revision: number;
  readonly traffic: TrafficJudgement;
  readonly findings: readonly Finding[];
  /** How each of these rules ended. */
  readonly rules: readonly RuleResult[];
  /** It was counted for as long as a fault has to last: what is not found is not there now. */
  readonly isSettled: boolean;
}

/** Bytes per second of one thing at the last reading; null where none can be told. */
export interface LiveRate {
  readonly subjectId: string;
  /** Received or read. */
  readonly in: number | null;
  /** Sent or written. */
  readonly out: number | null;
  /** Requests in flight and ms for each, of disks. */
  readonly queue?: number | null;
  readonly latencyMs?: number | null;
}

/** The newest rates. Each tick says all there is to say, so a missed one costs nothing. */
export interface LiveTick {
  readonly revision: number;
  /** ms since 1970, as in the times of a window. */
  readonly timeMs: number;
  readonly phase: LivePhase;
  readonly rates: readonly LiveRate[];
}
