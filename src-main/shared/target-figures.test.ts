import { describe, expect, it } from 'vitest';
import { figureRows } from './target-figures.ts';

const gigabit = 1_000_000_000;

describe('the figures of a target', () => {
  it('stand in one scale, with their bounds and directions in words', () => {
    const rows = figureRows({
      singleStream: { bitsPerSecond: gigabit },
      oneCopy: { bitsPerSecond: 2 * gigabit, isBound: true },
      guaranteed: { bitsPerSecond: gigabit, isBound: true, direction: 'write' },
      possible: { bitsPerSecond: 4 * gigabit, direction: 'read' },
    });
    expect(rows.map(({ value, share, direction }) => [value, share, direction])).toEqual([
      ['1 Gb/s', 0.25, undefined],
      ['at most 2 Gb/s', 0.5, undefined],
      ['at least 1 Gb/s', 0.25, 'writing'],
      ['4 Gb/s', 1, 'reading'],
    ]);
  });

  it('say why one is not known, and are no zero then', () => {
    const unknown = { bitsPerSecond: null, unknownBecause: 'Speeds could not be read.' };
    const [row] = figureRows({
      singleStream: unknown,
      oneCopy: unknown,
      guaranteed: unknown,
      possible: { bitsPerSecond: 0 },
    });
    expect(row).toMatchObject({ because: 'Speeds could not be read.' });
    expect(row?.value).toBeUndefined();
    expect(row?.share).toBeUndefined();
  });
});
