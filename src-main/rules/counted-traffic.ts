/** What rules on counted traffic have in common: without counters they have nothing to judge. */
import type { TrafficJudgement } from '#shared/spread.ts';
import type { HostFacts, RuleOutcome } from './define-rule.ts';

const nobodyCounted = 'No samples in this capture: nobody counted traffic.';

/** Asked before anything else: without counters it does not matter what else is known. */
export const appliesToCountedTraffic = {
  needs: [],
  notApplicable: ({ traffic }: HostFacts): string | undefined =>
    traffic === undefined ? nobodyCounted : undefined,
} as const;

export function onTraffic(
  { traffic }: HostFacts,
  judge: (traffic: TrafficJudgement) => RuleOutcome,
): RuleOutcome {
  return traffic === undefined ? { notApplicable: nobodyCounted } : judge(traffic);
}

/** In whole seconds. */
export function lasted({ sinceMs, untilMs }: { readonly sinceMs: number; readonly untilMs: number }): number {
  return Math.round((untilMs - sinceMs) / 1000);
}
