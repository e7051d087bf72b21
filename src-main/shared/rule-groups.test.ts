import { expect, it } from 'vitest';
import type { RuleResult } from './finding.ts';
import { groupByReason } from './rule-groups.ts';

const open = (rule: string, reason: string, remedy?: string): RuleResult => ({
  rule,
  title: rule,
  result: 'not-evaluated',
  reason,
  ...(remedy !== undefined && { remedy }),
});

it('gathers rules of one reason and one remedy, the most common first', () => {
  const groups = groupByReason([
    open('a', 'No sessions.'),
    open('b', 'No adapters.', 'Look again.'),
    open('c', 'No adapters.', 'Look again.'),
    open('d', 'No adapters.'),
  ]);
  expect(groups.map(({ reason, remedy, rules }) => [reason, remedy, rules.map(({ rule }) => rule)])).toEqual([
    ['No adapters.', 'Look again.', ['b', 'c']],
    ['No sessions.', undefined, ['a']],
    ['No adapters.', undefined, ['d']],
  ]);
});

it('gathers rules that need no reason', () => {
  const fine: RuleResult = { rule: 'a', title: 'A', result: 'fine' };
  expect(groupByReason([fine])).toEqual([{ reason: '', rules: [fine] }]);
  expect(groupByReason([])).toEqual([]);
});
