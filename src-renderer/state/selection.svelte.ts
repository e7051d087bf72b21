/** What is selected, everywhere at once: on the map, in the findings, in the lists. */
import { SvelteSet } from 'svelte/reactivity';

/** Where the wish to select came from: what a person just pressed stays where it is. */
export type SelectionOrigin = 'map' | 'finding' | 'list' | 'table' | 'chart';

export class SelectionStore {
  readonly #ids = new SvelteSet<string>();
  #origin = $state<SelectionOrigin>('map');

  /** Ids of hops, routes and targets; empty where nothing is selected. */
  get ids(): ReadonlySet<string> {
    return this.#ids;
  }

  /** Of the newest selection. */
  get origin(): SelectionOrigin {
    return this.#origin;
  }

  select(ids: readonly string[], origin: SelectionOrigin = 'map'): void {
    this.#origin = origin;
    this.#ids.clear();
    for (const id of ids) this.#ids.add(id);
  }

  /** Selects these, or nothing where exactly these are selected. */
  toggle(ids: readonly string[], origin: SelectionOrigin = 'map'): void {
    this.select(this.isExactly(ids) ? [] : ids, origin);
  }

  isExactly(ids: readonly string[]): boolean {
    return this.#ids.size === ids.length && ids.every((id) => this.#ids.has(id));
  }
}
