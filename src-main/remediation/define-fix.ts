/** The shape of a fix: what it is for, what it asks, and the steps it plans. One file, one fix; all of it is pure. */
import type { ChangeCommand, Presence } from '#shared/change-command.ts';
import type { Finding } from '#shared/finding.ts';
import type { Choice, ChoiceValue, Impact, PropertyChange, Refusal } from '#shared/fix-plan.ts';
import type { HostModel } from '#shared/host/host-model.ts';
import type { ReadObservationName, Snapshot } from '#shared/host/snapshot.ts';
import type { PathGraph } from '#shared/path-graph.ts';
import type { Change } from '#shared/what-if.ts';
import type { Surroundings } from './surroundings.ts';

/** All that a fix may look at: one look at the host, joined. */
export interface FixFacts {
  readonly model: HostModel;
  readonly graph: PathGraph;
  readonly snapshot: Snapshot;
}

export interface FixRequest extends FixFacts {
  readonly finding: Finding;
  readonly surroundings: Surroundings;
  /** By the id of the choice: what the person answered, else the proposal. A secret is never here. */
  readonly answers: Readonly<Record<string, ChoiceValue>>;
}

/** A question to the person, with the judge of the answer: what is wrong with it, in one sentence, or undefined. */
export interface AskedChoice extends Choice {
  /** Where it has no option: what would have to be there, in one sentence. */
  readonly whyNone?: string;
  readonly check?: (value: ChoiceValue) => string | undefined;
}

/** How a step is seen to have worked: on a fresh reading of these observations, never on what a command answered. */
export interface Verification {
  /** One sentence: what has to be seen. */
  readonly says: string;
  readonly observations: readonly ReadObservationName[];
  /** Undefined where it is so; else what is seen instead, in one sentence. */
  readonly differs: (facts: FixFacts) => string | undefined;
  /** Links, addresses and logins take a while: asked again until this long. Default 15. */
  readonly settleSeconds?: number;
  /** What no waiting mends: then it is not asked again. */
  readonly isFinal?: (facts: FixFacts) => boolean;
}

export interface Step {
  /** One sentence: what it does, with the names. */
  readonly title: string;
  readonly commands: readonly ChangeCommand[];
  readonly changes: readonly PropertyChange[];
  readonly impact: Impact;
  /** Ids of what carries nothing while the step runs: adapters, teams, sessions, addresses ... */
  readonly takesDown?: readonly string[];
  /** What is there or gone when the step is done, so that the next ones are judged on it. */
  readonly leaves?: readonly Change[];
  /**
   * Addresses that another interface holds when the step is done. Management may be among them, so the person is asked
   * whether the host still answers.
   */
  readonly movesAddresses?: readonly string[];
  readonly verify: Verification;
  /**
   * The way back, in its own order; each command is skipped where it is so already (`unless`). Never empty, unless
   * `notUndone` says why it cannot be taken back by itself.
   */
  readonly undo: readonly ChangeCommand[];
  readonly notUndone?: string;
  /** What must still be so, long afterwards, for the way back to fit: asked before a rollback from the history. */
  readonly stands?: readonly Presence[];
}

interface FixOf {
  /** A verb or a noun, never renamed; the file's name. Rules name it in `fixes`. */
  readonly id: string;
  /** Imperative: "Let the iSCSI initiator start with Windows". */
  readonly title: string;
  /** The gravest of its steps. */
  readonly impact: Impact;
  /** Without each of these there is no plan. */
  readonly needs: readonly ReadObservationName[];
  /** In a plan of several: smaller ones come first (features and claims before sessions, new before old). */
  readonly order: number;
  /** Never applied by Switchyard, and why: its steps are a runbook, shown with their commands. */
  readonly byHand?: string;
  /** What stands in its way on this host; the refusals that hold for every fix are added. */
  readonly precheck?: (request: FixRequest) => readonly Refusal[];
  /** Where it waits for a restart: what is seen instead of what that had to bring, in one sentence, or undefined. */
  readonly afterRestart?: (facts: FixFacts) => string | undefined;
  /** What only a person can decide. Asked again with each answer, so that one question may rest on another. */
  readonly choices?: (request: FixRequest) => readonly AskedChoice[];
  /** Steps in their order; none where there is nothing left to do. */
  readonly plan: (request: FixRequest) => readonly Step[];
}

export type Fix = FixOf;

export function defineFix(fix: FixOf): Fix {
  return fix;
}
