/** A report as one HTML file that needs nothing else: no script, no request, one style sheet that is part of it. */
import type { Check } from '#shared/finding.ts';
import type { Block as PageBlock, Inline } from '#shared/rule-page.ts';
import type { Block, Fact, FindingBlock, ReportDocument, Section, TableBlock } from './document.ts';
import { legend } from './html-legend.ts';
import { drawMap, type MapPicture } from './html-map.ts';
import { element, renderHtml, styleElement, verbatim, type Content, type MarkupNode } from './markup.ts';

export interface ReportStyle {
  readonly css: string;
  /** Of `css`, as a content security policy names it: `sha256-` and base64. */
  readonly hash: string;
}

export function renderHtmlReport(report: ReportDocument, check: Check, style: ReportStyle): string {
  const map = check.graph.hops.length === 0 ? undefined : drawMap(check);
  return renderHtml(
    element(
      'html',
      { lang: 'en' },
      element(
        'head',
        {},
        element('meta', { charset: 'utf-8' }),
        element('meta', {
          'http-equiv': 'Content-Security-Policy',
          content: `default-src 'none'; style-src '${style.hash}'; base-uri 'none'; form-action 'none'`,
        }),
        element('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
        element('meta', { name: 'color-scheme', content: 'light dark' }),
        element('meta', { name: 'referrer', content: 'no-referrer' }),
        element('meta', { name: 'generator', content: report.writtenBy }),
        element('title', {}, report.title),
        styleElement(style.css),
      ),
      element(
        'body',
        {},
        element(
          'header',
          {},
          element('h1', {}, report.title),
          element('p', { class: 'verdict' }, report.verdict),
          report.notices.map(notice),
          facts(report.facts),
        ),
        contents(report.sections),
        element(
          'main',
          {},
          report.sections.map((section) => renderSection(section, 2, map)),
        ),
        element(
          'footer',
          {},
          element(
            'p',
            {},
            `Written by ${report.writtenBy}. Times are UTC. Link speeds and ceilings are in bits per second.`,
          ),
        ),
      ),
    ),
  );
}

function contents(sections: readonly Section[]): MarkupNode {
  return element(
    'nav',
    { 'aria-label': 'Contents' },
    element(
      'ul',
      {},
      sections.map(({ id, title }) => element('li', {}, element('a', { href: `#${id}` }, title))),
    ),
  );
}

function renderSection(section: Section, level: number, map: MapPicture | undefined): MarkupNode {
  const { id, title, blocks, sections = [], isWide } = section;
  const isTurned = isWide === true || (map?.isWide === true && blocks.some(({ kind }) => kind === 'map'));
  return element(
    'section',
    { id, class: isTurned ? 'wide' : undefined, 'aria-labelledby': `${id}-title` },
    element(`h${level}`, { id: `${id}-title` }, title),
    blocks.map((block) => renderBlock(block, level + 1, map)),
    sections.map((inner) => renderSection(inner, level + 1, map)),
  );
}

function renderBlock(block: Block, level: number, map: MapPicture | undefined): Content {
  switch (block.kind) {
    case 'paragraph':
      return element('p', {}, block.text);
    case 'notice':
      return notice(block.text);
    case 'facts':
      return facts(block.facts);
    case 'list':
      return element(
        'ul',
        { class: 'plain' },
        block.items.map((item) => element('li', {}, item)),
      );
    case 'table':
      return table(block);
    case 'map':
      return map === undefined
        ? undefined
        : element('figure', {}, map.picture, element('figcaption', {}, legend(map)));
    case 'finding':
      return finding(block, level);
    case 'page':
      return element(
        'div',
        { class: 'page' },
        block.blocks.map((inner) => pageBlock(inner, level)),
      );
    default:
      return block satisfies never;
  }
}

function notice(text: string): MarkupNode {
  return element('p', { class: 'notice' }, text);
}

function facts(list: readonly Fact[]): MarkupNode | undefined {
  if (list.length === 0) return undefined;
  return element(
    'dl',
    {},
    list.map(({ label, texts }) => [element('dt', {}, label), texts.map((text) => element('dd', {}, text))]),
  );
}

function finding(
  { severity, word, title, rule, message, facts: list, pageId }: FindingBlock,
  level: number,
): MarkupNode {
  return element(
    'article',
    { class: `finding ${severity}` },
    element(
      `h${level}`,
      {},
      element('span', { class: 'severity' }, word),
      ' ',
      element('span', {}, title),
      ' ',
      element('a', { class: 'rule', href: `#${pageId}` }, rule),
    ),
    element('p', {}, message),
    facts(list),
  );
}

/** Right to left: the cell is written from its own side, and the table stays in order. */
const fromTheRight = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]/;

/** Wider than a column is: it may break anywhere, which shorter words shall not. */
const longWord = /\S{15}/;

function table({ caption, head, rows }: TableBlock): MarkupNode {
  return element(
    'table',
    {},
    element('caption', {}, caption),
    element(
      'thead',
      {},
      element(
        'tr',
        {},
        head.map((title) => element('th', { scope: 'col' }, title)),
      ),
    ),
    element(
      'tbody',
      {},
      rows.map((row) =>
        element(
          'tr',
          {},
          row.map((cell, index) => {
            const dir = fromTheRight.test(cell) ? 'auto' : undefined;
            const kind = longWord.test(cell) ? 'long' : undefined;
            return index === 0
              ? element('th', { scope: 'row', dir, class: kind }, cell)
              : element('td', { dir, class: kind }, cell);
          }),
        ),
      ),
    ),
  );
}

function pageBlock(block: PageBlock, level: number): MarkupNode {
  switch (block.kind) {
    case 'heading':
      return element(`h${level}`, {}, inlines(block.inlines));
    case 'paragraph':
      return element('p', {}, inlines(block.inlines));
    case 'list':
      return element(
        block.isOrdered ? 'ol' : 'ul',
        {},
        block.items.map((item) => element('li', {}, inlines(item))),
      );
    case 'code':
      return element('pre', {}, verbatim(block.text));
    case 'table':
      return element(
        'table',
        {},
        element(
          'thead',
          {},
          element(
            'tr',
            {},
            block.head.map((cell) => element('th', { scope: 'col' }, inlines(cell))),
          ),
        ),
        element(
          'tbody',
          {},
          block.rows.map((row) =>
            element(
              'tr',
              {},
              row.map((cell) => element('td', {}, inlines(cell))),
            ),
          ),
        ),
      );
    default:
      return block satisfies never;
  }
}

function inlines(list: readonly Inline[]): Content {
  return list.map((inline): Content => {
    switch (inline.kind) {
      case 'text':
        return inline.text;
      case 'code':
        return element('code', {}, inline.text);
      case 'strong':
        return element('strong', {}, inline.text);
      // As in the window no text becomes an address that can be followed; on paper it has to be read anyway.
      case 'link':
        return inline.address === inline.text ? inline.text : `${inline.text} (${inline.address})`;
      default:
        return inline satisfies never;
    }
  });
}
