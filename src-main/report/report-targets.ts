/** The ceilings of the targets: the figures in both directions, what holds them back, and what they rest on. */
import { entitiesText } from '#shared/entity-text.ts';
import type { Ceiling, PartCeilings, TargetCeilings } from '#shared/path-graph.ts';
import { figureRows } from '#shared/target-figures.ts';
import { formatBitsPerSecond } from '#shared/units.ts';
import { fact, paragraph, type Block, type Fact, type Section, type TableBlock } from './document.ts';
import { bounded, figure, groupTargets, heldBackText, range, targetFacts } from './target-words.ts';

const namesShown = 24;
/** Of targets that have the same figures. */
const sentencesShown = 12;
const nothing = '';

/** Targets with the same figures share a section. */
export function targetSections(targets: readonly TargetCeilings[]): readonly Section[] {
  return groupTargets(targets).flatMap((group, index): Section[] => {
    const [first, ...others] = group;
    if (first === undefined) return [];
    return [
      {
        id: `target-${index + 1}`,
        title:
          others.length === 0 ? first.name : `${first.name} and ${others.length} more with the same figures`,
        blocks: [
          ...targetLines(group),
          figuresTable(first),
          ...partsTable(first.parts),
          { kind: 'facts', facts: groundsOf(group, first) },
        ],
      },
    ];
  });
}

function targetLines(group: readonly TargetCeilings[]): Block[] {
  const [first] = group;
  if (first !== undefined && group.length === 1) return [paragraph(targetFacts(first))];
  return [{ kind: 'list', items: group.map((target) => `${target.name}: ${targetFacts(target)}`) }];
}

function short({ bitsPerSecond }: Ceiling): string {
  return bitsPerSecond === null ? 'not known' : formatBitsPerSecond(bitsPerSecond);
}

function figuresTable(target: TargetCeilings): TableBlock {
  const { read, write } = target;
  const directions = [
    [nothing, nothing],
    [short(read.oneCopy), short(write.oneCopy)],
    [short(read.guaranteed), short(write.guaranteed)],
    [short(read.possible), short(write.possible)],
  ];
  const now = [read.now, write.now];
  return {
    kind: 'table',
    caption: 'Ceilings',
    head: ['Figure', 'Ceiling', 'Reading', 'Writing', 'What it is'],
    rows: [
      ...figureRows(target).map(({ label, value, direction, meaning }, index) => [
        label,
        `${value ?? 'not known'}${direction === undefined ? '' : ` (${direction})`}`,
        ...(directions[index] ?? [nothing, nothing]),
        meaning,
      ]),
      ...(now.some((one) => one !== undefined)
        ? [
            [
              'As placed now',
              nothing,
              ...now.map((one) => (one === undefined ? nothing : short(one))),
              'With the members that the host shows at this moment.',
            ],
          ]
        : []),
      ...target.afterFailover.map((left) => [
        'After a failover',
        nothing,
        range(left.read),
        range(left.write),
        `${left.after.charAt(0).toUpperCase()}${left.after.slice(1)}.`,
      ]),
    ],
  };
}

function partsTable(parts: readonly PartCeilings[]): TableBlock[] {
  if (parts.length === 0) return [];
  return [
    {
      kind: 'table',
      caption: 'Where disks or shares have figures of their own',
      head: ['Of', 'Single stream', 'One copy', 'Guaranteed', 'Possible'],
      rows: parts.map((part) => [
        entitiesText(part.of, namesShown),
        figure(part.singleStream),
        figure(part.oneCopy),
        bounded(part.guaranteed, 'at least'),
        bounded(part.possible, 'at most'),
      ]),
    },
  ];
}

function groundsOf(group: readonly TargetCeilings[], first: TargetCeilings): readonly Fact[] {
  /** What all say, once; where they differ, each with its name. */
  const said = (label: string, say: (target: TargetCeilings) => readonly string[]): readonly Fact[] => {
    const all = group.map((target) => ({ name: target.name, texts: say(target) }));
    const isSame = new Set(all.map(({ texts }) => texts.join('\n'))).size === 1;
    if (isSame) return fact(label, ...(all[0]?.texts ?? []));
    const each = all.flatMap(({ name, texts }) => texts.map((text) => `${name}: ${text}`));
    const more = each.length - sentencesShown;
    return fact(
      label,
      ...each.slice(0, sentencesShown),
      more > 0 ? `And ${more} more of the kind.` : undefined,
    );
  };
  const reasons = [...new Set(figureRows(first).flatMap(({ because }) => because ?? []))];
  return [
    ...fact('Not known because', ...reasons),
    ...said('Held back by', (target) =>
      target.possible.bitsPerSecond === null ? [] : [heldBackText(target)],
    ),
    ...said('One stream by', ({ singleStream, singleStreamLimitedBy }) =>
      singleStream.bitsPerSecond === null ? [] : [entitiesText(singleStreamLimitedBy, namesShown)],
    ),
    ...said('A copy needs', ({ oneCopyNeeds }) => (oneCopyNeeds === undefined ? [] : [oneCopyNeeds])),
    ...said('All depends on', ({ singlePointsOfFailure }) => [
      entitiesText(singlePointsOfFailure, namesShown),
    ]),
    ...said('Shared', ({ sharedBehind }) => sharedBehind.map(({ sentence }) => sentence)),
    ...said('Assumed', ({ assumptions }) => assumptions),
  ];
}
