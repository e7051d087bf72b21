/** The shape of a rule: what it needs, when it applies, and what it finds. One file, one rule. */
import type { AdapterErrors } from '#shared/adapter-errors.ts';
import type { ObservationName } from '#shared/capture.ts';
import type { PathErrors, SessionErrors } from '#shared/error-counts.ts';
import type { EvidenceValue, Measured, Severity } from '#shared/finding.ts';
import type { Entity, HostModel } from '#shared/host/host-model.ts';
import type { ReadObservationName, Snapshot } from '#shared/host/snapshot.ts';
import type { PathGraph } from '#shared/path-graph.ts';
import type { ToldRole } from '#shared/settings.ts';
import type { TrafficJudgement } from '#shared/spread.ts';
import type { VendorProfile } from '#shared/vendor-profile.ts';

/** What a rule judges. Pure data: a rule has no other source. */
export interface HostFacts {
  readonly model: HostModel;
  readonly graph: PathGraph;
  /** For what the model does not join: single records of the observations in `needs`. */
  readonly snapshot: Snapshot;
  /** What the person set for this host. */
  readonly settings?: RuleSettings;
  /** What was counted, judged; undefined where nobody counted. */
  readonly traffic?: TrafficJudgement;
  /** Damaged and dropped frames of adapters, where samples were taken. */
  readonly adapterErrors?: readonly AdapterErrors[];
  /** Errors of iSCSI sessions, where samples were taken. */
  readonly sessionErrors?: readonly SessionErrors[];
  /** Errors of paths of MPIO, where samples were taken. */
  readonly pathErrors?: readonly PathErrors[];
}

/** What a person set for one host: it counts before defaults, and before what Switchyard works out. */
export interface RuleSettings {
  /** By id of the threshold: the rule, a dot, the name. */
  readonly thresholds?: Readonly<Record<string, number>>;
  /** By interface id: all that the interface is there for; beside `not-storage` what is worked out stands as well. */
  readonly roles?: Readonly<Record<string, readonly ToldRole[]>>;
  /** What the array's vendor asks for, where the person chose a vendor. */
  readonly profile?: VendorProfile;
  /** The look that is pinned for the host: how it was when it was as it should be. Never with settings of its own. */
  readonly baseline?: HostFacts;
}

/** A figure that a verdict turns on, and that a person may set. */
interface Threshold {
  /** What counts where nothing is set. */
  readonly value: number;
  readonly unit: string;
  /** What it decides, in one sentence. */
  readonly says: string;
}

export interface RuleFinding {
  readonly severity: Severity;
  /** One sentence: what is seen, with the figures and names. */
  readonly message: string;
  readonly subjects: readonly [Entity, ...Entity[]];
  readonly evidence: Readonly<Record<string, EvidenceValue>>;
  /** The way out, in a sentence or two. */
  readonly advice: string;
  /** Of what was counted: through which time counters showed it. */
  readonly measured?: Measured;
}

/**
 * An empty list is "fine". `notApplicable`: the host has nothing that the rule is about. `notEvaluated`: a fact is
 * missing that only shows while judging (a connection that could not be joined to its session).
 */
export type RuleOutcome =
  | readonly RuleFinding[]
  | { readonly notApplicable: string }
  | { readonly notEvaluated: string; readonly remedy?: string };

interface RuleOf<Name extends string> {
  /** A noun, never renamed; the file's name, the page's name. */
  readonly id: string;
  /** Other names that people know it by: they find it, and nothing is stored under them. */
  readonly aliases?: readonly string[];
  readonly severities: readonly [Severity, ...Severity[]];
  /** When all is well. */
  readonly title: string;
  /** When it is not. */
  readonly failureTitle: string;
  /**
   * Without each of these there is no verdict. A list inside the list: one of them is enough. A feature that is not
   * installed, or that this Windows never had, counts as an answer: there is nothing of the kind.
   */
  readonly needs: readonly (ObservationName | readonly ObservationName[])[];
  readonly fixes: readonly string[];
  /**
   * Says why the rule has nothing to judge on this host, or undefined. Asked first, as soon as the observations in
   * `needs` have answered, so that a host without iSCSI is told so even where MPIO was denied.
   */
  readonly appliesTo?: {
    readonly needs: readonly ReadObservationName[];
    readonly notApplicable: (facts: HostFacts) => string | undefined;
  };
  /** Every figure that decides, by name. */
  readonly thresholds?: Readonly<Record<Name, Threshold>>;
  /** `limits`: the thresholds by name, as they are set for this host. */
  readonly evaluate: (facts: HostFacts, limits: Readonly<Record<Name, number>>) => RuleOutcome;
}

export type Rule = Omit<RuleOf<string>, 'evaluate'> & {
  readonly evaluate: (facts: HostFacts) => RuleOutcome;
};

export function defineRule<const Name extends string = never>(rule: RuleOf<Name>): Rule {
  const thresholds: Readonly<Record<string, Threshold>> = rule.thresholds ?? {};
  return {
    ...rule,
    thresholds,
    evaluate: (facts) => {
      const set = facts.settings?.thresholds;
      const limits = Object.fromEntries(
        Object.entries(thresholds).map(([name, { value }]) => [name, set?.[`${rule.id}.${name}`] ?? value]),
      );
      return rule.evaluate(facts, limits as Record<Name, number>);
    },
  };
}
