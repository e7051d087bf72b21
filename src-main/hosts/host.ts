/** Where a capture comes from: this machine, a file, or a simulated host. */
import type { Capture, ObservationName } from '#shared/capture.ts';
import type { CheckSource } from '#shared/finding.ts';
import type { SamplerState } from '#shared/live.ts';
import type { Result } from '#shared/result.ts';
import type { Sample } from '#shared/sample.ts';

export interface LookProgress {
  readonly observation: ObservationName;
  readonly state: 'asking' | 'ok' | 'unavailable' | 'failed';
  readonly done: number;
  readonly total: number;
}

export interface LookOptions {
  readonly onProgress?: (progress: LookProgress) => void;
  readonly signal?: AbortSignal;
}

export interface SamplerOptions {
  readonly intervalMs: number;
  /** In the order taken. */
  readonly onSample: (sample: Sample) => void;
  /** Whenever the state is another one; `state` of the sampler says it already. */
  readonly onState: () => void;
}

/** Reads the counters of a host from its opening on, again and again, until it is closed. */
export interface Sampler {
  readonly state: () => SamplerState;
  readonly setInterval: (intervalMs: number) => void;
  /** Of a recording alone: undefined elsewhere. */
  readonly replay?: ReplayControl;
  readonly close: () => Promise<void>;
}

interface ReplayControl {
  readonly setSpeed: (speed: number) => void;
  readonly setPaused: (isPaused: boolean) => void;
  /** From the beginning of the recording; what was handed out before is handed out again where it lies behind. */
  readonly goTo: (positionMs: number) => void;
}

export interface Host {
  readonly source: CheckSource;
  /** What the person is told it is: "this machine", a file's name, "demo host iscsi-on-team". */
  readonly label: string;
  /** A look is complete in itself: what could not be observed is in the capture, with the reason. */
  readonly look: (options?: LookOptions) => Promise<Result<Capture>>;
  /** Fails where nothing can be read: not Windows, a capture without samples. A host that can never be sampled has none. */
  readonly openSampler?: (options: SamplerOptions) => Result<Sampler>;
  readonly close: () => Promise<void>;
}
