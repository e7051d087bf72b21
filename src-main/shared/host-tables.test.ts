import { describe, expect, it } from 'vitest';
import type { Check } from './finding.ts';
import { demoCheck } from '../testing/demo-check.ts';
import { cellText } from './table-cells.ts';
import { formatBytes, hostTables } from './host-tables.ts';
import { observationRows } from './observation-rows.ts';

const demos = [
  'converged-2012r2',
  'everything-failed',
  'empty',
  'mpio-dedicated',
  'smb-stuck',
  'names',
] as const;
const checks = new Map<string, Check>(demos.map((id) => [id, demoCheck(id)]));

function tableOf(demo: (typeof demos)[number], id: string) {
  const check = checks.get(demo);
  const table = check && hostTables(check, undefined).find((one) => one.id === id);
  if (table === undefined) throw new Error(`no table ${id}`);
  const cells = table.rows.map((row) =>
    Object.fromEntries(table.columns.map((column) => [column.title, cellText(column, row)])),
  );
  return { ...table, cells };
}

describe('the tables of a host', () => {
  it.each([
    [
      'converged-2012r2',
      'adapters',
      { Name: 'NIC1', Speed: '10 Gb/s', Team: 'ConvergedTeam', Driver: 'unknown' },
    ],
    ['converged-2012r2', 'vnics', { 'In Hyper-V': 'Storage-A' }],
    ['converged-2012r2', 'sessions', { Connected: 'yes' }],
    ['mpio-dedicated', 'paths', { Path: expect.stringMatching(/^[0-9A-F]{16}$/i) as string }],
    ['smb-stuck', 'channels', { Chosen: 'yes' }],
    ['smb-stuck', 'shares', { Storage: 'yes' }],
  ] as const)('of %s have in %s %j', (demo, table, row) => {
    expect(tableOf(demo, table).cells).toContainEqual(expect.objectContaining(row));
  });

  it('say of a host that answered nothing that it is not known, never that there is none', () => {
    const check = checks.get('everything-failed');
    for (const { title, rows, emptyText } of check ? hostTables(check, undefined) : []) {
      if (rows.length === 0) {
        expect(emptyText, title).toMatch(/^(Not known\. |There can be none\. |Nobody asked\. )/);
      }
    }
    expect(tableOf('everything-failed', 'adapters').emptyText).toMatch(/^Not known\. NetAdapter/);
  });

  it('say of a host without something that it has none', () => {
    const tables = [...checks.values()].flatMap((check) => hostTables(check, undefined));
    const none = tables.filter(({ emptyText }) => emptyText.startsWith('None'));
    expect(none.some(({ rows }) => rows.length === 0)).toBe(true);
    expect(none.every(({ isIncomplete }) => !isIncomplete)).toBe(true);
  });

  it('have a key for each row, and of things the id that map and findings use', () => {
    for (const [demo, check] of checks) {
      for (const { id, rows, columns, isOfThings } of hostTables(check, undefined)) {
        expect(new Set(rows.map(({ key }) => key)).size, `${demo} ${id}`).toBe(rows.length);
        expect(new Set(columns.map((column) => column.id)).size).toBe(columns.length);
        const ids = rows.flatMap(({ entityId }) => entityId ?? []);
        if (isOfThings) expect(new Set(ids).size, `${demo} ${id}`).toBe(ids.length);
      }
    }
  });

  it.each([
    [0, '0 bytes'],
    [1023, '0.999 KB'],
    [500 * 2 ** 30, '500 GB'],
    [1000 * 2 ** 30, '0.977 TB'],
    [2 ** 40, '1 TB'],
  ])('give %d bytes as %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));
});

describe('the list of observations', () => {
  it('has every one of them, with the reason where it gave less than everything', () => {
    const check = checks.get('everything-failed');
    const rows = check ? observationRows(check, undefined) : [];
    expect(rows.length).toBeGreaterThan(60);
    expect(rows.every(({ answer, reason }) => answer === 'answered' || reason !== null)).toBe(true);
    expect(rows.find(({ name }) => name === 'NetAdapter')).toMatchObject({ answer: 'failed', items: null });
  });
});
