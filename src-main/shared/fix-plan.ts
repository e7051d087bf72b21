/** A plan as people see it, a change under way, and what the journal tells of changes that are over. */
import type { Entity } from './host/host-model.ts';
import type { Failure } from './result.ts';

/**
 * What a step does to what runs, from mild to grave. `none`: nothing. `adds`: a path or an address more. `path`: a path
 * may stand still for seconds. `link`: an adapter starts anew. `reboot`: works only after a restart. `outage`: a
 * switch, a team or all paths are cut.
 */
const impacts = ['none', 'adds', 'path', 'link', 'reboot', 'outage'] as const;
export type Impact = (typeof impacts)[number];

export function gravest(all: readonly Impact[]): Impact {
  return impacts[Math.max(0, ...all.map((impact) => impacts.indexOf(impact)))] ?? 'none';
}

export type RefusalReason =
  /** A disk or a share would be left without a working path. */
  | 'last-path'
  /** The connection that the person works over would lose its address for good. */
  | 'management-session'
  | 'not-elevated'
  /** The node of a cluster holds roles. */
  | 'cluster-roles'
  | 'csv-redirected'
  | 'reboot-pending'
  | 'unsupported-windows'
  /** Another module than Microsoft's decides over the paths. */
  | 'vendor-dsm'
  /** Network ATC or VMM would undo it. */
  | 'owned-elsewhere'
  /** The host is no longer as it was when the plan was made. */
  | 'stale'
  /** The host is a file. */
  | 'capture-file'
  /** A change is under way, or the guard of one is still armed. */
  | 'change-pending'
  /** Changes are not switched on in this shell. */
  | 'read-only'
  /** A fact that the plan would rest on is not known. */
  | 'fact-missing'
  /** The guard cannot be armed on this host. */
  | 'no-guard'
  /** What is done could not be written down. */
  | 'no-journal'
  /** It was not confirmed as it has to be. */
  | 'not-confirmed'
  /** A person has to do it: see the runbook. */
  | 'by-hand'
  /** The finding asks for something that this fix cannot give here. */
  | 'does-not-fit';

export interface Refusal {
  readonly reason: RefusalReason;
  /** One sentence: what stands in the way, with the names. */
  readonly message: string;
  /** What would make it possible. */
  readonly remedy: string;
  /** Can be overridden only by typing this sentence, which names the harm. */
  readonly typeToOverride?: string;
}

/** One property of one thing, before and after. */
export interface PropertyChange {
  readonly of: Entity;
  /** As Windows calls it. */
  readonly property: string;
  readonly before: string;
  readonly after: string;
}

/** What a step takes from the ways to storage while it runs. */
export interface BlastRadius {
  /** One sentence. */
  readonly text: string;
  readonly targets: readonly {
    readonly target: Entity;
    readonly losesPaths: readonly Entity[];
    readonly remaining: number;
    readonly of: number;
  }[];
  readonly lostDisks: readonly Entity[];
  readonly lostShares: readonly Entity[];
  /** Hops and routes that carry nothing meanwhile: what goes dark on the map. */
  readonly dark: readonly string[];
  /** The connection that the person works over stands still meanwhile. */
  readonly touchesManagement: boolean;
}

export interface PlanStep {
  readonly fix: string;
  /** One sentence: what it does. */
  readonly title: string;
  /** PowerShell; each runs by hand as it stands. */
  readonly lines: readonly string[];
  readonly changes: readonly PropertyChange[];
  readonly impact: Impact;
  readonly blastRadius: BlastRadius;
  /** One sentence: what has to be seen afterwards. */
  readonly verifiedBy: string;
  /** Empty only where `notUndone` says why. */
  readonly undoLines: readonly string[];
  readonly notUndone?: string;
}

export type ChoiceValue = string | readonly string[];

/** Something that the tool cannot decide. */
export interface Choice {
  readonly id: string;
  readonly question: string;
  readonly type: 'text' | 'number' | 'one-of' | 'several-of' | 'secret';
  /** For `one-of` and `several-of`. */
  readonly options?: readonly { readonly value: string; readonly label: string }[];
  readonly proposal?: ChoiceValue;
  /** Why that is proposed, or what to look at. One sentence. */
  readonly because?: string;
}

export interface ShownFix {
  readonly id: string;
  readonly title: string;
  readonly impact: Impact;
}

/** What a plan is wanted for. */
export interface PlanWish {
  /** Ids of findings, or a rule that has one finding. */
  readonly findings: readonly string[];
  /** Which fix for which finding, by the words of `findings`; the first that nothing refuses where it is left open. */
  readonly fixes?: Readonly<Record<string, string>>;
  /** By the id of the choice; what is left out is taken as proposed. */
  readonly answers?: Readonly<Record<string, ChoiceValue>>;
  /** How long the guard waits: 30 to 1800, by default 120. */
  readonly guardSeconds?: number;
}

