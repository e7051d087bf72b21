import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { succeed } from '#shared/result.ts';
import type { SeriesMeasure } from '#shared/sample.ts';
import type { CounterSource } from '../../src-main/hosts/sampler/counter-source.ts';
import { openCounterSampler } from '../../src-main/hosts/sampler/sampler.ts';
import { simulatedSource } from '../../src-main/hosts/simulated-host/counter-source.ts';
import { createSimulatedHost } from '../../src-main/hosts/simulated-host/simulated-host.ts';
import { SeriesRecorder } from '../../src-main/sampling/series-recorder.ts';
import { demoCheck, demoScenario } from '../../src-main/testing/demo-check.ts';
import { chartSubjects } from './chart-figures.ts';
import { streamLines } from './stream-lines.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-01-15T12:00:00Z') });
});
afterEach(() => {
  vi.useRealTimers();
});

it('while one source stalls for 25 s its lines have a gap, and the others keep their pace', async () => {
  const began = performance.now();
  const passed = () => (performance.now() - began) / 1000;
  const host = createSimulatedHost(demoScenario('mpio-dedicated'), { seconds: passed });
  const counters = simulatedSource(host);
  const isPerformance = (name: string) => name.startsWith('Win32_PerfRawData');
  const source = (
    name: 'statistics' | 'performance',
    isOwn: (counterClass: string) => boolean,
    delayMs: () => number,
  ): CounterSource => ({
    name,
    classes: [],
    read: async () => {
      await new Promise((resolve) => setTimeout(resolve, delayMs()));
      const reading = await counters.read();
      return reading.ok
        ? succeed({
            ...reading.value,
            answers: reading.value.answers.filter(({ counterClass }) => isOwn(counterClass)),
          })
        : reading;
    },
    close: () => Promise.resolve(),
  });
  const recorder = new SeriesRecorder({
    model: demoCheck('mpio-dedicated').model,
    mpio: [],
    periodMs: 1000,
    capacity: 200,
  });
  const sampler = openCounterSampler(
    [
      source(
        'statistics',
        (name) => !isPerformance(name),
        () => 8,
      ),
      source('performance', isPerformance, () => (passed() >= 30 && passed() < 31 ? 25_000 : 12)),
    ],
    { intervalMs: 1000, onSample: (sample) => recorder.take(sample), onState: () => undefined },
  );
  await vi.advanceTimersByTimeAsync(90_000);
  await sampler.close();

  const { times, series } = recorder.window(3_600_000);
  const steps = times.slice(1).map((time, at) => time - (times[at] ?? 0));
  expect(times.length).toBeGreaterThan(85);
  expect(steps.filter((step) => step < 800 || step > 1200)).toEqual([]);
  const drawn = (measure: SeriesMeasure, kinds: readonly string[]) =>
    streamLines(
      chartSubjects(
        series.filter(({ subject }) => kinds.includes(subject.kind)),
        measure,
      ),
      false,
    ).lines;
  const gaps = (values: Float64Array) =>
    times.flatMap((time, at) =>
      at > 0 && Number.isNaN(values[at]) ? [Math.round((time - (times[0] ?? 0)) / 1000)] : [],
    );
  const steady = drawn('throughput', ['adapter', 'session']);
  expect(steady.length).toBeGreaterThan(8);
  for (const { values } of steady) expect(gaps(values)).toEqual([]);
  const disks = drawn('throughput', ['disk']);
  expect(disks.length).toBeGreaterThan(2);
  // From the first answer that did not come to the first difference after the one that came late.
  const stalled = Array.from({ length: 26 }, (_, at) => 30 + at);
  for (const { values } of disks) expect(gaps(values)).toEqual(stalled);
});
