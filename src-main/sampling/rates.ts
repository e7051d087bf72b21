/**
 * From counters to what happened between two readings of them: exact differences over the time that passed by the
 * counters' own clock. Where that cannot be told there is nothing, and a chart shows a gap.
 */
import type { Counter } from './counters.ts';
import type { InstanceReading } from './instances.ts';

/** What one instance did since it was read before. */
export interface Change {
  readonly elapsedMs: number;
  /** By property. */
  readonly counts: ReadonlyMap<string, bigint>;
}

interface Timed extends ReadAt {
  readonly reading: InstanceReading;
}

/** Longer than this many periods without a reading, and nobody knows what happened in between. */
const longestPeriods = 5;
/** A difference over less time than this part of a period says more about the clock than about the traffic. */
const shortestPeriod = 0.4;
/** How far from whole periods the clock on the wall may be. */
const wallTolerance = 0.25;
/** Above this a counter does not tell the truth: no adapter, disk or session moves 8 Tbit/s. */
const mostBytesPerSecond = 1e12;

/**
 * Time between two readings by the best clock that both have; NaN where it cannot be told. The clock on the wall may
 * be set at any moment, so what it says is believed only where it fits the period.
 */
function elapsedMs(before: Timed, now: Timed, periodMs: number): number {
  const [old, fresh] = [before.reading.stamp, now.reading.stamp];
  if (old !== undefined && fresh !== undefined && old.perSecond === fresh.perSecond) {
    return Number(((fresh.ticks - old.ticks) * 1_000_000n) / fresh.perSecond) / 1000;
  }
  if (before.tickMs !== undefined && now.tickMs !== undefined) return now.tickMs - before.tickMs;
  const passed = now.wallMs - before.wallMs;
  const periods = Math.max(1, Math.round(passed / periodMs));
  return Math.abs(passed - periods * periodMs) <= periodMs * wallTolerance ? passed : Number.NaN;
}

/**
 * How far a counter went. One that reads lower has wrapped if it stood in the upper half of its range and stands in the
 * lower half now; otherwise it was set back, and what it counted is lost: undefined.
 */
export function difference(before: bigint, now: bigint, bits: 32 | 64): bigint | undefined {
  if (now >= before) return now - before;
  const range = 1n << BigInt(bits);
  const half = range / 2n;
  return before >= half && before < range && now < half ? now - before + range : undefined;
}

/** Undefined where any counter was set back: whoever did that set back all of them, also those that read higher. */
function changeBetween(
  counters: readonly Counter[],
  before: Timed,
  now: Timed,
  passed: number,
): Change | undefined {
  const counts = new Map<string, bigint>();
  for (const { property, kind, bits } of counters) {
    const [old, fresh] = [before.reading.values.get(property), now.reading.values.get(property)];
    if (old === undefined || fresh === undefined) continue;
    const count = difference(old, fresh, bits);
    if (count === undefined) return undefined;
    if (kind === 'bytes' && (Number(count) / passed) * 1000 > mostBytesPerSecond) continue;
    counts.set(property, count);
  }
  return { elapsedMs: passed, counts };
}

/** When a class was read. */
export interface ReadAt {
  /** ms of a clock that only runs forward; undefined where the sample says none. */
  readonly tickMs: number | undefined;
  /** ms since 1970 by the clock on the wall. */
  readonly wallMs: number;
}

/** Follows the counters of one class from reading to reading. */
export class RateMeter {
  readonly #counters: readonly Counter[];
  #periodMs: number;
  #last = new Map<string, Timed>();

  /** `periodMs`: how often samples are taken. */
  constructor(counters: readonly Counter[], periodMs: number) {
    this.#counters = counters;
    this.#periodMs = periodMs;
  }

  setPeriod(periodMs: number): void {
    this.#periodMs = periodMs;
  }

  /**
   * What each instance did since the reading before, by its key. An instance is left out at its first reading, after a
   * break and after a reset. Not to be called where the class did not answer: the readings before stay then, and the
   * next answer tells the mean over both, if it comes soon enough.
   */
  take(instances: readonly InstanceReading[], at: ReadAt): ReadonlyMap<string, Change> {
    const changes = new Map<string, Change>();
    const seen = new Map<string, Timed>();
    for (const reading of instances) {
      const now: Timed = { reading, ...at };
      const before = this.#last.get(reading.key);
      seen.set(reading.key, now);
      if (before === undefined) continue;
      const passed = elapsedMs(before, now, this.#periodMs);
      const change = changeBetween(this.#counters, before, now, passed);
      if (change === undefined) continue;
      if (passed >= 0 && passed < shortestPeriod * this.#periodMs) {
        // Read again too soon, or out of a cache: the older reading stays the one to compare with.
        seen.set(reading.key, before);
      } else if (passed > 0 && passed <= longestPeriods * this.#periodMs) {
        changes.set(reading.key, change);
      }
    }
    // An instance that is gone is forgotten: what returns under its name may have begun to count anew.
    this.#last = seen;
    return changes;
  }
}
