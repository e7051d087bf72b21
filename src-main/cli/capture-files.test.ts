/** The commands that make captures, copy them and compare them. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callCommand as called } from '../testing/call-command.ts';

let folder = '';
const at = (name: string): string => path.join(folder, name);

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'switchyard-captures-'));
  await called('capture', '-o', at('one.json.gz'), '--demo', 'iscsi-on-team');
  await called('capture', '-o', at('other.json'), '--demo', 'mpio-dedicated');
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('switchyard redact', () => {
  it('writes a copy that says it is one, names nobody, and is judged the same', async () => {
    expect((await called('redact', at('one.json.gz'), '-o', at('given.json'))).code).toBe(0);
    const copy = readFileSync(at('given.json'), 'utf8');
    expect(JSON.parse(copy)).toMatchObject({ redacted: true });
    expect(copy).not.toMatch(/HV01|NIC1|array1|10\.0\.10\.101/);
    const judged = await called('check', '--capture', at('given.json'), '--json');
    const original = await called('check', '--capture', at('one.json.gz'), '--json');
    const rulesOf = (text: string): unknown =>
      (JSON.parse(text) as { rules: { rule: string; result: string }[] }).rules.map(({ rule, result }) => [
        rule,
        result,
      ]);
    expect(judged.code).toBe(original.code);
    expect(rulesOf(judged.answer)).toEqual(rulesOf(original.answer));
  });

  it.each([
    [['redact'], 64, /Which capture\?/],
    [['redact', 'x.json'], 64, /Where should the copy go\?/],
  ])('%j ends with %i', async (words, code, said) => {
    const ended = await called(...words);
    expect(ended.code).toBe(code);
    expect(ended.remarks).toMatch(said);
  });

  it('ends with 3 where the file is none', async () => {
    const ended = await called('redact', at('nowhere.json'), '-o', at('y.json'));
    expect(ended.code).toBe(3);
    expect(ended.remarks).toContain('nowhere.json');
  });
});

describe('switchyard diff', () => {
  it('of a file and itself finds nothing, and ends with 0', async () => {
    const { code, answer } = await called('diff', at('one.json.gz'), at('one.json.gz'));
    expect(code).toBe(0);
    expect(answer).toContain('Nothing changed of what both looks saw.');
  });

  it('of two hosts says so, and ends with 1', async () => {
    const { code, answer } = await called('diff', at('one.json.gz'), at('other.json'));
    expect(code).toBe(1);
    expect(answer).toContain('two different hosts');
    expect(answer).toMatch(/^ {2}- Team1 \(team\): gone$/m);
  });

  it('says the same to programs', async () => {
    const { answer } = await called('diff', at('one.json.gz'), at('other.json'), '--json');
    expect(JSON.parse(answer)).toMatchObject({
      format: 'switchyard-diff',
      version: 1,
      before: { host: 'HV01' },
    });
  });

  it.each([[['diff']], [['diff', 'a']], [['diff', 'a', 'b', 'c']]])('%j is a wrong call', async (words) => {
    expect((await called(...words)).code).toBe(64);
  });
});
