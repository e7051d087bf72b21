/** Series of the host's counters as the window knows them: those that were last asked for. */
import type { WindowBridge } from '#shared/contract.ts';
import type { Failure } from '#shared/result.ts';
import type { SeriesAnswer } from '#shared/sample.ts';

/** More subjects than a call can name; no selection on a host comes near. */
const mostSubjects = 2000;

export class SampleStore {
  readonly #bridge: WindowBridge;
  #answer = $state.raw<SeriesAnswer>();
  #failure = $state.raw<Failure>();
  #turn = 0;

  constructor(bridge: WindowBridge) {
    this.#bridge = bridge;
  }

  /** The newest answer; it stays while another is on its way. */
  get answer(): SeriesAnswer | undefined {
    return this.#answer;
  }

  get failure(): Failure | undefined {
    return this.#failure;
  }

  /** Of all subjects where none are named; of all moments where no number is. */
  async ask(windowMs: number, subjectIds?: readonly string[], mostMoments?: number): Promise<void> {
    this.#turn += 1;
    const turn = this.#turn;
    const answer = await this.#bridge.samples.series({
      windowMs,
      ...(mostMoments === undefined ? {} : { mostMoments }),
      ...(subjectIds === undefined ? {} : { subjectIds: subjectIds.slice(0, mostSubjects) }),
    });
    // Answers may overtake each other.
    if (turn !== this.#turn) return;
    this.#failure = answer.ok ? undefined : answer.failure;
    if (answer.ok) this.#answer = answer.value;
  }
}
