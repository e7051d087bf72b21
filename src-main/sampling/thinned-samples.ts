/**
 * A few samples of the last minutes of a running host: enough for what only rises, such as counted errors, and so few
 * that a host with thousands of instances does not fill the memory.
 */
import type { Sample } from '#shared/sample.ts';

const everyMs = 20_000;
const keptMs = 300_000;

export class ThinnedSamples {
  #kept: readonly { readonly timeMs: number; readonly sample: Sample }[] = [];

  /** Replaced, never changed, when another one is kept. */
  #samples: readonly Sample[] = [];

  get samples(): readonly Sample[] {
    return this.#samples;
  }

  /** `timeMs` rises, whatever was done to the clock. */
  take(sample: Sample, timeMs: number): void {
    const last = this.#kept.at(-1);
    if (last !== undefined && timeMs - last.timeMs < everyMs) return;
    this.#kept = [...this.#kept.filter((one) => timeMs - one.timeMs <= keptMs), { timeMs, sample }];
    this.#samples = this.#kept.map((one) => one.sample);
  }
}
