/**
 * A plan as a transaction: lock, fresh look, journal, guard, step, verify, next, proof, confirmation, disarm; or undo.
 *
 * Each thing is in the journal before it happens. Whatever fails, the steps that were begun are undone in reverse; what
 * cannot be undone is said. The guard holds the same undo and waits outside of this process.
 */
import { entityOf } from '#shared/entity.ts';
import type { ChangeCommand, CommandReport } from '#shared/change-command.ts';
import type { ChangeRun, FixPlan, Outcome, PlanWish, Refusal, RunStep } from '#shared/fix-plan.ts';
import type { ReadObservationName } from '#shared/host/snapshot.ts';
import { succeed, type Failure, type Result } from '#shared/result.ts';
import type { HostChanges } from '../hosts/host.ts';
import { buildPlan, whatMoved, type BuiltPlan, type PlanSubject } from './build-plan.ts';
import type { Fix, FixFacts, Verification } from './define-fix.ts';
import type { JournalEvent, JournalStep } from './journal-event.ts';
import type { Journal } from './journal.ts';
import type { ChangeLock } from './lock.ts';
import { renderLine } from './render-line.ts';
import { sameFinding } from '#shared/same-finding.ts';

export interface Clock {
  /** ms since 1970. */
  readonly now: () => number;
  /** Settles early, without an error, when the signal says so. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
}

export interface ChangeDoors {
  readonly changes: HostChanges;
  readonly journal: Journal;
  readonly lock: ChangeLock;
  readonly clock: Clock;
  /** A whole look, judged. */
  readonly look: () => Promise<Result<PlanSubject>>;
  /** A look at these observations alone. */
  readonly lookAt: (observations: readonly ReadObservationName[]) => Promise<Result<FixFacts>>;
  /** The Windows user. */
  readonly by: string;
  readonly pid: number;
  readonly catalogue?: readonly Fix[];
}

export interface RunOptions {
  readonly id: string;
  /** By the id of the choice in the plan. */
  readonly secrets: Readonly<Record<string, string>>;
  /** What the person typed: the sentences that refusals ask for, and the name of the host. */
  readonly typed: readonly string[];
  /** Cancelled between steps: what was done is undone. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (run: ChangeRun) => void;
  /** Settles when the person has said "still there", or with false when the signal given to it says that it is too late. */
  readonly stillThere: (until: AbortSignal) => Promise<boolean>;
}

const defaultSettleSeconds = 15;
const verifyEveryMs = 1000;
/** Our own undo begins so long before the guard's: it tells more. */
const aheadOfGuardMs = 5000;

/** Runs a plan that {@link buildPlan} made and a person confirmed. Never throws. */
export async function runPlan(built: BuiltPlan, options: RunOptions, doors: ChangeDoors): Promise<ChangeRun> {
  return new Transaction(built, options, doors).run();
}

class Transaction {
  private readonly built: BuiltPlan;
  private readonly plan: FixPlan;
  private readonly options: RunOptions;
  private readonly doors: ChangeDoors;
  private readonly steps: RunStep[];
  private state: ChangeRun;
  /** Steps whose commands may have run. */
  private begun = 0;
  private guardUntil: number | undefined;

  constructor(built: BuiltPlan, options: RunOptions, doors: ChangeDoors) {
    this.built = built;
    this.plan = built.plan;
    this.options = options;
    this.doors = doors;
    this.steps = built.plan.steps.map(({ title }) => ({ title, state: 'waiting', output: [] }));
    this.state = {
      id: options.id,
      kind: 'fix',
      title: built.plan.title,
      planHash: built.plan.hash,
      phase: 'looking',
      steps: [],
      isSimulated: built.plan.isSimulated,
    };
  }

  async run(): Promise<ChangeRun> {
    const { lock, clock, by, pid } = this.doors;
    this.tell({});
    const since = new Date(clock.now()).toISOString();
    const held = lock.take({ pid, by, since, what: this.plan.title });
    if (!held.ok) return this.refuse([refusalOf('change-pending', held.failure)]);
    try {
      return await this.whileHeld();
    } catch (error) {
      // Nothing in here throws by intent; what does must not leave a half-done host.
      const why = error instanceof Error ? error.message : String(error);
      return await this.undoAll(`Something went wrong inside Switchyard: ${why}`);
    } finally {
      held.value.release();
    }
  }

