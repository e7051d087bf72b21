import { describe, expect, it } from 'vitest';
import { formatAge, formatInstant } from './age.ts';

describe('an age', () => {
  it.each([
    [0, 'just now'],
    [-30_000, 'just now'],
    [12_000, '12 seconds ago'],
    [60_000, '1 minute ago'],
    [3_600_000 * 5, '5 hours ago'],
    [86_400_000 * 40, '40 days ago'],
    [-3_600_000, '1 hour ahead of this clock'],
    [Number.NaN, 'at an unknown time'],
  ])('of %d ms reads "%s"', (age, text) => {
    expect(formatAge(age)).toBe(text);
  });
});

describe('an instant', () => {
  it('is said in UTC', () => {
    expect(formatInstant('2026-11-22T17:00:30.000Z')).toBe('2026-11-22 17:00 UTC');
    expect(formatInstant('2026-11-22T17:00:30+02:00')).toBe('2026-11-22 15:00 UTC');
  });
  it('that is none stays as the host wrote it', () => {
    expect(formatInstant('yesterday')).toBe('yesterday');
  });
});
