/** What this program is and whose work is in it: asked for when somebody wants to know. */
import type { About, WindowBridge } from '#shared/contract.ts';
import type { PackageLicence } from '#shared/licence.ts';
import type { Failure } from '#shared/result.ts';

export class AboutStore {
  readonly #bridge: WindowBridge;
  #about = $state.raw<About>();
  #licences = $state.raw<readonly PackageLicence[]>();
  #failure = $state.raw<Failure>();

  constructor(bridge: WindowBridge) {
    this.#bridge = bridge;
  }

  get about(): About | undefined {
    return this.#about;
  }

  /** Empty where nothing has been built; undefined while it is asked for. */
  get licences(): readonly PackageLicence[] | undefined {
    return this.#licences;
  }

  get failure(): Failure | undefined {
    return this.#failure;
  }

  /** Asks once: neither changes while the program runs. */
  async ask(): Promise<void> {
    if (this.#about !== undefined && this.#licences !== undefined) return;
    const [about, licences] = await Promise.all([this.#bridge.app.about({}), this.#bridge.app.licences({})]);
    if (about.ok) this.#about = about.value;
    if (licences.ok) this.#licences = licences.value;
    this.#failure = about.ok ? (licences.ok ? undefined : licences.failure) : about.failure;
  }
}