  private async whileHeld(): Promise<ChangeRun> {
    const refusals = await this.findRefusals();
    if (refusals.length > 0) return this.refuse(refusals);
    const begun = this.doors.journal.append(this.beginning());
    if (!begun.ok) return this.refuse([refusalOf('no-journal', begun.failure)]);

    if (this.plan.guard.isNeeded) {
      this.tell({ phase: 'arming' });
      const armed = await this.arm();
      if (!armed.ok) {
        this.note({ event: 'ends', outcome: 'refused', message: armed.failure.message });
        return this.refuse([refusalOf('no-guard', armed.failure)]);
      }
    }
    this.tell({ phase: 'changing' });
    for (const index of this.steps.keys()) {
      if (this.options.signal?.aborted === true) return this.undoAll('It was stopped.');
      const failed = await this.runStep(index);
      if (failed !== undefined) return this.undoAll(`Step ${index + 1} failed: ${failed}`);
    }
    if (this.options.signal?.aborted === true) return this.undoAll('It was stopped.');
    return this.conclude();
  }

  /** The fresh look, and all that a confirmation must hold. */
  private async findRefusals(): Promise<readonly Refusal[]> {
    const { plan, built } = this;
    const typed = new Set(this.options.typed);
    const missing = built.secrets.filter((id) => (this.options.secrets[id] ?? '') === '');
    if (missing.length > 0) {
      return [notConfirmed('A secret that its commands need was not given.', 'Type it and confirm again.')];
    }
    if (plan.typeToConfirm !== undefined && !typed.has(plan.typeToConfirm)) {
      return [
        notConfirmed(
          'The name of the host was not typed.',
          `Type ${plan.typeToConfirm} to confirm the plan.`,
        ),
      ];
    }
    const problems = Object.values(plan.problems);
    if (problems.length > 0) return [notConfirmed(problems.join(' '), 'Answer the open questions first.')];
    const leftover = await this.doors.changes.guard.find();
    if (!leftover.ok) return [refusalOf('no-guard', leftover.failure)];
    const [pending] = leftover.value;
    if (pending !== undefined) {
      return [
        {
          reason: 'change-pending',
          message: `The guard of another change (${pending.title}) is still on this host.`,
          remedy: 'See the history: what it did, and what can be done about it.',
        },
      ];
    }
    const subject = await this.doors.look();
    if (!subject.ok) return [refusalOf('fact-missing', subject.failure)];
    const fresh = buildPlan(subject.value, built.request, this.doors.catalogue);
    const moved = whatMoved(plan, fresh);
    if (moved.length > 0) {
      return [
        {
          reason: 'stale',
          message: `The host is no longer as it was when the plan was made. ${moved.join(' ')}`,
          remedy: 'Look at the new plan and confirm that one.',
        },
      ];
    }
    return plan.refusals.filter(
      ({ typeToOverride }) => typeToOverride === undefined || !typed.has(typeToOverride),
    );
  }

  private beginning(): JournalEvent {
    const { plan, built, doors, options } = this;
    return {
      at: this.at(),
      change: options.id,
      event: 'begins',
      kind: 'fix',
      host: built.host,
      by: doors.by,
      pid: doors.pid,
      title: plan.title,
      planHash: plan.hash,
      findings: plan.findings.map(({ id }) => id),
      about: built.findings.map(({ id, rule, title, subjects }) => ({
        id,
        rule,
        title,
        subjects: subjects.map(entityOf),
      })),
      fixes: plan.fixes.map(({ id }) => id),
      secrets: plan.choices.flatMap(({ id, question, type }) =>
        type === 'secret' && built.secrets.includes(id) ? [{ id, question }] : [],
      ),
      steps: journalSteps(built),
      isSimulated: plan.isSimulated,
      request: built.request,
      ...(built.bootedAt !== undefined && { bootedAt: built.bootedAt }),
    };
  }

  private undoFrom(last: number): readonly ChangeCommand[] {
    return this.built.steps
      .slice(0, last)
      .reverse()
      .flatMap(({ step }) => step.undo);
  }

  private async arm(): Promise<Result<void>> {
    const { changes } = this.doors;
    const { id } = this.options;
    const armed = await changes.guard.arm({
      id,
      title: this.plan.title,
      undo: this.undoFrom(this.steps.length),
      seconds: this.plan.guard.seconds,
    });
    if (!armed.ok) return armed;
    this.guardUntil = Date.parse(armed.value.until);
    const noted = this.note({ event: 'guard-armed', until: armed.value.until });
    this.tell({ guardUntil: armed.value.until });
    if (noted.ok) return succeed(undefined);
    await changes.guard.disarm(id);
    return noted;
  }

