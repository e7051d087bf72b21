import { describe, expect, it } from 'vitest';
import { simulate } from '../app/what-if.ts';
import { renderExpectationText } from '../report/what-if-text.ts';
import { demoCapture } from '../testing/demo-check.ts';

const recorded = demoCapture('iscsi-on-team');
const [expectation] = simulate(recorded, 'demo', []).expectations;
const measured = expectation?.measured;
const textOf = (expectations: Parameters<typeof renderExpectationText>[0]) =>
  renderExpectationText(expectations, { width: 100, hasColour: false, nowMs: 0 });

describe('the measured rate beside what to expect', () => {
  it('stands on the scale of the link, with the overhead of the target, below what is possible', () => {
    const share = expectation?.overhead.payloadShare ?? 0;
    expect(measured?.p95BitsPerSecond).toBe(Math.round(((measured?.p95 ?? 0) * 8) / share));
    expect(measured?.median).toBeGreaterThan(0);
    expect(measured?.p95).toBeGreaterThanOrEqual(measured?.median ?? Infinity);
    const possible = expectation?.bars.find(({ name }) => name === 'possible')?.bitsPerSecond;
    expect(measured?.p95BitsPerSecond).toBeLessThanOrEqual(possible ?? 0);
  });

  it('is a bar in the terminal, with the counters that it is from', () => {
    const text = textOf(expectation === undefined ? [] : [expectation]);
    expect(text).toMatch(/\n {2}measured {6}█+▒+·+ /);
    expect(text).toMatch(/Measured +reading, median .+ 95th percentile .+ Counted at 1 iSCSI session/);
  });

  it('stays that of the host as it is in a simulation', () => {
    const adapter = simulate(recorded, 'demo', []).check.model.adapters.find(
      ({ role }) => role === 'physical',
    );
    const failed = simulate(recorded, 'demo', [{ change: 'fail', id: adapter?.id ?? '' }]);
    expect(failed.expectations[0]?.measured).toEqual(measured);
  });

  it('is left out where nothing was recorded', () => {
    const { samples, ...bare } = recorded;
    expect(samples?.length).toBeGreaterThan(100);
    const [silent] = simulate(bare, 'demo', []).expectations;
    expect(silent?.measured).toBeUndefined();
    expect(textOf(silent === undefined ? [] : [silent])).not.toMatch(/measured/i);
  });
});
