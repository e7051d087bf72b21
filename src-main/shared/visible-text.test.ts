import { describe, expect, it } from 'vitest';
import { visibleText } from './visible-text.ts';

describe('text of the host', () => {
  it.each([
    ['a terminal escape', '\u001b[2Jx', '\\u001B[2Jx'],
    ['a bell', 'a\u0007', 'a\\u0007'],
    ['a C1 control', 'a\u009bb', 'a\\u009Bb'],
    ['a direction override', 'NIC\u202Etxt.exe', 'NIC\\u202Etxt.exe'],
    ['an isolate', '\u2066x\u2069', '\\u2066x\\u2069'],
    ['a zero-width space', 'NIC\u200B1', 'NIC\\u200B1'],
    ['a byte order mark', '\uFEFFNIC', '\\uFEFFNIC'],
    ['half a character', 'a\uD83Db', 'a\\uD83Db'],
    ['a tag', '\u{E0041}', '\\u{E0041}'],
    ['a line end', 'one\r\ntwo\nthree\tfour', 'one two three four'],
  ])('shows %s', (_what, text, expected) => {
    expect(visibleText(text)).toBe(expected);
  });

  it.each(['NIC1', 'イーサネット 2', 'شبكة', 'é', '👩‍💻 team', '<b>&amp;', 'ü\u0308'])(
    'leaves %s as it is',
    (text) => {
      expect(visibleText(text)).toBe(text);
    },
  );
});
