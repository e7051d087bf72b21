/** The figures of targets in words, for every form of a report. */
import type { Ceiling, CeilingOfBoth, PlacementCeilings, TargetCeilings } from '#shared/path-graph.ts';
import { counted, formatBitsPerSecond } from '#shared/units.ts';

const kinds = { iscsi: 'iSCSI', smb: 'SMB', disk: 'disk' } as const;
/** iSCSI, its routes, its disks or shares, its other names. */
export function targetFacts({ kind, routeIds, diskNumbers, shares, aliases }: TargetCeilings): string {
  return [
    kinds[kind],
    counted(routeIds.length, 'route'),
    ...(diskNumbers.length > 0
      ? [`${diskNumbers.length === 1 ? 'disk' : 'disks'} ${diskNumbers.join(', ')}`]
      : []),
    ...(shares.length > 0 ? [`${shares.length === 1 ? 'share' : 'shares'} ${shares.join(', ')}`] : []),
    ...(aliases.length > 0 ? [`also ${aliases.join(', ')}`] : []),
  ].join(' · ');
}

/** Targets with the same figures and the same reasons, so that many of them stay readable. */
export function groupTargets(targets: readonly TargetCeilings[]): readonly (readonly TargetCeilings[])[] {
  const groups = new Map<string, TargetCeilings[]>();
  for (const target of targets) {
    const { kind, singleStream, oneCopy, read, write, assumptions, parts, afterFailover } = target;
    const numbers = [read, write].map(({ guaranteed, possible, now }) => [guaranteed, possible, now]);
    const has = [target.singlePointsOfFailure.length > 0, target.sharedBehind.length > 0];
    // Parts are shown with the names of their disks: such a target stands alone.
    const alone = parts.length > 0 ? target.id : '';
    const key = JSON.stringify([
      kind,
      alone,
      singleStream,
      oneCopy,
      numbers,
      assumptions,
      afterFailover,
      has,
    ]);
    const there = groups.get(key);
    if (there === undefined) groups.set(key, [target]);
    else there.push(target);
  }
  return [...groups.values()];
}

/** What all of a group say, or undefined where they differ. */
export function sameForAll(
  group: readonly TargetCeilings[],
  say: (target: TargetCeilings) => string | undefined,
): string | undefined {
  const said = new Set(group.map(say));
  return said.size === 1 ? [...said][0] : undefined;
}

export function figure({ bitsPerSecond, unknownBecause }: Ceiling): string {
  return bitsPerSecond === null ? `not known: ${unknownBecause ?? ''}` : formatBitsPerSecond(bitsPerSecond);
}

const directionWords = { read: 'reading', write: 'writing' } as const;

export function bounded(ceiling: CeilingOfBoth, word: 'at least' | 'at most'): string {
  const { isBound, direction } = ceiling;
  const bound = isBound === true ? `${word} ` : '';
  return `${bound}${figure(ceiling)}${direction === undefined ? '' : ` (${directionWords[direction]})`}`;
}

export function range({ guaranteed, possible }: PlacementCeilings): string {
  return guaranteed.bitsPerSecond === possible.bitsPerSecond
    ? figure(possible)
    : `${figure(guaranteed)} to ${figure(possible)}`;
}

/** What holds the possible figure back, and the guaranteed one where that is another. */
export function heldBackText(target: TargetCeilings): string {
  const worst = (target.guaranteed.direction === 'write' ? target.write : target.read).guaranteedHeldBack
    .sentence;
  const { limitedByText: best } = target;
  const isOne =
    worst === undefined ||
    worst === best ||
    target.guaranteed.bitsPerSecond === target.possible.bitsPerSecond;
  return isOne ? (best ?? '') : `${best ?? ''} At worst: ${worst}`;
}
