/** The four figures of a target in rows: what one stream, one copy and all streams together can get. */
import type { CeilingOfBoth, PathCeilings } from './path-graph.ts';
import { formatBitsPerSecond } from './units.ts';

export interface FigureRow {
  readonly label: string;
  /** What the label means, in a sentence. */
  readonly meaning: string;
  /** Left out where the figure is not known. */
  readonly value?: string;
  /** Why it is not known. */
  readonly because?: string;
  /** Of the largest figure of the rows, 0 to 1; left out where it is not known. */
  readonly share?: number;
  /** Whether the figure is of one direction. */
  readonly direction?: string;
}

const directions = { read: 'reading', write: 'writing' } as const;

const labels: readonly (readonly [keyof PathCeilings & FigureName, label: string, meaning: string])[] = [
  ['singleStream', 'Single stream', 'The most that one connection can get.'],
  ['oneCopy', 'One copy', 'The most that one copy job can get, with all the paths that it may use.'],
  ['guaranteed', 'Guaranteed', 'All streams together, however teams and switches place them.'],
  ['possible', 'Possible', 'All streams together, placed at best.'],
];
type FigureName = 'singleStream' | 'oneCopy' | 'guaranteed' | 'possible';

export function figureRows(ceilings: Pick<PathCeilings, FigureName>): readonly FigureRow[] {
  const largest = Math.max(0, ...labels.map(([name]) => ceilings[name].bitsPerSecond ?? 0));
  return labels.map(([name, label, meaning]) => {
    const { bitsPerSecond, unknownBecause, isBound, direction }: CeilingOfBoth = ceilings[name];
    if (bitsPerSecond === null)
      return { label, meaning, because: unknownBecause ?? 'The host does not say.' };
    const bound = isBound === true ? (name === 'guaranteed' ? 'at least ' : 'at most ') : '';
    return {
      label,
      meaning,
      value: `${bound}${formatBitsPerSecond(bitsPerSecond)}`,
      share: largest === 0 ? 0 : bitsPerSecond / largest,
      ...(direction && { direction: directions[direction] }),
    };
  });
}