  /** Why it failed, or undefined. */
  private async runStep(index: number): Promise<string | undefined> {
    const planned = this.built.steps[index];
    if (planned === undefined) return 'The plan has no such step.';
    const { step } = planned;
    const noted = this.note({ event: 'step', index, state: 'running' });
    if (!noted.ok) return noted.failure.message;
    this.begun = index + 1;
    this.setStep(index, { state: 'running' });
    for (const command of step.commands) {
      const failed = await this.runCommand(index, command);
      if (failed !== undefined) return this.failStep(index, failed);
    }
    this.setStep(index, { state: 'verifying' });
    const differs = await this.verify(step.verify);
    if (differs !== undefined) return this.failStep(index, differs);
    this.setStep(index, { state: 'done', seen: step.verify.says });
    const done = this.note({
      event: 'step',
      index,
      state: 'done',
      output: this.outputOf(index),
      seen: step.verify.says,
    });
    return done.ok ? undefined : done.failure.message;
  }

  private failStep(index: number, seen: string): string {
    this.setStep(index, { state: 'failed', seen });
    this.note({ event: 'step', index, state: 'failed', output: this.outputOf(index), seen });
    return seen;
  }

  private async runCommand(index: number, command: ChangeCommand): Promise<string | undefined> {
    this.addOutput(index, [`> ${renderLine(command)}`]);
    const report = await this.doors.changes.run(command, this.options.secrets);
    if (!report.ok) {
      this.addOutput(index, [report.failure.message]);
      return `${report.failure.message} Whether the command did anything is not known.`;
    }
    this.addOutput(index, outputLines(report.value));
    return report.value.error?.message;
  }

  /** What is seen instead of what has to be seen, or undefined; asked again while things settle. */
  private async verify(verification: Verification): Promise<string | undefined> {
    const { clock, lookAt } = this.doors;
    const until = clock.now() + (verification.settleSeconds ?? defaultSettleSeconds) * 1000;
    for (;;) {
      const facts = await lookAt(verification.observations);
      const differs = facts.ok ? verification.differs(facts.value) : facts.failure.message;
      const isFinal = facts.ok && verification.isFinal?.(facts.value) === true;
      if (differs === undefined || isFinal || clock.now() >= until) return differs;
      await clock.sleep(verifyEveryMs);
    }
  }

  private async conclude(): Promise<ChangeRun> {
    const isForRestart = this.built.steps.some(({ step }) => step.impact === 'reboot');
    this.tell({ phase: 'proving' });
    const left = isForRestart ? [] : await this.findingsLeft();
    if (this.plan.asksStillThere && !(await this.askStillThere())) {
      return this.undoAll('Nobody said "still there" in time.');
    }
    if (this.guardUntil !== undefined) {
      this.tell({ phase: 'disarming' });
      // First in the journal: from here on a crash leaves a change that was confirmed.
      const confirmed = this.note({ event: 'confirmed' });
      if (!confirmed.ok) return this.undoAll(confirmed.failure.message);
      const disarmed = await this.disarm();
      if (disarmed !== undefined) return disarmed;
    }
    if (isForRestart) {
      return this.end('waits-for-restart', 'Done. It takes effect with the next restart of the host.');
    }
    return left.length === 0
      ? this.end('successful', 'Done and verified: what it was for is gone.')
      : this.end('goal-not-reached', `Every step is done and verified, and yet: ${left.join(' ')}`);
  }

  /** Of the findings that the plan is for: those that a new look still has. */
  private async findingsLeft(): Promise<readonly string[]> {
    const subject = await this.doors.look();
    if (!subject.ok) return [`The host could not be looked at: ${subject.failure.message}`];
    const { findings, rules } = subject.value.check;
    return this.built.findings.flatMap((finding) => {
      const { title } = finding;
      const found = sameFinding(findings, finding);
      if (found !== undefined) return [`"${title}" is still there: ${found.message}`];
      const rule = rules.find((one) => one.rule === finding.rule);
      return rule?.result === 'not-evaluated' ? [`"${title}" could not be judged again: ${rule.reason}`] : [];
    });
  }

