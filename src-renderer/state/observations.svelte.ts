/** What the host said in its last look: asked for when it is first shown, and anew after the next look. */
import { SvelteMap } from 'svelte/reactivity';
import type { ItemError, ObservationError, ObservationName, RawItem } from '#shared/capture.ts';
import type { WindowBridge } from '#shared/contract.ts';
import type { HostRecords, LookRecord, ObservationPart } from '#shared/observed.ts';
import type { Failure, Result } from '#shared/result.ts';

/** An answer as far as it has been fetched. */
export interface FetchedObservation {
  readonly status: ObservationPart['status'];
  readonly durationMs: number;
  readonly error?: ObservationError;
  readonly itemErrors: readonly ItemError[];
  readonly items: readonly RawItem[];
  readonly total: number;
  readonly tooLarge: number;
  /** Where the rest begins. */
  readonly next?: number;
}

/** `null`: not asked for in the last look. */
export type ObservationState = 'asking' | { readonly failure: Failure } | FetchedObservation | null;

export class ObservationStore {
  readonly #bridge: WindowBridge;
  readonly #observations = new SvelteMap<ObservationName, ObservationState>();
  #lookId: string | undefined;
  #record = $state.raw<LookRecord>();
  #records = $state.raw<HostRecords>();
  #failure = $state.raw<Failure>();

  constructor(bridge: WindowBridge) {
    this.#bridge = bridge;
  }

  /** What was asked and how it ended; undefined until it is known. */
  get record(): LookRecord | undefined {
    return this.#record;
  }

  get records(): HostRecords | undefined {
    return this.#records;
  }

  /** Why `record` or `records` could not be had. */
  get failure(): Failure | undefined {
    return this.#failure;
  }

  get(name: ObservationName): ObservationState | undefined {
    return this.#observations.get(name);
  }

  /** A look gave a new check: what was fetched of the one before is forgotten once the new is there. */
  async follow(lookId: string | undefined): Promise<void> {
    if (lookId === undefined || lookId === this.#lookId) return;
    this.#lookId = lookId;
    const open = [...this.#observations.keys()];
    this.#observations.clear();
    const [record, records] = await Promise.all([
      this.#bridge.host.observations({}),
      this.#bridge.host.records({}),
      ...open.map((name) => this.open(name)),
    ]);
    if (this.#lookId !== lookId) return;
    this.#failure = undefined;
    if (record.ok) this.#record = record.value ?? undefined;
    else this.#failure = record.failure;
    if (records.ok) this.#records = records.value ?? undefined;
    else this.#failure = records.failure;
  }

  /** An answer that could not be had is asked for again. */
  async open(name: ObservationName): Promise<void> {
    const known = this.#observations.get(name);
    if (known === 'asking' || known === null || (known !== undefined && !('failure' in known))) return;
    this.#observations.set(name, 'asking');
    await this.#fetch(name, 0, undefined);
  }

  /** The next piece of a large answer. */
  async more(name: ObservationName): Promise<void> {
    const known = this.#observations.get(name);
    if (
      known === 'asking' ||
      known === undefined ||
      known === null ||
      'failure' in known ||
      known.next === undefined
    )
      return;
    await this.#fetch(name, known.next, known);
  }

  async #fetch(name: ObservationName, from: number, before: FetchedObservation | undefined): Promise<void> {
    const lookId = this.#lookId;
    const answer = await this.#bridge.host.observation({ name, from });
    // Another look came in between, or another piece: this one belongs to what is gone.
    if (lookId !== this.#lookId || (before !== undefined && this.#observations.get(name) !== before)) return;
    this.#observations.set(name, joined(answer, before));
  }
}

function joined(
  answer: Result<ObservationPart | null>,
  before: FetchedObservation | undefined,
): ObservationState {
  if (!answer.ok) return { failure: answer.failure };
  if (answer.value === null) return null;
  const { name: _name, from: _from, ...part } = answer.value;
  return before === undefined
    ? part
    : { ...part, items: [...before.items, ...part.items], tooLarge: before.tooLarge + part.tooLarge };
}
