/** How things end without throwing across a border: a value, or a failure a person can act on. */

/** Why an observation has no answer. Also `error.kind` in capture files, so a kind is never renamed. */
export const observationFailureKinds = [
  /** The role or feature is not installed: the thing cannot exist on this host. */
  'feature-missing',
  /** This Windows release never had it: the thing cannot exist on this host. */
  'not-on-this-windows',
  /** The command is not there though the thing may exist. */
  'cmdlet-missing',
  /** The service that answers is not running. */
  'service-stopped',
  'not-elevated',
  'access-denied',
  'timed-out',
  'cancelled',
  /** The PowerShell process ended in the middle of the call. */
  'exited',
  /** PowerShell could not be started. */
  'start-failed',
  /** The answer was incomplete or had another shape than expected. */
  'bad-output',
  'too-large',
  /** PowerShell runs in constrained language mode and refuses what discovery needs. */
  'constrained-language',
  /** The script ran and ended in an error that has no better name here. */
  'script-error',
  'unexpected',
] as const;

export type ObservationFailureKind = (typeof observationFailureKinds)[number];

/** Every way a call of the product can fail: those of an observation, and those of the product's own doors. */
export type FailureKind =
  | ObservationFailureKind
  /** The caller asked for something the contract does not have. */
  | 'bad-request'
  /** A file could not be read, or is not what it says it is. */
  | 'bad-file'
  /** The caller may not do that. */
  | 'refused';

export interface Failure {
  readonly kind: FailureKind;
  /** What happened, in one sentence for a person. */
  readonly message: string;
  /** What the person can do next. */
  readonly remedy?: string;
  /** Technical detail for the log: an exit code, the tail of stderr, a path inside a file. */
  readonly detail?: string;
}

export type Result<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };

export function succeed<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function fail(
  kind: FailureKind,
  message: string,
  more: { remedy?: string; detail?: string } = {},
): Result<never> {
  return { ok: false, failure: { kind, message, ...more } };
}
