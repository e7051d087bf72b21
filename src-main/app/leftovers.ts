/** Changes that nobody finished, as they are found at a start: what is known of each, and what can be done about it. */
import type { LeftoverChange } from '#shared/fix-plan.ts';
import type { Result } from '#shared/result.ts';
import type { FoundGuard } from '../hosts/host.ts';
import type { ToldChange } from '../remediation/history.ts';

/** `guards`: those on the host, or why they could not be listed; then a change that had one may have it still. */
export function leftoversOf(
  told: readonly ToldChange[],
  guards: Result<readonly FoundGuard[]>,
  canRestart: boolean,
): readonly LeftoverChange[] {
  const found = guards.ok ? guards.value : [];
  return told.flatMap((one) => {
    const { beginning, isDismissed, outcome, rolledBackBy } = one;
    const guard = found.find(({ id }) => id === beginning.change);
    const isUnfinished = outcome === 'interrupted' || outcome === 'waits-for-restart';
    const isOpen = (isUnfinished && rolledBackBy === undefined) || guard !== undefined;
    if (isDismissed || !isOpen) return [];
    return [
      {
        id: beginning.change,
        title: beginning.title,
        startedAt: beginning.at,
        by: beginning.by,
        message: `${one.message}${guardText(one, guard, guards.ok)}`,
        offers: offersOf(one, guard, guards.ok, canRestart),
      },
    ];
  });
}

function guardText(
  { outcome, wasGuarded }: ToldChange,
  guard: FoundGuard | undefined,
  areGuardsKnown: boolean,
): string {
  if (guard?.firedAt !== undefined) {
    const end = guard.reports === undefined ? 'has not finished' : 'has finished';
    return ` Its guard began to undo it at ${guard.firedAt} and ${end}.`;
  }
  if (guard?.isDisarmed === true) return ' Its guard is not armed and undoes nothing.';
  if (guard !== undefined) {
    return ` Its guard is armed and undoes it at ${guard.until ?? 'a time that is not known'}.`;
  }
  if (!wasGuarded || outcome !== 'interrupted') return '';
  return areGuardsKnown
    ? ' Its guard is no longer there.'
    : ' Whether its guard is still there is not known.';
}

function offersOf(
  { outcome, wasGuarded }: ToldChange,
  guard: FoundGuard | undefined,
  areGuardsKnown: boolean,
  canRestart: boolean,
): LeftoverChange['offers'] {
  if (outcome === 'waits-for-restart') return [canRestart ? 'restart' : 'resume', 'dismiss'];
  // Beside a guard that may be at work nothing else undoes the same.
  const isAlone = guard?.firedAt === undefined && (areGuardsKnown || !wasGuarded);
  return outcome === 'interrupted' && isAlone ? ['rollback', 'dismiss'] : ['dismiss'];
}
