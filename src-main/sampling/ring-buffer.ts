/** The last so many moments of many series, in memory that does not grow: a column of times, and one of values each. */

/**
 * Values that are kept at most, whatever the number of series: 32 MB of numbers of 32 bits, which are exact to seven
 * digits. That is an hour of 2,200 series at one a second; with more series there are fewer moments.
 */
const mostValues = 8_000_000;
/** Moments that are kept however many series there are: a minute at the fastest pace. */
const fewestMoments = 240;

export interface BufferWindow {
  /** ms since 1970, rising. */
  readonly times: Float64Array;
  /** The values of a series at these times; NaN is a gap. All gaps for a series that is not known. */
  readonly valuesOf: (id: string) => Float64Array;
}

export class SeriesRing {
  #wanted: number;
  #capacity: number;
  #times: Float64Array;
  readonly #columns = new Map<string, Float32Array>();
  #next = 0;
  #length = 0;

  /** `capacity`: moments that are kept, at least 1. */
  constructor(capacity: number) {
    this.#wanted = capacity;
    this.#capacity = capacity;
    this.#times = new Float64Array(capacity);
  }

  /** Moments that are kept now. */
  get capacity(): number {
    return this.#capacity;
  }

  /** Keeps what there is, as far as it fits. */
  setCapacity(capacity: number): void {
    this.#wanted = capacity;
    this.#fit();
  }

  get length(): number {
    return this.#length;
  }

  /** Of the oldest moment that is kept, ms since 1970; undefined where there is none. */
  get oldestMs(): number | undefined {
    return this.#length === 0 ? undefined : this.#times[this.#place(0)];
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
        column = new Float32Array(this.#capacity).fill(Number.NaN);
        this.#columns.set(id, column);
      }
      column[this.#next] = value;
    }
    this.#next = (this.#next + 1) % this.#capacity;
    this.#length = Math.min(this.#length + 1, this.#capacity);
    if (this.#columns.size * this.#capacity > mostValues) this.#fit();
  }

  /** Forgets series that have nothing but gaps, and answers which. */
  dropEmpty(): readonly string[] {
    const empty = [...this.#columns].flatMap(([id, column]) => (column.every(Number.isNaN) ? [id] : []));
    for (const id of empty) this.#columns.delete(id);
    if (empty.length > 0) this.#fit();
    return empty;
  }

  /** The moments of the last `windowMs` before the newest one, that one included. */
  window(windowMs: number): BufferWindow {
    const newest = this.#length === 0 ? 0 : (this.#times[this.#place(this.#length - 1)] ?? 0);
    let first = this.#length;
    while (first > 0 && (this.#times[this.#place(first - 1)] ?? 0) > newest - windowMs) first -= 1;
    const length = this.#length - first;
    const cut = (column: Float64Array | Float32Array): Float64Array =>
      Float64Array.from({ length }, (_, index) => column[this.#place(first + index)] ?? Number.NaN);
    return {
      times: cut(this.#times),
      valuesOf: (id) => {
        const column = this.#columns.get(id);
        return column === undefined ? new Float64Array(length).fill(Number.NaN) : cut(column);
      },
    };
  }

  #fit(): void {
    const fitting = Math.max(fewestMoments, Math.floor(mostValues / Math.max(1, this.#columns.size)));
    const capacity = Math.min(this.#wanted, fitting);
    if (capacity === this.#capacity) return;
    const kept = Math.min(this.#length, capacity);
    const moved = <Column extends Float64Array | Float32Array>(column: Column, to: Column): Column => {
      for (let index = 0; index < kept; index += 1) {
        to[index] = column[this.#place(this.#length - kept + index)] ?? Number.NaN;
      }
      return to;
    };
    const times = moved(this.#times, new Float64Array(capacity));
    for (const [id, column] of this.#columns) {
      this.#columns.set(id, moved(column, new Float32Array(capacity).fill(Number.NaN)));
    }
    this.#times = times;
    this.#capacity = capacity;
    this.#length = kept;
    this.#next = kept % capacity;
  }

  /** Where the moment stands that is `index` moments after the oldest. */
  #place(index: number): number {
    return (this.#next - this.#length + index + this.#capacity) % this.#capacity;
  }
}
