/**
 * A load from plan to verdict in the engine: the real scripts read a file in the place of a disk, the simulated host
 * moves as much over its paths, and the real sampling scripts read its counters. Nothing else moves on it.
 */
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { succeed, type Result } from '#shared/result.ts';
import { checkSnapshot } from '../../src-main/app/check.ts';
import { runLoad } from '../../src-main/app/run-load.ts';
import { readSnapshot } from '../../src-main/discovery/read-snapshot.ts';
import type { HostLoad, RunningLoad } from '../../src-main/hosts/host.ts';
import { loadPrelude, localLoad } from '../../src-main/hosts/load/local-load.ts';
import { localHost } from '../../src-main/hosts/local-host.ts';
import { shellSources } from '../../src-main/hosts/sampler/shell-sources.ts';
import { captureOf } from '../../src-main/hosts/simulated-host/observe.ts';
import { planLoad } from '../../src-main/load/plan-load.ts';
import { limitsWith } from '../../src-main/spread/limits.ts';
import { demoScenario } from '../../src-main/testing/demo-check.ts';
import {
  isEngineMissing,
  prepareEngine,
  startSimulatedHost,
  type PreparedEngine,
  type SimulatedHostProcess,
} from './engine.ts';

const diskBytes = 96 * 1_048_576;
const bytesPerSecond = 60_000_000;

/** The real load, which the simulated host hears of: its paths carry what the readers read. */
function loadOn(
  simulated: SimulatedHostProcess,
  { engine, prelude }: PreparedEngine,
  file: string,
): HostLoad {
  const real = localLoad(
    () => succeed(engine),
    () => loadPrelude(`${prelude}\nfunction Get-LoadPath { param($Path, $Disk) '${file}' }`),
  );
  return {
    ...real,
    open: async (order): Promise<Result<RunningLoad>> => {
      const opened = await real.open(order);
      if (!opened.ok) return opened;
      const { streams: readers, blockBytes } = order;
      await simulated.ask({ kind: 'load', load: { on: { disk: 1 }, readers, blockBytes, bytesPerSecond } });
      return succeed({
        ...opened.value,
        close: async () => {
          await simulated.ask({ kind: 'load' });
          await opened.value.close();
        },
      });
    },
  };
}

describe.skipIf(isEngineMissing())('a load by the real scripts, counted by the real scripts', () => {
  test('is judged as the configuration implies', async () => {
    const demo = demoScenario('converged-set');
    const scenario = {
      ...demo,
      disks: (demo.disks ?? []).map((disk) => ({ ...disk, size: diskBytes })),
      traffic: { ...demo.traffic, demands: [] },
    };
    const folder = mkdtempSync(path.join(tmpdir(), 'switchyard-load-'));
    const file = path.join(folder, 'disk');
    writeFileSync(file, '');
    truncateSync(file, diskBytes);
    const simulated = await startSimulatedHost(scenario);
    const prepared = prepareEngine({ host: simulated });
    const host = localHost({
      findEngine: () => succeed(prepared.engine),
      openSources: (engine) => shellSources(engine, undefined, prepared.prelude),
      load: loadOn(simulated, prepared, file),
    });
    try {
      const capture = captureOf(scenario);
      const snapshot = readSnapshot(capture);
      const check = checkSnapshot(snapshot, capture, 'demo');
      const wish = { seconds: 12, bitsPerSecond: bytesPerSecond * 8 };
      const plan = planLoad({ source: { kind: 'disk', number: 1 }, ...wish }, check);
      // The run with many would take as long again and go the same way.
      const stop = new AbortController();
      const result = await runLoad({
        host,
        plan,
        about: { check, snapshot, limits: limitsWith() },
        signal: stop.signal,
        onStep: ({ streams }) => {
          if (streams > 1) stop.abort();
        },
      });
      if (!result.ok) throw new Error(result.failure.message);
      const [one] = result.value.stages;
      expect(one?.ended).toBe('time');
      expect(one?.bytes).toBeLessThanOrEqual(bytesPerSecond * (wish.seconds + 0.05));
      expect(one?.bytes).toBeGreaterThan(bytesPerSecond * 4);
      // On a machine too busy to be read every second there is no verdict, but what was counted is the same.
      expect(one?.spread?.verdict).toMatch(/^(?:spreads|not-enough-traffic)$/);
      const shares = one?.group?.read.shares ?? [];
      expect(shares).toHaveLength(2);
      for (const { share } of shares) expect(share).toBeCloseTo(0.5, 1);
    } finally {
      await host.close();
      prepared.dispose();
      await simulated.stop();
      rmSync(folder, { recursive: true });
    }
  });
});
