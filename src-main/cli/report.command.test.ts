import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callCommand as called } from '../testing/call-command.ts';

let folder = '';
const at = (name: string): string => path.join(folder, name);

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'switchyard-reports-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('switchyard report', () => {
  it.each([
    ['host.html', [], /^<!doctype html>/],
    ['HOST.HTM', [], /^<!doctype html>/],
    ['host.md', [], /^# Storage paths of HV01/],
    ['host.txt', ['--format', 'markdown'], /^# Storage paths of HV01/],
    ['given.md', ['--redact'], /^# Storage paths of (?!HV01)/],
  ] as const)('writes %s with %j', async (name, words, start) => {
    expect((await called('report', '--demo', 'iscsi-on-team', '-o', at(name), ...words)).code).toBe(0);
    expect(readFileSync(at(name), 'utf8')).toMatch(start);
  });

  it.each([
    [['--demo', 'iscsi-on-team'], 64, /Where should the report go\?/],
    [['--demo', 'iscsi-on-team', '-o', 'host.pdf'], 64, /--format html or --format markdown/],
    [['--demo', 'iscsi-on-team', '-o', 'nowhere/host.md'], 3, /could not be written/],
  ])('with %j ends with %i', async (words, code, said) => {
    const ended = await called('report', ...words);
    expect(ended.code).toBe(code);
    expect(ended.remarks).toMatch(said);
  });

  it('writes what there is of a host that answers nothing, and ends with 3', async () => {
    const ended = await called('report', '--demo', 'everything-failed', '-o', at('blind.md'));
    expect(ended.code).toBe(3);
    expect(readFileSync(at('blind.md'), 'utf8')).toContain('nothing could be checked');
  });
});

describe('switchyard check --junit', () => {
  it('writes the file beside the answer, with the exit code of the check', async () => {
    const ended = await called('check', '--demo', 'iscsi-on-team', '--junit', at('check.xml'));
    expect(ended.code).toBe(2);
    expect(readFileSync(at('check.xml'), 'utf8')).toContain('<failure ');
  });

  it('writes an error where there was nothing to check', async () => {
    const ended = await called('check', '--capture', at('nowhere.json'), '--junit', at('none.xml'));
    expect(ended.code).toBe(3);
    expect(readFileSync(at('none.xml'), 'utf8')).toContain('<error ');
  });
});
