import { describe, expect, it } from 'vitest';
import { demoCheck } from '../../src-main/testing/demo-check.ts';
import { faultAnswer, reachAnswer, spreadAnswer } from './answers.ts';

describe('the strip', () => {
  it.each([
    ['iscsi-on-team', '1 route to vol1, over team Team1, which chooses among 4 members'],
    ['converged-2012r2', '2 routes to vol1, both through NIC1'],
    ['mpio-dedicated', '4 routes to array1, through 2 NICs'],
    ['everything-failed', 'No storage target could be seen'],
    ['empty', 'No storage target could be seen'],
  ])('says how %s reaches its storage', (id, text) => {
    expect(reachAnswer(demoCheck(id)).text).toBe(text);
  });

  it.each([
    ['iscsi-on-team', 'error', '1 error · 1 warning'],
    ['converged-2012r2', 'warning', '1 warning'],
    ['converged-set', 'fine', 'Nothing wrong was found'],
    ['everything-failed', 'unknown', /^Nothing could be checked · \d+ not checked$/],
    ['empty', 'fine', 'Nothing wrong was found'],
  ])('says what is wrong with %s', (id, sign, text) => {
    const answer = faultAnswer(demoCheck(id));
    expect(answer.sign).toBe(sign);
    expect(answer.text).toMatch(text);
  });

  it.each([
    ['mpio-dedicated', 'fine', 'Spreads: array1 · 25 % of what is read each · 60 s recorded'],
    ['iscsi-on-team', 'warning', 'One path carries all: vol1 · 100 % of what is read · 60 s recorded'],
  ])('says how the recorded traffic of %s spreads', (id, sign, text) => {
    const answer = spreadAnswer(demoCheck(id).traffic, { isLive: false, isOn: false });
    expect(answer).toMatchObject({ sign, text });
  });

  it.each([
    ['too-short', true, 'Counting: the first window is not over'],
    ['gap', true, 'Counting anew after a gap in the readings'],
    ['gap', false, 'Not enough traffic to tell'],
    ['little-traffic', true, 'Not enough traffic to tell'],
  ] as const)('says of a verdict that is open for %s, live %s, what is missing', (open, isOn, text) => {
    const { traffic } = demoCheck('mpio-dedicated');
    if (traffic === undefined) throw new Error('The demo has changed.');
    const unknown = { verdict: 'not-enough-traffic', open } as const;
    const groups = traffic.groups.map((group) => ({
      ...group,
      read: { ...group.read, ...unknown },
      write: { ...group.write, ...unknown },
    }));
    const targets = traffic.targets.map((target) => ({ ...target, verdict: unknown.verdict }));
    expect(spreadAnswer({ ...traffic, groups, targets }, { isLive: true, isOn }).text).toBe(text);
  });

  it('says that nothing was counted, or not yet', () => {
    const text = (isOn: boolean): string => spreadAnswer(undefined, { isLive: isOn, isOn }).text;
    expect(text(false)).toBe('Not measured: live is off');
    expect(text(true)).toBe('Counting: a verdict takes a whole window');
  });
});
