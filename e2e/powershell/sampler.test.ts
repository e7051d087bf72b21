/**
 * Reads the counters of demo hosts through the real scripts in the engine, and holds what came against the same host
 * read in process: the same classes, instances and properties, the same gaps, a fixed number of questions.
 */
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { SamplerState } from '#shared/live.ts';
import { succeed, type Result } from '#shared/result.ts';
import type { Sample } from '#shared/sample.ts';
import type { Host, Sampler } from '../../src-main/hosts/host.ts';
import { localHost } from '../../src-main/hosts/local-host.ts';
import { shellSources } from '../../src-main/hosts/sampler/shell-sources.ts';
import { demoHost } from '../../src-main/hosts/simulated-host/demo-host.ts';
import { isEngineMissing, prepareEngine, startSimulatedHost } from './engine.ts';
import { processesLeftIn } from './processes.ts';

const scenarioFolder = path.join(import.meta.dirname, '../../resources/scenarios');

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.failure.message);
  return result.value;
}

/** Samples until `isEnough`; the state is that before the end. */
async function sampled(
  host: Pick<Host, 'openSampler'>,
  isEnough: (samples: readonly Sample[]) => boolean,
): Promise<{ readonly samples: readonly Sample[]; readonly state: SamplerState }> {
  const samples: Sample[] = [];
  let sampler: Sampler | undefined;
  await new Promise<void>((resolve) => {
    const opened = host.openSampler?.({
      intervalMs: 250,
      onSample: (sample) => {
        samples.push(sample);
        if (isEnough(samples)) resolve();
      },
      onState: () => undefined,
    });
    if (opened === undefined) throw new Error('The host has no sampler.');
    sampler = valueOf(opened);
  });
  if (sampler === undefined) throw new Error('No sampler.');
  const state = sampler.state();
  await sampler.close();
  return { samples, state };
}

/** Classes, instances and the names and types of their properties; and what is missing, by kind. */
function shapeOf({ counters, missing = {} }: Sample) {
  const typed = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map(typed)
      : typeof value === 'object' && value !== null
        ? Object.fromEntries(
            Object.entries(value)
              .sort()
              .map(([name, inner]) => [name, typed(inner)]),
          )
        : typeof value;
  return {
    counters: Object.fromEntries(
      Object.entries(counters)
        .sort()
        .map(([name, rows]) => [name, rows.map((row) => ({ name: row['Instance'], row: typed(row) }))]),
    ),
    missing: Object.fromEntries(
      Object.entries(missing)
        .sort()
        .map(([name, { kind }]) => [name, kind]),
    ),
  };
}

const complete = (sample: Sample) =>
  Object.values(sample.missing ?? {}).every(({ kind }) => kind !== 'timed-out');

describe.skipIf(isEngineMissing())('the sampling scripts', () => {
  test.each([
    ['s2d-set', 'tr-TR'],
    ['not-elevated', 'de-DE'],
    ['large', 'en-US'],
  ])('read of %s what its own counters say, in %s', async (demo, culture) => {
    const simulated = await startSimulatedHost(path.join(scenarioFolder, `${demo}.json`));
    const prepared = prepareEngine({ host: simulated, culture });
    const machine = localHost({
      findEngine: () => succeed(prepared.engine),
      openSources: (engine) => shellSources(engine, undefined, prepared.prelude),
    });
    try {
      const enough = (all: readonly Sample[]) => all.filter(complete).length >= 3;
      const { samples, state } = await sampled(machine, enough);
      const { samples: own } = await sampled(valueOf(demoHost(demo)), (all) => all.length >= 1);
      const [expected] = own;
      const last = samples.findLast(complete);
      if (expected === undefined || last === undefined) throw new Error('No sample came.');
      expect(shapeOf(last)).toEqual(shapeOf(expected));
      for (const name of Object.keys(last.counters)) expect(last.ticks?.[name]).toBeGreaterThan(0);
      expect(state.sources.map(({ name, failures }) => [name, failures])).toEqual([
        ['statistics', 0],
        ['performance', 0],
      ]);
      for (const { cost } of state.sources) {
        expect(cost?.medianMs).toBeGreaterThan(0);
        expect(cost?.cpuMsPerReading).toBeGreaterThanOrEqual(0);
      }
      // A question for each class and reading, however large the host is, and nothing else.
      const counts = await simulated.counts();
      const { 'Get-NetAdapterStatistics': readings = 0, ...others } = counts;
      expect(Object.keys(others).every((name) => name.startsWith('Get-CimInstance'))).toBe(true);
      expect(readings).toBeLessThanOrEqual(samples.length + 2);
      for (const count of Object.values(others)) expect(count).toBeLessThanOrEqual(8 * (samples.length + 2));
    } finally {
      await machine.close();
      await simulated.stop();
      expect(await processesLeftIn(prepared.engine.workingFolder)).toEqual([]);
      prepared.dispose();
    }
  });
});
