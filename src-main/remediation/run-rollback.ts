/** Takes a change of the journal back: its own undo, the last step first, where its state still fits. */
import { allowedPrograms } from '#shared/allowed-commands.ts';
import type { Presence } from '#shared/change-command.ts';
import type { ChangeRun, Outcome, Refusal, RunStep } from '#shared/fix-plan.ts';
import type { Failure } from '#shared/result.ts';
import type { PlanSubject } from './build-plan.ts';
import type { FixFacts } from './define-fix.ts';
import { noRollback, secretsToUndo, type ToldChange } from './history.ts';
import type { JournalEvent } from './journal-event.ts';
import { harmSentence } from './refusals.ts';
import { questionText, renderLine } from './render-line.ts';
import { outputLines, type ChangeDoors, type RunOptions } from './run-plan.ts';
import { undoHarm } from './undo-harm.ts';

type RollbackOptions = Omit<RunOptions, 'stillThere' | 'signal'>;

/** Never throws. It has no guard and no undo of its own: each command is harmless where it was run before. */
export async function runRollback(
  told: ToldChange,
  options: RollbackOptions,
  doors: ChangeDoors,
): Promise<ChangeRun> {
  const { beginning } = told;
  const steps = told.steps.filter(({ run }) => run.state !== 'waiting').reverse();
  const runs: RunStep[] = steps.map(({ title }) => ({
    title: `Undo: ${title}`,
    state: 'waiting',
    output: [],
  }));
  let state: ChangeRun = {
    id: options.id,
    kind: 'rollback',
    title: `Roll back: ${beginning.title}`,
    planHash: beginning.planHash,
    phase: 'looking',
    steps: runs,
    isSimulated: beginning.isSimulated,
  };
  const tell = (more: Partial<ChangeRun>): ChangeRun => {
    state = { ...state, ...more, steps: [...runs] };
    options.onProgress?.(state);
    return state;
  };
  const set = (index: number, more: Partial<RunStep>): void => {
    const run = runs[index];
    if (run !== undefined) runs[index] = { ...run, ...more };
    tell({});
  };
  const refuse = (refusals: readonly Refusal[]): ChangeRun =>
    tell({
      phase: 'ended',
      outcome: 'refused',
      refusals,
      message: refusals.map(({ message }) => message).join(' '),
    });
  const at = (): string => new Date(doors.clock.now()).toISOString();

  tell({});
  const held = doors.lock.take({ pid: doors.pid, by: doors.by, since: at(), what: state.title });
  if (!held.ok) return refuse([{ reason: 'change-pending', remedy: 'Wait.', ...held.failure }]);
  try {
    const refusals = await refusalsOf(told, options, doors);
    if (refusals.length > 0) return refuse(refusals);
    const begun = doors.journal.append({
      ...beginning,
      at: at(),
      change: options.id,
      kind: 'rollback',
      by: doors.by,
      pid: doors.pid,
      title: state.title,
      steps: steps.map((step) => ({
        fix: step.fix,
        title: `Undo: ${step.title}`,
        lines: step.undoLines,
        changes: step.changes.map((change) => ({ ...change, before: change.after, after: change.before })),
        undo: [],
        undoLines: [],
        notUndone: 'An undo is not undone: make a new plan instead.',
      })),
      rollsBack: beginning.change,
    });
    if (!begun.ok) {
      const { message, remedy = 'Try again.' } = begun.failure;
      return refuse([{ reason: 'no-journal', message, remedy }]);
    }
    const note = (event: NoteOf<JournalEvent>): void => {
      doors.journal.append({ at: at(), change: options.id, ...event });
    };
    const end = (outcome: Outcome, message: string): ChangeRun => {
      note({ event: 'ends', outcome, message });
      return tell({ phase: 'ended', outcome, message });
    };
    tell({ phase: 'undoing' });
    for (const [index, { undo }] of steps.entries()) {
      set(index, { state: 'running' });
      note({ event: 'step', index, state: 'running' });
      const output: string[] = [];
      for (const command of undo) {
        output.push(`> ${renderLine(command)}`);
        const report = await doors.changes.run(command, options.secrets);
        const failed = report.ok ? report.value.error?.message : report.failure.message;
        if (report.ok) output.push(...outputLines(report.value));
        set(index, { output });
        if (failed === undefined) continue;
        set(index, { state: 'failed', seen: failed });
        note({ event: 'step', index, state: 'failed', output, seen: failed });
        return end(
          'partly-undone',
          `${runs[index]?.title ?? ''} ${failed} The steps before it in this list are undone; the others are as they were. It can be tried again.`,
        );
      }
      set(index, { state: 'done' });
      note({ event: 'step', index, state: 'done', output });
    }
    return end('successful', 'Every step of the change is taken back.');
  } finally {
    held.value.release();
  }
}

type NoteOf<Event> = Event extends JournalEvent ? Omit<Event, 'at' | 'change'> : never;

