import { describe, expect, it } from 'vitest';
import type { Finding, RuleResult, Severity } from '#shared/finding.ts';
import { exitCodeOf, failOnLevels } from './check.command.ts';

const finding = (severity: Severity): Finding => ({
  id: severity,
  rule: 'x',
  severity,
  title: '',
  message: '',
  subjects: [],
  evidence: {},
  advice: '',
  fixes: [],
});
const unknown: RuleResult = { rule: 'x', title: '', result: 'not-evaluated', reason: '' };

describe('the exit code', () => {
  // In the order of failOnLevels: error, warning, never, not-evaluated.
  it.each<[string, Severity[], RuleResult[], [number, number, number, number]]>([
    ['nothing', [], [], [0, 0, 0, 0]],
    ['something to know', ['info'], [], [0, 0, 0, 0]],
    ['a warning', ['info', 'warning'], [], [0, 1, 0, 1]],
    ['an error', ['warning', 'error'], [], [2, 2, 0, 2]],
    ['a rule not evaluated', [], [unknown], [0, 0, 0, 1]],
    ['an error and a rule not evaluated', ['error'], [unknown], [2, 2, 0, 2]],
  ])('for %s', (_what, severities, rules, expected) => {
    const check = { findings: severities.map(finding), rules };
    expect(failOnLevels.map((level) => exitCodeOf(check, level))).toEqual(expected);
  });
});
