/** Means over a few seconds at a time: what has to last is not judged by single readings, nor undone by one of them. */

/** A mean of less than this part of a bucket does not speak for the whole of it: the rest was a gap. */
const leastTold = 0.5;

export interface Bucket {
  readonly fromMs: number;
  readonly toMs: number;
  /** Mean of each value, by the weights that it was told with; left out where it was not told. */
  readonly means: ReadonlyMap<string, number>;
  /** The same of those that were told for most of the bucket. */
  readonly whole: ReadonlyMap<string, number>;
}

interface Sum {
  readonly total: number;
  readonly weight: number;
  readonly toldMs: number;
}

export class Buckets {
  readonly #lengthMs: number;
  #fromMs: number | undefined;
  #sums = new Map<string, Sum>();

  constructor(lengthMs: number) {
    this.#lengthMs = lengthMs;
  }

  /** A value that was the mean of the last `spanMs`; what it weighs beside others is that time, unless told. */
  add(name: string, value: number, spanMs: number, weight = spanMs): void {
    const { total = 0, weight: before = 0, toldMs = 0 } = this.#sums.get(name) ?? {};
    this.#sums.set(name, {
      total: total + value * weight,
      weight: before + weight,
      toldMs: toldMs + spanMs,
    });
  }

  /** To be called after what a moment brought was added. The bucket that ended with it, if one did. */
  close(timeMs: number): Bucket | undefined {
    const fromMs = (this.#fromMs ??= timeMs);
    if (timeMs === fromMs) {
      // The first moment only says when counting began.
      this.#sums.clear();
      return undefined;
    }
    if (timeMs - fromMs < this.#lengthMs) return undefined;
    const told = [...this.#sums].filter(([, { weight }]) => weight > 0);
    const mean = ([name, { total, weight }]: (typeof told)[number]) => [name, total / weight] as const;
    const enough = leastTold * (timeMs - fromMs);
    this.#sums = new Map();
    this.#fromMs = timeMs;
    return {
      fromMs,
      toMs: timeMs,
      means: new Map(told.map(mean)),
      whole: new Map(told.filter(([, { toldMs }]) => toldMs >= enough).map(mean)),
    };
  }
}
