/**
 * Markup as a tree: what a report puts in as text stays text. Names and characters of markup are escaped in one place,
 * by the library, and what cannot be seen is spelt out on the way in.
 */
import Builder from 'fast-xml-builder';
import { visibleText } from '#shared/visible-text.ts';

type AttributeValue = string | number | boolean | undefined;
export type Attributes = Readonly<Record<string, AttributeValue>>;
/** Nothing is written for `undefined`. */
export type Content = string | number | MarkupNode | undefined | readonly Content[];

/** As the library takes it: the tag with its children, and beside it the attributes. */
export interface MarkupNode {
  readonly [tag: string]: readonly MarkupNode[] | Readonly<Record<string, string | true>> | string;
}

const prefix = '@';
const text = '#text';

/** `tag` and the names of attributes are written in code, never data. An attribute that is `undefined` or `false` is left out. */
export function element(
  tag: string,
  attributes: Attributes = {},
  ...children: readonly Content[]
): MarkupNode {
  const kept = Object.entries(attributes).flatMap(([name, value]) =>
    value === undefined || value === false
      ? []
      : [[`${prefix}${name}`, value === true ? true : visibleText(String(value))] as const],
  );
  return {
    [tag]: nodesOf(children),
    ...(kept.length > 0 && { ':@': Object.fromEntries(kept) }),
  };
}

/** Text whose line ends count, such as commands. */
export function verbatim(lines: string): MarkupNode {
  return {
    [text]: lines
      .split(/\r\n?|\n/)
      .map(visibleText)
      .join('\n'),
  };
}

/** The content of a `style` element, which is no data and must not be escaped. */
export function styleElement(css: string): MarkupNode {
  return { style: [{ [text]: css }] };
}

function nodesOf(content: Content): MarkupNode[] {
  if (content === undefined) return [];
  if (typeof content === 'number') return [{ [text]: String(content) }];
  if (typeof content === 'string') return content === '' ? [] : [{ [text]: visibleText(content) }];
  return isList(content) ? content.flatMap(nodesOf) : [content];
}

function isList(content: MarkupNode | readonly Content[]): content is readonly Content[] {
  return Array.isArray(content);
}

const shared = { preserveOrder: true, ignoreAttributes: false, attributeNamePrefix: prefix } as const;

const html = new Builder({
  ...shared,
  unpairedTags: ['meta'],
  stopNodes: ['..style'],
});

/** A whole document; `root` is its `html` element. */
export function renderHtml(root: MarkupNode): string {
  return `<!doctype html>\n${html.build([root])}\n`;
}

const xml = new Builder({
  ...shared,
  format: true,
  suppressEmptyNode: true,
  suppressBooleanAttributes: false,
});

export function renderXml(root: MarkupNode): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${xml.build([root]).trim()}\n`;
}
