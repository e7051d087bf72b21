/** Verdicts on traffic that the real sampling scripts read in the engine: the same as the configuration implies. */
import { describe, expect, test } from 'vitest';
import { succeed } from '#shared/result.ts';
import type { Sample } from '#shared/sample.ts';
import { checkSnapshot } from '../../src-main/app/check.ts';
import { judgeCapture } from '../../src-main/app/traffic.ts';
import { readSnapshot } from '../../src-main/discovery/read-snapshot.ts';
import { localHost } from '../../src-main/hosts/local-host.ts';
import { shellSources } from '../../src-main/hosts/sampler/shell-sources.ts';
import { captureOf } from '../../src-main/hosts/simulated-host/observe.ts';
import { limitsWith } from '../../src-main/spread/limits.ts';
import { demoScenario } from '../../src-main/testing/demo-check.ts';
import { isEngineMissing, prepareEngine, startSimulatedHost } from './engine.ts';

const intervalMs = 500;
/** Three short windows and a little more. */
const windowSeconds = 3;
const lengthMs = 3 * windowSeconds * 1000 + 3000;

describe.skipIf(isEngineMissing())('traffic read by the real scripts', () => {
  test.each([['converged-set', 'spreads']] as const)(
    'of %s is judged as its configuration implies: %s',
    async (id, verdict) => {
      const scenario = demoScenario(id);
      const simulated = await startSimulatedHost(scenario);
      const prepared = prepareEngine({ host: simulated });
      const machine = localHost({
        findEngine: () => succeed(prepared.engine),
        openSources: (engine) => shellSources(engine, undefined, prepared.prelude),
      });
      try {
        const samples = await new Promise<readonly Sample[]>((resolve, reject) => {
          const taken: Sample[] = [];
          const opened = machine.openSampler?.({
            intervalMs,
            onSample: (sample) => {
              taken.push(sample);
              if (Date.parse(sample.at) - Date.parse(taken[0]?.at ?? '') >= lengthMs) resolve(taken);
            },
            onState: () => undefined,
          });
          if (opened?.ok !== true) reject(new Error('The host cannot be sampled.'));
        });
        const capture = captureOf(scenario);
        const snapshot = readSnapshot(capture);
        const check = checkSnapshot(snapshot, capture, 'demo');
        const traffic = judgeCapture({ samples }, check, snapshot, limitsWith({ windowSeconds }), 'all');
        expect(traffic?.targets[0]).toMatchObject({ verdict });
      } finally {
        await machine.close();
        prepared.dispose();
        await simulated.stop();
      }
    },
  );
});
