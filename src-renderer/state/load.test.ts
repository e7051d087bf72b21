import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { bridgeOver } from '#shared/contract.ts';
import type { LoadRun, ShownLoadPlan } from '#shared/load.ts';
import { fail, succeed, type Result } from '#shared/result.ts';
import { LoadStore } from './load.svelte.ts';

const plan = {
  host: 'HV01',
  target: null,
  source: { kind: 'disk', number: 1 },
  opened: 'a disk',
  name: 'Disk 1',
  streams: 4,
  seconds: 20,
  bitsPerSecond: 1e9,
  bytes: 1e9,
  blockBytes: 262_144,
  ceilings: { singleStream: null, guaranteed: null, possible: null },
  takes: 'It takes.',
  refusals: [],
} as const satisfies LoadRun['plan'];
const shown: ShownLoadPlan = { ...plan, hash: 'a', nowBytesPerSecond: null, lines: [] };
const run = (phase: LoadRun['phase'], id = 'one'): LoadRun => ({
  id,
  plan,
  phase,
  streams: 1,
  progress: null,
  isStopping: false,
});

function storeInHand() {
  const answers: Record<string, Result<unknown>> = { 'load.state': succeed(null) };
  let tell: (payload: unknown) => void = () => undefined;
  const call = vi.fn((name: string) => Promise.resolve(answers[name] ?? fail('bad-request', name)));
  const store = new LoadStore(
    bridgeOver({
      call,
      listen: (_, listener) => {
        tell = listener;
        return () => undefined;
      },
    }),
  );
  const asked = (name: string): number => call.mock.calls.filter(([one]) => one === name).length;
  return { store, answers, asked, tell: (one: LoadRun) => tell(one) };
}

describe('a read in the window', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('is asked for as long as it runs, however often it is told, since main ends one that nobody asks for', async () => {
    const { store, answers, asked, tell } = storeInHand();
    await store.follow();
    answers['load.state'] = succeed(run('reading'));
    for (let passed = 0; passed < 12_000; passed += 250) {
      tell(run('reading'));
      await vi.advanceTimersByTimeAsync(250);
    }
    expect(asked('load.state')).toBe(1 + 4);
    expect(store.isRunning).toBe(true);
    tell(run('over'));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(asked('load.state')).toBe(1 + 4);
    expect(store.isRunning).toBe(false);
  });

  it('is over once that was told, whatever an older answer says', async () => {
    const { store, tell } = storeInHand();
    await store.follow();
    tell(run('reading'));
    tell(run('over'));
    tell(run('reading'));
    expect(store.run?.phase).toBe('over');
    tell(run('counting', 'another'));
    expect(store.run?.id).toBe('another');
    tell(run('over', 'another'));
  });

  it('is planned by the last wish, and the plan is gone once it runs', async () => {
    const { store, answers, tell } = storeInHand();
    await store.follow();
    answers['load.plan'] = succeed(shown);
    const first = store.makePlan({ source: { kind: 'disk', number: 1 } });
    answers['load.plan'] = succeed({ ...shown, name: 'Disk 2' });
    const second = store.makePlan({ source: { kind: 'disk', number: 2 } });
    expect(store.isPlanning).toBe(true);
    await Promise.all([first, second]);
    expect(store.plan?.name).toBe('Disk 2');
    answers['load.start'] = fail('refused', 'A load is running already.');
    await store.start();
    expect(store.failure?.message).toBe('A load is running already.');
    expect(store.plan?.name).toBe('Disk 2');
    answers['load.start'] = succeed({ runId: 'one' });
    answers['load.state'] = succeed(run('counting'));
    await store.start();
    expect(store.plan).toBeUndefined();
    expect(store.run?.phase).toBe('counting');
    tell(run('over'));
  });
});
