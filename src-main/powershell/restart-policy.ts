/** Decides when a PowerShell process may be started after others ended badly. */
import type { Failure } from '#shared/result.ts';

const firstPauseMs = 500;
const longestPauseMs = 8_000;
const failuresAllowed = 5;
const windowMs = 60_000;

type NextStart =
  | { readonly type: 'start'; readonly afterMs: number }
  /** Nothing is started for now; calls answer this failure at once. */
  | { readonly type: 'refuse'; readonly failure: Failure };

export interface RestartPolicy {
  /** A process came to its first answer. */
  readonly started: () => void;
  /** A process answered a call: what was before is forgotten. */
  readonly answered: () => void;
  /** A running process ended, or had to be ended. The next start waits a little; it is never refused for that. */
  readonly ended: () => void;
  /**
   * A process did not come to its first answer. `holdMs` is for causes that trying again at once cannot mend: until
   * then calls get the same answer.
   */
  readonly startFailed: (failure: Failure, holdMs: number) => void;
  readonly next: () => NextStart;
}

/** `now` is in milliseconds and never goes back. */
export function createRestartPolicy(now: () => number): RestartPolicy {
  let failuresInARow = 0;
  let lastFailureAt = 0;
  let startFailures: number[] = [];
  let refusal: { readonly failure: Failure; readonly until: number } | undefined;

  function noteFailure(): number {
    failuresInARow += 1;
    lastFailureAt = now();
    return lastFailureAt;
  }

  return {
    started() {
      startFailures = [];
      refusal = undefined;
    },
    answered() {
      failuresInARow = 0;
    },
    ended() {
      noteFailure();
    },
    startFailed(failure, holdMs) {
      const at = noteFailure();
      startFailures = [...startFailures.filter((time) => time > at - windowMs), at];
      if (holdMs > 0) refusal = { failure, until: at + holdMs };
      const [first] = startFailures;
      if (startFailures.length < failuresAllowed || first === undefined) return;
      refusal = {
        failure: {
          ...failure,
          message: `PowerShell could not be started ${failuresAllowed} times within a minute. ${failure.message}`,
          remedy: `Look again in a minute. ${failure.remedy ?? ''}`.trim(),
        },
        until: Math.max(first + windowMs, at + holdMs),
      };
    },
    next() {
      if (refusal !== undefined && now() < refusal.until) return { type: 'refuse', failure: refusal.failure };
      if (failuresInARow === 0) return { type: 'start', afterMs: 0 };
      const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** (failuresInARow - 1));
      return { type: 'start', afterMs: Math.max(0, lastFailureAt + pauseMs - now()) };
    },
  };
}
