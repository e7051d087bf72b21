/** The targets of a check as lines for a terminal: the four figures, what holds them back, what was taken as given. */
import { entitiesText } from '#shared/entity-text.ts';
import type {
  Ceiling,
  CeilingOfBoth,
  PathCeilings,
  PlacementCeilings,
  TargetCeilings,
} from '#shared/path-graph.ts';
import { counted, formatBitsPerSecond } from '#shared/units.ts';

import type { Page } from './text-page.ts';

const kinds = { iscsi: 'iSCSI', smb: 'SMB', disk: 'disk' } as const;
const namesShown = 8;
const sentencesShown = 3;

/** Targets with the same figures and the same reasons stand together, so that many of them stay readable. */
export function renderTargets(page: Page, targets: readonly TargetCeilings[]): void {
  for (const group of grouped(targets)) {
    const [first, ...others] = group;
    if (first === undefined) continue;
    for (const target of group) {
      page.wrapped(target.name, 'bold', 2);
      page.wrapped(factsOf(target), 'dim', 4);
    }
    if (others.length > 0) page.wrapped(`Each of these ${group.length}:`, undefined, 4);
    renderFigures(page, group, first);
    if (first.parts.length > 0) renderParts(page, first);
    const said = same(group, ({ singlePointsOfFailure }) => entitiesText(singlePointsOfFailure, namesShown));
    if (first.singlePointsOfFailure.length > 0) page.field('All depends on', said ?? ownLinks, 4);
    const shared = same(group, ({ sharedBehind }) => sentences(sharedBehind.map(({ sentence }) => sentence)));
    if (first.sharedBehind.length > 0) page.field('Shared', shared ?? ownLinks, 4);
    if (first.assumptions.length > 0) page.field('Assumed', first.assumptions.join(' '), 4);
  }
}

const ownLinks = 'Differs from target to target: --json names it.';

function factsOf({ kind, routeIds, diskNumbers, shares, aliases }: TargetCeilings): string {
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

function grouped(targets: readonly TargetCeilings[]): readonly (readonly TargetCeilings[])[] {
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
function same(
  group: readonly TargetCeilings[],
  say: (target: TargetCeilings) => string | undefined,
): string | undefined {
  const said = new Set(group.map(say));
  return said.size === 1 ? [...said][0] : undefined;
}

function sentences(all: readonly string[]): string {
  const more = all.length - sentencesShown;
  return more > 0 ? `${all.slice(0, sentencesShown).join(' ')} And ${more} more.` : all.join(' ');
}

function figure({ bitsPerSecond, unknownBecause }: Ceiling): string {
  return bitsPerSecond === null ? `not known: ${unknownBecause ?? ''}` : formatBitsPerSecond(bitsPerSecond);
}

const directionWords = { read: 'reading', write: 'writing' } as const;

function bounded(ceiling: CeilingOfBoth, word: 'at least' | 'at most'): string {
  const { isBound, direction } = ceiling;
  const bound = isBound === true ? `${word} ` : '';
  return `${bound}${figure(ceiling)}${direction === undefined ? '' : ` (${directionWords[direction]})`}`;
}

function range({ guaranteed, possible }: PlacementCeilings): string {
  return guaranteed.bitsPerSecond === possible.bitsPerSecond
    ? figure(possible)
    : `${figure(guaranteed)} to ${figure(possible)}`;
}

function both({
  read,
  write,
}: {
  readonly read: PlacementCeilings;
  readonly write: PlacementCeilings;
}): string {
  const [reading, writing] = [range(read), range(write)];
  return reading === writing ? reading : `reading ${reading}, writing ${writing}`;
}

function renderFigures(page: Page, group: readonly TargetCeilings[], target: TargetCeilings): void {
  const { singleStream, oneCopy, guaranteed, possible, read, write, oneCopyNeeds } = target;
  const by = same(group, ({ singleStreamLimitedBy }) => entitiesText(singleStreamLimitedBy, namesShown));
  const isLimited = singleStream.bitsPerSecond !== null && target.singleStreamLimitedBy.length > 0;
  page.field(
    'Single stream',
    `${figure(singleStream)}${isLimited && by !== undefined ? `, limited by ${by}` : ''}`,
    4,
  );
  if (guaranteed.bitsPerSecond === null || possible.bitsPerSecond === null) {
    // Where nothing at all is known, once is enough.
    if (guaranteed.unknownBecause !== singleStream.unknownBecause) {
      page.field('All together', figure(guaranteed), 4);
    }
    return;
  }
  page.field('One copy', `${figure(oneCopy)}${oneCopyNeeds === undefined ? '' : `. ${oneCopyNeeds}`}`, 4);
  page.field('Guaranteed', bounded(guaranteed, 'at least'), 4);
  page.field('Possible', bounded(possible, 'at most'), 4);
  if (range(read) !== range(write)) page.field('By direction', both(target), 4);
  const now = [read.now, write.now].flatMap((one, at) =>
    one === undefined ? [] : [`${at === 0 ? 'reading' : 'writing'} ${figure(one)}`],
  );
  if (now.length > 0) page.field('As placed now', now.join(', '), 4);
  const held = same(group, heldBackText);
  page.field('Held back by', held ?? ownLinks, 4);
  for (const { after, ...left } of target.afterFailover)
    page.field('Failover', `${both(left)}, ${after}.`, 4);
}

/** What holds the possible figure back, and the guaranteed one where that is another. */
function heldBackText(target: TargetCeilings): string {
  const worst = (target.guaranteed.direction === 'write' ? target.write : target.read).guaranteedHeldBack
    .sentence;
  const { limitedByText: best } = target;
  const isOne =
    worst === undefined ||
    worst === best ||
    target.guaranteed.bitsPerSecond === target.possible.bitsPerSecond;
  return isOne ? (best ?? '') : `${best ?? ''} At worst: ${worst}`;
}

function renderParts(page: Page, target: TargetCeilings): void {
  for (const part of target.parts) {
    page.field(entitiesText(part.of, namesShown), partText(part), 4);
  }
}

function partText({ singleStream, oneCopy, guaranteed, possible }: PathCeilings): string {
  if (guaranteed.bitsPerSecond === null) return figure(guaranteed);
  return [
    `single stream ${figure(singleStream)}`,
    `one copy ${figure(oneCopy)}`,
    `guaranteed ${bounded(guaranteed, 'at least')}`,
    `possible ${bounded(possible, 'at most')}`,
  ].join(' · ');
}
