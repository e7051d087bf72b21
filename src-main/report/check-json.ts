/** What `switchyard check --json` prints. Other programs read it: see docs/capture-format.md before changing a name. */
import type { Check, Finding, RuleResult, Severity } from '#shared/finding.ts';
import type { Entity } from '#shared/host/host-model.ts';
import type { TargetCeilings } from '#shared/path-graph.ts';

const checkFormat = 'switchyard-check';
const checkVersion = 1;

/** Until the other ceilings are computed, this is why they are null. */
const notComputed = 'This version computes the single-stream ceiling only.';

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
}

export interface CheckSummary {
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  readonly notEvaluated: number;
}

export function summarise(check: Pick<Check, 'findings' | 'rules'>): CheckSummary {
  const count = (severity: Severity): number =>
    check.findings.filter((finding) => finding.severity === severity).length;
  return {
    errors: count('error'),
    warnings: count('warning'),
    infos: count('info'),
    notEvaluated: check.rules.filter(({ result }) => result === 'not-evaluated').length,
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
  };
}

function renderFinding(finding: Finding): object {
  const { id, rule, severity, title, message, subjects, evidence, advice, fixes } = finding;
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
  };
}

function renderRule(rule: RuleResult): object {
  const reason = 'reason' in rule ? { reason: rule.reason } : {};
  const remedy = 'remedy' in rule ? { remedy: rule.remedy } : {};
  return { rule: rule.rule, result: rule.result, ...reason, ...remedy };
}

function renderTarget(target: TargetCeilings): object {
  const { singleStream } = target;
  const reasons = [singleStream.unknownBecause, notComputed].filter((reason) => reason !== undefined);
  return {
    kind: target.kind,
    // What other programs know it by: the IQN, the server's name; a disk has an id of ours only.
    id: target.kind === 'disk' ? target.id : target.name,
    name: target.name,
    aliases: target.aliases,
    routes: target.routeIds.length,
    disks: target.diskNumbers,
    shares: target.shares,
    singleStreamCeiling: singleStream.bitsPerSecond,
    singleStreamLimitedBy: target.singleStreamLimitedBy.map(renderEntity),
    oneCopyCeiling: null,
    guaranteedCeiling: null,
    possibleCeiling: null,
    read: { guaranteed: null, possible: null },
    write: { guaranteed: null, possible: null },
    unit: 'bit/s',
    unknownBecause: reasons.join(' '),
    assumptions: target.assumptions,
    // The cut of the possible ceiling: as unknown as that is.
    limitedBy: null,
    singlePointsOfFailure: target.singlePointsOfFailure.map(renderEntity),
  };
}

/** Entities of the model carry more than their identity; the format shows only that. */
function renderEntity({ kind, id, name }: Entity): Entity {
  return { kind, id, name };
}
