/** Plans, changes and their history as text. */
import type {
  ChangeRun,
  Choice,
  FixPlan,
  HistoryEntry,
  Impact,
  Outcome,
  PlanStep,
  Refusal,
} from '#shared/fix-plan.ts';
import { Page, type Style, type TextOptions } from './text-page.ts';

const impactWords: Readonly<Record<Impact, string>> = {
  none: 'nothing that runs is touched',
  adds: 'adds a path or an address',
  path: 'a path may stand still for seconds',
  link: 'an adapter starts anew',
  reboot: 'works after a restart of the host',
  outage: 'a switch, a team or all paths are cut',
};

const outcomeWords: Readonly<Record<Outcome, readonly [string, Style | undefined]>> = {
  successful: ['done', undefined],
  'goal-not-reached': ['not successful', 'yellow'],
  'rolled-back': ['rolled back', 'yellow'],
  'reverted-by-guard': ['undone by the guard', 'yellow'],
  'partly-undone': ['NOT ALL UNDONE', 'red'],
  refused: ['refused', 'yellow'],
  'waits-for-restart': ['waits for a restart', undefined],
  interrupted: ['INTERRUPTED', 'red'],
};

function renderRefusals(page: Page, refusals: readonly Refusal[]): void {
  if (refusals.length === 0) return;
  page.heading('What stands in the way');
  for (const { message, remedy, typeToOverride } of refusals) {
    page.hanging('  - ', 4, message, 'yellow');
    page.wrapped(remedy, undefined, 4);
    if (typeToOverride !== undefined) {
      page.wrapped(`Only who types --type "${typeToOverride}" may do it all the same.`, undefined, 4);
    }
  }
}

function renderChoice(page: Page, choice: Choice, plan: FixPlan): void {
  const answer = plan.answers[choice.id];
  const problem = plan.problems[choice.id];
  page.wrapped(`${choice.question}  --set ${choice.id}=...`, undefined, 2);
  if (choice.options !== undefined) {
    for (const { value, label } of choice.options) page.hanging('      ', 6, `${value}: ${label}`);
  }
  if (answer !== undefined) page.wrapped(`taken: ${[answer].flat().join(', ')}`, undefined, 4);
  if (choice.because !== undefined) page.wrapped(choice.because, 'dim', 4);
  if (problem !== undefined) page.wrapped(problem, 'yellow', 4);
}

function renderStep(page: Page, step: PlanStep, number: number): void {
  page.blank();
  page.hanging(`${number}. `, 3, step.title, 'bold');
  for (const { of, property, before, after } of step.changes) {
    page.field('changes', `${of.name}, ${property}: ${before} \u2192 ${after}`);
  }
  page.field('impact', `${step.impact}: ${impactWords[step.impact]}`);
  page.field('meanwhile', step.blastRadius.text);
  // Lines to be copied are never wrapped.
  for (const line of step.lines) page.line(`  ${line}`);
  page.field('then', step.verifiedBy);
  if (step.notUndone !== undefined) page.field('not undone', step.notUndone);
  for (const line of step.undoLines) page.line(`  undo: ${line}`, 'dim');
}

export function renderPlanText(plan: FixPlan, options: TextOptions): string {
  const page = new Page(options);
  page.wrapped(`${plan.title}${plan.isSimulated ? ' (simulated host)' : ''}`, 'bold');
  page.wrapped(`For ${plan.findings.map(({ id }) => id).join(', ')}`);
  if (plan.choices.length > 0) {
    page.heading('What you decide');
    for (const choice of plan.choices) renderChoice(page, choice, plan);
  }
  if (plan.steps.length > 0) page.heading('Steps');
  for (const [index, step] of plan.steps.entries()) renderStep(page, step, index + 1);
  renderRefusals(page, plan.refusals);
  page.blank();
  if (plan.guard.isNeeded) {
    page.wrapped(
      `Before the first step a guard is armed that undoes all of it after ${plan.guard.seconds} s, unless it is confirmed; it does not depend on Switchyard.`,
    );
  }
  if (plan.guard.without !== undefined) page.wrapped(plan.guard.without);
  page.wrapped(`Plan ${plan.hash}`);
  return page.text();
}

export function renderRunText(run: ChangeRun, options: TextOptions): string {
  const page = new Page(options);
  for (const { title, state, output, seen } of run.steps) {
    page.hanging(`${state.padEnd(10)} `, 11, title);
    for (const line of output) page.line(`             ${line}`, 'dim');
    if (seen !== undefined) page.wrapped(seen, undefined, 13);
  }
  renderRefusals(page, run.refusals ?? []);
  if (run.outcome !== undefined) {
    const [words, style] = outcomeWords[run.outcome];
    page.blank();
    page.wrapped(`${words}${run.isSimulated ? ' (simulated)' : ''}: ${run.message ?? ''}`, style ?? 'bold');
  }
  return page.text();
}

export function renderHistoryText(entries: readonly HistoryEntry[], options: TextOptions): string {
  const page = new Page(options);
  if (entries.length === 0) page.line('No change was made here yet.');
  for (const entry of entries) {
    const [words, style] = outcomeWords[entry.outcome];
    page.hanging(`${entry.startedAt}  `, 26, `${entry.title}: ${words}`, style);
    page.wrapped(`${entry.id}  by ${entry.by} on ${entry.host}`, 'dim', 26);
  }
  return page.text();
}

export function renderEntryText(entry: HistoryEntry, options: TextOptions): string {
  const page = new Page(options);
  const [words, style] = outcomeWords[entry.outcome];
  page.wrapped(`${entry.title}: ${words}`, style ?? 'bold');
  page.field('id', entry.id);
  page.field('when', `${entry.startedAt}${entry.endedAt === undefined ? '' : ` to ${entry.endedAt}`}`);
  page.field('who', `${entry.by} on ${entry.host}`);
  page.field('for', entry.findings.join(', '));
  page.field('ended', entry.message);
  for (const [index, step] of entry.steps.entries()) {
    page.blank();
    page.hanging(`${index + 1}. `, 3, `${step.title} (${step.state})`, 'bold');
    for (const { of, property, before, after } of step.changes) {
      page.field('changed', `${of.name}, ${property}: ${before} \u2192 ${after}`);
    }
    for (const line of step.lines) page.line(`  ${line}`);
    for (const line of step.output) page.line(`    ${line}`, 'dim');
    if (step.seen !== undefined) page.field('seen', step.seen);
  }
  page.blank();
  page.wrapped(
    entry.rollback.isPossible
      ? `It can be rolled back: switchyard rollback ${entry.id}`
      : `It cannot be rolled back: ${entry.rollback.because}`,
  );
  return page.text();
}
