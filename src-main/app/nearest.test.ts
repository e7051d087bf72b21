import { describe, expect, it } from 'vitest';
import { nearest } from './nearest.ts';

const words = ['check', 'capture', 'serve', 'demos', 'not-evaluated'];

describe('the nearest word', () => {
  it.each([
    ['chekc', 'check'],
    ['CHECK', 'check'],
    ['captrue', 'capture'],
    ['demo', 'demos'],
    ['srve', 'serve'],
    ['not-eval', 'not-evaluated'],
  ])('to %s is %s', (typed, meant) => {
    expect(nearest(typed, words)).toBe(meant);
  });

  it.each(['', 'x', 'frobnicate', 'delete-everything'])('to %j is none', (typed) => {
    expect(nearest(typed, words)).toBeUndefined();
  });
});
