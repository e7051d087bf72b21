import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createReplyReader, type ReplyEvent } from './reply-reader.ts';

const mark = '~0123456789abcdef~';

function read(chunks: readonly string[]): { events: ReplyEvent[]; noise: string; isInside: boolean } {
  const events: ReplyEvent[] = [];
  let noise = '';
  const reader = createReplyReader({
    mark,
    onEvent: (event) => events.push(event),
    onNoise: (text) => {
      noise += text;
    },
  });
  for (const chunk of chunks) reader.push(chunk);
  return { events, noise, isInside: reader.isInside() };
}

const reply = (id: string, payload: string): string => `<${mark} ${id} ${payload.length} ${payload} ${mark}>`;

describe('the reply reader', () => {
  it.each([
    {
      case: 'one reply on a line of its own',
      text: `${reply('r1', 'YWJj')}\n`,
      events: [{ type: 'reply', id: 'r1', payload: 'YWJj' }],
      noise: '\n',
    },
    {
      case: 'a reply behind text that did not end its line',
      text: `Loading personal profile... ${reply('r1', 'YWJj')}\r\n`,
      events: [{ type: 'reply', id: 'r1', payload: 'YWJj' }],
      noise: 'Loading personal profile... \r\n',
    },
    {
      case: 'two replies',
      text: `${reply('r1', '')}\n${reply('r2', 'YQ==')}\n`,
      events: [
        { type: 'reply', id: 'r1', payload: '' },
        { type: 'reply', id: 'r2', payload: 'YQ==' },
      ],
      noise: '\n\n',
    },
    {
      case: 'a reply of another process',
      text: reply('r1', 'YWJj').replaceAll(mark, '~ffff~'),
      events: [],
      noise: `<~ffff~ r1 4 YWJj ~ffff~>`,
    },
    { case: 'nothing but the sign before a mark', text: 'a < b\n', events: [], noise: 'a < b\n' },
    {
      case: 'a length that does not fit',
      text: `<${mark} r1 9 YWJj ${mark}>\n`,
      events: [{ type: 'broken', reason: 'the reply says 9 characters and has 4' }],
      noise: '\n',
    },
    {
      case: 'a payload that is not base64',
      text: `<${mark} r1 4 a b! ${mark}>\n`,
      events: [{ type: 'broken', reason: 'the reply has no id, length and payload' }],
      noise: '\n',
    },
    {
      case: 'a reply that is cut off, and a whole one behind it',
      text: `<${mark} r1 4 YW\n${reply('r2', 'YWJj')}`,
      events: [
        { type: 'broken', reason: 'the reply ends in the middle' },
        { type: 'reply', id: 'r2', payload: 'YWJj' },
      ],
      noise: '\n',
    },
  ])('reads $case', ({ text, events, noise }) => {
    expect(read([text])).toEqual({ events, noise, isInside: false });
  });

  it('says that a reply has begun and not ended', () => {
    expect(read([reply('r1', 'YWJj').slice(0, -3)])).toEqual({ events: [], noise: '', isInside: true });
  });

  it('reads the same at every boundary between two chunks', () => {
    const text = `banner\r\n<${mark}${reply('r1', 'YWJj')}\n<${mark} r2 4 Y\n${reply('r3', 'YQ==')}\nend\n`;
    const whole = read([text]);
    expect(whole.events).toHaveLength(3);
    for (let cut = 0; cut <= text.length; cut += 1) {
      expect(read([text.slice(0, cut), text.slice(cut)])).toEqual(whole);
    }
    expect(read(Array.from(text))).toEqual(whole);
  });

  it('reads the same however the text is cut, whatever noise stands around the replies', () => {
    const noise = fc.oneof(
      fc.string(),
      fc.constantFrom('<', mark, `<${mark}`, ` ${mark}>`, `${mark} `, '\r\n', `<${mark} r1 4 YWJj`),
    );
    const part = fc.oneof(
      noise,
      fc.base64String().map((payload) => reply('r1', payload)),
    );
    fc.assert(
      fc.property(fc.array(part), fc.array(fc.nat({ max: 60 })), (parts, lengths) => {
        const text = `${parts.join('')}\n`;
        const chunks: string[] = [];
        let rest = text;
        for (const length of lengths) {
          chunks.push(rest.slice(0, length));
          rest = rest.slice(length);
        }
        expect(read([...chunks, rest])).toEqual(read([text]));
      }),
    );
  });
});
