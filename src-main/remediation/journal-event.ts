/** What the journal of changes tells, one thing a line. */
import type { ChangeCommand, Presence } from '#shared/change-command.ts';
import type {
  AskedSecret,
  HistoryEntry,
  Outcome,
  PlanWish,
  PropertyChange,
  RunStep,
} from '#shared/fix-plan.ts';
import type { KnownFinding } from '#shared/same-finding.ts';

export interface JournalStep {
  readonly fix: string;
  readonly title: string;
  readonly lines: readonly string[];
  readonly changes: readonly PropertyChange[];
  /** What a rollback runs: the same data as the guard's. */
  readonly undo: readonly ChangeCommand[];
  readonly undoLines: readonly string[];
  readonly notUndone?: string;
  /** What must still hold for the way back to fit. */
  readonly stands?: readonly Presence[];
}

interface EventOf {
  /** ISO 8601, UTC. */
  readonly at: string;
  /** The change that it belongs to. */
  readonly change: string;
}

export type JournalEvent = EventOf &
  (
    | {
        readonly event: 'begins';
        readonly kind: HistoryEntry['kind'];
        readonly host: string;
        readonly by: string;
        readonly pid: number;
        readonly title: string;
        readonly planHash: string;
        readonly findings: readonly string[];
        /** The same with what they are about: after a restart a session is another thing, and its finding has another id. */
        readonly about?: readonly KnownFinding[];
        readonly fixes: readonly string[];
        /** Secrets that its commands took: asked for again by who takes it back. */
        readonly secrets?: readonly AskedSecret[];
        readonly steps: readonly JournalStep[];
        readonly isSimulated: boolean;
        /** What the plan was made of, to make it again. */
        readonly request?: PlanWish;
        /** The boot it was made in. */
        readonly bootedAt?: string;
        /** The change that it takes back. */
        readonly rollsBack?: string;
      }
    | { readonly event: 'guard-armed'; readonly until: string }
    | {
        readonly event: 'step';
        readonly index: number;
        readonly state: Exclude<RunStep['state'], 'waiting' | 'verifying' | 'skipped'>;
        readonly output?: readonly string[];
        readonly seen?: string;
      }
    | { readonly event: 'confirmed' }
    | { readonly event: 'guard-gone' }
    | { readonly event: 'ends'; readonly outcome: Outcome; readonly message: string }
    /** A person looked at what was left of it and closed it. */
    | { readonly event: 'dismissed' }
  );
