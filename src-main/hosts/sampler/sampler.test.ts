import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fail, succeed, type Result } from '#shared/result.ts';
import type { Sample } from '#shared/sample.ts';
import type { CounterSource, SourceReading } from './counter-source.ts';
import { openCounterSampler, samplerTick } from './sampler.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: 1e12 });
});
afterEach(() => {
  vi.useRealTimers();
});

interface Behaviour {
  /** How long an answer takes, at ms after the beginning. */
  readonly delayMs?: (at: number) => number;
  readonly answer?: (at: number) => Result<Partial<SourceReading>> | undefined;
  /** CPU time of one reading. */
  readonly cpuMs?: (at: number) => number;
}

/** A source of one class, which counts how often it is asked and how many questions are under way. */
function sourceOf(name: 'statistics' | 'performance', { delayMs, answer, cpuMs }: Behaviour = {}) {
  let asked = 0;
  let open = 0;
  let most = 0;
  let spent = 0;
  const counterClass = name === 'statistics' ? 'S' : 'P';
  const source: CounterSource = {
    name,
    classes: [counterClass],
    read: async () => {
      asked += 1;
      open += 1;
      most = Math.max(most, open);
      const at = performance.now();
      const wait = delayMs?.(at) ?? 5;
      await new Promise((resolve) => setTimeout(resolve, wait));
      open -= 1;
      const given = answer?.(at);
      if (given?.ok === false) return given;
      spent += cpuMs?.(at) ?? 1;
      return succeed({
        at: new Date().toISOString(),
        answers: [{ counterClass, tickMs: performance.now(), rows: [{ Instance: name }] }],
        durationMs: wait,
        cpuMs: spent,
        ...given?.value,
      });
    },
    close: vi.fn(() => Promise.resolve()),
  };
  return { source, asked: () => asked, most: () => most };
}

function opened(sources: readonly CounterSource[], intervalMs = 1000) {
  const samples: Sample[] = [];
  const times: number[] = [];
  const onState = vi.fn();
  const began = performance.now();
  const sampler = openCounterSampler(sources, {
    intervalMs,
    onSample: (sample) => {
      samples.push(sample);
      times.push(performance.now() - began);
    },
    onState,
  });
  return { sampler, samples, times, onState, began };
}

const has = (counterClass: string) => (sample: Sample) => sample.counters[counterClass] !== undefined;

