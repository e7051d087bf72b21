/** The newest rates as a table with bars for a terminal, and as plain lines for everything else. */
import { counted, formatBytesPerSecond } from '#shared/units.ts';
import type { WatchRow, WatchView } from '#shared/watch-view.ts';
import { visibleText } from '#shared/visible-text.ts';
import { Page, type TextOptions } from './text-page.ts';
import { textWidth } from './text-width.ts';

const widestName = 34;
const figureWidth = 11;
/** Below this a bar says nothing. */
const fewestCells = 8;
const quiet = '-';

function figure(bytesPerSecond: number | null): string {
  return (bytesPerSecond === null ? quiet : formatBytesPerSecond(bytesPerSecond)).padStart(figureWidth);
}

function nameCell(name: string, width: number): string {
  const shown = visibleText(name);
  if (textWidth(shown) <= width) return shown + ' '.repeat(width - textWidth(shown));
  let cut = '';
  for (const letter of shown) {
    if (textWidth(cut + letter) > width - 1) break;
    cut += letter;
  }
  return `${cut}…`.padEnd(width - (textWidth(`${cut}…`) - `${cut}…`.length));
}

/** Full cells and one of eighths, so that small differences show. */
function bar(part: number, cells: number): string {
  const eighths = Math.round(Math.min(1, Math.max(0, part)) * cells * 8);
  const rest = eighths % 8;
  const full = '█'.repeat(Math.floor(eighths / 8));
  const last = rest === 0 ? '' : (['▏', '▎', '▍', '▌', '▋', '▊', '▉'][rest - 1] ?? '');
  return (full + last).padEnd(cells, '·');
}

/** What fills the bar: the busier direction against the link, else against the busiest of the group. */
function loadOf(row: WatchRow, most: number): { readonly part: number; readonly text: string } {
  const busier = Math.max(row.in ?? 0, row.out ?? 0);
  if (row.bytesPerSecond !== undefined) {
    const part = busier / row.bytesPerSecond;
    return { part, text: `${Math.round(100 * part)} % of link` };
  }
  return { part: most === 0 ? 0 : busier / most, text: extra(row) };
}

function extra({ latencyMs, queue }: WatchRow): string {
  return [
    ...(typeof latencyMs === 'number' ? [`${latencyMs.toFixed(latencyMs < 10 ? 1 : 0)} ms`] : []),
    ...(typeof queue === 'number' ? [`${queue.toFixed(1)} in flight`] : []),
  ].join(', ');
}

function clock(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(11, 19);
}

/** At most `height` lines; what does not fit is counted. Rows of a group in the order of the host. */
export function renderWatchTable(view: WatchView, options: TextOptions, height: number): string {
  const page = new Page(options);
  const cost = view.readingMs === undefined ? '' : `, ${Math.round(view.readingMs)} ms for a reading`;
  page.line(`${view.title}  ${clock(view.timeMs)} UTC${cost}   q or Ctrl-C ends`, 'bold');
  for (const note of view.notes) page.line(note, 'yellow');
  const groups = [...Map.groupBy(view.rows, ({ group }) => group)];
  const nameWidth = Math.min(
    widestName,
    Math.max(4, ...view.rows.map(({ name }) => textWidth(visibleText(name)))),
  );
  const extraWidth = 22;
  const cells = options.width - nameWidth - 2 * figureWidth - extraWidth - 6;
  let left = height - 1 - view.notes.length;
  let hidden = 0;
  for (const [group, rows] of groups) {
    if (left < 3) {
      hidden += rows.length;
      continue;
    }
    page.line(
      `${nameCell(group, nameWidth)}${'in, read'.padStart(figureWidth)} ${'out, written'.padStart(figureWidth)}`,
      'dim',
    );
    left -= 1;
    const most = Math.max(...rows.flatMap((row) => [row.in ?? 0, row.out ?? 0]));
    const shown = rows.slice(0, Math.max(0, left - 1));
    hidden += rows.length - shown.length;
    left -= shown.length;
    for (const row of shown) {
      const { part, text } = loadOf(row, most);
      const drawn = cells >= fewestCells ? `  ${bar(part, Math.min(40, cells))}` : '';
      page.line(`${nameCell(row.name, nameWidth)}${figure(row.in)} ${figure(row.out)}${drawn}  ${text}`);
    }
  }
  if (hidden > 0) page.line(`${counted(hidden, 'row')} more than fit: make the window higher.`, 'dim');
  return page.text();
}

/** One line for each thing that moved anything; nothing where nothing did. */
export function renderWatchLines(view: WatchView): string {
  const moved = view.rows.filter((row) => (row.in ?? 0) > 0 || (row.out ?? 0) > 0);
  return [
    ...view.notes.map((note) => `${clock(view.timeMs)} ${visibleText(note)}`),
    ...moved.map((row) => {
      const link = row.bytesPerSecond === undefined ? extra(row) : loadOf(row, 0).text;
      const figures = `in ${figure(row.in).trim()}, out ${figure(row.out).trim()}`;
      return `${clock(view.timeMs)} ${visibleText(row.name)}: ${figures}${link === '' ? '' : `, ${link}`}`;
    }),
  ].join('\n');
}
