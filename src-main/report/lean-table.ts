/** A table for paper: what all rows have alike stands once above it and not in a column of its own. */
import { cellText, noneWord, unknownWord, type Column } from '#shared/table-cells.ts';
import { paragraph, type Block } from './document.ts';

/** A single row would have nothing left. */
const fewestRows = 2;

/** `emptyText` is said where there is no row. */
export function leanTable<Row>(
  caption: string,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  emptyText: string,
): Block[] {
  if (rows.length === 0) return [paragraph(emptyText)];
  const told = columns.map((column, index) => {
    const cells = rows.map((row) => cellText(column, row));
    // The first column names the row.
    const isAlike = rows.length >= fewestRows && index > 0 && new Set(cells).size === 1;
    return { title: column.title, cells, isAlike, alike: cells[0] ?? '' };
  });
  const kept = told.filter(({ isAlike }) => !isAlike);
  return [
    ...alikeText(told.filter(({ isAlike }) => isAlike)).map(paragraph),
    {
      kind: 'table',
      caption,
      head: kept.map(({ title }) => title),
      rows: rows.map((_, index) => kept.map(({ cells }) => cells[index] ?? '')),
    },
  ];
}

/** "In all rows: Type External. In none: VLAN. Unknown in all: Driver." */
function alikeText(columns: readonly { readonly title: string; readonly alike: string }[]): string[] {
  const told = columns.filter(({ alike }) => alike !== noneWord && alike !== unknownWord);
  const titlesOf = (word: string): string =>
    columns.flatMap(({ title, alike }) => (alike === word ? [title] : [])).join(', ');
  const [none, unknown] = [titlesOf(noneWord), titlesOf(unknownWord)];
  const sentences = [
    ...(told.length > 0
      ? [`In every row: ${told.map(({ title, alike }) => `${title}: ${alike}`).join(' · ')}.`]
      : []),
    ...(none === '' ? [] : [`None in any row: ${none}.`]),
    ...(unknown === '' ? [] : [`Unknown in every row: ${unknown}.`]),
  ];
  return sentences.length === 0 ? [] : [sentences.join(' ')];
}
