/**
 * A check as JUnit XML, for build servers. The shape is what Jenkins and GitLab both read: one suite, one case for each
 * rule, at most one failure in a case. Source: the schema of the Jenkins xUnit plugin (junit-10.xsd), and "Unit test
 * reports" in GitLab's documentation.
 */
import { evidenceLines } from '#shared/evidence-text.ts';
import { countedFindings, type Check, type Finding, type RuleResult } from '#shared/finding.ts';
import { nothingObserved } from '#shared/observed-paths.ts';
import type { Failure } from '#shared/result.ts';
import { waivedText } from '#shared/waived-text.ts';
import { element, renderXml, verbatim, type MarkupNode } from './markup.ts';

/** Whether a finding of this severity, or a rule that was not evaluated, fails its case: as it sets the exit code. */
export type FailsCase = (what: Finding['severity'] | 'not-evaluated') => boolean;

export function renderJUnit(check: Check, failsCase: FailsCase): string {
  const nothing = nothingObserved(check);
  const findings = Map.groupBy(check.findings, ({ rule }) => rule);
  return suite(check.host.name, check.takenAt, [
    ...(nothing === undefined ? [] : [brokenCase(nothing)]),
    ...check.rules.map((rule) => ruleCase(rule, findings.get(rule.rule) ?? [], failsCase)),
  ]);
}

/** Where there was no check to make: a build that finds no file may count as a good one. */
export function renderJUnitFailure(failure: Failure): string {
  return suite(undefined, undefined, [brokenCase(failure)]);
}

interface TestCase {
  readonly outcome: 'passed' | 'failed' | 'error' | 'skipped';
  readonly node: MarkupNode;
}

function suite(host: string | undefined, takenAt: string | undefined, cases: readonly TestCase[]): string {
  const count = (outcome: TestCase['outcome']): number =>
    cases.filter((one) => one.outcome === outcome).length;
  const counts = {
    tests: cases.length,
    failures: count('failed'),
    errors: count('error'),
    skipped: count('skipped'),
    time: 0,
  };
  const suiteNode = element(
    'testsuite',
    {
      name: host === undefined ? 'Switchyard' : `Switchyard: ${host}`,
      ...counts,
      hostname: host,
      // ISO 8601 without a zone, as the schema has it; UTC.
      timestamp: takenAt?.slice(0, 19),
    },
    cases.map(({ node }) => node),
  );
  return renderXml(element('testsuites', { name: 'Switchyard', ...counts, skipped: undefined }, suiteNode));
}

function testCase(
  rule: string,
  title: string,
  outcome: TestCase['outcome'],
  ...children: readonly MarkupNode[]
): TestCase {
  const attributes = { classname: `switchyard.${rule}`, name: title, time: 0 };
  return { outcome, node: element('testcase', attributes, children) };
}

function brokenCase({ message, remedy, kind }: Failure): TestCase {
  const text = [message, remedy].filter((part) => part !== undefined).join('\n');
  return testCase(
    'check',
    'The host can be checked',
    'error',
    element('error', { message, type: kind }, verbatim(text)),
  );
}

function ruleCase(result: RuleResult, findings: readonly Finding[], failsCase: FailsCase): TestCase {
  const { rule, title } = result;
  if (result.result === 'not-evaluated' || result.result === 'not-applicable') {
    const { reason, remedy } = result;
    const text = [reason, remedy].filter((part) => part !== undefined).join('\n');
    return result.result === 'not-evaluated' && failsCase('not-evaluated')
      ? testCase(
          rule,
          title,
          'failed',
          element('failure', { message: `Not evaluated: ${reason}`, type: 'not-evaluated' }, verbatim(text)),
        )
      : testCase(
          rule,
          title,
          'skipped',
          element('skipped', {
            message: `${result.result === 'not-evaluated' ? 'Not evaluated' : 'Not applicable'}: ${text}`,
          }),
        );
  }
  const failing = countedFindings(findings).filter(({ severity }) => failsCase(severity));
  const [first] = failing;
  const others = findings.filter((finding) => !failing.includes(finding));
  const output = others.length === 0 ? [] : [element('system-out', {}, verbatim(textOf(others)))];
  if (first === undefined) return testCase(rule, title, 'passed', ...output);
  const more = failing.length > 1 ? ` (and ${failing.length - 1} more)` : '';
  return testCase(
    rule,
    title,
    'failed',
    element(
      'failure',
      { message: `${first.message}${more}`, type: first.severity },
      verbatim(textOf(failing)),
    ),
    ...output,
  );
}

function textOf(findings: readonly Finding[]): string {
  return findings
    .map(({ severity, title, message, evidence, advice, waived }) =>
      [
        `${waived === undefined ? severity : `waived ${severity}`}: ${title}`,
        message,
        ...evidenceLines(evidence).map(({ label, value }) => `  ${label}: ${value}`),
        advice,
        ...(waived === undefined ? [] : [waivedText(waived)]),
      ].join('\n'),
    )
    .join('\n\n');
}
