import { describe, expect, it } from 'vitest';
import { requestLine, startLine } from './request-line.ts';

const hostile = '\'"‘’“”„$(exit)`;\r\n\0\u202e 中文 🙂';

function decoded(line: string): string[] {
  return [...line.matchAll(/'([A-Za-z0-9+/=]*)'/g)].map((match) =>
    Buffer.from(match[1] ?? '', 'base64').toString('utf8'),
  );
}

describe('the lines of a session', () => {
  it.each([
    ['a request', requestLine({ id: 'r7', script: hostile, parameters: { [hostile]: hostile } })],
    ['the start', startLine({ script: hostile, mark: '~00~', modulePath: hostile, prelude: hostile })],
  ])('are one line of printable ASCII: %s', (_name, line) => {
    expect(line).toMatch(/^[\x20-\x7e]+$/);
    expect(line).not.toContain('exit');
  });

  it('carry the script as it stands, and a sign before each text of the parameters', () => {
    const line = requestLine({
      id: 'r1',
      script: hostile,
      parameters: { Name: hostile, List: ['2026-01-01', 1, null, true, { Deep: '' }] },
    });
    const [, script, json] = decoded(line);
    expect(script).toBe(hostile);
    expect(JSON.parse(json ?? '')).toEqual({
      Name: `=${hostile}`,
      List: ['=2026-01-01', 1, null, true, { Deep: '=' }],
    });
  });

  it('say nothing where there is no parameter, no module path and no prelude', () => {
    expect(requestLine({ id: 'r1', script: '' })).toBe("Invoke-SessionRequest 'r1' '' ''");
    expect(startLine({ script: '', mark: '~00~' })).toMatch(/ '~00~' '' ''$/);
  });
});
