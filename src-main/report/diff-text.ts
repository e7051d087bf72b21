/** What changed between two looks, for a person at a terminal. */
import type { Finding } from '#shared/finding.ts';
import type { Difference, HostDiff } from '#shared/host-diff.ts';
import { formatInstant } from '#shared/age.ts';
import { entitiesText } from '#shared/entity-text.ts';
import { visibleText } from '#shared/visible-text.ts';
import { severityText } from '#shared/waived-text.ts';
import type { TextOptions } from './text-page.ts';
import { wrapText } from './text-width.ts';

const signs = { came: '+', gone: '-', changed: '~' } as const;
const words = { came: 'new', gone: 'gone' } as const;

/** One difference in a line: "~ NIC2 (adapter): link speed 10 Gb/s → 1 Gb/s". */
function lineOf({ change, thing, fact, before, after }: Difference): string {
  const named = entitiesText([thing], 1);
  return change === 'changed'
    ? `${signs.changed} ${named}: ${fact ?? ''} ${before ?? ''} → ${after ?? ''}`
    : `${signs[change]} ${named}: ${words[change]}`;
}

function findingLine(finding: Finding): string {
  return `${severityText(finding)} [${finding.rule}] ${finding.message}`;
}

/** `options.width` in columns; colour is not used, since the signs say it. */
export function renderDiffText(diff: HostDiff, { width }: Pick<TextOptions, 'width'>): string {
  const { before, after, differences, targets, findings, betweenHosts, notCompared } = diff;
  const part = (title: string, lines: readonly string[]): readonly string[] =>
    lines.length === 0
      ? []
      : [
          '',
          title,
          ...lines.flatMap((line) =>
            wrapText(visibleText(line), width - 4).map(
              (piece, index) => `${index === 0 ? '  ' : '    '}${piece}`,
            ),
          ),
        ];
  const hosts =
    before.host === after.host ? after.host : `${before.host} and ${after.host}: two different hosts`;
  return [
    visibleText(`${hosts}: ${formatInstant(before.takenAt)} compared with ${formatInstant(after.takenAt)}`),
    diff.summary,
    ...part('WHAT CHANGED', differences.map(lineOf)),
    ...part(
      'TARGETS',
      targets.map(({ name, text }) => `${name}: ${text}`),
    ),
    ...part('FINDINGS', [
      ...findings.come.map((finding) => `+ ${findingLine(finding)}`),
      ...findings.go.map((finding) => `- ${findingLine(finding)}`),
      ...findings.differ.map(
        ({ finding, before: was }) => `~ ${was?.severity ?? finding.severity} → ${findingLine(finding)}`,
      ),
    ]),
    ...part('BETWEEN THE TWO HOSTS', betweenHosts.map(findingLine)),
    ...part(
      'NOT COMPARED',
      notCompared.map(({ what, because }) => `${what}: ${because}`),
    ),
  ].join('\n');
}
