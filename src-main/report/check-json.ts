/** What `switchyard check --json` prints. Other programs read it: see docs/capture-format.md before changing a name. */
import {
  countedFindings,
  type Check,
  type Finding,
  type RuleResult,
  type Severity,
} from '#shared/finding.ts';
import type { Entity } from '#shared/host/host-model.ts';
import type {
  DirectionCeilings,
  HeldBack,
  PathCeilings,
  PlacementCeilings,
  TargetCeilings,
} from '#shared/path-graph.ts';

const checkFormat = 'switchyard-check';
const checkVersion = 1;

export interface CheckDocument {
  readonly format: typeof checkFormat;
  readonly version: typeof checkVersion;
  readonly source: Check['source'];
  readonly host: string;
  readonly takenAt: string;
  readonly summary: CheckSummary;
  readonly findings: readonly object[];
  readonly rules: readonly object[];
  readonly targets: readonly object[];
  readonly interfaces: readonly object[];
  readonly leaveItAlone?: object;
  readonly settings?: object;
}

export interface CheckSummary {
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  readonly notEvaluated: number;
  /** Findings of any severity that a waiver covers; they are not among the others. */
  readonly waived: number;
}

export function summarise(check: Pick<Check, 'findings' | 'rules'>): CheckSummary {
  const counted = countedFindings(check.findings);
  const count = (severity: Severity): number =>
    counted.filter((finding) => finding.severity === severity).length;
  return {
    errors: count('error'),
    warnings: count('warning'),
    infos: count('info'),
    notEvaluated: check.rules.filter(({ result }) => result === 'not-evaluated').length,
    waived: check.findings.length - counted.length,
  };
}

export function renderCheckJson(check: Check): CheckDocument {
  return {
    format: checkFormat,
    version: checkVersion,
    source: check.source,
    host: check.host.name,
    takenAt: check.takenAt,
    summary: summarise(check),
    findings: check.findings.map(renderFinding),
    rules: check.rules.map(renderRule),
    targets: check.targets.map(renderTarget),
    interfaces: check.interfaces.map(({ interface: found, uses, isCorrected }) => ({
      ...renderEntity(found),
      uses: uses.map(({ role, from, reason }) => ({ role, from, reason })),
      isCorrected,
    })),
    ...(check.leaveItAlone !== undefined && { leaveItAlone: check.leaveItAlone }),
    ...(check.settings !== undefined && { settings: check.settings }),
  };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}

function renderFinding(finding: Finding): object {
  const { id, rule, severity, title, message, subjects, evidence, advice, fixes } = finding;
  const { measured, waived, waiverExpired } = finding;
  return {
    id,
    rule,
    severity,
    title,
    message,
    subjects: subjects.map(renderEntity),
    evidence,
    advice,
    fixes,
    ...(measured !== undefined && {
      measured: { since: iso(measured.sinceMs), until: iso(measured.untilMs) },
    }),
    ...(waived !== undefined && { waived }),
    ...(waiverExpired !== undefined && { waiverExpired }),
  };
}

function renderRule(rule: RuleResult): object {
  const reason = 'reason' in rule ? { reason: rule.reason } : {};
  const remedy = 'remedy' in rule ? { remedy: rule.remedy } : {};
  return { rule: rule.rule, result: rule.result, ...reason, ...remedy };
}

function renderTarget(target: TargetCeilings): object {
  const { limitedByText } = target;
  return {
    kind: target.kind,
    // What other programs know it by: the IQN, the server's name; a disk has an id of ours only.
    id: target.kind === 'disk' ? target.id : target.name,
    name: target.name,
    aliases: target.aliases,
    routes: target.routeIds.length,
    disks: target.diskNumbers,
    shares: target.shares,
    ...renderFigures(target),
    // The cut of the possible ceiling: as unknown as that is.
    limitedBy: target.possible.bitsPerSecond === null ? null : target.limitedBy.map(renderEntity),
    ...(limitedByText !== undefined && { limitedByText }),
    singlePointsOfFailure: target.singlePointsOfFailure.map(renderEntity),
    sharedBehind: target.sharedBehind.map(({ what, shared, between, sentence }) => ({
      what,
      shared: shared.map(renderEntity),
      between: between.map(renderEntity),
      sentence,
    })),
    parts: target.parts.map((part) => ({
      of: part.of.map(renderEntity),
      routes: part.routeIds.length,
      ...renderFigures(part),
    })),
    assumptions: target.assumptions,
  };
}

function renderFigures(figures: PathCeilings): object {
  const { singleStream, oneCopy, guaranteed, possible, oneCopyNeeds } = figures;
  const reasons = new Set(
    [singleStream, oneCopy, guaranteed, possible].flatMap(({ unknownBecause }) => unknownBecause ?? []),
  );
  const bounds = Object.entries({
    oneCopyCeiling: oneCopy,
    guaranteedCeiling: guaranteed,
    possibleCeiling: possible,
  }).flatMap(([name, { isBound }]) => (isBound === true ? [name] : []));
  return {
    unit: 'bit/s',
    singleStreamCeiling: singleStream.bitsPerSecond,
    singleStreamLimitedBy: figures.singleStreamLimitedBy.map(renderEntity),
    oneCopyCeiling: oneCopy.bitsPerSecond,
    ...(oneCopyNeeds !== undefined && { oneCopyNeeds }),
    guaranteedCeiling: guaranteed.bitsPerSecond,
    ...(guaranteed.direction !== undefined && { guaranteedDirection: guaranteed.direction }),
    possibleCeiling: possible.bitsPerSecond,
    ...(possible.direction !== undefined && { possibleDirection: possible.direction }),
    bounds,
    read: renderDirection(figures.read),
    write: renderDirection(figures.write),
    afterFailover: figures.afterFailover.map(({ after, read, write }) => ({
      after,
      read: renderPlacements(read),
      write: renderPlacements(write),
    })),
    ...(reasons.size > 0 && { unknownBecause: [...reasons].join(' ') }),
  };
}

function renderPlacements({ guaranteed, possible }: PlacementCeilings): object {
  return { guaranteed: guaranteed.bitsPerSecond, possible: possible.bitsPerSecond };
}

function renderDirection(figures: DirectionCeilings): object {
  const { oneCopy, now, guaranteedHeldBack, possibleHeldBack } = figures;
  return {
    ...renderPlacements(figures),
    oneCopy: oneCopy.bitsPerSecond,
    ...(now !== undefined && { now: now.bitsPerSecond }),
    guaranteedHeldBack: renderHeldBack(guaranteedHeldBack),
    possibleHeldBack: renderHeldBack(possibleHeldBack),
  };
}

function renderHeldBack({ by, sentence }: HeldBack): object {
  return { by: by.map(renderEntity), ...(sentence !== undefined && { sentence }) };
}

/** Entities of the model carry more than their identity; the format shows only that. */
function renderEntity({ kind, id, name }: Entity): Entity {
  return { kind, id, name };
}
