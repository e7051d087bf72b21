/**
 * The safe load: a bounded read from one disk or one file of a target, so that the paths have something to carry and
 * the spread verdict is of that very run. Nothing is written. How it decides is written in docs/load.md.
 */
import type { Direction } from './path-graph.ts';
import type { SpreadGroup, TargetSpread } from './spread.ts';

/** What is read. */
export type LoadSource =
  | { readonly kind: 'disk'; readonly number: number }
  /** `\\server\share\folder\file`. */
  | { readonly kind: 'file'; readonly path: string };

/** What a person wants; what is left out is chosen modestly. */
export interface LoadWish {
  readonly source: LoadSource;
  /** Readers of the second run; the first has one. */
  readonly streams?: number;
  /** Of each of the two runs. */
  readonly seconds?: number;
  /** Of data, at most. */
  readonly bitsPerSecond?: number;
  /** Of both runs together, at most. */
  readonly bytes?: number;
}

/** Bounds that no wish passes. `usual`: where nobody says. */
export const loadBounds = {
  streams: { least: 2, usual: 4, most: 32 },
  /** Three windows have to fit in. */
  seconds: { least: 12, usual: 20, most: 120 },
  bitsPerSecond: {
    least: 8_000_000,
    /** Of what is guaranteed for reading, and no more than `usualMost`. */
    usualShare: 0.5,
    usualMost: 5_000_000_000,
    /** Where no ceiling is known. */
    usualUnknown: 400_000_000,
    mostUnknown: 10_000_000_000,
  },
  bytes: { least: 67_108_864, most: 1_000_000_000_000 },
  /** A smaller file or disk would be read over and over. */
  leastSizeBytes: 67_108_864,
  /** One request of a reader: as large as the largest that initiators send in one piece, so that it takes one path. */
  blockBytes: 262_144,
} as const;

export type LoadRefusalReason =
  | 'not-elevated'
  | 'unknown-disk'
  | 'local-disk'
  | 'of-windows'
  | 'offline'
  | 'other-node'
  | 'unidentified'
  | 'too-small'
  | 'no-path'
  | 'not-a-share'
  | 'device-path'
  | 'odd-path'
  | 'alternate-stream'
  | 'unknown-server'
  | 'unknown-share'
  | 'own-server'
  | 'administrative-share'
  | 'recorded'
  | 'bounds';

/** Why nothing is read. */
export interface LoadRefusal {
  readonly reason: LoadRefusalReason;
  /** One sentence. */
  readonly message: string;
  readonly remedy?: string;
}

/** What will be read, from what, and how much at most. */
export interface LoadPlan {
  readonly host: string;
  /** Null where the source belongs to no target of this host. */
  readonly target: { readonly id: string; readonly name: string } | null;
  readonly source: LoadSource;
  /** What is opened, and how it is called: `Disk 3 (8 TB)`. */
  readonly opened: string;
  readonly name: string;
  /** By which the disk is known again when it is opened. */
  readonly identity?: { readonly uniqueId: string; readonly sizeBytes: number };
  readonly streams: number;
  readonly seconds: number;
  readonly bitsPerSecond: number;
  readonly bytes: number;
  readonly blockBytes: number;
  /** For reading, in bit/s; null where not known. */
  readonly ceilings: {
    readonly singleStream: number | null;
    readonly guaranteed: number | null;
    readonly possible: number | null;
  };
  /** What it takes from whoever works with the target meanwhile, in a sentence or two. */
  readonly takes: string;
  /** Anything here: nothing is read. */
  readonly refusals: readonly LoadRefusal[];
}

/** A plan as it is shown: it is confirmed by its hash. */
export interface ShownLoadPlan extends LoadPlan {
  readonly hash: string;
  /** What was read from the target a moment ago, in byte/s; null where it was not counted. */
  readonly nowBytesPerSecond: number | null;
  /** The lines that run, one for each run. */
  readonly lines: readonly string[];
}

/**
 * `time`, `bytes`: the bound was reached. `stopped`: by the person. `unattended`: nobody asked how it goes any more.
 * `failed`: a read failed.
 */
export type LoadEnd = 'time' | 'bytes' | 'stopped' | 'unattended' | 'failed';

/** How a run of the readers goes. */
export interface LoadProgress {
  readonly bytes: number;
  /** From the first read to the last that ended. */
  readonly seconds: number;
  /** Absent while it reads. */
  readonly ended?: LoadEnd;
  /** Of `failed`. */
  readonly problem?: string;
  /** False: Windows keeps what was read in its cache, and part of it may have come from there. */
  readonly isUnbuffered: boolean;
}

/** One of the two runs, when it is over. */
export interface LoadStage {
  readonly streams: number;
  readonly seconds: number;
  readonly bytes: number;
  readonly ended: LoadEnd;
  /** Data that the readers got, in byte/s. */
  readonly bytesPerSecond: number;
  /** The same on the link, with what protocols add, in bit/s. */
  readonly bitsPerSecond: number;
  /** It got as much as it was allowed: of the ceilings nothing is said. */
  readonly isHeldByRate: boolean;
  readonly isUnbuffered: boolean;
  /** Of the target, during this run. Null where the counters did not answer, or the run was too short. */
  readonly spread: TargetSpread | null;
  /** The group that decided, with its shares; null where none did. */
  readonly group: SpreadGroup | null;
  readonly direction: Direction | null;
}

export interface LoadResult {
  readonly plan: LoadPlan;
  /** One reader, then many. The second is missing where the first was stopped or failed. */
  readonly stages: readonly LoadStage[];
  /** Of the run with many readers, or of the one where the first is all there is. */
  readonly verdict: TargetSpread['verdict'];
  /** What many readers got, by what one got; null where that is not known. */
  readonly gain: number | null;
  /** What the two runs show, in whole sentences. */
  readonly sentences: readonly string[];
}

/** `counting`: what moves without it. `opening`: checks and opens. `reading`: reads. */
export type LoadPhase = 'counting' | 'opening' | 'reading' | 'over';

export interface LoadRun {
  readonly id: string;
  readonly plan: LoadPlan;
  readonly phase: LoadPhase;
  /** Of the run under way, or of the last one. */
  readonly streams: number;
  readonly progress: LoadProgress | null;
  readonly isStopping: boolean;
  /** When it is over, and anything was read. */
  readonly result?: LoadResult;
  /** Why it came to nothing, or did not come to its end. */
  readonly failure?: { readonly message: string; readonly remedy?: string };
}

/** A file on a share that is large enough. */
export interface LoadFile {
  readonly id: string;
  /** Below the share. */
  readonly name: string;
  readonly share: string;
  readonly bytes: number;
}

/** As a window asks for a plan: files by the ids that it was given, since it names no path. */
export interface LoadRequest extends Omit<LoadWish, 'source'> {
  readonly source:
    { readonly kind: 'disk'; readonly number: number } | { readonly kind: 'file'; readonly fileId: string };
}
