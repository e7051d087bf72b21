/** The four numbers of a target, by the names that people are told. */
import type { Ceiling, TargetCeilings } from '#shared/path-graph.ts';
import type { FigureChange } from '#shared/what-if.ts';

export const figureNames: readonly FigureChange['name'][] = [
  'single stream',
  'one copy',
  'guaranteed',
  'possible',
];

export function figureOf(target: TargetCeilings, name: FigureChange['name']): Ceiling {
  switch (name) {
    case 'single stream':
      return target.singleStream;
    case 'one copy':
      return target.oneCopy;
    case 'guaranteed':
      return target.guaranteed;
    case 'possible':
      return target.possible;
  }
}
