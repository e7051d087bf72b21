import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { callCommand } from '../testing/call-command.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'switchyard-record-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = path.join(folder, 'x.capture.json.gz');

describe('a recording', () => {
  it('is made, judged, watched again at any speed, and exported', async () => {
    const recorded = await callCommand(
      ...['record', '--demo', 'mpio-dedicated', '--for', '2s', '--every', '250ms', '-o', file],
    );
    expect(recorded).toMatchObject({ code: 0, remarks: '' });
    expect(recorded.answer).toMatch(/HV04, \d+ samples/);
    expect((await callCommand('check', '--capture', file)).answer).toContain('HV04');

    const watched = await callCommand('watch', '--capture', file, '--speed', '1000');
    expect(watched.code).toBe(0);
    expect(watched.answer).toMatch(/\d\d:\d\d:\d\d iSCSI-A: in \d.* MB\/s, out .*% of link/);
    expect(watched.answer).toMatch(/Disk 1: in .* in flight/);

    const table = path.join(folder, 'x.csv');
    expect((await callCommand('export', file, '--csv', '-o', table)).code).toBe(0);
    const rows = readFileSync(table, 'utf8').split('\r\n');
    expect(rows[0]).toBe('time,kind,name,measure,direction,part,value,unit,source,estimate,id');
    expect(rows.filter((row) => row.includes(',disk,Disk 1,throughput,read,')).length).toBeGreaterThan(3);
    const again = await callCommand('export', file, '--csv', '-o', table);
    expect(again).toMatchObject({ code: 3 });
    expect(again.remarks).toContain('there is such a file already');
  });
});

it.each([
  [['record'], /Where should the recording go/],
  [['record', '-o', 'x', '--capture', 'y'], /has its samples already/],
  [['record', '-o', 'x', '--for', 'soon'], /--for cannot be "soon"/],
  [['record', '-o', 'x', '--every', '10ms'], /--every can be from 250ms to 4s/],
  [['watch', '--speed', '2'], /--speed is of a recording/],
  [['watch', '--capture', 'x', '--speed', '5000'], /--speed cannot be "5000"/],
  [['export'], /Which capture/],
  [['export', 'x'], /As what/],
])('%j is a wrong call', async (words, said) => {
  const { code, remarks } = await callCommand(...words);
  expect(code).toBe(64);
  expect(remarks).toMatch(said);
});

it.each([
  ['record', '--demo', 'large', '--for', '2s', '-o', path.join(folder, 'no', 'x')],
  ['export', path.join(folder, 'none'), '--csv'],
])('%j %j %j says why it cannot be done', async (...words) => {
  const { code, remarks } = await callCommand(...words);
  expect(code).toBe(3);
  expect(remarks).toMatch(/^switchyard: /);
});
