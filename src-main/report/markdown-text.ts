/**
 * Text of a host in Markdown, as it is and nothing else: no name becomes a heading, a table, markup, a link, or calls
 * somebody by name. Held to CommonMark and to the tables and automatic links that GitHub and GitLab add.
 */
import { visibleText } from '#shared/visible-text.ts';

/** In one line, for anywhere in a line; of a table as well. */
export function markdownText(text: string): string {
  return (
    visibleText(text)
      .trim()
      // Each may begin or end something wherever it stands.
      .replaceAll(/[\\`*_{}[\]<>|~$&]/g, (sign) =>
        sign === '<' ? '&lt;' : sign === '&' ? '&amp;' : `\\${sign}`,
      )
      // At the beginning of a line these make a heading, a list or a rule.
      .replace(
        /^(?:#+(?=\s|$)|[-+](?=\s|$)|[-=](?=[-=\s]*$)|\d+[.)](?=\s|$))/,
        (start) => `${start.slice(0, -1)}\\${start.slice(-1)}`,
      )
      // A link without being marked as one, a person who is called, an issue that is meant.
      .replaceAll(/(?<=\b(?:https?|ftp|mailto|xmpp)):/gi, String.raw`\:`)
      .replaceAll(/\b(www)\./gi, String.raw`$1\.`)
      .replaceAll(/[@#!](?=\w)/g, (sign) => `\`${sign}\``)
  );
}

/** Code in a line. */
export function markdownCode(text: string): string {
  const shown = visibleText(text);
  const fence = '`'.repeat(longestRun(shown) + 1);
  const pad = shown.startsWith('`') || shown.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${shown}${pad}${fence}`;
}

/** Lines as they are, in a block that none of them can end. */
export function markdownBlock(lines: readonly string[], language = ''): string {
  const shown = lines.map(visibleText);
  const fence = '`'.repeat(Math.max(3, longestRun(shown.join('\n')) + 1));
  return [`${fence}${language}`, ...shown, fence].join('\n');
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}

export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(markdownText).join(' | ')} |`;
  return [line(head), `|${head.map(() => ' --- |').join('')}`, ...rows.map(line)].join('\n');
}