  private async askStillThere(): Promise<boolean> {
    const { changes, clock } = this.doors;
    if (this.guardUntil !== undefined) {
      const extended = await changes.guard.extend(this.options.id, this.plan.guard.seconds);
      if (extended.ok) this.guardUntil = Date.parse(extended.value.until);
    }
    const last = (this.guardUntil ?? clock.now() + this.plan.guard.seconds * 1000) - aheadOfGuardMs;
    this.tell({
      phase: 'asking',
      answerBy: new Date(last).toISOString(),
      ...(this.guardUntil !== undefined && { guardUntil: new Date(this.guardUntil).toISOString() }),
    });
    const tooLate = new AbortController();
    const answered = new AbortController();
    const timer = clock.sleep(Math.max(0, last - clock.now()), answered.signal).then(() => tooLate.abort());
    const signal =
      this.options.signal === undefined
        ? tooLate.signal
        : AbortSignal.any([tooLate.signal, this.options.signal]);
    const isThere = await this.options.stillThere(signal);
    answered.abort();
    await timer;
    return isThere;
  }

  /** The end, where the guard was faster or cannot be taken away; undefined where it is gone. */
  private async disarm(): Promise<ChangeRun | undefined> {
    const disarmed = await this.doors.changes.guard.disarm(this.options.id);
    if (!disarmed.ok) {
      return this.end(
        'partly-undone',
        `The steps are done, but the guard could not be taken away and may still undo them: ${disarmed.failure.message}`,
      );
    }
    this.note({ event: 'guard-gone' });
    this.guardUntil = undefined;
    const { fired } = disarmed.value;
    if (fired === null) return undefined;
    for (const index of this.steps.keys()) this.setStep(index, { state: 'undone' });
    const left = (fired.reports ?? []).filter(({ error }) => error !== undefined);
    return left.length > 0 || fired.reports === undefined
      ? this.end(
          'partly-undone',
          'The guard began to undo it before it was confirmed, and could not undo all.',
        )
      : this.end('reverted-by-guard', 'The guard undid it before it was confirmed.');
  }

  /** Undoes what was begun, the last step first, and says what is left. */
  private async undoAll(why: string): Promise<ChangeRun> {
    if (this.begun > 0) this.tell({ phase: 'undoing' });
    const left: string[] = [];
    for (let index = this.begun - 1; index >= 0; index -= 1) left.push(...(await this.undoStep(index)));
    const isGuarded = this.guardUntil !== undefined;
    if (isGuarded && left.length === 0) {
      const disarmed = await this.disarm();
      if (disarmed?.outcome === 'partly-undone') return disarmed;
    }
    if (left.length > 0) {
      const guard = isGuarded ? ' The guard stays armed and will try again.' : '';
      return this.end('partly-undone', `${sentence(why)} Not all could be undone: ${left.join(' ')}${guard}`);
    }
    if (this.begun === 0) return this.end('rolled-back', `${sentence(why)} Nothing had been changed.`);
    const differs = await this.differsFromBefore();
    return differs.length === 0
      ? this.end('rolled-back', `${sentence(why)} All that was done is undone; the host is as before.`)
      : this.end('partly-undone', `${sentence(why)} It was undone, and yet: ${differs.join(' ')}`);
  }

  private async undoStep(index: number): Promise<readonly string[]> {
    const planned = this.built.steps[index];
    if (planned === undefined) return [];
    const { step } = planned;
    this.setStep(index, { state: 'undoing' });
    // An undo goes on where the journal cannot be written: a half-done host is worse than a gap in the story.
    this.note({ event: 'step', index, state: 'undoing' });
    if (step.notUndone !== undefined) {
      this.setStep(index, { state: 'not-undone', seen: step.notUndone });
      this.note({ event: 'step', index, state: 'not-undone', seen: step.notUndone });
      return [`${step.title} ${step.notUndone}`];
    }
    for (const command of step.undo) {
      const failed = await this.runCommand(index, command);
      if (failed === undefined) continue;
      this.setStep(index, { state: 'not-undone', seen: failed });
      this.note({ event: 'step', index, state: 'not-undone', output: this.outputOf(index), seen: failed });
      return [`${step.title} ${failed}`];
    }
    this.setStep(index, { state: 'undone' });
    this.note({ event: 'step', index, state: 'undone', output: this.outputOf(index) });
    return [];
  }

