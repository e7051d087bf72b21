/** What a window knows of its host: where it comes from, the look under way, and the last check. */
import type { ObservationName } from './capture.ts';
import type { Check, CheckSource } from './finding.ts';
import type { Failure } from './result.ts';

export interface HostOrigin {
  readonly source: CheckSource;
  /** What the person is told it is: "this machine", a file's name, "demo host iscsi-on-team". */
  readonly label: string;
}

/** A look under way. Each one says all there is to say, so a missed one costs nothing. */
export interface LookState {
  readonly lookId: string;
  readonly done: number;
  /** 0 until the first observation has been asked for. */
  readonly total: number;
  /** Observations that are being asked for now. */
  readonly asking: readonly ObservationName[];
  readonly answered: { readonly ok: number; readonly unavailable: number; readonly failed: number };
}

export interface HostState {
  /** Grows with every change but those of `look`. */
  readonly revision: number;
  readonly origin: HostOrigin;
  readonly look?: LookState;
  /** Of the last look that gave a capture; it stays while another look is under way. */
  readonly check?: Check;
  /** The look that gave `check`, and how often it was judged anew: while it is the same, so is the check. */
  readonly checkLookId?: string;
  /** Why the last look gave no capture. */
  readonly failure?: Failure;
}
