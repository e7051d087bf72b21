/** What a table in a window does with its rows, whatever they are: search, order, and text for the clipboard. */
import { cellText, type Column } from '#shared/table-cells.ts';

export interface Order {
  readonly columnId: string;
  readonly isDescending: boolean;
}

/** Rows in which every word of the search stands in some cell, whatever the case. */
export function searchRows<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  search: string,
): readonly Row[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return rows;
  return rows.filter((row) => {
    const texts = columns.map((column) => cellText(column, row).toLowerCase());
    return words.every((word) => texts.some((text) => text.includes(word)));
  });
}

// NIC2 stands before NIC10. One language for all, so that a table looks the same on every machine.
const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** Stable. What is unknown comes last in both directions, before it what is known to be none. */
export function sortRows<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  order: Order | undefined,
): readonly Row[] {
  const column = columns.find(({ id }) => id === order?.columnId);
  if (column === undefined || order === undefined) return rows;
  const keyed = rows.map((row) => ({ row, key: sortKey(column, row) }));
  const sign = order.isDescending ? -1 : 1;
  keyed.sort((a, b) => {
    const missing = rankOf(a.key) - rankOf(b.key);
    if (missing !== 0 || a.key === undefined || a.key === null || b.key === undefined || b.key === null) {
      return missing;
    }
    return (
      sign *
      (typeof a.key === 'number' && typeof b.key === 'number'
        ? a.key - b.key
        : collator.compare(String(a.key), String(b.key)))
    );
  });
  return keyed.map(({ row }) => row);
}

function sortKey<Row>(column: Column<Row>, row: Row): string | number | null | undefined {
  const value = column.value(row);
  if (value === undefined || value === null || typeof value === 'number' || typeof value === 'string') {
    return value;
  }
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return value.length === 0 ? null : value.join(', ');
}

function rankOf(key: string | number | null | undefined): number {
  return key === undefined ? 2 : key === null ? 1 : 0;
}

/**
 * Tab-separated lines with the titles first: what a spreadsheet takes. visibleText has no tab or line end left; a cell
 * that a spreadsheet would take for a formula gets an apostrophe, which it reads as "this is text".
 */
export function tabSeparated<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string {
  const lines = rows.map((row) => columns.map((column) => asText(cellText(column, row))).join('\t'));
  return [columns.map(({ title }) => title).join('\t'), ...lines].join('\r\n');
}

function asText(text: string): string {
  return /^[=+@-]/.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text;
}
