/** The last so many moments of many series, in memory that does not grow: a column of times, and one of values each. */

export interface BufferWindow {
  /** ms since 1970, rising. */
  readonly times: Float64Array;
  /** The values of a series at these times; NaN is a gap. All gaps for a series that is not known. */
  readonly valuesOf: (id: string) => Float64Array;
}

export class SeriesRing {
  readonly #capacity: number;
  readonly #times: Float64Array;
  readonly #columns = new Map<string, Float64Array>();
  #next = 0;
  #length = 0;

  /** `capacity`: moments that are kept, at least 1. */
  constructor(capacity: number) {
    this.#capacity = capacity;
    this.#times = new Float64Array(capacity);
  }

  get length(): number {
    return this.#length;
  }

  /** Adds a moment; series that it does not name have a gap there. Throws where time does not go forward. */
  push(timeMs: number, values: ReadonlyMap<string, number>): void {
    const before = this.#length === 0 ? undefined : this.#times[this.#place(this.#length - 1)];
    if (before !== undefined && !(timeMs > before)) throw new RangeError('Time goes forward in a buffer.');
    this.#times[this.#next] = timeMs;
    for (const column of this.#columns.values()) column[this.#next] = Number.NaN;
    for (const [id, value] of values) {
      let column = this.#columns.get(id);
      if (column === undefined) {
        column = new Float64Array(this.#capacity).fill(Number.NaN);
        this.#columns.set(id, column);
      }
      column[this.#next] = value;
    }
    this.#next = (this.#next + 1) % this.#capacity;
    this.#length = Math.min(this.#length + 1, this.#capacity);
  }

  /** The moments of the last `windowMs` before the newest one, that one included. */
  window(windowMs: number): BufferWindow {
    const newest = this.#length === 0 ? 0 : (this.#times[this.#place(this.#length - 1)] ?? 0);
    let first = this.#length;
    while (first > 0 && (this.#times[this.#place(first - 1)] ?? 0) > newest - windowMs) first -= 1;
    const length = this.#length - first;
    const cut = (column: Float64Array): Float64Array =>
      Float64Array.from({ length }, (_, index) => column[this.#place(first + index)] ?? Number.NaN);
    return {
      times: cut(this.#times),
      valuesOf: (id) => {
        const column = this.#columns.get(id);
        return column === undefined ? new Float64Array(length).fill(Number.NaN) : cut(column);
      },
    };
  }

  /** Where the moment stands that is `index` moments after the oldest. */
  #place(index: number): number {
    return (this.#next - this.#length + index + this.#capacity) % this.#capacity;
  }
}
