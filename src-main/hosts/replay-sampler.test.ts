import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Sample } from '#shared/sample.ts';
import { openReplay } from './replay-sampler.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: 1e12, toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const samples: readonly Sample[] = Array.from({ length: 61 }, (_, index) => ({
  at: new Date(1e12 + index * 2000).toISOString(),
  ticks: { A: index * 2000 },
  counters: {},
}));

async function* inTurn(): AsyncGenerator<Sample> {
  await Promise.resolve();
  yield* samples;
}

async function replayed(speed = 1) {
  const handed: number[] = [];
  const sampler = openReplay(
    () =>
      Promise.resolve({
        capture: {} as never,
        samples: inTurn,
        lengthMs: () => Promise.resolve(120_000),
      }),
    {
      intervalMs: 1000,
      speed,
      onSample: ({ at }) => handed.push((Date.parse(at) - 1e12) / 1000),
      onState: () => undefined,
    },
  );
  await settle();
  return { sampler, handed };
}

/** Lets all that waits for nothing but its turn have it. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 60; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

async function pass(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
  await settle();
}

it('hands samples out at the pace at which they were taken, and tells it', async () => {
  const { sampler, handed } = await replayed();
  expect(sampler.state()).toMatchObject({
    phase: 'running',
    intervalMs: 2000,
    replay: { lengthMs: 120_000, speed: 1 },
  });
  await pass(10_000);
  expect(handed).toEqual([0, 2, 4, 6, 8, 10]);
  await pass(115_000);
  expect(handed).toHaveLength(61);
  expect(sampler.state()).toMatchObject({ phase: 'ended', replay: { positionMs: 120_000 } });
});

it('takes another speed, waits while it is paused, and begins where it is told', async () => {
  const { sampler, handed } = await replayed(10);
  await pass(1000);
  expect(handed.at(-1)).toBe(10);
  sampler.replay?.setPaused(true);
  await pass(60_000);
  expect(handed.at(-1)).toBe(10);
  expect(sampler.state()).toMatchObject({ phase: 'paused', replay: { positionMs: 10_000 } });
  sampler.replay?.setPaused(false);
  sampler.replay?.setSpeed(1);
  await pass(2000);
  expect(handed.at(-1)).toBe(12);
  handed.length = 0;
  sampler.replay?.goTo(100_000);
  await settle();
  expect(handed).toEqual(Array.from({ length: 51 }, (_, index) => index * 2));
  await pass(2000);
  expect(handed.at(-1)).toBe(102);
  await sampler.close();
  await pass(60_000);
  expect(handed.at(-1)).toBe(102);
});

it('goes as fast as it can where that is asked', async () => {
  const { sampler, handed } = await replayed(1000);
  await pass(130);
  expect(handed).toHaveLength(61);
  expect(sampler.state().phase).toBe('ended');
});

it('ends at once where there is nothing to hand out, and says so', async () => {
  const sampler = openReplay(() => Promise.resolve(undefined), {
    intervalMs: 1000,
    onSample: () => undefined,
    onState: () => undefined,
  });
  await settle();
  expect(sampler.state()).toMatchObject({ phase: 'ended', sources: [{ failure: { kind: 'refused' } }] });
});
