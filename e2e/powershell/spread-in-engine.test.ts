/**
 * Verdicts on traffic that the real sampling scripts read in the engine: the same as the configuration of each demo
 * host implies. The engine stays, the host behind it is exchanged, and its traffic runs as fast as it is read: what the
 * scripts print is what is judged, at the time that the host had reached.
 */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CounterRow, Sample } from '#shared/sample.ts';
import type { TrafficJudgement } from '#shared/spread.ts';
import { checkSnapshot } from '../../src-main/app/check.ts';
import { judgeCapture, trafficLimits } from '../../src-main/app/traffic.ts';
import { readSnapshot } from '../../src-main/discovery/read-snapshot.ts';
import type { CounterSource } from '../../src-main/hosts/sampler/counter-source.ts';
import { shellSources } from '../../src-main/hosts/sampler/shell-sources.ts';
import { captureOf } from '../../src-main/hosts/simulated-host/observe.ts';
import { releaseFacts } from '../../src-main/hosts/simulated-host/release.ts';
import type { Scenario } from '../../src-main/hosts/simulated-host/scenario.ts';
import { createHostServer } from '../../src-main/hosts/simulated-host/serve.ts';
import {
  createSimulatedHost,
  type SimulatedHost,
} from '../../src-main/hosts/simulated-host/simulated-host.ts';
import { openSession } from '../../src-main/powershell/session.ts';
import type { Shell } from '../../src-main/powershell/shell.ts';
import {
  countedDemo,
  demosWithoutVerdict,
  impliedVerdicts,
  judgedSeconds,
} from '../../src-main/testing/demo-verdicts.ts';
import { judgedTraffic, targetNamed } from '../../src-main/testing/judged-traffic.ts';
import { isEngineMissing, prepareEngine, type PreparedEngine } from './engine.ts';

/** Three parts of a window: enough to see whether something lasted through it. */
const everySeconds = 20;
const startMs = Date.parse('2026-01-15T12:00:00Z');

let second = 0;
let current: SimulatedHost;
let prepared: PreparedEngine;
let sources: readonly CounterSource[] = [];
const shells: Shell[] = [];
/** Whichever host is current. */
const served = new Proxy({} as SimulatedHost, {
  get: (_, name) => current[name as keyof SimulatedHost],
});
const server = createHostServer(served);

function become(scenario: Scenario): void {
  current = createSimulatedHost(scenario, { seconds: () => second });
  second = 0;
}

async function readAll(): Promise<Sample> {
  const readings = await Promise.all(sources.map((source) => source.read()));
  const counters: Record<string, readonly CounterRow[]> = {};
  const ticks: Record<string, number> = {};
  for (const reading of readings) {
    if (!reading.ok) throw new Error(reading.failure.message);
    for (const answer of reading.value.answers) {
      if (!('rows' in answer)) continue;
      counters[answer.counterClass] = answer.rows;
      ticks[answer.counterClass] = second * 1000;
    }
  }
  return { at: new Date(startMs + second * 1000).toISOString(), ticks, counters };
}

async function judged(demo: string): Promise<TrafficJudgement> {
  // A Windows tells the statistics of its adapters, whatever was recorded of them.
  const statistics = ({ traffic }: Scenario) => ({
    traffic: { demands: [], ...traffic, adapterCounters: 'statistics' as const },
  });
  const scenario = countedDemo(demo, statistics, everySeconds);
  become(scenario);
  // What the host before this one lacked is not known of this one.
  for (const shell of shells) {
    await shell.run({ script: '$SwitchyardCounters.Missing.Clear()', deadlineMs: 60_000 });
  }
  // Which classes stand in for others is known after a first reading.
  await readAll();
  const samples: Sample[] = [];
  for (; second <= judgedSeconds; second += everySeconds) samples.push(await readAll());
  const capture = captureOf(scenario);
  const snapshot = readSnapshot(capture);
  const check = checkSnapshot(snapshot, capture, 'demo');
  const traffic = judgeCapture({ samples }, check, snapshot, trafficLimits(), 'all');
  if (traffic === undefined) throw new Error('Nothing was read.');
  // Counters that scripts do not read would be stood in for by others, farther from the paths.
  expect(toldBy(traffic)).toEqual(toldBy(judgedTraffic(scenario)));
  return traffic;
}

/** Each verdict, and which counters it rests on. */
function toldBy({ groups }: TrafficJudgement) {
  return groups.map(({ id, read, write }) => [
    id,
    ...[read, write].map(({ verdict, open, counted }) => ({ verdict, open, source: counted?.source })),
  ]);
}

describe.skipIf(isEngineMissing())('traffic read by the real scripts', () => {
  beforeAll(async () => {
    become(countedDemo('converged-set'));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { machine } = current;
    prepared = prepareEngine({
      host: {
        address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
        release: machine.release,
        psVersion: releaseFacts[machine.release].powershell,
        isElevated: true,
        commands: current.commands().map((name) => ({ name, module: current.moduleOf(name) ?? '' })),
      },
    });
    sources = shellSources(
      prepared.engine,
      (engine, prelude) => {
        const shell = openSession({ engine, prelude });
        shells.push(shell);
        return shell;
      },
      prepared.prelude,
    );
  });
  afterAll(async () => {
    await Promise.all(sources.map((source) => source.close()));
    server.close();
    prepared.dispose();
  });

  const demos = Map.groupBy(impliedVerdicts, ({ demo }) => demo);
  test.each([...demos.keys()])('of %s is judged as its configuration implies', async (demo) => {
    const traffic = await judged(demo);
    for (const { target, verdict, reason } of demos.get(demo) ?? []) {
      const found = targetNamed(traffic, target);
      expect({ target, verdict: found.verdict, message: found.message }).toMatchObject({ verdict });
      if (reason !== undefined) expect(found.reason).toMatch(reason);
    }
  });

  test.each(demosWithoutVerdict)('of %s is not judged', async (demo) => {
    const { targets } = await judged(demo);
    expect(targets.filter(({ verdict }) => verdict !== 'not-enough-traffic')).toEqual([]);
  });
});
