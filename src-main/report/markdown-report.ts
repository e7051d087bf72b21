/** A report as Markdown, for tickets and wikis: the same sections as in HTML, the map as lines of text. */
import type { Check } from '#shared/finding.ts';
import type { Block as PageBlock, Inline } from '#shared/rule-page.ts';
import { mapLines } from '#path-map/map-text.ts';
import type { Block, Fact, ReportDocument, Section } from './document.ts';
import { markdownBlock, markdownCode, markdownTable, markdownText } from './markdown-text.ts';

export function renderMarkdownReport(report: ReportDocument, check: Check): string {
  const { title, verdict, notices, facts, sections, writtenBy } = report;
  const parts = [
    `# ${markdownText(title)}`,
    `**${markdownText(verdict)}**`,
    ...notices.map((text) => `> ${markdownText(text)}`),
    renderFacts(facts),
    ...sections.flatMap((section) => renderSection(section, 2, check)),
    `Written by ${markdownText(writtenBy)}. Times are UTC. Link speeds and ceilings are in bits per second.`,
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function renderSection(section: Section, level: number, check: Check): string[] {
  const { title, blocks, sections = [] } = section;
  return [
    `${'#'.repeat(level)} ${markdownText(title)}`,
    ...blocks.map((block) => renderBlock(block, level + 1, check)),
    ...sections.flatMap((inner) => renderSection(inner, level + 1, check)),
  ];
}

function renderBlock(block: Block, level: number, check: Check): string {
  switch (block.kind) {
    case 'paragraph':
      return markdownText(block.text);
    case 'notice':
      return `> ${markdownText(block.text)}`;
    case 'facts':
      return renderFacts(block.facts);
    case 'list':
      return block.items.map((item) => `- ${markdownText(item)}`).join('\n');
    case 'table':
      return markdownTable(block.head, block.rows);
    case 'map':
      return renderMap(check);
    case 'finding':
      return [
        `${'#'.repeat(level)} ${block.word}: ${markdownText(block.title)} (${markdownCode(block.rule)})`,
        markdownText(block.message),
        renderFacts(block.facts),
      ].join('\n\n');
    case 'page':
      return block.blocks.map((inner) => renderPage(inner, level)).join('\n\n');
    default:
      return block satisfies never;
  }
}

function renderFacts(facts: readonly Fact[]): string {
  return facts
    .flatMap(({ label, texts }) => texts.map((text) => `- **${markdownText(label)}**: ${markdownText(text)}`))
    .join('\n');
}

function renderMap(check: Check): string {
  const lines = mapLines(check).map(
    ({ stops, remark }) => `${stops.join(' → ')}${remark === undefined ? '' : `   (${remark})`}`,
  );
  return lines.length === 0 ? 'No route to storage was found.' : markdownBlock(lines, 'text');
}

/** The text of a rule is ours, and Markdown already; taken apart and written again, its headings fit in. */
function renderPage(block: PageBlock, level: number): string {
  switch (block.kind) {
    case 'heading':
      return `${'#'.repeat(level)} ${inlines(block.inlines)}`;
    case 'paragraph':
      return inlines(block.inlines);
    case 'list':
      return block.items
        .map((item, index) => `${block.isOrdered ? `${index + 1}.` : '-'} ${inlines(item)}`)
        .join('\n');
    case 'code':
      return markdownBlock(block.text.split('\n'), 'powershell');
    case 'table':
      return [
        `| ${block.head.map(inlines).join(' | ')} |`,
        `|${block.head.map(() => ' --- |').join('')}`,
        ...block.rows.map((row) => `| ${row.map(inlines).join(' | ')} |`),
      ].join('\n');
    default:
      return block satisfies never;
  }
}

function inlines(list: readonly Inline[]): string {
  return list
    .map((inline) => {
      switch (inline.kind) {
        case 'text':
          return spaced(inline.text, markdownText);
        case 'code':
          return markdownCode(inline.text);
        case 'strong':
          return `**${markdownText(inline.text)}**`;
        case 'link':
          return inline.address === inline.text
            ? `<${inline.address}>`
            : `[${markdownText(inline.text)}](${inline.address})`;
        default:
          return inline satisfies never;
      }
    })
    .join('');
}

/** Between other parts of a line the spaces around a text count. */
function spaced(text: string, write: (text: string) => string): string {
  const [, before = '', inside = '', after = ''] = /^(\s*)(.*?)(\s*)$/s.exec(text) ?? [];
  return `${before}${write(inside)}${after}`;
}
