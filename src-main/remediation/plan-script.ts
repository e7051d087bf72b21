/** A plan as a script file, to be read or run by hand: its steps, and behind them the way back. */
import type { FixPlan, PlanStep } from '#shared/fix-plan.ts';
import { visibleText } from '#shared/visible-text.ts';

/** Text for a comment: on one line, with nothing that could end it. */
function comment(text: string): string {
  return `# ${visibleText(text)}`;
}

function stepLines(step: PlanStep, number: number): readonly string[] {
  return [
    '',
    comment(`Step ${number}: ${step.title}`),
    ...step.changes.map(({ of, property, before, after }) =>
      comment(`  ${of.name}, ${property}: ${before} -> ${after}`),
    ),
    comment(`  Impact: ${step.impact}. ${step.blastRadius.text}`),
    ...step.lines,
    comment(`  Then look: ${step.verifiedBy}`),
  ];
}

function undoLines(step: PlanStep, number: number): readonly string[] {
  return [
    comment(`  Step ${number}: ${step.title}`),
    ...(step.notUndone === undefined ? [] : [comment(`  Not undone by itself: ${step.notUndone}`)]),
    ...step.undoLines.map((line) => comment(line)),
  ];
}

/** Runs from top to bottom and stops at the first error; the way back stands in comments, the last step first. */
export function planScript(plan: FixPlan): string {
  const numbered = plan.steps.map((step, index) => ({ step, number: index + 1 }));
  return [
    comment(plan.title),
    comment(`For: ${plan.findings.map(({ id }) => id).join(', ')}`),
    comment(`Plan ${plan.hash}${plan.isSimulated ? ', made for a simulated host' : ''}`),
    comment('Made for the host as it was looked at: look again before you run it, as an administrator.'),
    ...plan.refusals.map(({ message, remedy }) => comment(`In the way: ${message} ${remedy}`)),
    '',
    "$ErrorActionPreference = 'Stop'",
    ...numbered.flatMap(({ step, number }) => stepLines(step, number)),
    '',
    comment('The way back, the last step first. Nothing of it runs with this file.'),
    ...numbered.toReversed().flatMap(({ step, number }) => undoLines(step, number)),
    '',
  ].join('\r\n');
}
