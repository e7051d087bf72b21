/** Two checks of one host, before and after: what is lost, what gets slower, which findings come and go. */
import { entityOf } from '#shared/entity.ts';
import { entitiesText } from '#shared/entity-text.ts';
import type { Check, Finding } from '#shared/finding.ts';
import type { Entity } from '#shared/host/host-model.ts';
import type { Route, TargetCeilings } from '#shared/path-graph.ts';
import { counted, formatBitsPerSecond } from '#shared/units.ts';
import type { Comparison, Fate, FigureChange, FindingChange, TargetComparison } from '#shared/what-if.ts';
import { figureNames, figureOf } from './figures.ts';

const namesShown = 4;

const order: readonly Fate[] = ['lost', 'slower', 'fewer-paths', 'changed', 'faster', 'new', 'same'];

function pathsOf(check: Check, targetId: string): readonly Route[] {
  return check.graph.routes.filter((route) => route.targetId === targetId && !route.isStandby);
}

const kindOfRoute = { iscsi: 'session', smb: 'channel', disk: 'path' } as const;

function asEntity({ id, kind, name }: Route): Entity {
  return { id, kind: kindOfRoute[kind], name };
}

function without<T extends { readonly id: string }>(all: readonly T[], others: readonly T[]): readonly T[] {
  const ids = new Set(others.map(({ id }) => id));
  return all.filter(({ id }) => !ids.has(id));
}

/** Whether a figure fell (-1), rose (1), or neither; one that became unknown did neither. */
function trend({ before, after }: FigureChange): number {
  return before === null || after === null ? 0 : Math.sign(after - before);
}

function fateOf(facts: {
  readonly pathsBefore: number;
  readonly pathsAfter: number;
  readonly hadTarget: boolean;
  readonly hasTarget: boolean;
  readonly figures: readonly FigureChange[];
  readonly isSame: boolean;
}): Fate {
  const { pathsBefore, pathsAfter, figures } = facts;
  if (!facts.hadTarget) return 'new';
  if (pathsBefore > 0 && (pathsAfter === 0 || !facts.hasTarget)) return 'lost';
  const trends = figures.map(trend);
  if (trends.includes(-1)) return 'slower';
  if (pathsAfter < pathsBefore) return 'fewer-paths';
  if (trends.includes(1)) return 'faster';
  return facts.isSame ? 'same' : 'changed';
}

function figureText({ name, before, after }: FigureChange): string {
  const shown = (value: number | null): string => (value === null ? 'not known' : formatBitsPerSecond(value));
  return `${name} ${shown(before)} → ${shown(after)}`;
}

function textOf(comparison: Omit<TargetComparison, 'text'>): string {
  const { fate, pathsBefore, pathsAfter, figures, newSinglePointsOfFailure: single } = comparison;
  const paths = `${pathsAfter} of ${counted(pathsBefore, 'path')} ${pathsAfter === 1 ? 'is' : 'are'} left`;
  const changed = figures.filter(({ before, after }) => before !== after).map(figureText);
  const hangs = single.length === 0 ? [] : [`everything now hangs on ${entitiesText(single, namesShown)}`];
  switch (fate) {
    case 'lost':
      return `Lost: none of its ${counted(pathsBefore, 'path')} is left.`;
    case 'new':
      return `New, with ${counted(pathsAfter, 'path')}.`;
    case 'same':
      return 'Nothing changes.';
    case 'slower':
    case 'fewer-paths':
    case 'changed':
    case 'faster': {
      const parts = [
        pathsAfter < pathsBefore
          ? paths
          : pathsAfter > pathsBefore
            ? `${counted(pathsAfter, 'path')} instead of ${pathsBefore}`
            : undefined,
        ...changed,
        ...hangs,
      ].filter((part) => part !== undefined);
      const text = parts.length === 0 ? 'its paths take another way' : parts.join('; ');
      return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
    }
  }
}

function compareTarget(
  before: TargetCeilings | undefined,
  after: TargetCeilings | undefined,
  checks: { readonly before: Check; readonly after: Check },
): TargetComparison | undefined {
  const target = after ?? before;
  if (target === undefined) return undefined;
  const pathsBefore = pathsOf(checks.before, target.id).map(asEntity);
  const pathsAfter = pathsOf(checks.after, target.id).map(asEntity);
  const lostPaths = without(pathsBefore, pathsAfter);
  const newPaths = without(pathsAfter, pathsBefore);
  const figures =
    before === undefined || after === undefined
      ? []
      : figureNames.map((name): FigureChange => ({
          name,
          before: figureOf(before, name).bitsPerSecond,
          after: figureOf(after, name).bitsPerSecond,
        }));
  const newSinglePointsOfFailure = without(
    after?.singlePointsOfFailure ?? [],
    before?.singlePointsOfFailure ?? [],
  ).map(entityOf);
  const isSame =
    lostPaths.length + newPaths.length + newSinglePointsOfFailure.length === 0 &&
    figures.every((figure) => figure.before === figure.after);
  const comparison = {
    id: target.id,
    kind: target.kind,
    name: target.name,
    fate: fateOf({
      pathsBefore: pathsBefore.length,
      pathsAfter: pathsAfter.length,
      hadTarget: before !== undefined,
      hasTarget: after !== undefined,
      figures,
      isSame,
    }),
    pathsBefore: pathsBefore.length,
    pathsAfter: pathsAfter.length,
    lostPaths,
    newPaths,
    figures,
    limitedBy: (after?.singleStreamLimitedBy ?? []).map(entityOf),
    // Of a target without paths nothing hangs on anything.
    newSinglePointsOfFailure: pathsAfter.length === 0 ? [] : newSinglePointsOfFailure,
  };
  return { ...comparison, text: textOf(comparison) };
}