describe('a sampler', () => {
  it('makes one sample of all sources at an even pace', async () => {
    const [statistics, performances] = [sourceOf('statistics'), sourceOf('performance')];
    const { sampler, samples, times } = opened([statistics.source, performances.source]);
    expect(sampler.state().phase).toBe('starting');
    await vi.advanceTimersByTimeAsync(10_100);
    expect(times).toEqual(Array.from({ length: 11 }, (_, index) => index * 1000 + 5));
    expect(samples.every(has('S')) && samples.every(has('P'))).toBe(true);
    expect(samples.every(({ missing }) => missing === undefined)).toBe(true);
    expect(Object.keys(samples[0]?.ticks ?? {}).sort()).toEqual(['P', 'S', samplerTick]);
    expect(sampler.state()).toMatchObject({ phase: 'running', intervalMs: 1000 });
    await sampler.close();
    await vi.advanceTimersByTimeAsync(5000);
    expect(samples).toHaveLength(11);
    expect(statistics.source.close).toHaveBeenCalledOnce();
  });

  it('keeps the others at their pace while one stalls for 25 s, and shows a gap there alone', async () => {
    const stalls = (at: number, began: number) => (at - began >= 3000 && at - began < 4000 ? 25_000 : 5);
    const start = performance.now();
    const stalled = sourceOf('performance', { delayMs: (at) => stalls(at, start) });
    const steady = sourceOf('statistics');
    const { sampler, samples, times } = opened([steady.source, stalled.source]);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(sampler.state()).toMatchObject({
      phase: 'stalled',
      sources: [{ phase: 'running' }, { phase: 'stalled' }],
    });
    await vi.advanceTimersByTimeAsync(20_100);
    const steps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    expect(steps.filter((step) => step < 800 || step > 1200)).toEqual([]);
    expect(samples.filter(has('S'))).toHaveLength(samples.length);
    const without = samples.filter((sample) => !has('P')(sample));
    expect(without.length).toBeGreaterThanOrEqual(24);
    expect(without.every(({ missing }) => missing?.['P']?.kind === 'timed-out')).toBe(true);
    expect(sampler.state()).toMatchObject({ phase: 'running', sources: [{ skipped: 0 }, { skipped: 24 }] });
    expect([stalled.most(), steady.most()]).toEqual([1, 1]);
    await sampler.close();
  });

  it('leaves readings out that would overlap, and never queues them', async () => {
    const slow = sourceOf('statistics', {
      delayMs: () => 1700,
      answer: () => succeed({ durationMs: 20 }),
    });
    const { sampler, samples } = opened([slow.source]);
    await vi.advanceTimersByTimeAsync(20_100);
    expect([slow.asked(), slow.most()]).toEqual([11, 1]);
    // The tenth is on its way.
    expect(samples.filter(has('S'))).toHaveLength(9);
    await sampler.close();
  });

  it.each([
    ['was killed', 'exited'],
    ['printed rubbish', 'bad-output'],
  ] as const)('has a gap while a source %s, says so, and goes on', async (_, kind) => {
    const start = performance.now();
    const during = (at: number) => at - start >= 2000 && at - start < 5000;
    const broken = sourceOf('statistics', {
      answer: (at) => (during(at) ? fail(kind, 'It broke.') : undefined),
    });
    const { sampler, samples, onState } = opened([broken.source, sourceOf('performance').source]);
    await vi.advanceTimersByTimeAsync(3500);
    expect(sampler.state().sources[0]).toMatchObject({ phase: 'stalled', failure: { kind }, failures: 2 });
    expect(samples.at(-1)?.missing).toEqual({ S: { kind, message: 'It broke.' } });
    expect(onState).toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(3000);
    expect(sampler.state().sources[0]).toMatchObject({ phase: 'running', failures: 3 });
    expect(samples.at(-1)?.missing).toBeUndefined();
    expect(samples).toHaveLength(7);
    await sampler.close();
  });

  it('tells what it costs', async () => {
    const start = performance.now();
    const source = sourceOf('statistics', {
      delayMs: (at) => (at - start === 2000 ? 90 : 20),
      cpuMs: () => 8,
    });
    const { sampler } = opened([source.source]);
    await vi.advanceTimersByTimeAsync(10_100);
    expect(sampler.state().sources[0]?.cost).toEqual({
      medianMs: 20,
      slowestMs: 90,
      cpuMsPerReading: 8,
      cpuPercent: 0.8,
    });
    await sampler.close();
  });

  it.each([
    [
      'takes too much of a processor',
      { cpuMs: (at: number) => (at < 60_000 ? 300 : 3) },
      /30 % of a processor core/,
    ],
    ['takes too long', { delayMs: (at: number) => (at < 60_000 ? 700 : 7) }, /700 ms to tell its counters/],
  ])('goes slower where it %s, says why, and goes faster when that is over', async (_, behaviour, why) => {
    const start = performance.now();
    const source = sourceOf('statistics', {
      ...('cpuMs' in behaviour && { cpuMs: (at) => behaviour.cpuMs(at - start) }),
      ...('delayMs' in behaviour && { delayMs: (at) => behaviour.delayMs(at - start) }),
    });
    const { sampler } = opened([source.source]);
    await vi.advanceTimersByTimeAsync(6000);
    expect(sampler.state().intervalMs).toBe(2000);
    expect(sampler.state().slowedBecause).toMatch(why);
    await vi.advanceTimersByTimeAsync(400_000);
    expect(sampler.state().intervalMs).toBe(1000);
    expect(sampler.state().slowedBecause).toBeUndefined();
    await sampler.close();
  });

  it('says nothing as long as nobody ever answered, but why', async () => {
    const dead = sourceOf('statistics', { answer: () => fail('start-failed', 'Blocked.') });
    const { sampler, samples } = opened([dead.source]);
    await vi.advanceTimersByTimeAsync(5000);
    expect(samples).toEqual([]);
    expect(sampler.state()).toMatchObject({
      phase: 'stalled',
      sources: [{ failure: { kind: 'start-failed' } }],
    });
    await sampler.close();
  });

  it('takes another pace at once', async () => {
    const source = sourceOf('statistics');
    const { sampler, samples } = opened([source.source], 4000);
    await vi.advanceTimersByTimeAsync(1000);
    sampler.setInterval(250);
    await vi.advanceTimersByTimeAsync(1010);
    expect(samples).toHaveLength(6);
    await sampler.close();
  });
});
