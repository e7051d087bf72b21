/** What changed on a host between two looks, in the words of the domain. */
import type { Finding } from './finding.ts';
import type { Entity } from './host/host-model.ts';
import type { FindingChange, TargetComparison } from './what-if.ts';

export interface Difference {
  readonly change: 'came' | 'gone' | 'changed';
  /** As it is now; as it was, where it is gone. */
  readonly thing: Entity;
  /** What about it changed: "link speed". Absent where the thing came or is gone. */
  readonly fact?: string;
  readonly before?: string;
  readonly after?: string;
}

/** What one of the looks did not see, so that nothing is said of it. */
export interface NotCompared {
  readonly what: string;
  /** One sentence. */
  readonly because: string;
}

export interface HostDiff {
  readonly before: { readonly host: string; readonly takenAt: string };
  readonly after: { readonly host: string; readonly takenAt: string };
  /** One sentence on all of it. */
  readonly summary: string;
  /** By kind, in the order from the computer out to the disks. */
  readonly differences: readonly Difference[];
  /** Targets with other paths or other figures. */
  readonly targets: readonly TargetComparison[];
  readonly findings: {
    readonly come: readonly Finding[];
    readonly go: readonly Finding[];
    readonly differ: readonly FindingChange[];
  };
  /** What only shows between two hosts; empty for two looks at one. */
  readonly betweenHosts: readonly Finding[];
  readonly notCompared: readonly NotCompared[];
}

/** A file that the person chose, compared with the last look; which one is earlier is told by their clocks. */
export interface ComparedFile {
  readonly diff: HostDiff;
  readonly file: 'before' | 'after';
}

/** As the file lies on the disk, packed or not; the capture of the largest demo host has less than a hundredth of it packed. */
export const mostComparedBytes = 32 * 1024 * 1024;
/** What one text of a piece holds: 4096 signs of base64, the longest text that a request may have. */
export const comparedPartBytes = 3072;
/** What a piece holds, each but the last one; in base64 it stays below the 1 MB that a request may have. */
export const comparedPieceBytes = 160 * comparedPartBytes;
