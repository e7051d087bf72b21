/** What the rules answer, and the check that gathers their answers. */
import type { Entity } from './host/host-model.ts';
import type { CaptureHost, ItemError, ObservationError, ObservationName } from './capture.ts';
import type { UsesOfInterface } from './interface-use.ts';
import type { HostModel } from './host/host-model.ts';
import type { PathGraph, TargetCeilings } from './path-graph.ts';
import type { TrafficJudgement } from './spread.ts';
import type { SettingsInForce, Waived } from './settings.ts';

const severities = ['error', 'warning', 'info'] as const;
/** error: will lose storage, is unsupported or corrupts. warning: slower or less redundant than the hardware allows. */
export type Severity = (typeof severities)[number];

export type EvidenceValue = string | number | boolean | null | readonly (string | number | boolean | null)[];

/** Through which time counters showed something, in ms since 1970. */
export interface Measured {
  readonly sinceMs: number;
  readonly untilMs: number;
}

export interface Finding {
  /** Rule, `@`, 8 hex digits of the sorted subject ids: the same finding has the same id after a refresh. */
  readonly id: string;
  readonly rule: string;
  readonly severity: Severity;
  /** The rule's heading for what is wrong. */
  readonly title: string;
  /** One sentence: what is seen, with the figures and names. */
  readonly message: string;
  readonly subjects: readonly Entity[];
  /** The figures as values, by name; units stand in the names. */
  readonly evidence: Readonly<Record<string, EvidenceValue>>;
  /** The way out in a sentence or two, for a person. */
  readonly advice: string;
  /** Ids of fixes that exist. */
  readonly fixes: readonly string[];
  /** Left out where the configuration alone shows it. */
  readonly measured?: Measured;
  /** A waiver covers it: it stays visible as waived, and counts neither in sums nor in the exit code. */
  readonly waived?: Waived;
  /** A waiver covered it and has run out: it counts again. */
  readonly waiverExpired?: Waived;
}

/** By severity, then by rule, then by id. */
export function compareFindings(
  a: Pick<Finding, 'severity' | 'rule' | 'id'>,
  b: Pick<Finding, 'severity' | 'rule' | 'id'>,
): number {
  return (
    severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
    compareTexts(a.rule, b.rule) ||
    compareTexts(a.id, b.id)
  );
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Findings that count: those that nobody waived. */
export function countedFindings<T extends Pick<Finding, 'waived'>>(findings: readonly T[]): readonly T[] {
  return findings.filter(({ waived }) => waived === undefined);
}

export type RuleResult =
  | { readonly rule: string; readonly title: string; readonly result: 'fine' }
  | { readonly rule: string; readonly title: string; readonly result: 'findings' }
  | {
      readonly rule: string;
      readonly title: string;
      readonly result: 'not-applicable' | 'not-evaluated';
      /** One sentence. For `not-evaluated` it names the missing fact and why it is missing. */
      readonly reason: string;
      /** For `not-evaluated`: what the person can do to get it evaluated. */
      readonly remedy?: string;
    };

export type CheckSource = 'local' | 'capture' | 'demo';

/** An observation that gave less than everything. */
export interface ObservationGap {
  readonly observation: ObservationName;
  readonly status: 'unavailable' | 'failed' | 'partial' | 'not-asked';
  readonly error?: ObservationError;
  readonly itemErrors?: readonly ItemError[];
}

/** The verdict that more speed would not be felt, from what was recorded. */
export interface LeaveItAlone {
  /** Of what is certain, of the target that comes nearest to it. */
  readonly loadPercent: number;
  /** How many times its traffic that target is certain of; null where it had none. */
  readonly timesTraffic: number | null;
  /** In a sentence or two. */
  readonly text: string;
}

/** Everything that is judged and computed from one capture. */
export interface Check {
  readonly source: CheckSource;
  readonly host: CaptureHost;
  readonly takenAt: string;
  readonly model: HostModel;
  readonly graph: PathGraph;
  readonly targets: readonly TargetCeilings[];
  /** By severity, then by rule. */
  readonly findings: readonly Finding[];
  /** One for each rule of the catalogue, in its order. */
  readonly rules: readonly RuleResult[];
  /** Every interface that is there for something, in the order of the model. */
  readonly interfaces: readonly UsesOfInterface[];
  /** What its samples tell of traffic; left out where it has fewer than two. */
  readonly traffic?: TrafficJudgement;
  readonly observed: { readonly ok: number; readonly asked: number };
  readonly gaps: readonly ObservationGap[];
  /** Left out where it cannot be said. */
  readonly leaveItAlone?: LeaveItAlone;
  /** What the person set for this host and what became of it; left out where nothing is set. */
  readonly settings?: SettingsInForce;
}
