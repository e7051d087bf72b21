/** Rules that ended alike for one reason: a single missing answer leaves many of them open. */
import type { RuleResult } from './finding.ts';

export interface RuleGroup {
  /** Empty for rules that ended well: these need none. */
  readonly reason: string;
  readonly remedy?: string;
  readonly rules: readonly RuleResult[];
}

/** The reason that holds most of them first; otherwise in the order of the rules. */
export function groupByReason(rules: readonly RuleResult[]): RuleGroup[] {
  const groups = Map.groupBy(rules, (rule) =>
    JSON.stringify('reason' in rule ? [rule.reason, rule.remedy] : []),
  );
  return [...groups.values()]
    .map((alike): RuleGroup => {
      const [first] = alike;
      return first !== undefined && 'reason' in first
        ? {
            reason: first.reason,
            ...(first.remedy !== undefined && { remedy: first.remedy }),
            rules: alike,
          }
        : { reason: '', rules: alike };
    })
    .toSorted((a, b) => b.rules.length - a.rules.length);
}
