/** Two looks at one host: what came, what is gone, what is otherwise, and what that does to targets and findings. */
import type { Finding } from '#shared/finding.ts';
import type { Difference, HostDiff, NotCompared } from '#shared/host-diff.ts';
import type { FindingChange, TargetComparison } from '#shared/what-if.ts';
import { counted } from '#shared/units.ts';
import { isKnownAbsent } from '../path-graph/joins.ts';
import { compareChecks } from '../what-if/compare-checks.ts';
import { kindsOfThings, type KindOfThing, type Look, type Thing } from './things.ts';

function unanswered(look: Look, kind: KindOfThing): readonly string[] {
  return kind.needs.filter((name) => {
    const reading = look.snapshot.readings[name];
    return reading.status !== 'ok' && !isKnownAbsent(reading);
  });
}

function compareThing(before: Thing, after: Thing): readonly Difference[] {
  return Object.entries(after.facts).flatMap(([fact, now]) => {
    const was = before.facts[fact];
    return now === undefined || was === undefined || now === was
      ? []
      : [{ change: 'changed', thing: after.entity, fact, before: was, after: now }];
  });
}

function compareKind(kind: KindOfThing, before: Look, after: Look): readonly Difference[] {
  const was = new Map(kind.things(before).map((thing) => [thing.key, thing]));
  const is = new Map(kind.things(after).map((thing) => [thing.key, thing]));
  return [
    ...[...was].flatMap(([key, { entity }]): Difference[] =>
      is.has(key) ? [] : [{ change: 'gone', thing: entity }],
    ),
    ...[...is].flatMap(([key, thing]): readonly Difference[] => {
      const old = was.get(key);
      return old === undefined ? [{ change: 'came', thing: thing.entity }] : compareThing(old, thing);
    }),
  ];
}

/** Sessions, connections and paths have new ids after every restart: they are no news of their own. */
const passing = new Set(['session', 'connection', 'path', 'channel']);

function withoutPassing(comparison: TargetComparison): TargetComparison | undefined {
  const news = comparison.newSinglePointsOfFailure.filter(({ kind }) => !passing.has(kind));
  const isSame =
    (comparison.fate === 'changed' || comparison.fate === 'same') &&
    comparison.pathsBefore === comparison.pathsAfter &&
    news.length === 0 &&
    comparison.figures.every(({ before, after }) => before === after);
  return isSame ? undefined : { ...comparison, newSinglePointsOfFailure: news };
}

function isNews({ finding, before }: FindingChange): boolean {
  return before === undefined || before.severity !== finding.severity || before.message !== finding.message;
}

function summaryOf(
  differences: readonly Difference[],
  targets: readonly TargetComparison[],
  findings: { readonly come: readonly Finding[]; readonly go: readonly Finding[] },
): string {
  const lost = targets.filter(({ fate }) => fate === 'lost');
  const parts = [
    lost.length > 0 && `${counted(lost.length, 'target')} lost`,
    differences.length > 0 && counted(differences.length, 'difference'),
    findings.come.length > 0 && counted(findings.come.length, 'new finding'),
    findings.go.length > 0 && `${counted(findings.go.length, 'finding')} gone`,
  ].filter((part) => part !== false);
  return parts.length === 0 ? 'Nothing changed of what both looks saw.' : `${parts.join(', ')}.`;
}

/** Pure. Looks at two different hosts are compared as well; whoever asks for that says so. */
export function compareLooks(before: Look, after: Look): Omit<HostDiff, 'betweenHosts'> {
  const notCompared: NotCompared[] = [];
  const differences = kindsOfThings.flatMap((kind) => {
    const missing = { before: unanswered(before, kind), after: unanswered(after, kind) };
    const sides = (['before', 'after'] as const).filter((side) => missing[side].length > 0);
    if (sides.length === 0) return compareKind(kind, before, after);
    const names = [...new Set(sides.flatMap((side) => missing[side]))];
    notCompared.push({
      what: kind.what,
      because: `${sides.length === 2 ? 'Both looks' : sides[0] === 'before' ? 'The earlier look' : 'The later look'} could not observe ${names.join(', ')}.`,
    });
    return [];
  });
  const { targets: allTargets, findings } = compareChecks(before.check, after.check);
  const targets = allTargets.flatMap((target) => withoutPassing(target) ?? []);
  const judged = new Map(before.check.rules.map(({ rule, result }) => [rule, result]));
  const judgedNow = new Map(after.check.rules.map(({ rule, result }) => [rule, result]));
  // A rule that could not be judged on one side says nothing about what came or went.
  const come = findings.come.filter(({ rule }) => judged.get(rule) !== 'not-evaluated');
  const go = findings.go.filter(({ rule }) => judgedNow.get(rule) !== 'not-evaluated');
  for (const [finding, side] of [
    ...findings.come.map((one) => [one, 'earlier'] as const),
    ...findings.go.map((one) => [one, 'later'] as const),
  ]) {
    if (come.includes(finding) || go.includes(finding)) continue;
    notCompared.push({
      what: `the rule ${finding.rule}`,
      because: `It could not be evaluated in the ${side} look; the other one has: ${finding.title}.`,
    });
  }
  return {
    before: { host: before.check.host.name, takenAt: before.check.takenAt },
    after: { host: after.check.host.name, takenAt: after.check.takenAt },
    summary: summaryOf(differences, targets, { come, go }),
    differences,
    targets,
    findings: { come, go, differ: findings.differ.filter(isNews) },
    notCompared,
  };
}
