/** What is under way outside of this process: while something is, time stands still for a moment. */
export class Busy {
  #count = 0;

  get isIdle(): boolean {
    return this.#count === 0;
  }

  async track<T>(work: Promise<T>): Promise<T> {
    this.#count += 1;
    try {
      return await work;
    } finally {
      this.#count -= 1;
    }
  }
}
