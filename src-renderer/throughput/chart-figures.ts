/** The figures of the chart: which lines there are, how high it reaches, and what stands as a ceiling over them. */
import { lineLooks } from '#path-map/map-drawing.ts';
import type { SeriesDirection, SeriesMeasure, SeriesPoints, SeriesSummary } from '#shared/sample.ts';
import type { TargetCeilings } from '#shared/path-graph.ts';
import { formatBitsPerSecond, formatBytesPerSecond } from '#shared/units.ts';
import { shortName } from '#shared/short-name.ts';

/** One direction of a subject. */
interface SubjectSeries {
  readonly id: string;
  readonly direction: SeriesDirection;
  readonly values: readonly (number | null)[];
  readonly summary: SeriesSummary;
  readonly source: string;
}

/** What one entry of the legend stands for: a thing of the host with its directions. */
export interface ChartSubject {
  readonly id: string;
  readonly name: string;
  /** What tells it from others of the same name. */
  readonly fullName: string;
  /** Of the map: a colour with a dash. */
  readonly look: number;
  readonly estimate?: string;
  readonly series: readonly SubjectSeries[];
}

/** Below the zero line: what goes out. */
export function isBelow(direction: SeriesDirection): boolean {
  return direction === 'out' || direction === 'write';
}

/**
 * @param lookOf of the map, where a subject is a line there; others take theirs in turn.
 * @param placeOf what a name alone does not tell: the disk of a path.
 */
export function chartSubjects(
  series: readonly SeriesPoints[],
  measure: SeriesMeasure,
  lookOf: ReadonlyMap<string, number> = new Map(),
  placeOf: ReadonlyMap<string, string> = new Map(),
): readonly ChartSubject[] {
  const groups = Map.groupBy(
    series.filter((one) => one.measure === measure),
    ({ subject, part }) => `${subject.id}|${part}`,
  );
  return [...groups].flatMap(([id, alike], index) => {
    const [first] = alike;
    if (first === undefined) return [];
    const { subject, part, estimate } = first;
    const place = placeOf.get(subject.id);
    const tail = part === 'rdma' ? ', RDMA alone' : '';
    const name = `${place === undefined ? '' : `${place}, path `}${shortName(subject)}${tail}`;
    return [
      {
        id,
        name,
        fullName: subject.name === shortName(subject) ? name : `${name} (${subject.name})`,
        look: lookOf.get(subject.id) ?? index % lineLooks,
        ...(estimate === undefined ? {} : { estimate }),
        series: alike.map(({ id: seriesId, direction, values, summary, source }) => ({
          id: seriesId,
          direction,
          values,
          summary,
          source,
        })),
      },
    ];
  });
}

const digits = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });

/** A value with its unit, at most three digits; a dash for a gap. */
export function figureText(value: number | null | undefined, measure: SeriesMeasure): string {
  if (value === null || value === undefined) return '–';
  if (measure === 'throughput') return formatBytesPerSecond(value);
  return measure === 'latency' ? `${digits.format(value)} ms` : digits.format(value);
}

export interface CeilingLine {
  readonly name: string;
  readonly bytesPerSecond: number;
  /** With both units, each labelled. */
  readonly text: string;
}

function ceilingLine(name: string, bitsPerSecond: number): CeilingLine {
  const bytesPerSecond = bitsPerSecond / 8;
  return {
    name,
    bytesPerSecond,
    text: `${name} ${formatBitsPerSecond(bitsPerSecond)} = ${formatBytesPerSecond(bytesPerSecond)}`,
  };
}

/** Ceilings of a target that are known; those of the same height are one line with all their names. */
export function ceilingLines(target: TargetCeilings): readonly CeilingLine[] {
  const known = [
    ['single stream', target.singleStream.bitsPerSecond],
    ['guaranteed', target.guaranteed.bitsPerSecond],
    ['possible', target.possible.bitsPerSecond],
  ] as const;
  const names = new Map<number, string[]>();
  for (const [name, bitsPerSecond] of known) {
    if (bitsPerSecond === null) continue;
    names.set(bitsPerSecond, [...(names.get(bitsPerSecond) ?? []), name]);
  }
  return [...names].map(([bitsPerSecond, alike]) =>
    ceilingLine(capitalised(alike.join(', ')), bitsPerSecond),
  );
}

function capitalised(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

/** The link speed of the adapters shown, where all have the same. */
export function linkCeiling(speeds: readonly (number | null | undefined)[]): readonly CeilingLine[] {
  const [speed] = speeds;
  if (typeof speed !== 'number' || speed <= 0 || speeds.some((one) => one !== speed)) return [];
  return [ceilingLine(speeds.length === 1 ? 'Link' : 'Each link', speed)];
}

/** The next of 1, 2, 2.5 and 5 times a power of ten, so that the axis stands still while values move. */
export function niceStep(least: number): number {
  if (!(least > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(least));
  return ([1, 2, 2.5, 5].find((factor) => factor * power >= least * 0.999_999) ?? 10) * power;
}

/** A ceiling this many times above everything measured would press the lines flat: it is told in words alone. */
const tallestCeiling = 2.5;
/** The axis has at most this many steps. */
const mostSteps = 6;

export interface Reach {
  /** How far the axis goes each way: whole steps. */
  readonly above: number;
  readonly below: number;
  readonly step: number;
  /** Ceilings that fit into it. */
  readonly ceilings: readonly CeilingLine[];
}

/** The axis for the largest values each way and the ceilings that are near them. */
export function reachOf(above: number, below: number, ceilings: readonly CeilingLine[]): Reach {
  const most = Math.max(above, below);
  const drawn = ceilings.filter(({ bytesPerSecond }) => bytesPerSecond <= most * tallestCeiling);
  const top = Math.max(above, ...drawn.map(({ bytesPerSecond }) => bytesPerSecond * 1.02));
  const step = niceStep((top + below) / (mostSteps - 1));
  return {
    above: Math.max(1, Math.ceil(top / step)) * step,
    below: Math.ceil(below / step) * step,
    step,
    ceilings: drawn,
  };
}
