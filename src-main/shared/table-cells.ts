/** Cells of a table and the words for them: what is not known and what is not there never look alike. */
import { visibleText } from './visible-text.ts';

/** `undefined`: not known. `null` or an empty list: known to have none. The two never look alike. */
export type CellValue = string | number | boolean | readonly string[] | null | undefined;

export interface Column<Row> {
  readonly id: string;
  readonly title: string;
  readonly value: (row: Row) => CellValue;
  /** A number in words, with its unit; the order goes by the number itself. */
  readonly format?: (value: number) => string;
  /** Characters that are kept free for it: figures that change every second then change in place. */
  readonly room?: number;
}

export const unknownWord = 'unknown';
export const noneWord = 'none';

export function cellText<Row>(column: Column<Row>, row: Row): string {
  const value = column.value(row);
  if (value === undefined) return unknownWord;
  if (value === null) return noneWord;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return column.format?.(value) ?? String(value);
  if (typeof value === 'string') return visibleText(value);
  return value.length === 0 ? noneWord : value.map(visibleText).join(', ');
}
