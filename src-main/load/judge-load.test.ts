import { describe, expect, it } from 'vitest';
import type { LoadStage } from '#shared/load.ts';
import type { TargetSpread } from '#shared/spread.ts';
import { demoCheck } from '../testing/demo-check.ts';
import { judgeLoad, loadWindowSeconds } from './judge-load.ts';
import { planLoad } from './plan-load.ts';

const plan = planLoad(
  { source: { kind: 'disk', number: 1 }, bitsPerSecond: 20e9 },
  demoCheck('mpio-dedicated'),
);

function spread(verdict: TargetSpread['verdict']): TargetSpread {
  return {
    targetId: plan.target?.id ?? '',
    name: 'array1',
    verdict,
    groupId: null,
    direction: 'read',
    message: `It is ${verdict}.`,
  };
}

function stage(streams: number, megabytes: number, patch: Partial<LoadStage> = {}): LoadStage {
  return {
    streams,
    seconds: 20,
    bytes: megabytes * 20e6,
    ended: 'time',
    bytesPerSecond: megabytes * 1e6,
    bitsPerSecond: megabytes * 8e6,
    isHeldByRate: false,
    isUnbuffered: true,
    spread: spread('spreads'),
    group: null,
    direction: 'read',
    ...patch,
  };
}

describe('one reader against many', () => {
  it('says what each got of which ceiling, and that they share it', () => {
    const { sentences, gain, verdict } = judgeLoad(plan, [stage(1, 300), stage(8, 1200)]);
    expect({ gain, verdict }).toEqual({ gain: 4, verdict: 'spreads' });
    expect(sentences).toEqual([
      'One reader got 300 MB/s, 2.4 Gb/s on the link: 24 % of the 10 Gb/s that a single stream can get.',
      '8 readers got 1.2 GB/s, 9.6 Gb/s on the link, 4.0 times as much: 48 % of the 20 Gb/s that are certain.',
      'It is spreads.',
      'More readers get more, and the paths share it.',
    ]);
  });

  it('says where more readers get no more', () => {
    const on = { spread: spread('one-path') };
    const { sentences, verdict } = judgeLoad(plan, [stage(1, 110, on), stage(8, 112, on)]);
    expect(verdict).toBe('one-path');
    expect(sentences.at(-1)).toBe('More readers get no more: what that path gives is all there is.');
  });

  it('says nothing of ceilings where the rate held it back', () => {
    const held = { isHeldByRate: true };
    const { sentences } = judgeLoad(plan, [stage(1, 100, held), stage(8, 100, held)]);
    expect(sentences.join(' ')).not.toMatch(/ %|More readers/);
    expect(sentences[1]).toContain('all that they were allowed');
  });

  it('goes by the first run where the second tells nothing, and says why a run ended early', () => {
    const open = { spread: spread('not-enough-traffic'), ended: 'stopped', seconds: 3 } as const;
    const { sentences, verdict } = judgeLoad(plan, [stage(1, 300), stage(8, 1200, open)]);
    expect(verdict).toBe('spreads');
    expect(sentences).toContain('It is spreads.');
    expect(sentences).not.toContain('It is not-enough-traffic.');
    expect(sentences.at(-1)).toBe('The run with 8 readers ended after 3 seconds, because it was stopped.');
    expect(judgeLoad(plan, [stage(1, 300, open)])).toMatchObject({
      verdict: 'not-enough-traffic',
      gain: null,
    });
  });

  it('warns where the cache may have answered, and where nothing was counted', () => {
    const { sentences, verdict } = judgeLoad(plan, [
      stage(1, 300, { isUnbuffered: false, spread: null }),
      stage(4, 300, { isUnbuffered: false, spread: null }),
    ]);
    expect(verdict).toBe('not-enough-traffic');
    expect(sentences.join(' ')).toMatch(/did not answer.*rates may be too high/);
  });
});

it.each([12, 20, 120])('three windows and what it takes to begin fit into %d seconds', (seconds) => {
  expect(3 * loadWindowSeconds(seconds) + 2).toBeLessThanOrEqual(seconds);
  expect(loadWindowSeconds(seconds)).toBeGreaterThanOrEqual(3);
});
