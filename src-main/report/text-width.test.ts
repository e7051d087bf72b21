import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textWidth, wrapText } from './text-width.ts';

describe('the width of a text', () => {
  it.each([
    ['NIC1', 4],
    ['', 0],
    ['ネット', 6],
    ['한국', 4],
    ['é', 1],
    ['e\u0301', 1],
    ['👩‍💻', 2],
    ['شبكة', 4],
  ])('of %j is %d columns', (text, width) => {
    expect(textWidth(text)).toBe(width);
  });
});

describe('wrapping', () => {
  it('breaks at spaces', () => {
    expect(wrapText('one two three four', 9)).toEqual(['one two', 'three', 'four']);
  });
  it('cuts a word that is longer than a line', () => {
    expect(wrapText('abcdefghijkl mn', 8)).toEqual(['abcdefgh', 'ijkl mn']);
  });
  it('counts wide characters twice', () => {
    expect(wrapText('ネットワーク', 8)).toEqual(['ネットワ', 'ーク']);
  });
  it('gives a line for no text', () => {
    expect(wrapText('', 40)).toEqual(['']);
  });
  it('loses nothing but spaces, and keeps to the width', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: fc.constantFrom('a', 'ß', 'ネ', '1'), minLength: 1, maxLength: 30 })),
        fc.integer({ min: 8, max: 60 }),
        (words, width) => {
          const lines = wrapText(words.join(' '), width);
          for (const line of lines) expect(textWidth(line)).toBeLessThanOrEqual(width);
          expect(lines.join('').replaceAll(' ', '')).toBe(words.join(''));
        },
      ),
    );
  });
});