async function refusalsOf(
  told: ToldChange,
  { typed, secrets }: RollbackOptions,
  doors: ChangeDoors,
): Promise<readonly Refusal[]> {
  const stuck = noRollback(told);
  if (stuck !== undefined) {
    return [{ reason: 'does-not-fit', message: stuck, remedy: 'Make a new plan for what is to be changed.' }];
  }
  const strange = strangeStep(told);
  if (strange !== undefined) {
    return [
      {
        reason: 'does-not-fit',
        message: `What the journal has as the way back of "${strange}" is nothing that Switchyard would run.`,
        remedy: 'Find out who changed the journal, and make a new plan for what is to be changed.',
      },
    ];
  }
  const missing = secretsToUndo(told).filter(({ id }) => (secrets[id] ?? '') === '');
  if (missing.length > 0) {
    return [
      {
        reason: 'not-confirmed',
        message: `The way back takes a secret that was not given: ${missing.map(({ question }) => question).join(' ')}`,
        remedy: 'Roll it back from the history, which asks for it.',
      },
    ];
  }
  const subject = await doors.look();
  if (!subject.ok) {
    const { message, remedy = 'Look again.' } = subject.failure;
    return [{ reason: 'fact-missing', message, remedy }];
  }
  if (!subject.value.check.host.elevated) {
    return [
      {
        reason: 'not-elevated',
        message: 'Switchyard runs without administrator rights, and every change takes them.',
        remedy: 'Start Switchyard again with "Run as administrator".',
      },
    ];
  }
  const moved = told.outcome === 'interrupted' ? [] : await whatNoLongerStands(told, doors);
  if (moved.length > 0) return moved;
  const harm = await harmOf(told, subject.value, typed, doors);
  return harm.length > 0 ? harm : guardsInTheWay(told, doors);
}

/** The title of a step that somebody changed in the journal: commands of ours are allowed and can be shown. */
function strangeStep({ steps }: ToldChange): string | undefined {
  const isStrange = ({ undo, stands = [] }: ToldChange['steps'][number]): boolean => {
    const programs = undo.flatMap((command) => ('program' in command ? [command.program] : []));
    if (!programs.every((program) => Object.hasOwn(allowedPrograms, program))) return true;
    try {
      undo.forEach(renderLine);
      for (const { question } of stands) questionText(question);
      return false;
    } catch {
      // Not allowed, or a value that can stand in no command.
      return true;
    }
  };
  return steps.find(isStrange)?.title;
}

async function whatNoLongerStands(told: ToldChange, doors: ChangeDoors): Promise<readonly Refusal[]> {
  const stands = told.steps.flatMap((step) => (step.stands ?? []).map((presence) => ({ step, presence })));
  if (stands.length === 0) return [];
  const answers = await doors.changes.ask(stands.map(({ presence }) => ({ ...presence.question, take: [] })));
  if (!answers.ok) {
    const { message, remedy = 'Look again.' } = answers.failure;
    return [{ reason: 'fact-missing', message, remedy }];
  }
  return stands.flatMap(({ step, presence }, index): Refusal[] => {
    const answer = answers.value[index];
    return answer !== undefined && 'rows' in answer && isSo(presence, answer.rows.length)
      ? []
      : [
          {
            reason: 'stale',
            message: `The host is no longer as this change left it: ${step.title}`,
            remedy: `See with: ${questionText(presence.question)}. Then make a new plan.`,
          },
        ];
  });
}

function isSo({ isThere, atLeast = 1 }: Presence, found: number): boolean {
  return found >= atLeast === isThere;
}

/** What it would cut, as far as nobody typed that it may. It has no guard, so the operator's own address stays. */
async function harmOf(
  told: ToldChange,
  { check, snapshot, surroundings }: PlanSubject,
  typed: readonly string[],
  doors: ChangeDoors,
): Promise<readonly Refusal[]> {
  const facts: FixFacts = { model: check.model, graph: check.graph, snapshot };
  const begun = told.steps.filter(({ run }) => run.state !== 'waiting').reverse();
  const undo = begun.flatMap((step) => step.undo);
  const harm = await undoHarm(undo, facts, surroundings.operatorAddresses ?? [], doors.changes);
  const harmful = harm
    .map(({ radius }) => radius)
    .filter(({ lostDisks, lostShares }) => lostDisks.length + lostShares.length > 0);
  const refusals: Refusal[] = [];
  const sentence = harmSentence(harmful);
  if (harmful.length > 0 && !typed.includes(sentence)) {
    refusals.push({
      reason: 'last-path',
      message: `Taking it back now would leave no working path: ${harmful.map(({ text }) => text).join(' ')}`,
      remedy: 'Add another path first.',
      typeToOverride: sentence,
    });
  }
  if (harm.some(({ radius, isLasting }) => isLasting && radius.touchesManagement)) {
    refusals.push({
      reason: 'management-session',
      message: 'Taking it back would cut the connection that you work over, and a rollback has no guard.',
      remedy: 'Work from the console of the host (iLO, iDRAC).',
    });
  }
  return refusals;
}

/** Two who undo the same are in each other's way: the guard of this change goes first, that of another one stays. */
async function guardsInTheWay({ beginning }: ToldChange, doors: ChangeDoors): Promise<readonly Refusal[]> {
  const { guard } = doors.changes;
  const unknown = ({ message, remedy = 'Look again.' }: Failure): readonly Refusal[] => [
    { reason: 'no-guard', message, remedy },
  ];
  const found = await guard.find();
  if (!found.ok) return unknown(found.failure);
  const other = found.value.find(({ id }) => id !== beginning.change);
  if (other !== undefined) {
    return [
      {
        reason: 'change-pending',
        message: `The guard of another change (${other.title}) is still on this host.`,
        remedy: 'See the history: what it did, and what can be done about it.',
      },
    ];
  }
  if (found.value.length === 0) return [];
  const disarmed = await guard.disarm(beginning.change);
  return disarmed.ok ? [] : unknown(disarmed.failure);
}
