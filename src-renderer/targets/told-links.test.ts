import { describe, expect, it } from 'vitest';
import { demoCheck } from '../../src-main/testing/demo-check.ts';
import { addressesOf, linksFrom, rowsFrom } from './told-links.ts';

const gigabit = { address: '10.0.0.1', bitsPerSecond: 1e9 };

describe('told links', () => {
  it('have a row for each address of the target', () => {
    const { model, targets } = demoCheck('mpio-dedicated');
    const [target] = targets;
    expect(target && addressesOf(target, model)).toEqual(model.targetPortals.map(({ address }) => address));
  });

  it('come back from their rows as they were', () => {
    const told = [gigabit, gigabit, { address: '10.0.0.2', bitsPerSecond: 2.5e9 }];
    const rows = rowsFrom(['10.0.0.1', '10.0.0.3'], told);
    expect(rows).toEqual([
      { address: '10.0.0.1', count: '2', gigabits: '1' },
      { address: '10.0.0.3', count: '1', gigabits: '' },
      { address: '10.0.0.2', count: '1', gigabits: '2.5' },
    ]);
    expect(linksFrom(rows)).toEqual(told);
  });

  it.each([
    ['1', '0'],
    ['1', '-1'],
    ['1', 'fast'],
    ['0', '1'],
    ['1.5', '1'],
    ['x', '1'],
  ])('are none with %s links of %s Gbit/s', (count, gigabits) => {
    expect(linksFrom([{ address: '10.0.0.1', count, gigabits }])).toBeUndefined();
  });

  it('take a comma for a point', () => {
    expect(linksFrom([{ address: '10.0.0.1', count: '1', gigabits: '2,5' }])?.[0]?.bitsPerSecond).toBe(2.5e9);
  });
});
