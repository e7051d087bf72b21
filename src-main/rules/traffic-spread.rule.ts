/** Paths that should share traffic and do not, though nothing in the configuration of the host explains it. */
import type { DirectionVerdict, SpreadGroup } from '#shared/spread.ts';
import { appliesToCountedTraffic, onTraffic } from './counted-traffic.ts';
import { defineRule, type RuleFinding } from './define-rule.ts';
import { distinctById } from './wording.ts';

const faults: ReadonlySet<string> = new Set(['wrong-path', 'one-path', 'idle-path', 'leans']);

interface Faulty {
  readonly group: SpreadGroup;
  readonly by: DirectionVerdict;
}

export const rule = defineRule({
  id: 'traffic-spread',
  severities: ['warning', 'info'],
  title: 'Paths that should share traffic share it',
  failureTitle: 'Traffic does not spread over its paths',
  needs: [
    'NetAdapter',
    'NetLbfoTeam',
    'VMSwitchTeam',
    'Disk',
    'MpioDisk',
    'IscsiSession',
    'SmbMultichannelConnection',
  ],
  fixes: [],
  appliesTo: appliesToCountedTraffic,
  evaluate: (facts) =>
    onTraffic(facts, ({ groups }) => {
      if (groups.length === 0) return { notApplicable: 'This host has no paths that could share traffic.' };
      if (groups.every(({ verdict }) => verdict === 'not-enough-traffic')) {
        return { notApplicable: 'Too little traffic was counted to judge any paths.' };
      }
      const faulty = groups.flatMap((group): readonly Faulty[] => {
        const found = [group.read, group.write].filter(
          ({ verdict, isByConfiguration }) => faults.has(verdict) && isByConfiguration !== true,
        );
        const by = found.find(({ cost }) => cost !== 'harmless') ?? found[0];
        return by === undefined ? [] : [{ group, by }];
      });
      // What is wrong with a path shows in every disk and session over it: one finding for each target.
      const byTarget = Map.groupBy(faulty, ({ group }) => [...group.targetIds].sort().join('\n') || group.id);
      return [...byTarget.values()].flatMap((alike) => {
        const [worst] = alike.toSorted((a, b) => weight(b.by) - weight(a.by));
        return worst === undefined ? [] : [findingFor(worst, alike)];
      });
    }),
});

function weight({ cost, verdict }: DirectionVerdict): number {
  return (cost === 'harmless' ? 0 : 10) + (verdict === 'leans' ? 0 : 1);
}

function findingFor({ group, by }: Faulty, alike: readonly Faulty[]): RuleFinding {
  const isHarmless = by.cost === 'harmless' && by.verdict !== 'wrong-path';
  const quiet = by.shares.filter(({ expected, share, expectedShare }) =>
    expected === 'idle' ? (share ?? 0) > 0.05 : (share ?? 0) < 0.5 * (expectedShare ?? 0),
  );
  const others = alike.length - 1;
  const seen =
    others === 0
      ? ''
      : ` ${others} more ${others === 1 ? 'group of paths shows' : 'groups of paths show'} it.`;
  const [first = group.subject, ...more] = distinctById([
    ...alike.map(({ group: { subject } }) => subject),
    ...quiet.map(({ path }) => path),
  ]);
  return {
    severity: isHarmless ? 'info' : 'warning',
    message: `${group.subject.name}, ${by.direction === 'read' ? 'reading' : 'writing'}: ${by.message}${isHarmless ? ' Uneven, and harmless now: the busiest path has room.' : ''}${seen}`,
    subjects: [first, ...more],
    evidence: {
      verdict: by.verdict,
      direction: by.direction,
      cost: by.cost ?? null,
      fairness: by.fairness === null ? null : Math.round(by.fairness * 1000) / 1000,
      paths: by.shares.map(({ path }) => path.name),
      sharePercent: by.shares.map(({ share }) => Math.round((share ?? 0) * 100)),
      countedBytes: by.window === null ? null : Math.round(by.window.bytes),
      counters: by.counted?.source ?? null,
    },
    ...(by.window !== null && {
      measured: { sinceMs: by.sinceMs ?? by.window.fromMs, untilMs: by.window.toMs },
    }),
    advice: by.reason ?? 'Look at the paths named here from end to end, and measure again.',
  };
}
