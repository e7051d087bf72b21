import { describe, expect, it } from 'vitest';
import type { Failure } from '#shared/result.ts';
import { createRestartPolicy, type RestartPolicy } from './restart-policy.ts';

const failure: Failure = { kind: 'start-failed', message: 'It ended.', remedy: 'Look.' };

function policyAt(): { policy: RestartPolicy; pass: (ms: number) => void } {
  let nowMs = 1_000_000;
  return {
    policy: createRestartPolicy(() => nowMs),
    pass: (ms) => {
      nowMs += ms;
    },
  };
}

describe('the restart policy', () => {
  it('starts the first process at once', () => {
    expect(policyAt().policy.next()).toEqual({ type: 'start', afterMs: 0 });
  });

  it('waits half a second after an end, then twice as long each time, and never more than eight', () => {
    const { policy, pass } = policyAt();
    const pauses = [];
    for (let count = 0; count < 7; count += 1) {
      policy.ended();
      const next = policy.next();
      if (next.type === 'start') pauses.push(next.afterMs);
      pass(30_000);
    }
    expect(pauses).toEqual([500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000]);
  });

  it('counts the pause from the end, not from the next call', () => {
    const { policy, pass } = policyAt();
    policy.ended();
    pass(200);
    expect(policy.next()).toEqual({ type: 'start', afterMs: 300 });
    pass(1_000);
    expect(policy.next()).toEqual({ type: 'start', afterMs: 0 });
  });

  it('begins anew after an answer', () => {
    const { policy } = policyAt();
    policy.ended();
    policy.ended();
    policy.answered();
    policy.ended();
    expect(policy.next()).toEqual({ type: 'start', afterMs: 500 });
  });

  it('never refuses for processes that ended in the middle of a call', () => {
    const { policy } = policyAt();
    for (let count = 0; count < 50; count += 1) policy.ended();
    expect(policy.next().type).toBe('start');
  });

  it('refuses after five failed starts within a minute, says why and how to go on, and tries again later', () => {
    const { policy, pass } = policyAt();
    for (let count = 1; count <= 5; count += 1) {
      expect(policy.next().type).toBe('start');
      policy.startFailed(failure, 0);
      pass(10_000);
    }
    expect(policy.next()).toEqual({
      type: 'refuse',
      failure: {
        kind: 'start-failed',
        message: 'PowerShell could not be started 5 times within a minute. It ended.',
        remedy: 'Look again in a minute. Look.',
      },
    });
    pass(10_000);
    expect(policy.next().type).toBe('start');
  });

  it('does not refuse for five failed starts that are further apart', () => {
    const { policy, pass } = policyAt();
    for (let count = 1; count <= 8; count += 1) {
      policy.startFailed(failure, 0);
      pass(16_000);
    }
    expect(policy.next().type).toBe('start');
  });

  it('forgets failed starts once a process has started', () => {
    const { policy } = policyAt();
    for (let count = 1; count <= 4; count += 1) policy.startFailed(failure, 0);
    policy.started();
    policy.startFailed(failure, 0);
    expect(policy.next().type).toBe('start');
  });

  it('gives the same answer for as long as another try is of no use', () => {
    const { policy, pass } = policyAt();
    policy.startFailed(failure, 5_000);
    pass(4_999);
    expect(policy.next()).toEqual({ type: 'refuse', failure });
    pass(1);
    expect(policy.next()).toEqual({ type: 'start', afterMs: 0 });
  });
});
