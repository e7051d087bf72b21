/** Where a capture comes from: this machine, a file, or a simulated host. */
import type { Capture, ObservationName } from '#shared/capture.ts';
import type { CheckSource } from '#shared/finding.ts';
import type { Result } from '#shared/result.ts';

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

export interface Host {
  readonly source: CheckSource;
  /** What the person is told it is: "this machine", a file's name, "demo host iscsi-on-team". */
  readonly label: string;
  /** A look is complete in itself: what could not be observed is in the capture, with the reason. */
  readonly look: (options?: LookOptions) => Promise<Result<Capture>>;
  readonly close: () => Promise<void>;
}
