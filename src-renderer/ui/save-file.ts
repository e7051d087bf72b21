/**
 * Gives the person a text to save as a file, in either window: the page asks for no place and gets none. A browser puts
 * it where it puts downloads; the desktop window asks where, and lets nothing through but a report of this page.
 */
import type { ReportFile } from '#shared/report-file.ts';

/** Long enough for a browser that first asks where to. */
const keptForMs = 10 * 60_000;

export function saveFile({ name, mediaType, text }: ReportFile): void {
  const address = URL.createObjectURL(new Blob([text], { type: `${mediaType};charset=utf-8` }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), keptForMs);
}
