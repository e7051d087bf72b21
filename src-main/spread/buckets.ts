/** Means over a few seconds at a time: what has to last is not judged by single readings, nor undone by one of them. */

export interface Bucket {
  readonly fromMs: number;
  readonly toMs: number;
  /** Mean of each value over the time that it was told of; left out where it was not. */
  readonly means: ReadonlyMap<string, number>;
}

interface Sum {
  readonly total: number;
  readonly weight: number;
}

export class Buckets {
  readonly #lengthMs: number;
  #fromMs: number | undefined;
  #sums = new Map<string, Sum>();

  constructor(lengthMs: number) {
    this.#lengthMs = lengthMs;
  }

  add(name: string, value: number, weight: number): void {
    const { total = 0, weight: before = 0 } = this.#sums.get(name) ?? {};
    this.#sums.set(name, { total: total + value * weight, weight: before + weight });
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
    const means = new Map(
      [...this.#sums].flatMap(([name, { total, weight }]) =>
        weight > 0 ? [[name, total / weight] as const] : [],
      ),
    );
    this.#sums = new Map();
    this.#fromMs = timeMs;
    return { fromMs, toMs: timeMs, means };
  }
}
