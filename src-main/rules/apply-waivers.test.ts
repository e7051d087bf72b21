import { describe, expect, it } from 'vitest';
import type { Finding } from '#shared/finding.ts';
import type { Waiver } from '#shared/settings.ts';
import { applyWaivers } from './apply-waivers.ts';

const today = '2026-11-29';

function finding(rule: string, ...names: readonly string[]): Finding {
  return {
    id: `${rule}@0000000${names.length}`,
    rule,
    severity: 'warning',
    title: 'Something',
    message: 'Something is so.',
    subjects: names.map((name) => ({ kind: 'adapter', id: `adapter:${name.toLowerCase()}-id`, name })),
    evidence: {},
    advice: 'Nothing.',
    fixes: [],
  };
}

const host = [finding('driver-age', 'NIC1', 'NIC2'), finding('single-session', 'disk 3')];
const why = { reason: 'The array is replaced.', until: '2026-12-31' };

/** Of each finding: "waived", "expired" or "counts". */
function outcome(...waivers: readonly Waiver[]): readonly string[] {
  return applyWaivers(host, waivers, today).findings.map(({ waived, waiverExpired }) =>
    waived ? 'waived' : waiverExpired ? 'expired' : 'counts',
  );
}

describe('a waiver', () => {
  it.each<[string, Waiver, readonly string[]]>([
    ['by id covers that finding', { finding: 'driver-age@00000002', ...why }, ['waived', 'counts']],
    ['takes an id in any case', { finding: 'DRIVER-AGE@00000002', ...why }, ['waived', 'counts']],
    [
      'by the id of another subject covers nothing',
      { finding: 'driver-age@0000000f', ...why },
      ['counts', 'counts'],
    ],
    ['by rule covers whatever it is about', { rule: 'driver-age', ...why }, ['waived', 'counts']],
    [
      'by rule and all subjects',
      { rule: 'driver-age', subjects: ['nic2', 'NIC1'], ...why },
      ['waived', 'counts'],
    ],
    [
      'by ids of subjects',
      { rule: 'driver-age', subjects: ['adapter:nic1-id', 'nic2'], ...why },
      ['waived', 'counts'],
    ],
    [
      'is not for a finding about more',
      { rule: 'driver-age', subjects: ['NIC1'], ...why },
      ['counts', 'counts'],
    ],
    ['counts on its last day', { rule: 'driver-age', ...why, until: today }, ['waived', 'counts']],
    [
      'has run out on the day after',
      { rule: 'driver-age', ...why, until: '2026-11-28' },
      ['expired', 'counts'],
    ],
  ])('%s', (_, waiver, expected) => {
    expect(outcome(waiver)).toEqual(expected);
  });

  it('that still holds counts before one that has run out', () => {
    expect(
      outcome(
        { rule: 'driver-age', ...why, until: '2026-01-01' },
        { finding: 'driver-age@00000002', ...why },
      ),
    ).toEqual(['waived', 'counts']);
  });

  it('keeps who said why, and nothing else of itself', () => {
    const said: Waiver = { rule: 'driver-age', ...why, by: 'anna', on: '2026-11-01' };
    expect(applyWaivers(host, [said], today).findings[0]?.waived).toEqual({
      ...why,
      by: 'anna',
      on: '2026-11-01',
    });
  });

  it.each<[Waiver, RegExp]>([
    [
      { rule: 'driver-age', subjects: ['NIC1'], ...why },
      /driver-age for NIC1 covers nothing: the finding is also about NIC2\./,
    ],
    [{ rule: 'rss-off', ...why }, /rss-off covers nothing: there is no such finding now\./],
  ])('that covers nothing is named: %j', (waiver, sentence) => {
    expect(applyWaivers(host, [waiver], today).unused).toEqual([expect.stringMatching(sentence)]);
  });
});
