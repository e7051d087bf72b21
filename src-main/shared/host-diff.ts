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