/** The plan for one or several findings. `hash` stands for all of it: it is what a person confirms. */
export interface FixPlan {
  /** 64 hex digits over host, boot, what the plan rests on, and the steps. */
  readonly hash: string;
  readonly title: string;
  readonly findings: readonly {
    readonly id: string;
    readonly title: string;
    /** The fix that the plan takes for it. */
    readonly fix: string;
    /** Every fix that there is for it, that one too. */
    readonly ways: readonly ShownFix[];
  }[];
  readonly fixes: readonly ShownFix[];
  readonly impact: Impact;
  readonly choices: readonly Choice[];
  readonly answers: Readonly<Record<string, ChoiceValue>>;
  /** What is wrong with an answer, by the id of its choice; a plan with any is not complete. */
  readonly problems: Readonly<Record<string, string>>;
  /** Empty: it can be applied. */
  readonly refusals: readonly Refusal[];
  /** Empty while choices are open. */
  readonly steps: readonly PlanStep[];
  /** Before the first step a revert is armed that does not depend on Switchyard. */
  readonly guard: {
    readonly isNeeded: boolean;
    readonly seconds: number;
    /** Why there is none although a path stands still, and what holds instead. */
    readonly without?: string;
  };
  /** Afterwards the person has to say "still there". */
  readonly asksStillThere: boolean;
  /** Has to be typed to apply it; absent where the hash is enough. */
  readonly typeToConfirm?: string;
  readonly isSimulated: boolean;
}

export type StepState =
  'waiting' | 'running' | 'verifying' | 'done' | 'failed' | 'undoing' | 'undone' | 'not-undone' | 'skipped';

export type Outcome =
  /** Done, verified, the findings are gone. */
  | 'successful'
  /** Every step was done and verified, and a finding is still there. Nothing was undone. */
  | 'goal-not-reached'
  /** A step failed or the person stopped it; what was done is undone. */
  | 'rolled-back'
  /** The guard undid it, since nobody confirmed in time. */
  | 'reverted-by-guard'
  /** Not all could be undone: the entry says what is left. */
  | 'partly-undone'
  /** Nothing was changed. */
  | 'refused'
  /** The steps are done; the rest is seen after the restart. */
  | 'waits-for-restart'
  /** The program ended in the middle; nobody has undone it yet. */
  | 'interrupted';

export interface RunStep {
  readonly title: string;
  readonly state: StepState;
  /** What the commands said, line by line. */
  readonly output: readonly string[];
  /** What was seen when it was verified, or why it failed. */
  readonly seen?: string;
}

/** A change under way or just over. Each one says all there is to say, so a missed one costs nothing. */
export interface ChangeRun {
  readonly id: string;
  readonly kind: 'fix' | 'rollback';
  readonly title: string;
  readonly planHash: string;
  readonly phase:
    'looking' | 'arming' | 'changing' | 'proving' | 'asking' | 'disarming' | 'undoing' | 'ended';
  readonly steps: readonly RunStep[];
  /** ISO 8601: when the guard undoes everything unless it is disarmed. */
  readonly guardUntil?: string;
  /** ISO 8601: "still there?" has to be answered by then. */
  readonly answerBy?: string;
  readonly outcome?: Outcome;
  /** One or two sentences on how it ended. */
  readonly message?: string;
  /** After the restart that it waited for: a finding that is still there, and the fix that leads on. */
  readonly next?: { readonly finding: string; readonly title: string };
  /** Why it did not begin. */
  readonly refusals?: readonly Refusal[];
  readonly isSimulated: boolean;
}

/** Found at the start: a change that nobody finished, or a guard that is still there. */
export interface LeftoverChange {
  readonly id: string;
  readonly title: string;
  readonly startedAt: string;
  readonly by: string;
  /** What is known of it: what was done, what the guard did. */
  readonly message: string;
  /** What can be done about it now. */
  readonly offers: readonly ('rollback' | 'restart' | 'resume' | 'dismiss')[];
}

export interface ChangesState {
  readonly run?: ChangeRun;
  readonly leftovers: readonly LeftoverChange[];
  /** Why nobody knows whether a guard is still on the host; no change begins meanwhile. */
  readonly guardsUnknown?: Failure;
  /** Why no change can be made from here at all; absent where it can. */
  readonly closed?: Refusal;
  /** Has to be typed with every change, a rollback as well; absent where it need not. */
  readonly typeToConfirm?: string;
}

/** By the id of the choice that asked for it first. */
export interface AskedSecret {
  readonly id: string;
  readonly question: string;
}

/** One change of the journal. */
export interface HistoryEntry {
  readonly id: string;
  readonly kind: 'fix' | 'rollback';
  readonly host: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly endedAt?: string;
  /** Who started it: the Windows user. */
  readonly by: string;
  readonly title: string;
  readonly findings: readonly string[];
  readonly fixes: readonly string[];
  readonly planHash: string;
  readonly steps: readonly (RunStep & {
    readonly lines: readonly string[];
    readonly changes: readonly PropertyChange[];
    readonly undoLines: readonly string[];
  })[];
  readonly outcome: Outcome;
  readonly message: string;
  /** Whether it can be rolled back; `because` says what stands in the way. */
  readonly rollback: { readonly isPossible: true } | { readonly isPossible: false; readonly because: string };
  /** What the way back has to be told: secrets are kept nowhere. */
  readonly secrets: readonly AskedSecret[];
  /** The change that rolled it back. */
  readonly rolledBackBy?: string;
  readonly isSimulated: boolean;
}

/** The journal, newest first; `failure` where a part of it could not be read. */
export interface History {
  readonly entries: readonly HistoryEntry[];
  readonly failure?: Failure;
}
