import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markdownBlock, markdownCode, markdownTable, markdownText } from './markdown-text.ts';

describe('a text in Markdown', () => {
  it.each([
    ['a table', 'a | b', String.raw`a \| b`],
    ['a tag', '<img src=x>', '&lt;img src=x\\>'],
    ['an entity', '&lt;', '&amp;lt;'],
    ['a link', '[x](javascript:alert(1))', String.raw`\[x\](javascript:alert(1))`],
    ['a picture', '![x](y)', String.raw`!\[x\](y)`],
    ['code', '`id`', '\\`id\\`'],
    ['weight', '**x** __y__ ~~z~~', String.raw`\*\*x\*\* \_\_y\_\_ \~\~z\~\~`],
    ['mathematics', '$x$', String.raw`\$x\$`],
    ['a backslash', String.raw`\|`, String.raw`\\\|`],
    ['a heading', '# x', String.raw`\# x`],
    ['a list', '- x', String.raw`\- x`],
    ['a numbered list', '1. x', String.raw`1\. x`],
    ['a rule', '---', String.raw`\---`],
    ['a quotation', '> x', String.raw`\> x`],
    ['an address', 'https://evil.example/', String.raw`https\://evil.example/`],
    ['a bare address', 'www.evil.example', String.raw`www\.evil.example`],
    ['a person', '@everyone', '`@`everyone'],
    ['an issue', '#12', '`#`12'],
    ['a line end', 'a\n# b', 'a # b'],
    ['an invisible character', 'a\u202Eb', String.raw`a\\u202Eb`],
  ])('never becomes %s', (_what, text, written) => {
    expect(markdownText(text)).toBe(written);
  });

  it('leaves ordinary names alone', () => {
    for (const name of [
      'NIC1',
      'iqn.2010-01.example.storage:vol1',
      '10.0.10.11',
      'vEthernet (SAN-A)',
      'ストレージ 1',
    ])
      expect(markdownText(name)).toBe(name);
  });
});

it('in code and in blocks ends where it should, whatever runs of backticks are in it', () => {
  expect(markdownCode('a`b')).toBe('``a`b``');
  expect(markdownCode('`')).toBe('`` ` ``');
  fc.assert(
    fc.property(fc.array(fc.constantFrom('`', 'x', '\n', ' '), { maxLength: 20 }), (parts) => {
      const [first = '', ...rest] = markdownBlock([parts.join('')]).split('\n');
      const fence = /^`+/.exec(first)?.[0] ?? '';
      expect(rest.slice(0, -1).every((line) => !line.trim().startsWith(fence))).toBe(true);
      expect(rest.at(-1)).toBe(fence);
    }),
  );
});

it('in a table has as many cells in each line as there are columns', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.string({ unit: 'grapheme' }), fc.string())), (rows) => {
      const lines = markdownTable(['a', 'b'], rows).split('\n');
      expect(lines).toHaveLength(rows.length + 2);
      for (const line of lines) expect(line.replaceAll(/\\./gu, '').split('|')).toHaveLength(4);
    }),
  );
});
