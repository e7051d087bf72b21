/** The instances of a class in one sample: each by its key, with exact values. */
import type { CounterRow, Sample } from '#shared/sample.ts';
import type { CounterClass } from './counters.ts';

/** One instance as it was read. */
export interface InstanceReading {
  /** Tells it from the other instances of its class. */
  readonly key: string;
  /** What the host calls it. */
  readonly name: string;
  /** The row that it stands in, with the properties that tell what it is. */
  readonly row: CounterRow;
  /** By property; a counter that the row lacks, or that is no counter value, is left out. */
  readonly values: ReadonlyMap<string, bigint>;
  /** Clock of the performance counters, as exact ms over a divisor; undefined where the row carries none. */
  readonly stamp?: { readonly ticks: bigint; readonly perSecond: bigint };
}

/** A count from a number or a decimal or `0x` text; undefined for anything else. Exact up to 64 bits. */
export function readCount(value: unknown): bigint | undefined {
  if (typeof value === 'number') return Number.isInteger(value) && value >= 0 ? BigInt(value) : undefined;
  if (typeof value === 'string' && /^(\d{1,20}|0x[0-9a-f]{1,16})$/i.test(value)) return BigInt(value);
  return undefined;
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function read(cls: CounterClass, source: CounterRow, row: CounterRow, key: string): InstanceReading {
  const values = new Map<string, bigint>();
  for (const { property } of cls.counters) {
    const count = readCount(source[property]);
    if (count !== undefined) values.set(property, count);
  }
  const ticks = readCount(row['Timestamp_PerfTime']);
  const perSecond = readCount(row['Frequency_PerfTime']);
  return {
    key,
    name: textOf(row['Instance']),
    row: source === row ? row : { ...row, ...source },
    values,
    ...(ticks !== undefined && perSecond !== undefined && ticks > 0n && perSecond > 0n
      ? { stamp: { ticks, perSecond } }
      : {}),
  };
}

function isTotal(name: string): boolean {
  return name.toLowerCase() === '_total';
}

export interface ClassReading {
  readonly instances: readonly InstanceReading[];
  /** Names that came more than once: which is which cannot be told, so none of them is read. */
  readonly repeated: ReadonlySet<string>;
}

/**
 * Undefined where the class did not answer. Totals are left out: they are sums of the others. So are paths without an
 * id, which stand for devices that are not set up.
 */
export function readClass(cls: CounterClass, sample: Sample): ClassReading | undefined {
  const rows = sample.counters[cls.name];
  if (rows === undefined) return undefined;
  const found = new Map<string, InstanceReading>();
  const repeated = new Set<string>();
  const keep = (reading: InstanceReading): void => {
    if (found.has(reading.key)) repeated.add(reading.key);
    else found.set(reading.key, reading);
  };
  for (const row of rows) {
    const name = textOf(row['Instance']);
    if (name === '' || isTotal(name)) continue;
    if (cls.within === undefined) {
      const number = cls.number === undefined ? undefined : readCount(row[cls.number]);
      keep(read(cls, row, row, number === undefined ? name : `${name}\n${number}`));
      continue;
    }
    const { list, key } = cls.within;
    const inner: unknown = row[list];
    for (const item of Array.isArray(inner) ? (inner as unknown[]) : []) {
      if (typeof item !== 'object' || item === null) continue;
      const id = readCount((item as CounterRow)[key]);
      if (id === undefined || id === 0n) continue;
      keep(read(cls, item as CounterRow, row, `${name}\n${id}`));
    }
  }
  for (const key of repeated) found.delete(key);
  return { instances: [...found.values()], repeated };
}