  /** Property by property: what the plan would change is what it was before. */
  private async differsFromBefore(): Promise<readonly string[]> {
    const { clock } = this.doors;
    const until = clock.now() + defaultSettleSeconds * 1000;
    for (;;) {
      const subject = await this.doors.look();
      const differs = subject.ok ? this.differences(subject.value) : [subject.failure.message];
      if (differs.length === 0 || clock.now() >= until) return differs;
      await clock.sleep(verifyEveryMs);
    }
  }

  private differences(subject: PlanSubject): readonly string[] {
    const fresh = buildPlan(subject, this.wishOn(subject), this.doors.catalogue);
    if (!fresh.ok) return [fresh.failure.message];
    return this.plan.steps.flatMap(({ changes }, index) =>
      changes.flatMap(({ of, property, before }, at) => {
        const now = fresh.value.plan.steps[index]?.changes[at]?.before;
        return now === before ? [] : [`${of.name}: ${property} was ${before} and is ${now ?? 'not known'}.`];
      }),
    );
  }

  /** The same wish for findings that may have another id by now. */
  private wishOn({ check }: PlanSubject): PlanWish {
    const { request, findings } = this.built;
    const named = new Map(
      request.findings.map((name, index) => {
        const known = findings[index];
        return [name, known === undefined ? name : (sameFinding(check.findings, known)?.id ?? name)] as const;
      }),
    );
    return {
      ...request,
      findings: [...named.values()],
      fixes: Object.fromEntries(
        Object.entries(request.fixes ?? {}).map(([name, fix]) => [named.get(name) ?? name, fix]),
      ),
    };
  }

  private refuse(refusals: readonly Refusal[]): ChangeRun {
    const message = refusals.map((refusal) => refusal.message).join(' ');
    this.tell({ phase: 'ended', outcome: 'refused', refusals, message });
    return this.state;
  }

  private end(outcome: Outcome, message: string): ChangeRun {
    const noted = this.note({ event: 'ends', outcome, message });
    const gap = noted.ok ? '' : ` ${noted.failure.message}`;
    this.tell({ phase: 'ended', outcome, message: `${message}${gap}` });
    return this.state;
  }

  private at(): string {
    return new Date(this.doors.clock.now()).toISOString();
  }

  private note(event: NoteOf<JournalEvent>): Result<void> {
    return this.doors.journal.append({ at: this.at(), change: this.options.id, ...event });
  }

  private tell(more: Partial<ChangeRun>): void {
    this.state = { ...this.state, ...more, steps: [...this.steps] };
    this.options.onProgress?.(this.state);
  }

  private setStep(index: number, more: Partial<RunStep>): void {
    const step = this.steps[index];
    if (step === undefined) return;
    this.steps[index] = { ...step, ...more };
    this.tell({});
  }

  private addOutput(index: number, lines: readonly string[]): void {
    this.setStep(index, { output: [...this.outputOf(index), ...lines] });
  }

  private outputOf(index: number): readonly string[] {
    return this.steps[index]?.output ?? [];
  }
}

type NoteOf<Event> = Event extends JournalEvent ? Omit<Event, 'at' | 'change'> : never;

function journalSteps({ plan, steps }: BuiltPlan): readonly JournalStep[] {
  return steps.flatMap(({ fix, step }, index) => {
    const shown = plan.steps[index];
    return shown === undefined
      ? []
      : [
          {
            fix,
            title: step.title,
            lines: shown.lines,
            changes: shown.changes,
            undo: step.undo,
            undoLines: shown.undoLines,
            ...(step.notUndone !== undefined && { notUndone: step.notUndone }),
            ...(step.stands !== undefined && { stands: step.stands }),
          },
        ];
  });
}

export function outputLines({ state, output, error }: CommandReport): readonly string[] {
  return [
    ...output,
    ...(state === 'skipped' ? ['(skipped: it is so already)'] : []),
    ...(error === undefined ? [] : [error.message]),
  ];
}

function sentence(text: string): string {
  return /[.!?"]$/.test(text) ? text : `${text}.`;
}

function notConfirmed(message: string, remedy: string): Refusal {
  return { reason: 'not-confirmed', message, remedy };
}

function refusalOf(reason: Refusal['reason'], { message, remedy }: Failure): Refusal {
  return { reason, message, remedy: remedy ?? 'Look again, then try once more.' };
}
