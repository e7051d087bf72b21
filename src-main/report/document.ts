/** A report as sections and blocks, before it is HTML or Markdown: both say the same because both are made of this. */
import type { Severity } from '#shared/finding.ts';
import type { Block as PageBlock } from '#shared/rule-page.ts';

export interface Section {
  /** Made of our own words, never of data: it becomes an anchor. */
  readonly id: string;
  readonly title: string;
  readonly blocks: readonly Block[];
  readonly sections?: readonly Section[];
  /** Its tables have many columns: on paper it gets pages that are wider than high. */
  readonly isWide?: boolean;
}

export type Block =
  | { readonly kind: 'paragraph'; readonly text: string }
  /** What the person has to know first, such as that nothing could be observed. */
  | { readonly kind: 'notice'; readonly text: string }
  | { readonly kind: 'facts'; readonly facts: readonly Fact[] }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | TableBlock
  | { readonly kind: 'map' }
  | FindingBlock
  | { readonly kind: 'page'; readonly blocks: readonly PageBlock[] };

export interface Fact {
  readonly label: string;
  /** Several stand under each other. */
  readonly texts: readonly string[];
}

export interface TableBlock {
  readonly kind: 'table';
  /** What it is a table of. */
  readonly caption: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export interface FindingBlock {
  readonly kind: 'finding';
  readonly severity: Severity;
  /** Error, Warning, To know. */
  readonly word: string;
  readonly title: string;
  readonly rule: string;
  readonly message: string;
  readonly facts: readonly Fact[];
  /** The id of the section with the rule's text. */
  readonly pageId: string;
}

export interface ReportDocument {
  readonly title: string;
  /** One line: what was found. */
  readonly verdict: string;
  readonly notices: readonly string[];
  readonly facts: readonly Fact[];
  readonly sections: readonly Section[];
  /** Name and version of the tool that wrote the report. */
  readonly writtenBy: string;
}

export function paragraph(text: string): Block {
  return { kind: 'paragraph', text };
}

/** Left out where there is nothing to say. */
export function fact(label: string, ...texts: readonly (string | undefined)[]): readonly Fact[] {
  const said = texts.filter((text): text is string => text !== undefined && text !== '');
  return said.length === 0 ? [] : [{ label, texts: said }];
}
