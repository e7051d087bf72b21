/** What is selected, everywhere at once: on the map, in the findings, in the lists. */
import { SvelteSet } from 'svelte/reactivity';

export class SelectionStore {
  readonly #ids = new SvelteSet<string>();

  /** Ids of hops, routes and targets; empty where nothing is selected. */
  get ids(): ReadonlySet<string> {
    return this.#ids;
  }

  select(ids: readonly string[]): void {
    this.#ids.clear();
    for (const id of ids) this.#ids.add(id);
  }

  /** Selects these, or nothing where exactly these are selected. */
  toggle(ids: readonly string[]): void {
    this.select(this.isExactly(ids) ? [] : ids);
  }

  isExactly(ids: readonly string[]): boolean {
    return this.#ids.size === ids.length && ids.every((id) => this.#ids.has(id));
  }
}
