import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellText, type CellValue, type Column } from '#shared/table-cells.ts';
import { searchRows, sortRows, tabSeparated } from './table-rows.ts';

interface Row {
  readonly name: string;
  readonly speed?: number | null;
  readonly members?: readonly string[];
}
const columns: readonly Column<Row>[] = [
  { id: 'name', title: 'Name', value: ({ name }) => name },
  { id: 'speed', title: 'Speed', value: ({ speed }) => speed, format: (value) => `${value} Gb/s` },
  { id: 'members', title: 'Members', value: ({ members }) => members },
];
const rows: readonly Row[] = [
  { name: 'NIC10', speed: 1, members: ['a', 'b'] },
  { name: 'NIC2', speed: 10, members: [] },
  { name: 'nic1' },
  { name: 'NIC3', speed: null },
];
const names = (list: readonly Row[]): string => list.map(({ name }) => name).join(' ');

describe('a cell', () => {
  it.each<[string, CellValue, string]>([
    ['what is not known', undefined, 'unknown'],
    ['what is not there', null, 'none'],
    ['an empty list', [], 'none'],
    ['a list', ['a', 'b'], 'a, b'],
    ['no', false, 'no'],
    ['a number', 0, '0 Gb/s'],
    ['an invisible character', 'a\u202Eb', 'a\\u202Eb'],
  ])('says %s', (_what, value, text) => {
    const column = { id: 'x', title: 'X', value: () => value, format: (number: number) => `${number} Gb/s` };
    expect(cellText(column, {})).toBe(text);
  });
});

describe('the search', () => {
  it.each([
    ['', 'NIC10 NIC2 nic1 NIC3'],
    ['nic1', 'NIC10 nic1'],
    ['b nic', 'NIC10 NIC2'],
    ['GB/S 10', 'NIC10 NIC2'],
    ['unknown', 'nic1 NIC3'],
    ['absent', ''],
  ])('for "%s" finds, in any column, %s', (search, found) => {
    expect(names(searchRows(rows, columns, search))).toBe(found);
  });
});

describe('the order', () => {
  it.each([
    ['name', false, 'nic1 NIC2 NIC3 NIC10'],
    ['name', true, 'NIC10 NIC3 NIC2 nic1'],
    ['speed', false, 'NIC10 NIC2 NIC3 nic1'],
    ['speed', true, 'NIC2 NIC10 NIC3 nic1'],
    ['none of them', false, 'NIC10 NIC2 nic1 NIC3'],
  ])(
    'by %s (descending: %s) takes numbers as numbers and what is unknown last',
    (columnId, isDescending, list) => {
      expect(names(sortRows(rows, columns, { columnId, isDescending }))).toBe(list);
    },
  );

  it('keeps rows that are equal as the host gave them', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ name: fc.constantFrom('a', 'b'), speed: fc.nat(3) })), (list) => {
        const numbered = list.map((row, place) => ({ ...row, place }));
        const sorted = sortRows(numbered, columns, { columnId: 'speed', isDescending: true });
        for (const [index, row] of sorted.entries()) {
          const before = sorted[index - 1];
          if (before?.speed === row.speed) expect(before.place).toBeLessThan(row.place);
        }
        expect(sorted).toHaveLength(list.length);
      }),
      { numRuns: 100 },
    );
  });
});

describe('the text for the clipboard', () => {
  it('has a title for each column and a line for each row', () => {
    expect(tabSeparated(rows.slice(0, 2), columns)).toBe(
      'Name\tSpeed\tMembers\r\nNIC10\t1 Gb/s\ta, b\r\nNIC2\t10 Gb/s\tnone',
    );
  });

  it('is the same table whatever the names hold, and no formula', () => {
    const odd: Row[] = [{ name: 'a\tb\nc' }, { name: '=HYPERLINK("x")' }, { name: '-5' }];
    const lines = tabSeparated(odd, columns).split('\r\n');
    expect(lines.map((line) => line.split('\t').length)).toEqual([3, 3, 3, 3]);
    expect(lines.slice(1).map((line) => line.split('\t')[0])).toEqual(['a b c', `'=HYPERLINK("x")`, '-5']);
  });
});
