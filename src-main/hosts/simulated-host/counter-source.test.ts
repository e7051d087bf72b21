import { expect, it } from 'vitest';
import type { Sample } from '#shared/sample.ts';
import { readSnapshot } from '../../discovery/read-snapshot.ts';
import { buildModel } from '../../path-graph/build-model.ts';
import { listResources, readResource } from '../../platform/resources.ts';
import { SeriesRecorder } from '../../sampling/series-recorder.ts';
import { simulatedSource } from './counter-source.ts';
import { captureOf } from './observe.ts';
import { readScenario } from './read-scenario.ts';
import { createSimulatedHost } from './simulated-host.ts';

const scenarios = listResources('scenarios').filter((name) => name.endsWith('.json'));

/** Series of a demo host after some seconds of it, and what its counters could not be joined to. */
async function live(file: string) {
  const read = readScenario(readResource(`scenarios/${file}`), file);
  if (!read.ok) throw new Error(read.failure.message);
  const scenario = read.value;
  const snapshot = readSnapshot(captureOf(scenario));
  const { MpioDisk } = snapshot.readings;
  const recorder = new SeriesRecorder({
    model: buildModel(snapshot),
    mpio: MpioDisk.status === 'ok' ? MpioDisk.records : [],
    periodMs: 1000,
    capacity: 10,
  });
  let second = 0;
  const source = simulatedSource(createSimulatedHost(scenario, { seconds: () => second }));
  const missing = new Map<string, string>();
  for (; second < 4; second += 1) {
    const reading = await source.read();
    if (!reading.ok) throw new Error(`${reading.failure.message} ${reading.failure.detail}`);
    const counters: Record<string, Sample['counters'][string]> = {};
    const ticks: Record<string, number> = {};
    for (const answer of reading.value.answers) {
      if ('missing' in answer) missing.set(answer.counterClass, answer.missing.kind);
      else {
        counters[answer.counterClass] = answer.rows;
        ticks[answer.counterClass] = answer.tickMs;
      }
    }
    recorder.take({ at: new Date(1e12 + second * 1000).toISOString(), counters, ticks });
  }
  return { recorder, missing, scenario };
}

/** What a demo cannot join, because its look failed to see what the counter belongs to. */
const unseen = new Set(['everything-failed', 'not-elevated', 'empty']);

it.each(scenarios)('%s is counted live, and every counter is joined to its thing', async (file) => {
  const id = file.replace(/\.json$/, '');
  const { recorder, missing, scenario } = await live(file);
  const { series } = recorder.window(60_000);
  const moving = series.filter(
    ({ measure, summary }) => measure === 'throughput' && (summary.latest ?? 0) > 0,
  );
  if (unseen.has(id)) return;
  expect(
    recorder.unjoined.filter(({ reason }) => !/several connections/.test(reason)),
    'Not joined',
  ).toEqual([]);
  expect(moving.length).toBeGreaterThan(0);
  expect([...missing.keys()].filter((name) => name.includes('NetAdapterStatistics'))).toEqual([]);
  const kinds = new Set(moving.map(({ subject }) => subject.kind));
  if (scenario.iscsi !== undefined) expect(kinds).toContain('session');
  if ((scenario.mpio?.disks.length ?? 0) > 0) expect(kinds).toContain('path');
  // A scenario that says what it moves may leave its machines alone.
  const hasVms = (scenario.vms ?? []).some(({ vnics = [] }) => vnics.length > 0);
  if (hasVms && scenario.traffic === undefined) expect(kinds).toContain('vm-nic');
});

it('has no counters of sessions and paths without the rights of an administrator, and says so', async () => {
  const { missing } = await live('not-elevated.json');
  expect(missing.get('MSiSCSI_SessionStatistics')).toBe('not-elevated');
  expect(missing.get('MPIO_DEVINSTANCE_HEALTH_INFO')).toMatch(/not-elevated|feature-missing/);
});
