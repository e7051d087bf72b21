/** Rows of comma-separated values, as RFC 4180 has them, that no spreadsheet takes for formulas. */

/** A text that a spreadsheet would run as a formula gets an apostrophe in front, which it shows as text. */
function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r\n|%]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** With its line end. */
export function csvRow(values: readonly (string | number)[]): string {
  return `${values.map(cell).join(',')}\r\n`;
}
