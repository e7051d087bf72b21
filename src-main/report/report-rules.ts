/** How every rule ended, and what the host did not answer. Fine, not applicable and not evaluated are three answers. */
import type { Check, RuleResult } from '#shared/finding.ts';
import { groupGaps } from '#shared/gap-text.ts';
import { groupByReason } from '#shared/rule-groups.ts';
import { paragraph, type Block, type Section } from './document.ts';

export function rulesSection(rules: readonly RuleResult[]): Section {
  const of = (result: RuleResult['result']): RuleResult[] => rules.filter((rule) => rule.result === result);
  const [found, fine, notApplicable, notEvaluated] = [
    of('findings'),
    of('fine'),
    of('not-applicable'),
    of('not-evaluated'),
  ];
  return {
    id: 'rules',
    title: 'What was checked',
    blocks: [
      paragraph(
        `Of ${rules.length} rules, ${found.length} found something, ${fine.length} are in order, ${notApplicable.length} do not concern this host, and ${notEvaluated.length} could not be evaluated.`,
      ),
    ],
    sections: [
      {
        id: 'not-evaluated',
        title: `Not evaluated (${notEvaluated.length})`,
        blocks:
          notEvaluated.length === 0
            ? [paragraph('Every rule that concerns this host could be evaluated.')]
            : [
                {
                  kind: 'table',
                  caption: 'Rules that could not be evaluated',
                  head: ['Why', 'What to do', 'Rules'],
                  rows: groupByReason(notEvaluated).map(({ reason, remedy, rules: alike }) => [
                    reason,
                    remedy ?? '',
                    idsOf(alike),
                  ]),
                },
              ],
      },
      ...(fine.length === 0
        ? []
        : [
            {
              id: 'fine',
              title: `In order (${fine.length})`,
              blocks: [
                { kind: 'list', items: fine.map(({ title, rule }) => `${title} (${rule})`) } satisfies Block,
              ],
            },
          ]),
      ...(notApplicable.length === 0
        ? []
        : [
            {
              id: 'not-applicable',
              title: `Not applicable (${notApplicable.length})`,
              blocks: [
                {
                  kind: 'table',
                  caption: 'Rules that do not concern this host',
                  head: ['Why', 'Rules'],
                  rows: groupByReason(notApplicable).map(({ reason, rules: alike }) => [
                    reason,
                    idsOf(alike),
                  ]),
                } satisfies Block,
              ],
            },
          ]),
    ],
  };
}

function idsOf(rules: readonly RuleResult[]): string {
  return rules.map(({ rule }) => rule).join(', ');
}

export function gapSection({ gaps, observed }: Pick<Check, 'gaps' | 'observed'>): Section {
  return {
    id: 'gaps',
    title: 'What was not observed',
    blocks:
      gaps.length === 0
        ? [paragraph(`All ${observed.asked} observations were answered in full.`)]
        : [
            {
              kind: 'table',
              caption: 'Observations that gave less than everything',
              head: ['How it ended', 'Why', 'Observations'],
              rows: groupGaps(gaps).map(({ head, names, reason }) => [head, reason, names.join(', ')]),
            },
          ],
  };
}
