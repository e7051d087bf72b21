/** The story of each change, told from the journal alone: what was done, how it ended, what can be done about it. */
import { secretsOf } from '#shared/command-values.ts';
import type { AskedSecret, HistoryEntry, Outcome, RunStep } from '#shared/fix-plan.ts';
import type { JournalEvent, JournalStep } from './journal-event.ts';

type Beginning = Extract<JournalEvent, { event: 'begins' }>;

/** One change of the journal, with what a rollback needs. */
export interface ToldChange {
  readonly beginning: Beginning;
  readonly steps: readonly (JournalStep & { readonly run: RunStep })[];
  readonly outcome: Outcome;
  readonly message: string;
  readonly endedAt?: string;
  readonly isDismissed: boolean;
  readonly wasConfirmed: boolean;
  readonly wasGuarded: boolean;
  readonly rolledBackBy?: string;
}

/** Newest first. Events of a change whose beginning is lost are left out: the gaps of the journal tell of that. */
export function toldChanges(events: readonly JournalEvent[]): readonly ToldChange[] {
  const byChange = Map.groupBy(events, ({ change }) => change);
  const told = [...byChange.values()].flatMap((own) => {
    const beginning = own.find((event): event is Beginning => event.event === 'begins');
    return beginning === undefined ? [] : [tell(beginning, own)];
  });
  const rollbacks = new Map(
    told.flatMap(({ beginning, outcome }) =>
      beginning.rollsBack !== undefined && outcome === 'successful'
        ? [[beginning.rollsBack, beginning.change] as const]
        : [],
    ),
  );
  return told
    .map((one) => {
      const rolledBackBy = rollbacks.get(one.beginning.change);
      return rolledBackBy === undefined ? one : { ...one, rolledBackBy };
    })
    .sort((a, b) => (a.beginning.at < b.beginning.at ? 1 : -1));
}

function tell(beginning: Beginning, own: readonly JournalEvent[]): ToldChange {
  const runs = beginning.steps.map(({ title }): RunStep => ({ title, state: 'waiting', output: [] }));
  for (const event of own) {
    if (event.event !== 'step') continue;
    const run = runs[event.index];
    if (run === undefined) continue;
    runs[event.index] = {
      ...run,
      state: event.state,
      ...(event.output !== undefined && { output: event.output }),
      ...(event.seen !== undefined && { seen: event.seen }),
    };
  }
  const end = own.findLast((event) => event.event === 'ends');
  const begun = runs.filter(({ state }) => state !== 'waiting').length;
  const stopped = runs.every(({ state }) => state === 'done')
    ? 'Every step was done and verified; Switchyard or the host stopped before the change was closed.'
    : `Switchyard or the host stopped in the middle: ${begun} of ${runs.length} steps had begun.`;
  return {
    beginning,
    steps: beginning.steps.flatMap((step, index) => {
      const run = runs[index];
      return run === undefined ? [] : [{ ...step, run }];
    }),
    outcome: end?.outcome ?? 'interrupted',
    message: end?.message ?? stopped,
    ...(end !== undefined && { endedAt: end.at }),
    isDismissed: own.some(({ event }) => event === 'dismissed'),
    wasConfirmed: own.some(({ event }) => event === 'confirmed'),
    wasGuarded: own.some(({ event }) => event === 'guard-armed'),
  };
}

const changedSomething: ReadonlySet<Outcome> = new Set([
  'successful',
  'goal-not-reached',
  'partly-undone',
  'waits-for-restart',
  'interrupted',
]);

/** Why it cannot be rolled back, as far as the journal alone can tell, or undefined. */
export function noRollback(told: ToldChange): string | undefined {
  const { beginning, outcome, rolledBackBy, steps } = told;
  if (beginning.kind === 'rollback') return 'It is a rollback itself: make a new plan instead.';
  if (rolledBackBy !== undefined) return 'It was rolled back already.';
  if (!changedSomething.has(outcome)) return 'It left the host as it was.';
  const stuck = steps.find(({ notUndone, run }) => notUndone !== undefined && run.state !== 'waiting');
  return stuck?.notUndone;
}

/** What the undo of the steps that were begun has to be told. */
export function secretsToUndo({ beginning, steps }: ToldChange): readonly AskedSecret[] {
  const undo = steps.flatMap((step) => (step.run.state === 'waiting' ? [] : step.undo));
  return secretsOf(undo).map(
    (id) => beginning.secrets?.find((one) => one.id === id) ?? { id, question: `Which is the secret ${id}?` },
  );
}

export function historyEntry(told: ToldChange): HistoryEntry {
  const { beginning, steps, outcome, message, endedAt, rolledBackBy } = told;
  const because = noRollback(told);
  return {
    id: beginning.change,
    kind: beginning.kind,
    host: beginning.host,
    startedAt: beginning.at,
    ...(endedAt !== undefined && { endedAt }),
    by: beginning.by,
    title: beginning.title,
    findings: beginning.findings,
    fixes: beginning.fixes,
    planHash: beginning.planHash,
    steps: steps.map(({ lines, changes, undoLines, run }) => ({ ...run, lines, changes, undoLines })),
    outcome,
    message,
    secrets: because === undefined ? secretsToUndo(told) : [],
    rollback: because === undefined ? { isPossible: true } : { isPossible: false, because },
    ...(rolledBackBy !== undefined && { rolledBackBy }),
    isSimulated: beginning.isSimulated,
  };
}
