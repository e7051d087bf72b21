import { describe, expect, it, vi } from 'vitest';
import { bridgeOver } from '#shared/contract.ts';
import type { LiveState, LiveTick } from '#shared/live.ts';
import { fail, succeed, type Result } from '#shared/result.ts';
import { LiveStore } from './live.svelte.ts';

const state = (revision: number, phase: LiveState['phase']): LiveState => ({
  revision,
  phase,
  since: '2026-11-30T00:00:00.000Z',
  intervalMs: 1000,
  wantedIntervalMs: 1000,
  sources: [],
  sampleCount: 0,
  missing: [],
});
const tick = (revision: number): LiveTick => ({
  revision,
  timeMs: revision * 1000,
  phase: 'running',
  rates: [{ subjectId: 'nic', in: 5, out: 0 }],
});

function storeInHand() {
  const answers: Record<string, Result<unknown>> = {
    'live.state': succeed(state(1, 'off')),
    'live.verdicts': succeed(null),
  };
  const listeners = new Map<string, (payload: unknown) => void>();
  const call = vi.fn((name: string) => Promise.resolve(answers[name] ?? fail('bad-request', name)));
  let now = 0;
  const bridge = bridgeOver({
    call,
    listen: (event, listener) => {
      listeners.set(event, listener);
      return () => listeners.delete(event);
    },
  });
  const asked = (name: string): number => call.mock.calls.filter(([one]) => one === name).length;
  return {
    store: new LiveStore(bridge, () => now),
    answers,
    asked,
    tell: (event: string, payload: unknown) => listeners.get(event)?.(payload),
    wait: (ms: number) => (now += ms),
  };
}

describe('live in the window', () => {
  it('starts and stops by one switch, and does not go back when answers overtake each other', async () => {
    const { store, answers, tell, asked } = storeInHand();
    await store.follow();
    expect(store.isOn).toBe(false);
    answers['live.start'] = succeed(state(5, 'starting'));
    await store.toggle();
    expect(store.isOn).toBe(true);
    answers['live.state'] = succeed(state(4, 'off'));
    tell('live.changed', { revision: 5 });
    await vi.waitFor(() => expect(asked('live.state')).toBe(2));
    expect(store.isOn).toBe(true);
    answers['live.stop'] = succeed(state(6, 'off'));
    await store.toggle();
    expect(store.isOn).toBe(false);
  });

  it('has the newest rates while it runs, and asks for verdicts now and then, not with every reading', async () => {
    const { store, answers, asked, tell, wait } = storeInHand();
    answers['live.state'] = succeed(state(1, 'running'));
    await store.follow();
    tell('live.tick', tick(2));
    expect(store.rates.get('nic')).toMatchObject({ in: 5 });
    for (let second = 0; second < 6; second += 1) {
      wait(1000);
      tell('live.tick', tick(3 + second));
    }
    expect(asked('live.verdicts')).toBe(3);
    answers['live.stop'] = succeed(state(20, 'off'));
    await store.stop();
    expect(store.rates.size).toBe(0);
  });

  it('says why a wish came to nothing, until another one is answered', async () => {
    const { store, answers } = storeInHand();
    await store.follow();
    answers['live.start'] = fail('refused', 'The counters of this host cannot be read.');
    await store.start();
    expect(store.failure?.message).toContain('cannot be read');
    answers['live.start'] = succeed(state(2, 'running'));
    await store.start();
    expect(store.failure).toBeUndefined();
  });

  it('has no rates while no source answers, and those of the others while one does', async () => {
    const { store, answers, tell } = storeInHand();
    const source = (phase: 'running' | 'stalled') => ({
      name: 'statistics',
      phase,
      since: '',
      failures: 0,
      skipped: 0,
    });
    const stalled = (...phases: ('running' | 'stalled')[]) =>
      succeed({ ...state(3, 'stalled'), sources: phases.map(source) });
    answers['live.state'] = stalled('stalled', 'running');
    await store.follow();
    tell('live.tick', tick(4));
    expect([store.isMoving, store.rates.size]).toEqual([true, 1]);
    answers['live.state'] = stalled('stalled', 'stalled');
    tell('live.changed', { revision: 5 });
    await vi.waitFor(() => expect(store.isMoving).toBe(false));
    expect(store.rates.size).toBe(0);
  });
});
