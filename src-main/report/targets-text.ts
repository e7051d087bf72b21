/** The targets of a check as lines for a terminal: the four figures, what holds them back, what was taken as given. */
import { entitiesText } from '#shared/entity-text.ts';
import type { PathCeilings, PlacementCeilings, TargetCeilings } from '#shared/path-graph.ts';
import {
  bounded,
  figure,
  groupTargets,
  heldBackText,
  range,
  sameForAll,
  targetFacts,
} from './target-words.ts';
import type { Page } from './text-page.ts';

const namesShown = 8;
const sentencesShown = 3;

export function renderTargets(page: Page, targets: readonly TargetCeilings[]): void {
  for (const group of groupTargets(targets)) {
    const [first, ...others] = group;
    if (first === undefined) continue;
    for (const target of group) {
      page.wrapped(target.name, 'bold', 2);
      page.wrapped(targetFacts(target), 'dim', 4);
    }
    if (others.length > 0) page.wrapped(`Each of these ${group.length}:`, undefined, 4);
    renderFigures(page, group, first);
    if (first.parts.length > 0) renderParts(page, first);
    const said = sameForAll(group, ({ singlePointsOfFailure }) =>
      entitiesText(singlePointsOfFailure, namesShown),
    );
    if (first.singlePointsOfFailure.length > 0) page.field('All depends on', said ?? ownLinks, 4);
    const shared = sameForAll(group, ({ sharedBehind }) =>
      sentences(sharedBehind.map(({ sentence }) => sentence)),
    );
    if (first.sharedBehind.length > 0) page.field('Shared', shared ?? ownLinks, 4);
    if (first.assumptions.length > 0) page.field('Assumed', first.assumptions.join(' '), 4);
  }
}

const ownLinks = 'Differs from target to target: --json names it.';

function sentences(all: readonly string[]): string {
  const more = all.length - sentencesShown;
  return more > 0 ? `${all.slice(0, sentencesShown).join(' ')} And ${more} more.` : all.join(' ');
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
  const by = sameForAll(group, ({ singleStreamLimitedBy }) =>
    entitiesText(singleStreamLimitedBy, namesShown),
  );
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
  const held = sameForAll(group, heldBackText);
  page.field('Held back by', held ?? ownLinks, 4);
  for (const { after, ...left } of target.afterFailover)
    page.field('Failover', `${both(left)}, ${after}.`, 4);
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
