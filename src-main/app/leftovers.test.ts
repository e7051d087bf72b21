import { expect, it } from 'vitest';
import type { Outcome } from '#shared/fix-plan.ts';
import { fail, succeed } from '#shared/result.ts';
import type { ToldChange } from '../remediation/history.ts';
import { leftoversOf } from './leftovers.ts';

const at = '2026-01-15T10:00:00.000Z';

function told(outcome: Outcome, wasGuarded: boolean): ToldChange {
  return {
    beginning: {
      at,
      change: 'c1',
      event: 'begins',
      kind: 'fix',
      host: 'HV01',
      by: 'admin',
      pid: 1,
      title: 'A change',
      planHash: '',
      findings: [],
      fixes: [],
      steps: [],
      isSimulated: false,
    },
    steps: [],
    outcome,
    message: 'It stopped.',
    isDismissed: false,
    wasConfirmed: false,
    wasGuarded,
  };
}

const guard = { id: 'c1', title: 'A change', until: at };
const unknown = fail('timed-out', 'The Task Scheduler does not answer.');

it.each([
  ['a guard is armed', told('interrupted', true), succeed([guard]), ['rollback', 'dismiss'], /armed/],
  [
    'a guard is at work',
    told('interrupted', true),
    succeed([{ ...guard, firedAt: at }]),
    ['dismiss'],
    /has not finished/,
  ],
  ['its guard is gone', told('interrupted', true), succeed([]), ['rollback', 'dismiss'], /no longer there/],
  ['guards are not known', told('interrupted', true), unknown, ['dismiss'], /is not known/],
  ['it never had one', told('interrupted', false), unknown, ['rollback', 'dismiss'], /^It stopped\.$/],
  ['a restart is to come', told('waits-for-restart', false), succeed([]), ['resume', 'dismiss'], /stopped/],
  [
    'a guard is left of a change that ended',
    told('rolled-back', true),
    succeed([guard]),
    ['dismiss'],
    /armed/,
  ],
] as const)('offers what is safe where %s', (_, change, guards, offers, message) => {
  const [left] = leftoversOf([change], guards, false);
  expect(left?.offers).toEqual(offers);
  expect(left?.message).toMatch(message);
});

it('restarts a simulated host, and leaves out what is over', () => {
  const [left] = leftoversOf([told('waits-for-restart', false)], succeed([]), true);
  expect(left?.offers).toEqual(['restart', 'dismiss']);
  expect(leftoversOf([told('successful', true)], succeed([]), true)).toEqual([]);
});
