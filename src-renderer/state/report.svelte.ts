/** A report of the last look: asked for when the person wants to save one. */
import type { WindowBridge } from '#shared/contract.ts';
import type { ReportFile, ReportFormat } from '#shared/report-file.ts';
import type { Failure } from '#shared/result.ts';

export class ReportStore {
  readonly #bridge: WindowBridge;
  #isMaking = $state(false);
  #failure = $state.raw<Failure>();

  constructor(bridge: WindowBridge) {
    this.#bridge = bridge;
  }

  get isMaking(): boolean {
    return this.#isMaking;
  }

  /** Why there was no report the last time. */
  get failure(): Failure | undefined {
    return this.#failure;
  }

  /** Undefined where there is none, with the reason in `failure`, or one is being made. */
  async make(wish: {
    readonly format: ReportFormat;
    readonly isRedacted: boolean;
  }): Promise<ReportFile | undefined> {
    if (this.#isMaking) return undefined;
    this.#isMaking = true;
    const answer = await this.#bridge.report.make(wish);
    this.#isMaking = false;
    this.#failure = answer.ok ? undefined : answer.failure;
    return answer.ok ? (answer.value ?? undefined) : undefined;
  }
}
