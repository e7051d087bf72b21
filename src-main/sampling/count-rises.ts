/** What came of counters that only rise between the first and the last sample, and in how many intervals. Pure. */
import type { CounterRow, Sample } from '#shared/sample.ts';
import type { Attribute } from './attribution.ts';
import type { CounterClass } from './counters.ts';
import { readCount } from './instances.ts';

export interface Rises<Measure extends string> {
  readonly subjectId: string;
  readonly counts: Readonly<Record<Measure, number>>;
  /** In how many of the intervals between samples one of the marking measures rose. */
  readonly intervalsWithRise: number;
  readonly intervals: number;
  readonly seconds: number;
}

interface Counting {
  last: readonly bigint[];
  readonly counts: bigint[];
  intervalsWithRise: number;
  intervals: number;
  readonly firstMs: number;
  lastMs: number;
}

/** The rows that stand for instances: those of the class, or the elements of its list with what is beside them. */
function* instanceRows(cls: CounterClass, sample: Sample): Generator<CounterRow> {
  for (const row of sample.counters[cls.name] ?? []) {
    const inner: unknown = cls.within === undefined ? [row] : row[cls.within.list];
    for (const item of Array.isArray(inner) ? (inner as unknown[]) : []) {
      if (typeof item === 'object' && item !== null) yield { ...row, ...(item as CounterRow) };
    }
  }
}

/**
 * `measures`: the properties that each is the sum of; a row that lacks one of all these is not read, since half of them
 * would read as health. One entry for each thing that was counted at least twice; undefined where no sample holds these
 * counters. A counter that was set back counts from there on anew. `marking`: the measures whose rise marks an interval.
 */
export function countRises<const Measure extends string>(
  samples: readonly Sample[],
  cls: CounterClass,
  measures: Readonly<Record<Measure, readonly string[]>>,
  attribute: Attribute,
  marking: readonly NoInfer<Measure>[] = Object.keys(measures) as Measure[],
): readonly Rises<Measure>[] | undefined {
  const names = Object.keys(measures) as Measure[];
  const marks = names.map((name) => marking.includes(name));
  let isCounted = false;
  const found = new Map<string, Counting>();
  for (const sample of samples) {
    const ms = Date.parse(sample.at);
    for (const row of instanceRows(cls, sample)) {
      const now = names.map((name) => sumOf(row, measures[name]));
      if (!now.every((value) => value !== undefined)) continue;
      isCounted = true;
      const name = typeof row['Instance'] === 'string' ? row['Instance'] : '';
      const told = attribute(cls.instance, { key: name, name, row, values: new Map() });
      if (!('subject' in told)) continue;
      const before = found.get(told.subject.id);
      if (before === undefined) {
        const counts = names.map(() => 0n);
        found.set(told.subject.id, {
          last: now,
          counts,
          intervalsWithRise: 0,
          intervals: 0,
          firstMs: ms,
          lastMs: ms,
        });
      } else takeInterval(before, now, ms, marks);
    }
  }
  if (!isCounted) return undefined;
  return [...found].flatMap(([subjectId, { counts, intervalsWithRise, intervals, firstMs, lastMs }]) =>
    intervals === 0
      ? []
      : [
          {
            subjectId,
            counts: byName(names, counts.map(Number)),
            intervalsWithRise,
            intervals,
            seconds: Math.round((lastMs - firstMs) / 1000),
          },
        ],
  );
}

function sumOf(row: CounterRow, properties: readonly string[]): bigint | undefined {
  let sum = 0n;
  for (const property of properties) {
    const value = readCount(row[property]);
    if (value === undefined) return undefined;
    sum += value;
  }
  return sum;
}

function takeInterval(
  counting: Counting,
  now: readonly bigint[],
  ms: number,
  marks: readonly boolean[],
): void {
  const rises = now.map((value, at) => value - (counting.last[at] ?? 0n));
  counting.last = now;
  counting.lastMs = ms;
  counting.intervals += 1;
  if (rises.some((rise) => rise < 0n)) return;
  for (const [at, rise] of rises.entries()) {
    counting.counts[at] = (counting.counts[at] ?? 0n) + rise;
  }
  if (rises.some((rise, at) => rise > 0n && marks[at] === true)) counting.intervalsWithRise += 1;
}

function byName<Measure extends string>(
  names: readonly Measure[],
  values: readonly number[],
): Record<Measure, number> {
  return Object.fromEntries(names.map((name, at) => [name, values[at] ?? 0])) as Record<Measure, number>;
}
