/**
 * What would be if: changes to a host that nobody makes, what the host would then be, and what that means. Beside it
 * two answers that every host gets, changed or not: what to expect of a target, and which sessions pair up.
 */
import type { Check, Finding, Severity } from './finding.ts';
import type { Entity } from './host/host-model.ts';
import type { Pairing } from './pairing.ts';
import type { Direction } from './path-graph.ts';

/** More changes than these at once are refused. */
export const mostChanges = 64;

/** What can be taken away, whatever takes it: a cable pulled, a device broken, an object removed. */
export const failableKinds = [
  'adapter',
  'team',
  'team-nic',
  'vswitch',
  'vnic',
  'address',
  'session',
  'connection',
  'target-portal',
  'target',
  'channel',
  'path',
] as const;
export type FailableKind = (typeof failableKinds)[number];

/** Ids are those of the model, also of things that an earlier change of the list adds. */
export type Change =
  | { readonly change: 'fail'; readonly id: string }
  | {
      readonly change: 'add-nic';
      readonly name: string;
      /** bit/s; without it as fast as the adapters beside it. */
      readonly bitsPerSecond?: number | undefined;
      /** `member`: of the team with this id, or of the team in the vSwitch with this id. Else an address of its own. */
      readonly to:
        { readonly memberOf: string } | { readonly address: string; readonly prefixLength: number };
    }
  | {
      readonly change: 'add-vnic';
      /** Its name in Hyper-V. */
      readonly name: string;
      readonly vswitchId: string;
      readonly address: string;
      readonly prefixLength: number;
    }
  | {
      readonly change: 'add-session';
      readonly initiatorAddress: string;
      readonly portalAddress: string;
      /** Needed only where several targets share the portal. */
      readonly targetId?: string | undefined;
    }
  | {
      readonly change: 'add-portal';
      readonly address: string;
      readonly port?: number | undefined;
      /** Needed only where the host has several targets. */
      readonly targetId?: string | undefined;
    };

/** One change in words: "NIC2 (adapter) fails". */
export interface NamedChange {
  readonly change: Change;
  readonly text: string;
  /** Why it was left out: it names something that is not there, or that cannot be. One sentence. */
  readonly refused?: string;
}

/** One number of a target before and after, in bit/s; null where it is not known. */
export interface FigureChange {
  readonly name: 'single stream' | 'one copy' | 'guaranteed' | 'possible';
  readonly before: number | null;
  readonly after: number | null;
}

export type Fate = 'lost' | 'slower' | 'fewer-paths' | 'changed' | 'faster' | 'same' | 'new';

export interface TargetComparison {
  readonly id: string;
  readonly kind: 'iscsi' | 'smb' | 'disk';
  readonly name: string;
  /** `lost`: not one path is left. `faster`: a figure rises and none falls. */
  readonly fate: Fate;
  /** One sentence. */
  readonly text: string;
  /** Paths that carry, before and after. */
  readonly pathsBefore: number;
  readonly pathsAfter: number;
  readonly lostPaths: readonly Entity[];
  /** Also those that stood by and now carry. */
  readonly newPaths: readonly Entity[];
  /** Every number that both checks have, changed or not. */
  readonly figures: readonly FigureChange[];
  /** What holds a single stream back afterwards. */
  readonly limitedBy: readonly Entity[];
  readonly newSinglePointsOfFailure: readonly Entity[];
}

export interface FindingChange {
  readonly finding: Finding;
  /** Of a finding that is there before and after about other things, or graver or milder: what it was. */
  readonly before?: { readonly severity: Severity; readonly message: string };
}

export interface Comparison {
  /** One sentence on all of it. */
  readonly summary: string;
  /** Lost ones first, then slower ones. */
  readonly targets: readonly TargetComparison[];
  readonly lostDisks: readonly Entity[];
  readonly lostShares: readonly Entity[];
  readonly findings: {
    readonly come: readonly Finding[];
    readonly go: readonly Finding[];
    readonly differ: readonly FindingChange[];
  };
  /** Rules that could be judged before and no longer can: neither good nor bad. */
  readonly noLongerEvaluated: readonly { readonly rule: string; readonly reason: string }[];
}

/** A line of the account from link to payload. */
export interface OverheadLine {
  readonly what: string;
  /** Bytes of each frame (negative: taken off the payload), where the line is a number of bytes. */
  readonly bytes?: number;
  /** One sentence: why, or where the number is from. */
  readonly because: string;
}

export interface ExpectationBar {
  readonly name: FigureChange['name'];
  readonly bitsPerSecond: number | null;
  /** Payload, in byte/s, after the protocols' overhead; null with the number itself, or where overhead is not known. */
  readonly bytesPerSecond: number | null;
  readonly unknownBecause?: string;
  readonly limitedBy: readonly Entity[];
  /** Why it is no more, in one sentence, where the sentence says more than the names. */
  readonly heldBack?: string;
}

/** What counters say that a target got while they were recorded, in byte/s of data. */
export interface MeasuredRate {
  /** The direction that moved more. */
  readonly direction: Direction;
  readonly median: number;
  /** The 95th percentile: it was no faster than this for 19 moments of 20. */
  readonly p95: number;
  /** From which counters, and over how long. One sentence. */
  readonly from: string;
}

/** A measured rate beside the ceilings: also in bit/s on the link, with the overhead that the ceilings were given. */
export interface MeasuredBar extends MeasuredRate {
  readonly medianBitsPerSecond: number;
  readonly p95BitsPerSecond: number;
}

/** What to expect of one target, from link speed to what a copy shows. */
export interface Expectation {
  readonly targetId: string;
  readonly kind: 'iscsi' | 'smb' | 'disk';
  readonly name: string;
  readonly bars: readonly ExpectationBar[];
  /** Of the host as it is, also in a simulation. Left out where nothing was recorded. */
  readonly measured?: MeasuredBar;
  readonly overhead: {
    /** Of each bit on the wire, the part that is payload, 0 to 1; null where it is not known (RDMA, no network). */
    readonly payloadShare: number | null;
    readonly lines: readonly OverheadLine[];
  };
  readonly assumptions: readonly string[];
  /** One or two sentences: the answer. */
  readonly text: string;
}

export interface WhatIfAnswer {
  /** In the order given. Empty: this is the host as it is. */
  readonly changes: readonly NamedChange[];
  /** The changed host, judged anew. */
  readonly check: Check;
  readonly comparison: Comparison;
  /** What the simulation rests on, or cannot know, one sentence each. */
  readonly notes: readonly string[];
  readonly expectations: readonly Expectation[];
  readonly pairings: readonly Pairing[];
}