/** By id; then by rule, where one finding of it went and one came: the same complaint about other things. */
function compareFindings(before: readonly Finding[], after: readonly Finding[]): Comparison['findings'] {
  const was = new Map(before.map((finding) => [finding.id, finding]));
  const differ: FindingChange[] = [];
  const note = (finding: Finding, old: Finding): void => {
    differ.push({ finding, before: { severity: old.severity, message: old.message } });
  };
  for (const finding of after) {
    const old = was.get(finding.id);
    if (old !== undefined && (old.severity !== finding.severity || old.message !== finding.message)) {
      note(finding, old);
    }
  }
  const gone = [...without(before, after)];
  const come = without(after, before).filter((finding) => {
    const index = gone.findIndex(({ rule }) => rule === finding.rule);
    const [old] = index < 0 ? [] : gone.splice(index, 1);
    if (old !== undefined) note(finding, old);
    return old === undefined;
  });
  return { come, go: gone, differ };
}

/** By number: a disk that is listed twice gets another id. */
function lostDisks(before: Check, after: Check): readonly Entity[] {
  const left = new Set(after.model.disks.map(({ number }) => number));
  return before.model.disks.filter(({ number }) => !left.has(number)).map(entityOf);
}

function sharesOf(check: Check, targetId: string): readonly Entity[] {
  return check.model.smbServers
    .filter(({ id }) => id === targetId)
    .flatMap(({ shares }) => shares.filter(({ isStorage, openFiles }) => isStorage || (openFiles ?? 0) > 0))
    .map(entityOf);
}

function summaryOf(comparison: Omit<Comparison, 'summary'>): string {
  const { targets, lostDisks, lostShares, findings } = comparison;
  const of = (fate: Fate): readonly TargetComparison[] => targets.filter((target) => target.fate === fate);
  const lost = of('lost');
  const parts = [
    lost.length > 0 &&
      `${lost
        .map(({ name }) => name)
        .slice(0, namesShown)
        .join(', ')}${lost.length > namesShown ? ` and ${lost.length - namesShown} more` : ''} would be lost`,
    lostDisks.length > 0 && `${counted(lostDisks.length, 'disk')} would go`,
    lostShares.length > 0 && `${counted(lostShares.length, 'share')} would go`,
    of('slower').length > 0 && `${counted(of('slower').length, 'target')} would be slower`,
    of('fewer-paths').length > 0 && `${counted(of('fewer-paths').length, 'target')} would have fewer paths`,
    of('faster').length > 0 && `${counted(of('faster').length, 'target')} would be faster`,
    of('changed').length > 0 && `${counted(of('changed').length, 'target')} would be reached otherwise`,
    findings.come.length > 0 && `${counted(findings.come.length, 'finding')} would come`,
    findings.go.length > 0 && `${counted(findings.go.length, 'finding')} would go away`,
  ].filter((part) => part !== false);
  if (parts.length === 0) return 'Nothing that this tool looks at would change.';
  const isStorageSafe = lost.length + lostDisks.length + lostShares.length === 0;
  return `${isStorageSafe && targets.length > 0 ? 'No storage would be lost; ' : ''}${parts.join(', ')}.`;
}

/** Pure. Two checks of different hosts compare to nonsense; the caller sees to it. */
export function compareChecks(before: Check, after: Check): Comparison {
  const was = new Map(before.targets.map((target) => [target.id, target]));
  const is = new Map(after.targets.map((target) => [target.id, target]));
  const targets = [...new Set([...was.keys(), ...is.keys()])]
    .flatMap((id) => compareTarget(was.get(id), is.get(id), { before, after }) ?? [])
    .toSorted((a, b) => order.indexOf(a.fate) - order.indexOf(b.fate));
  const evaluated = new Map(before.rules.map((rule) => [rule.rule, rule.result]));
  const comparison = {
    targets,
    lostDisks: lostDisks(before, after),
    lostShares: targets.flatMap(({ id, fate }) => (fate === 'lost' ? sharesOf(before, id) : [])),
    findings: compareFindings(before.findings, after.findings),
    noLongerEvaluated: after.rules.flatMap((rule) =>
      rule.result === 'not-evaluated' && evaluated.get(rule.rule) !== 'not-evaluated'
        ? [{ rule: rule.rule, reason: rule.reason }]
        : [],
    ),
  };
  return { ...comparison, summary: summaryOf(comparison) };
}
