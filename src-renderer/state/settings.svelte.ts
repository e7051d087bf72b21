/** What the person set for the host, and what changed since its pinned look. A change is made by main, which judges anew. */
import { createContext } from 'svelte';
import type { WindowBridge } from '#shared/contract.ts';
import type { HostDiff } from '#shared/host-diff.ts';
import type { Failure, Result } from '#shared/result.ts';
import type { PageEdit, SettingsState } from '#shared/settings.ts';

export class SettingsStore {
  readonly #bridge: WindowBridge;
  /** States arrive whole. */
  #state = $state.raw<SettingsState>();
  #since = $state.raw<HostDiff>();
  #failure = $state.raw<Failure>();
  #lookId: string | undefined;

  constructor(bridge: WindowBridge) {
    this.#bridge = bridge;
  }

  get current(): SettingsState | undefined {
    return this.#state;
  }

  /** What changed since the baseline, once it was asked for; undefined where none is pinned. */
  get since(): HostDiff | undefined {
    return this.#since;
  }

  /** Why the last thing could not be set or read. */
  get failure(): Failure | undefined {
    return this.#failure;
  }

  /** Asks anew where another look was made, or the last one was judged anew. */
  async follow(lookId: string | undefined): Promise<void> {
    if (lookId === undefined || lookId === this.#lookId) return;
    this.#lookId = lookId;
    const [state, since] = await Promise.all([
      this.#bridge.settings.state({}),
      this.#bridge.settings.sinceBaseline({}),
    ]);
    if (this.#lookId !== lookId) return;
    if (state.ok) this.#state = state.value ?? undefined;
    if (since.ok) this.#since = since.value ?? undefined;
    this.#failure = [state, since].find((one) => !one.ok)?.failure;
  }

  /** True: it is set. Else `failure` says why not. */
  async change(edit: PageEdit): Promise<boolean> {
    return this.#take(await this.#bridge.settings.change({ edit }));
  }

  async pinBaseline(): Promise<boolean> {
    return this.#take(await this.#bridge.settings.pinBaseline({}));
  }

  #take(answer: Result<SettingsState>): boolean {
    this.#failure = answer.ok ? undefined : answer.failure;
    if (answer.ok) this.#state = answer.value;
    return answer.ok;
  }
}

/** Reached from deep inside: a finding, a target and an interface each offer what can be said of them. */
export const [useSettings, provideSettings] = createContext<SettingsStore>();
