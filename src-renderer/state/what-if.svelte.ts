/** The simulation that is on: a list of changes, and what the host would be with them. Nothing on the host is touched. */
import { SvelteSet } from 'svelte/reactivity';
import type { WindowBridge } from '#shared/contract.ts';
import type { Check } from '#shared/finding.ts';
import type { Failure } from '#shared/result.ts';
import type { Change, WhatIfAnswer } from '#shared/what-if.ts';

export class WhatIfStore {
  readonly #bridge: WindowBridge;
  /** Answers arrive whole. */
  #changes = $state.raw<readonly Change[]>([]);
  #answer = $state.raw<WhatIfAnswer>();
  #failure = $state.raw<Failure>();
  #lookId: string | undefined;
  #asked = 0;
  /** Ids of what fails in the simulation. */
  readonly failedIds: ReadonlySet<string> = $derived(
    new SvelteSet(this.#changes.flatMap((change) => (change.change === 'fail' ? [change.id] : []))),
  );

  constructor(bridge: WindowBridge) {
    this.#bridge = bridge;
  }

  get changes(): readonly Change[] {
    return this.#changes;
  }

  get isOn(): boolean {
    return this.#changes.length > 0;
  }

  /** The newest answer; without changes it is of the host as it is. Undefined until somebody has looked. */
  get answer(): WhatIfAnswer | undefined {
    return this.#answer;
  }

  /** The simulated host, while a simulation is on and answered. */
  get check(): Check | undefined {
    return this.isOn && (this.#answer?.changes.length ?? 0) > 0 ? this.#answer?.check : undefined;
  }

  get failure(): Failure | undefined {
    return this.#failure;
  }

  /** Asks anew where another look has been made; the changes stay. */
  async follow(lookId: string | undefined): Promise<void> {
    if (lookId === undefined || lookId === this.#lookId) return;
    this.#lookId = lookId;
    await this.#ask();
  }

  async add(change: Change): Promise<void> {
    await this.#set([...this.#changes, change]);
  }

  /** Fails a thing, or brings it back. */
  async toggleFailure(id: string): Promise<void> {
    const others = this.#changes.filter((change) => change.change !== 'fail' || change.id !== id);
    await this.#set(
      others.length < this.#changes.length ? others : [...this.#changes, { change: 'fail', id }],
    );
  }

  async takeBack(index: number): Promise<void> {
    await this.#set(this.#changes.toSpliced(index, 1));
  }

  async undo(): Promise<void> {
    await this.#set(this.#changes.slice(0, -1));
  }

  async reset(): Promise<void> {
    await this.#set([]);
  }

  async #set(changes: readonly Change[]): Promise<void> {
    this.#changes = changes;
    await this.#ask();
  }

  async #ask(): Promise<void> {
    this.#asked += 1;
    const asked = this.#asked;
    const answer = await this.#bridge.paths.whatIf({ changes: this.#changes });
    // Answers may overtake each other; only that to the newest question counts.
    if (asked !== this.#asked) return;
    this.#failure = answer.ok ? undefined : answer.failure;
    if (answer.ok) this.#answer = answer.value;
  }
}
