/** How changes are put into words: impacts, states and outcomes, each with its sign. */
import type { Impact, Outcome, StepState } from '#shared/fix-plan.ts';

type SignKind = 'error' | 'warning' | 'info' | 'fine' | 'unknown' | 'none';

interface Worded {
  readonly kind: SignKind;
  readonly word: string;
}

export const impactSigns: Readonly<Record<Impact, Worded & { readonly means: string }>> = {
  none: { kind: 'fine', word: 'No interruption', means: 'Nothing that runs is touched.' },
  adds: { kind: 'fine', word: 'Adds', means: 'A path or an address more; nothing is taken away.' },
  path: { kind: 'info', word: 'Path', means: 'A path may stand still for some seconds.' },
  link: {
    kind: 'warning',
    word: 'Link',
    means: 'An adapter starts anew: all that uses it stands still for some seconds.',
  },
  reboot: { kind: 'warning', word: 'Restart', means: 'Works only after the host was restarted.' },
  outage: { kind: 'error', word: 'Outage', means: 'A switch, a team or all paths are cut meanwhile.' },
};

export const stepSigns: Readonly<Record<StepState, Worded>> = {
  waiting: { kind: 'none', word: 'Waiting' },
  running: { kind: 'info', word: 'Running' },
  verifying: { kind: 'info', word: 'Verifying' },
  done: { kind: 'fine', word: 'Done' },
  failed: { kind: 'error', word: 'Failed' },
  undoing: { kind: 'warning', word: 'Undoing' },
  undone: { kind: 'warning', word: 'Undone' },
  'not-undone': { kind: 'error', word: 'Not undone' },
  skipped: { kind: 'none', word: 'Skipped' },
};

export const outcomeSigns: Readonly<Record<Outcome, Worded>> = {
  successful: { kind: 'fine', word: 'Successful' },
  'goal-not-reached': { kind: 'warning', word: 'Done, but the finding is still there' },
  'rolled-back': { kind: 'warning', word: 'Rolled back' },
  'reverted-by-guard': { kind: 'warning', word: 'Reverted by the guard' },
  'partly-undone': { kind: 'error', word: 'Partly undone' },
  refused: { kind: 'error', word: 'Refused: nothing was changed' },
  'waits-for-restart': { kind: 'info', word: 'Waits for a restart' },
  interrupted: { kind: 'error', word: 'Interrupted' },
};

/** `1 min 20 s`, `45 s`; never negative. */
export function secondsLeft(untilMs: number, nowMs: number): string {
  const seconds = Math.max(0, Math.ceil((untilMs - nowMs) / 1000));
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
