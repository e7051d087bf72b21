/** The demo hosts: scenarios in resources/scenarios, looked at like any other host. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  isAskedInEveryLook,
  observationNames,
  type Observation,
  type ObservationName,
  type RawItem,
} from '#shared/capture.ts';
import { fail, succeed, type Result } from '#shared/result.ts';
import { listResources, readResource } from '../../platform/resources.ts';
import type { Host } from '../host.ts';
import { openCounterSampler } from '../sampler/sampler.ts';
import { simulatedSource } from './counter-source.ts';
import { demoChanges } from './demo-changes.ts';
import { demoLoad } from './demo-load.ts';
import { captureHead, observe } from './observe.ts';
import { packetItem } from './packet-echoes.ts';
import { readScenario } from './read-scenario.ts';
import type { Scenario } from './scenario.ts';
import { createSimulatedHost, type SimulatedHost } from './simulated-host.ts';

const folder = 'scenarios';

function scenarioIds(): string[] {
  return listResources(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.slice(0, -'.json'.length));
}

function loadScenario(id: string): Result<Scenario> {
  const file = `${folder}/${id}.json`;
  const read = readScenario(readResource(file), file);
  if (!read.ok || read.value.id === id) return read;
  return fail('bad-file', `${file} calls itself "${read.value.id}".`);
}

/** Every demo host, by id. Throws where a scenario of the product cannot be read: that is a broken installation. */
export function demoScenarios(): readonly {
  readonly id: string;
  readonly title: string;
  readonly story: string;
}[] {
  return scenarioIds().map((id) => {
    const read = loadScenario(id);
    if (!read.ok) throw new Error(read.failure.message);
    return { id, title: read.value.title, story: read.value.story };
  });
}

/** A demo host: one simulated Windows for its whole life, so that a look after a change shows the change. */
export interface DemoHost extends Host {
  readonly simulated: SimulatedHost;
}

/** Fails with `bad-request` for an id that does not exist, and with `bad-file` for a scenario that is broken. */
export function demoHost(id: string): Result<DemoHost> {
  const ids = scenarioIds();
  if (!ids.includes(id)) {
    return fail('bad-request', `There is no demo host "${id}".`, { remedy: `There are: ${ids.join(', ')}.` });
  }
  const read = loadScenario(id);
  if (!read.ok) return read;
  const scenario = read.value;
  let simulated: SimulatedHost;
  try {
    simulated = createSimulatedHost(scenario);
  } catch (cause) {
    return fail('bad-file', cause instanceof Error ? cause.message : String(cause));
  }
  return succeed({
    simulated,
    source: 'demo',
    label: `demo host ${id}`,
    changes: demoChanges(simulated),
    load: demoLoad(simulated),
    look: async ({ onProgress, signal, only = observationNames } = {}) => {
      const observations: Partial<Record<ObservationName, Observation>> = {};
      const asked = only.filter(isAskedInEveryLook);
      const total = asked.length;
      for (const [done, observation] of asked.entries()) {
        onProgress?.({ observation, state: 'asking', done, total });
        await nextTurn();
        if (signal?.aborted === true) return fail('cancelled', 'The look was cancelled.');
        const seen = observe(simulated, observation);
        observations[observation] = seen;
        onProgress?.({ observation, state: seen.status, done: done + 1, total });
      }
      return succeed({ ...captureHead(simulated.machine), observations });
    },
    probePackets: async (pairs, { onProgress, signal } = {}) => {
      const data: RawItem[] = [];
      for (const pair of pairs) {
        await nextTurn();
        if (signal?.aborted === true) break;
        data.push(packetItem(simulated.machine, pair));
        onProgress?.(data.length);
      }
      return { status: 'ok', durationMs: 0, data };
    },
    openSampler: (options) => succeed(openCounterSampler([simulatedSource(simulated)], options)),
    close: () => Promise.resolve(),
  });
}
