/** The host as the window knows it: asked once, then kept up by events. */
import type { WindowBridge } from '#shared/contract.ts';
import type { HostState, LookState } from '#shared/host-state.ts';
import type { Failure } from '#shared/result.ts';

export class HostStore {
  readonly #bridge: WindowBridge;
  /** States arrive whole. */
  #state = $state.raw<HostState>();
  #progress = $state.raw<LookState>();
  #lost = $state.raw<Failure>();
  #refused = $state.raw<Failure>();
  #isStarting = $state(false);

  constructor(bridge: WindowBridge) {
    this.#bridge = bridge;
  }

  get current(): HostState | undefined {
    return this.#state;
  }

  /** The look under way, with its newest progress. */
  get look(): LookState | undefined {
    const look = this.#state?.look;
    return look && this.#progress?.lookId === look.lookId ? this.#progress : look;
  }

  /** From the wish to look on, which main has not answered yet, until the look has ended. */
  get isLooking(): boolean {
    return this.#isStarting || this.look !== undefined;
  }

  /** False: a look is under way, or the host is not there to be asked. */
  get canLook(): boolean {
    return !this.isLost && !this.isLooking && this.current !== undefined;
  }

  /** What stands in the way now: the way to the host is lost, a call failed, or the last look did. */
  get failure(): Failure | undefined {
    return this.#lost ?? this.#refused ?? this.#state?.failure;
  }

  get isLost(): boolean {
    return this.#lost !== undefined;
  }

  /** Listens, then asks; gives the undo. */
  async follow(): Promise<() => void> {
    const undo = [
      this.#bridge.host.onProgress((look) => (this.#progress = look)),
      this.#bridge.host.onChanged(() => void this.#ask()),
    ];
    await this.#ask();
    return () => undo.forEach((stop) => stop());
  }

  /** `sendsPackets`: to the ends of storage as well. */
  async lookAgain({ sendsPackets = false } = {}): Promise<void> {
    this.#isStarting = true;
    const answer = await this.#bridge.host.lookAgain(sendsPackets ? { sendsPackets } : {});
    if (answer.ok) await this.#ask();
    else this.#refused = answer.failure;
    this.#isStarting = false;
  }

  async cancel(): Promise<void> {
    const lookId = this.look?.lookId;
    if (lookId === undefined) return;
    const answer = await this.#bridge.host.cancel({ lookId });
    this.#refused = answer.ok ? undefined : answer.failure;
  }

  /** The way to the host is gone: what is known stays, and nothing more can be asked. */
  lose(failure: Failure): void {
    this.#lost = failure;
  }

  async #ask(): Promise<void> {
    const answer = await this.#bridge.host.state({});
    if (!answer.ok) {
      this.#refused = answer.failure;
      return;
    }
    this.#refused = undefined;
    // Answers may overtake each other.
    if (answer.value.revision >= (this.#state?.revision ?? 0)) this.#state = this.#keepCheck(answer.value);
  }

  /** The check of the same look is the same object, so that nothing that hangs on it is computed or drawn again. */
  #keepCheck(state: HostState): HostState {
    const known = this.#state;
    const isSame = known?.check !== undefined && known.checkLookId === state.checkLookId;
    return isSame && state.checkLookId !== undefined ? { ...state, check: known.check } : state;
  }
}
