import { describe, expect, it } from 'vitest';
import type { Finding, RuleResult } from './finding.ts';
import type { LiveVerdicts } from './live.ts';
import { withLiveFindings } from './live-findings.ts';

function finding(id: string, more: Partial<Finding> = {}): Finding {
  const [rule = ''] = id.split('@');
  const texts = { title: rule, message: rule, advice: '' };
  return { id, rule, severity: 'warning', ...texts, subjects: [], evidence: {}, fixes: [], ...more };
}
const fine = (rule: string): RuleResult => ({ rule, title: rule, result: 'fine' });
const found = (rule: string): RuleResult => ({ rule, title: rule, result: 'findings' });
const open = (rule: string): RuleResult => ({ rule, title: rule, result: 'not-evaluated', reason: 'x' });

const looked = {
  findings: [finding('queue-depth@1'), finding('rss-off@1')],
  rules: [found('queue-depth'), fine('near-ceiling'), found('rss-off')],
};

function counted(findings: readonly Finding[], rules: readonly RuleResult[], isSettled: boolean) {
  // The judgement itself is not looked at.
  return { revision: 1, findings, rules, isSettled } as Partial<LiveVerdicts> as LiveVerdicts;
}
const ids = ({ findings }: { readonly findings: readonly Finding[] }) => findings.map(({ id }) => id);
const results = ({ rules }: { readonly rules: readonly RuleResult[] }) => rules.map(({ result }) => result);

describe('findings with what is counted now', () => {
  it('are those of the look where nothing is counted', () => {
    expect(withLiveFindings(looked, null)).toEqual(looked);
  });

  it('have what is seen already beside what was recorded, until it was counted for long enough', () => {
    const early = withLiveFindings(
      looked,
      counted(
        [finding('near-ceiling@1', { severity: 'error' })],
        [fine('queue-depth'), found('near-ceiling')],
        false,
      ),
    );
    expect(ids(early)).toEqual(['near-ceiling@1', 'queue-depth@1', 'rss-off@1']);
    expect(results(early)).toEqual(['findings', 'findings', 'findings']);
  });

  it('lose what is not true any more, and nothing that was not counted', () => {
    const late = withLiveFindings(looked, counted([], [fine('queue-depth'), fine('near-ceiling')], true));
    expect(ids(late)).toEqual(['rss-off@1']);
    expect(results(late)).toEqual(['fine', 'fine', 'findings']);
  });

  it('keep what was recorded where the rule could not judge what is counted', () => {
    expect(ids(withLiveFindings(looked, counted([], [open('queue-depth')], true)))).toEqual(ids(looked));
  });

  it('show the newer of two that are the same', () => {
    const newer = finding('queue-depth@1', { measured: { sinceMs: 1, untilMs: 2 } });
    const merged = withLiveFindings(looked, counted([newer], [found('queue-depth')], false));
    expect(merged.findings).toEqual([newer, finding('rss-off@1')]);
  });

  it('offer a fix only of what the look has found as well', () => {
    const fixes = ['vnics-map-apart'];
    const both = [finding('queue-depth@1', { fixes }), finding('same-member@2', { fixes })];
    const merged = withLiveFindings(looked, counted(both, [], true));
    expect(merged.findings.flatMap((one) => one.fixes)).toEqual(fixes);
    expect(merged.findings.find(({ id }) => id === 'queue-depth@1')?.fixes).toEqual(fixes);
  });
});
