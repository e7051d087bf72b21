/**
 * Questions that got no answer in time are left alone for a minute: where a provider of Windows is stuck, each look would
 * wait for it again, and lose a process to it.
 */
import type { Capture, Observation, ObservationName } from '#shared/capture.ts';

const quietMs = 60_000;

export interface SilentQuestions {
  /** Why it is not asked now; undefined where it is. */
  readonly answerFor: (name: ObservationName) => Observation | undefined;
  /** Of what was really asked. */
  readonly note: (observations: Capture['observations']) => void;
}

/** `now` is in milliseconds and never goes back. */
export function createSilentQuestions(now: () => number): SilentQuestions {
  const until = new Map<string, number>();
  return {
    answerFor: (name) => {
      const leftMs = (until.get(name) ?? 0) - now();
      if (leftMs <= 0) return undefined;
      const seconds = Math.ceil(leftMs / 1000);
      return {
        status: 'failed',
        durationMs: 0,
        error: {
          kind: 'timed-out',
          message: `It did not answer in time when it was asked last, so it is not asked again for another ${seconds} s.`,
        },
      };
    },
    note: (observations) => {
      for (const [name, observation] of Object.entries(observations)) {
        const isSilent = observation.status === 'failed' && observation.error.kind === 'timed-out';
        if (isSilent) until.set(name, now() + quietMs);
        else until.delete(name);
      }
    },
  };
}
