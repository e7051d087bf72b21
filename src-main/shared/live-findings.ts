/** What a look found, with what is counted now in the place of what was recorded with it. */
import { compareFindings, type Check } from './finding.ts';
import type { LiveVerdicts } from './live.ts';

type Judged = Pick<Check, 'findings' | 'rules'>;

/**
 * Until it was counted for as long as a fault has to last, what was recorded stands beside what is seen already. A fix
 * is offered where the look found the same: a plan is made of a look, and by a look it is known to have helped.
 */
export function withLiveFindings({ findings, rules }: Judged, live: LiveVerdicts | null): Judged {
  if (live === null) return { findings, rules };
  const byRule = new Map(live.rules.map((result) => [result.rule, result]));
  const now = new Set(live.findings.map(({ id }) => id));
  const looked = new Set(findings.map(({ id }) => id));
  const isReplaced = (rule: string): boolean =>
    live.isSettled && byRule.has(rule) && byRule.get(rule)?.result !== 'not-evaluated';
  const stays = findings.filter(({ id, rule }) => !now.has(id) && !isReplaced(rule));
  const found = live.findings.map((finding) =>
    finding.fixes.length === 0 || looked.has(finding.id) ? finding : { ...finding, fixes: [] },
  );
  return {
    findings: [...stays, ...found].sort(compareFindings),
    rules: rules.map((result) => {
      const told = byRule.get(result.rule);
      return told !== undefined && (live.isSettled || told.result === 'findings') ? told : result;
    }),
  };
}
