/**
 * "Leave it alone" is an answer: where what was recorded is far below what the host is certain of, work for more speed
 * gains nothing. It says nothing about redundancy.
 */
import type { LeaveItAlone } from '#shared/finding.ts';
import type { TargetCeilings } from '#shared/path-graph.ts';
import { counted, formatBitsPerSecond } from '#shared/units.ts';
import type { MeasuredRate } from '#shared/what-if.ts';

/** What it turns on, in the form of the rules' thresholds. */
export const leaveItAloneThreshold = {
  id: 'leave-it-alone.timesTraffic',
  preset: 20,
  unit: 'times',
  says: 'A host whose every target is certain of so many times what was measured needs no more speed.',
  usedBy: ['leave-it-alone'],
} as const;

/**
 * Undefined where that cannot be said: nothing recorded, a target without a measured rate or a known guaranteed ceiling,
 * or one that comes nearer to it. `rates`: by id of the target, in byte/s.
 */
export function leaveItAlone(
  targets: readonly TargetCeilings[],
  rates: ReadonlyMap<string, MeasuredRate>,
  timesTraffic: number,
): LeaveItAlone | undefined {
  let nearest:
    { readonly target: TargetCeilings; readonly used: number; readonly ceiling: number } | undefined;
  for (const target of targets) {
    const rate = rates.get(target.id);
    if (rate === undefined) return undefined;
    const ceiling = target[rate.direction].guaranteed.bitsPerSecond;
    if (ceiling === null) return undefined;
    const used = rate.p95 * 8;
    if (used * timesTraffic > ceiling) return undefined;
    if (nearest === undefined || used / ceiling > nearest.used / nearest.ceiling)
      nearest = { target, used, ceiling };
  }
  if (nearest === undefined) return undefined;
  const { target, used, ceiling } = nearest;
  const percent = (used / ceiling) * 100;
  const load = percent < 0.1 ? 'less than 0.1 %' : `${percent.toPrecision(percent < 10 ? 1 : 2)} %`;
  const what =
    targets.length === 1
      ? target.name
      : `${target.name}, the busiest of ${counted(targets.length, 'target')},`;
  return {
    loadPercent: Math.round(percent * 100) / 100,
    timesTraffic: used === 0 ? null : Math.floor(ceiling / used),
    text: `For speed, leave it alone: ${what} used ${load} of the ${formatBitsPerSecond(ceiling)} that are certain, at 19 of 20 moments of the recording. More speed would not be felt; what is said about redundancy still counts.`,
  };
}
