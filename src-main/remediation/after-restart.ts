/** What a restart brought of a change that waited for it, and how its way goes on. */
import type { ChangeRun, Outcome } from '#shared/fix-plan.ts';
import { fixes as allFixes } from './catalogue.ts';
import { buildPlan, type PlanSubject } from './build-plan.ts';
import type { Fix, FixFacts } from './define-fix.ts';
import type { ToldChange } from './history.ts';
import { sameFinding } from '#shared/same-finding.ts';

interface Judged {
  readonly outcome: Extract<Outcome, 'successful' | 'goal-not-reached'>;
  readonly message: string;
  readonly next?: NonNullable<ChangeRun['next']>;
}

/**
 * A fix may be one of several on the way out of a finding, so each is held to what the restart had to bring for it. A
 * finding that is still there counts against it only where no further fix leads on.
 */
export function judgeRestart(
  { beginning }: ToldChange,
  subject: PlanSubject,
  catalogue: readonly Fix[] = allFixes,
): Judged {
  const { check, snapshot } = subject;
  const facts: FixFacts = { model: check.model, graph: check.graph, snapshot };
  const done = catalogue.filter(({ id }) => beginning.fixes.includes(id));
  const missing = done.flatMap(({ afterRestart }) => afterRestart?.(facts) ?? []);
  if (missing.length > 0) return notReached(missing);
  const unjudged = (beginning.about ?? []).flatMap(({ rule, title }) => {
    const result = check.rules.find((one) => one.rule === rule);
    return result?.result === 'not-evaluated'
      ? [`"${title}" could not be judged again: ${result.reason}`]
      : [];
  });
  if (unjudged.length > 0) return notReached(unjudged);
  const left =
    beginning.about?.flatMap((known) => sameFinding(check.findings, known) ?? []) ??
    check.findings.filter(({ id }) => beginning.findings.includes(id));
  const ways = left.map((finding) => ({
    finding,
    next: nextFix(finding.id, beginning.fixes, subject, catalogue),
  }));
  const stuck = ways.flatMap(({ finding, next }) => (next === undefined ? [finding.message] : []));
  if (stuck.length > 0) return notReached(stuck);
  const [first] = ways;
  if (first?.next === undefined) {
    return { outcome: 'successful', message: 'The host was restarted, and what it was for is gone.' };
  }
  const { finding, next } = first;
  return {
    outcome: 'successful',
    message: `The host was restarted, and this step is in effect. "${finding.title}" takes a further one: ${next}.`,
    next: { finding: finding.id, title: next },
  };
}

function notReached(reasons: readonly string[]): Judged {
  return { outcome: 'goal-not-reached', message: `The host was restarted, and yet: ${reasons.join(' ')}` };
}

/** The title of the fix that a new plan for the finding would take, where it is another one that nothing refuses. */
function nextFix(
  finding: string,
  done: readonly string[],
  subject: PlanSubject,
  catalogue: readonly Fix[],
): string | undefined {
  const built = buildPlan(subject, { findings: [finding] }, catalogue);
  if (!built.ok) return undefined;
  const { fixes, refusals } = built.value.plan;
  const [fix] = fixes;
  const isOpen = refusals.every(({ reason }) => reason === 'not-elevated' || reason === 'read-only');
  return fix === undefined || done.includes(fix.id) || !isOpen ? undefined : fix.title;
}
