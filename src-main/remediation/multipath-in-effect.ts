/** What stands in the way of several sessions to one disk: nothing that would join them. */
import type { Refusal } from '#shared/fix-plan.ts';
import type { Disk, IscsiTarget } from '#shared/host/host-model.ts';
import type { FixFacts } from './define-fix.ts';
import { needsMicrosoftDsm } from './refusals.ts';

/** Disks behind the connected sessions of these targets; undefined where that is not known. */
export function disksBehind(
  { model }: FixFacts,
  targets: readonly IscsiTarget[],
): readonly Disk[] | undefined {
  const ids = new Set(targets.map(({ id }) => id));
  const own = model.sessions.filter(
    ({ targetId, isConnected }) => ids.has(targetId) && isConnected !== false,
  );
  if (own.some(({ diskNumbers }) => diskNumbers === undefined)) return undefined;
  const numbers = new Set(own.flatMap(({ diskNumbers }) => diskNumbers ?? []));
  return model.disks.filter(({ number }) => numbers.has(number));
}

/**
 * Every disk of the targets is held by the Microsoft DSM, so that one session more is one path more. Without it each
 * session would bring a disk of its own, and writing to two of them destroys what is on it.
 */
export function withoutMultipath(facts: FixFacts, targets: readonly IscsiTarget[]): readonly Refusal[] {
  const disks = disksBehind(facts, targets);
  if (disks === undefined) {
    return [
      {
        reason: 'fact-missing',
        message: 'Which disks the sessions lead to is not known.',
        remedy: 'Look again as an administrator.',
      },
    ];
  }
  const loose = disks.filter(({ mpio }) => mpio === undefined);
  if (loose.length > 0) {
    return [
      {
        reason: 'does-not-fit',
        message: `Multipath I/O does not hold ${names(loose)}: a further session would show each of them once more, and writing to both would destroy what is on it.`,
        remedy:
          'Install Multipath I/O (mpio-install), let it claim iSCSI disks (mpio-claim-iscsi) and restart the host; the sessions come after that.',
      },
    ];
  }
  return needsMicrosoftDsm(disks);
}

function names(disks: readonly Disk[]): string {
  const shown = disks.slice(0, 4).map(({ name }) => name);
  return disks.length > 4 ? `${shown.join(', ')} and ${disks.length - 4} more` : shown.join(', ');
}
