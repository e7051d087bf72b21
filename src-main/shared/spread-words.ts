/** Words for verdicts on traffic, said alike in the window and in the terminal. */
import type { DirectionVerdict, SpreadVerdictId } from './spread.ts';

export const verdictWords: Readonly<Record<SpreadVerdictId, string>> = {
  'wrong-path': 'wrong path',
  'one-path': 'one path carries all',
  'idle-path': 'idle path',
  leans: 'leans',
  spreads: 'spreads',
  'by-design': 'by design',
  'not-enough-traffic': 'not enough traffic to tell',
};

export const costTexts: Readonly<Record<NonNullable<DirectionVerdict['cost']>, string>> = {
  harmless: 'Uneven, harmless now: the busiest path has room.',
  costs: 'It costs: the busiest path is more than half full.',
  unknown: 'Whether it costs is not known: the speed of a link is not.',
};

const faults: ReadonlySet<SpreadVerdictId> = new Set(['wrong-path', 'one-path', 'idle-path', 'leans']);

/** It finds fault, whatever that costs. */
export function isFault(verdict: SpreadVerdictId): boolean {
  return faults.has(verdict);
}

/** A verdict on a direction, a group or a target. */
export interface Judged {
  readonly verdict: SpreadVerdictId;
  readonly cost?: DirectionVerdict['cost'];
}

/** It finds fault, and that costs something or may. Traffic where none should be counts in any case. */
export function isCostly({ verdict, cost }: Judged): boolean {
  return isFault(verdict) && (cost !== 'harmless' || verdict === 'wrong-path');
}

/** `37 %`; what is there is never shown as nothing, and what is not all never as all. */
export function shareText(share: number | null): string {
  if (share === null) return '–';
  if (share > 0 && share < 0.005) return 'under 1 %';
  if (share < 1 && share >= 0.995) return 'over 99 %';
  return `${Math.round(share * 100)} %`;
}
