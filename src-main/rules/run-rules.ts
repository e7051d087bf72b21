/** Asks every rule about one host, and makes sure that a missing fact never reads as a healthy one. */
import { entityOf } from '#shared/entity.ts';
import type { ObservationName } from '#shared/capture.ts';
import { compareFindings, type Finding, type RuleResult } from '#shared/finding.ts';
import type { Snapshot } from '#shared/host/snapshot.ts';
import { catalogue } from './catalogue.ts';
import type { HostFacts, Rule, RuleFinding, RuleSettings } from './define-rule.ts';
import { anyGapOf, gapOf, type Gap } from './readings.ts';

type Need = ObservationName | readonly ObservationName[];

/** Findings by severity, then by rule, then by id; one result for each rule, in the order of the catalogue. */
export function runRules(
  asked: HostFacts,
  rules: readonly Rule[] = catalogue,
  settings?: RuleSettings,
): { findings: Finding[]; rules: RuleResult[] } {
  const facts = settings === undefined ? asked : { ...asked, settings };
  const findings: Finding[] = [];
  const results: RuleResult[] = [];
  for (const rule of rules) {
    const verdict = ask(rule, facts);
    findings.push(...verdict.findings.map((finding) => published(rule, finding)));
    results.push(verdict.result);
  }
  return { findings: findings.sort(compareFindings), rules: results };
}

interface Verdict {
  readonly result: RuleResult;
  readonly findings: readonly RuleFinding[];
}

function ask(rule: Rule, facts: HostFacts): Verdict {
  const notEvaluated = (gap: { reason: string; remedy?: string }): Verdict => ({
    result: { rule: rule.id, title: rule.title, result: 'not-evaluated', ...gap },
    findings: [],
  });
  const notApplicable = (reason: string): Verdict => ({
    result: { rule: rule.id, title: rule.title, result: 'not-applicable', reason },
    findings: [],
  });
  const partial = firstGap(rule.needs, facts.snapshot, anyGapOf);
  try {
    const { appliesTo } = rule;
    if (appliesTo !== undefined && firstGap(appliesTo.needs, facts.snapshot, gapOf) === undefined) {
      const reason = appliesTo.notApplicable(facts);
      if (reason !== undefined) {
        const hidden = firstGap(appliesTo.needs, facts.snapshot, anyGapOf);
        return hidden === undefined ? notApplicable(reason) : notEvaluated(hidden);
      }
    }
    const gap = firstGap(rule.needs, facts.snapshot, gapOf);
    if (gap !== undefined) return notEvaluated(gap);

    const outcome = rule.evaluate(facts);
    if ('notEvaluated' in outcome) {
      const { notEvaluated: reason, remedy } = outcome;
      return notEvaluated({ reason, ...(remedy !== undefined && { remedy }) });
    }
    if ('notApplicable' in outcome) {
      return partial === undefined ? notApplicable(outcome.notApplicable) : notEvaluated(partial);
    }
    if (outcome.length > 0) {
      return {
        result: { rule: rule.id, title: rule.failureTitle, result: 'findings' },
        findings: outcome,
      };
    }
    // What could not be read may be just what is wrong: nothing found among the rest is not "fine".
    if (partial !== undefined) return notEvaluated(partial);
    return { result: { rule: rule.id, title: rule.title, result: 'fine' }, findings: [] };
  } catch (cause) {
    return notEvaluated({
      reason: `The rule ended in an unexpected error: ${cause instanceof Error ? cause.message : String(cause)}.`,
      remedy: 'Please report this with a redacted capture of the host.',
    });
  }
}

/**
 * The gap of the first need that has one. Of several observations of which one is enough, a gap is only what each of
 * them has.
 */
function firstGap(
  needs: readonly Need[],
  snapshot: Snapshot,
  gap: (snapshot: Snapshot, name: ObservationName) => Gap | undefined,
): Gap | undefined {
  for (const need of needs) {
    const gaps = (typeof need === 'string' ? [need] : need).map((name) => gap(snapshot, name));
    if (gaps.every((one) => one !== undefined)) return gaps[0];
  }
  return undefined;
}

/** The finding as it leaves the rules: with its id, its title, and bare subjects. */
export function published(rule: Rule, finding: RuleFinding): Finding {
  return {
    id: findingId(
      rule.id,
      finding.subjects.map((subject) => subject.id),
    ),
    rule: rule.id,
    severity: finding.severity,
    title: rule.failureTitle,
    message: finding.message,
    subjects: finding.subjects.map(entityOf),
    evidence: finding.evidence,
    advice: finding.advice,
    fixes: rule.fixes,
    ...(finding.measured !== undefined && { measured: finding.measured }),
  };
}

/** Rule, `@`, 8 hex digits: the same for the same subjects, in whatever order they were found. */
export function findingId(rule: string, subjectIds: readonly string[]): string {
  return `${rule}@${fnv1a([...new Set(subjectIds)].sort().join('\n'))}`;
}

/**
 * The 32-bit FNV-1a hash of a text's UTF-16 code units, low byte first, as 8 hex digits. It names findings and guards
 * nothing, so a small hash that runs everywhere is enough.
 */
function fnv1a(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    hash = Math.imul(hash ^ (unit & 0xff), 0x01000193);
    hash = Math.imul(hash ^ (unit >>> 8), 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}
