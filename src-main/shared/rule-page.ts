/** The little Markdown that rule pages are written in, as data: nothing of it can become markup of the page. */

export type Inline =
  | { readonly kind: 'text' | 'code' | 'strong'; readonly text: string }
  /** Shown as text: the window opens no address that stands in a text. */
  | { readonly kind: 'link'; readonly text: string; readonly address: string };

export type Block =
  | { readonly kind: 'heading'; readonly inlines: readonly Inline[] }
  | { readonly kind: 'paragraph'; readonly inlines: readonly Inline[] }
  | { readonly kind: 'list'; readonly isOrdered: boolean; readonly items: readonly (readonly Inline[])[] }
  | {
      readonly kind: 'table';
      readonly head: readonly (readonly Inline[])[];
      readonly rows: readonly (readonly (readonly Inline[])[])[];
    }
  | { readonly kind: 'code'; readonly text: string };

/** The page's own title (its first heading of level 1) is left out: whoever shows the page has said it. */
export function parseRulePage(markdown: string): Block[] {
  const blocks: Block[] = [];
  const lines = markdown.split(/\r?\n/);
  let at = 0;
  const take = (matches: (line: string) => boolean): string[] => {
    const start = at;
    while (at < lines.length && matches(lines[at] ?? '')) at += 1;
    return lines.slice(start, at);
  };
  while (at < lines.length) {
    const line = lines[at] ?? '';
    const heading = /^(#{1,6}) +(.+?) *#*$/.exec(line);
    if (line.trim() === '') {
      at += 1;
    } else if (line.startsWith('```')) {
      at += 1;
      blocks.push({ kind: 'code', text: take((inner) => !inner.startsWith('```')).join('\n') });
      at += 1;
    } else if (heading) {
      at += 1;
      if (heading[1] !== '#') blocks.push({ kind: 'heading', inlines: parseInlines(heading[2] ?? '') });
    } else if (itemStart.test(line)) {
      blocks.push(parseList(take((inner) => itemStart.test(inner) || /^ +\S/.test(inner))));
    } else if (line.startsWith('|')) {
      blocks.push(parseTable(take((inner) => inner.startsWith('|'))));
    } else {
      const text = take((inner) => inner.trim() !== '' && !startsBlock(inner));
      // A line that looks like a block and is none still has to go somewhere.
      if (text.length === 0) text.push(lines[at++] ?? '');
      blocks.push({ kind: 'paragraph', inlines: parseInlines(text.join(' ')) });
    }
  }
  return blocks;
}

const itemStart = /^(?:[-*]|\d+\.) +/;

function startsBlock(line: string): boolean {
  return itemStart.test(line) || /^(#{1,6} |```|\|)/.test(line);
}

function parseList(lines: readonly string[]): Block {
  const items: string[] = [];
  for (const line of lines) {
    if (itemStart.test(line)) items.push(line.replace(itemStart, ''));
    else items.push(`${items.pop() ?? ''} ${line.trim()}`);
  }
  const isOrdered = /^\d/.test(lines[0] ?? '');
  return { kind: 'list', isOrdered, items: items.map(parseInlines) };
}

function parseTable(lines: readonly string[]): Block {
  const rows = lines
    .filter((line) => !/^\|[\s|:-]+$/.test(line))
    .map((line) =>
      line
        .replace(/^\||\|\s*$/g, '')
        .split('|')
        .map((cell) => parseInlines(cell.trim())),
    );
  return { kind: 'table', head: rows[0] ?? [], rows: rows.slice(1) };
}

const inline = /`([^`]+)`|\*\*([^*]+)\*\*|\[([^\]]+)\]\(([^)\s]+)\)|<(https?:[^>\s]+)>/g;

function parseInlines(text: string): Inline[] {
  const inlines: Inline[] = [];
  let from = 0;
  const plain = (until: number): void => {
    if (until > from) inlines.push({ kind: 'text', text: text.slice(from, until) });
  };
  for (const match of text.matchAll(inline)) {
    plain(match.index);
    const [whole, code, strong, label, address, bare] = match;
    if (code !== undefined) inlines.push({ kind: 'code', text: code });
    else if (strong !== undefined) inlines.push({ kind: 'strong', text: strong });
    else if (bare !== undefined) inlines.push({ kind: 'link', text: bare, address: bare });
    else inlines.push({ kind: 'link', text: label ?? '', address: address ?? '' });
    from = match.index + whole.length;
  }
  plain(text.length);
  return inlines;
}
