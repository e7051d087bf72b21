import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRulePage, type Block } from './rule-page.ts';

const text = (value: string) => ({ kind: 'text' as const, text: value });

describe('a rule page', () => {
  it.each<[string, string, Block[]]>([
    ['leaves out its own title', '# iSCSI on a team\n', []],
    ['has headings', '## Why it matters', [{ kind: 'heading', inlines: [text('Why it matters')] }]],
    [
      'joins the lines of a paragraph',
      'one\ntwo\n\nthree',
      [
        { kind: 'paragraph', inlines: [text('one two')] },
        { kind: 'paragraph', inlines: [text('three')] },
      ],
    ],
    [
      'has lists, also of several lines',
      '- one\n  more\n- two',
      [{ kind: 'list', isOrdered: false, items: [[text('one more')], [text('two')]] }],
    ],
    [
      'has numbered lists',
      '1. one\n2. two',
      [{ kind: 'list', isOrdered: true, items: [[text('one')], [text('two')]] }],
    ],
    ['has commands', '```powershell\nGet-IscsiSession\n```', [{ kind: 'code', text: 'Get-IscsiSession' }]],
    [
      'has tables',
      '| a | b |\n|---|---|\n| 1 | 2 |',
      [{ kind: 'table', head: [[text('a')], [text('b')]], rows: [[[text('1')], [text('2')]]] }],
    ],
    [
      'has code, weight and links in a line',
      'Run `mpclaim` **now**, see [MS](https://x.example/a).',
      [
        {
          kind: 'paragraph',
          inlines: [
            text('Run '),
            { kind: 'code', text: 'mpclaim' },
            text(' '),
            { kind: 'strong', text: 'now' },
            text(', see '),
            { kind: 'link', text: 'MS', address: 'https://x.example/a' },
            text('.'),
          ],
        },
      ],
    ],
    [
      'keeps markup as the text it is',
      '<img src=x onerror=alert(1)>',
      [{ kind: 'paragraph', inlines: [text('<img src=x onerror=alert(1)>')] }],
    ],
  ])('%s', (_what, markdown, blocks) => {
    expect(parseRulePage(markdown)).toEqual(blocks);
  });

  it('of any text comes to an end', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('#', '- ', '|', '```', '\n', ' ', '1. ', 'x', '**', '`')),
        (parts) => {
          expect(Array.isArray(parseRulePage(parts.join('')))).toBe(true);
        },
      ),
    );
  });
});
