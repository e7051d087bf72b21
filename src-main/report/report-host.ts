/** What the host is, and everything that was found on it, as tables. */
import type { Check } from '#shared/finding.ts';
import { hostFacts } from '#shared/host-facts.ts';
import { hostTables } from '#shared/host-tables.ts';
import type { HostRecords } from '#shared/observed.ts';
import type { Block, Section } from './document.ts';
import { leanTable } from './lean-table.ts';

/** What the facts about the host say already: its roles are among them. */
const leftOut = new Set(['features']);

export function hostSection(check: Check, records: HostRecords): Section {
  return {
    id: 'host',
    title: 'The host',
    blocks: [
      {
        kind: 'facts',
        facts: hostFacts(check, records).map(({ label, text }) => ({ label, texts: [text] })),
      },
      ...interfaceTable(check),
    ],
  };
}

/** What each interface is taken for, and why: what rules say of storage rests on it. */
function interfaceTable({ interfaces }: Check): Block[] {
  if (interfaces.length === 0) return [];
  return [
    {
      kind: 'table',
      caption: 'What the interfaces are for',
      head: ['Interface', 'For', 'Why'],
      rows: interfaces.map(({ interface: { name }, uses, isCorrected }) => [
        name,
        uses.map(({ role }) => role).join(', '),
        `${uses.map(({ role, reason }) => `${role}: ${reason}`).join('; ')}${isCorrected ? ' (as told)' : ''}`,
      ]),
    },
  ];
}

export function tablesSection(check: Check, records: HostRecords): Section {
  const tables = hostTables(check, records).filter(({ id }) => !leftOut.has(id));
  const empty = tables.filter(({ rows }) => rows.length === 0);
  const unjoined = check.model.unjoined.map(({ what, reason }) => [what.name, what.kind, reason]);
  return {
    id: 'tables',
    title: 'What was found on the host',
    isWide: true,
    blocks: [],
    sections: [
      ...tables
        .filter(({ rows }) => rows.length > 0)
        .map(({ id, title, columns, rows, emptyText, isIncomplete, observations }): Section => ({
          id: `table-${id}`,
          title: `${title} (${rows.length})`,
          blocks: [
            ...leanTable(title, columns, rows, emptyText),
            ...(isIncomplete
              ? [
                  {
                    kind: 'paragraph',
                    text: `Not complete: ${observations.join(', ')} gave less than everything.`,
                  } satisfies Block,
                ]
              : []),
          ],
        })),
      ...(unjoined.length === 0
        ? []
        : [
            {
              id: 'unjoined',
              title: 'What fits nothing else',
              blocks: [
                {
                  kind: 'table',
                  caption: 'What fits nothing else',
                  head: ['Name', 'Kind', 'Why'],
                  rows: unjoined,
                },
              ],
            } satisfies Section,
          ]),
      ...(empty.length === 0
        ? []
        : [
            {
              id: 'empty-tables',
              title: 'Tables without a row',
              blocks: [
                {
                  kind: 'table',
                  caption: 'Tables without a row',
                  head: ['Of', 'What that means'],
                  rows: [...Map.groupBy(empty, ({ emptyText }) => emptyText)].map(([text, alike]) => [
                    alike.map(({ title }) => title).join(', '),
                    text,
                  ]),
                },
              ],
            } satisfies Section,
          ]),
    ],
  };
}
