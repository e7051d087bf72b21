import { describe, expect, it } from 'vitest';
import { checkCapture } from '../app/check.ts';
import { demoCapture } from '../testing/demo-check.ts';
import type { TargetCeilings } from '#shared/path-graph.ts';
import type { MeasuredRate } from '#shared/what-if.ts';
import { leaveItAlone } from './leave-it-alone.ts';

const check = checkCapture(demoCapture('mpio-dedicated'), 'demo');
const [one] = check.targets;
if (one === undefined) throw new Error('The demo host has a target.');
const guaranteed = (target: TargetCeilings): number => target.read.guaranteed.bitsPerSecond ?? 0;

/** A rate that is this part of what the target is certain of. */
const rate = (part: number): MeasuredRate => ({
  direction: 'read',
  median: 0,
  p95: (guaranteed(one) * part) / 8,
  from: 'Counted.',
});
const unknown: TargetCeilings = {
  ...one,
  id: 'other',
  read: { ...one.read, guaranteed: { bitsPerSecond: null, unknownBecause: 'x' } },
};

describe('leave it alone', () => {
  it('is said of a host at 3 % of what is certain', () => {
    const said = leaveItAlone([one], new Map([[one.id, rate(0.03)]]), 20);
    expect(said).toMatchObject({ loadPercent: 3, timesTraffic: 33 });
    expect(said?.text).toMatch(
      /^For speed, leave it alone: .* used 3 % of the .* that are certain, at 19 of 20/,
    );
  });

  it.each<[string, readonly TargetCeilings[], number, number, boolean]>([
    ['just at the threshold', [one], 0.05, 20, true],
    ['above it', [one], 0.051, 20, false],
    ['above it where it is set lower', [one], 0.051, 10, true],
    ['with no traffic at all', [one], 0, 20, true],
    ['with a target that has no measured rate', [one, { ...one, id: 'third' }], 0.01, 20, false],
    ['with a target whose ceiling is not known', [unknown], 0.01, 20, false],
    ['without a target', [], 0.01, 20, false],
  ])('%s', (_, targets, part, times, isSaid) => {
    const rates = new Map([
      [one.id, rate(part)],
      [unknown.id, rate(part)],
    ]);
    expect(leaveItAlone(targets, rates, times) !== undefined).toBe(isSaid);
  });

  it('is not said of a host without a recording, nor of one that is busy', () => {
    const { samples, ...bare } = demoCapture('iscsi-on-team');
    expect(samples).toBeDefined();
    expect(checkCapture(bare, 'demo').leaveItAlone).toBeUndefined();
    expect(checkCapture(demoCapture('iscsi-on-team'), 'demo').leaveItAlone).toBeUndefined();
  });
});
