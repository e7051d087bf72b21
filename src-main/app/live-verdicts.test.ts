import { expect, it } from 'vitest';
import type { Sample } from '#shared/sample.ts';
import { readSnapshot } from '../discovery/read-snapshot.ts';
import type { SamplerOptions } from '../hosts/host.ts';
import { captureOf } from '../hosts/simulated-host/observe.ts';
import type { ScenarioMpio } from '../hosts/simulated-host/scenario.ts';
import { succeed } from '#shared/result.ts';
import { scenarioWith } from '../testing/host-with.ts';
import { groupOf, judgedTraffic } from '../testing/judged-traffic.ts';
import { twoIscsiAdapters } from '../testing/storage-hosts.ts';
import { checkCapture } from './check.ts';
import { judgedBy } from './live-verdicts.ts';
import { createLive } from './live.ts';

const hostWith = (mpio: ScenarioMpio) =>
  scenarioWith({
    ...twoIscsiAdapters,
    mpio,
    traffic: { recordedSeconds: 190, demands: [{ on: { disk: 1 }, in: 900e6, out: 0, wave: 0 }] },
  });
const roundRobin: ScenarioMpio = { disks: [{ disk: 1, policy: 'RR', quietPaths: [1] }] };

it('judges a running host as it judges a recording, rules included, and begins anew where a path changed', () => {
  const scenario = hostWith(roundRobin);
  let capture = captureOf(scenario);
  const check = () => checkCapture({ ...capture, samples: [] }, 'demo');
  const { MpioDisk } = readSnapshot(capture).readings;
  const about = { model: check().model, mpio: MpioDisk.status === 'ok' ? MpioDisk.records : [] };
  let given: SamplerOptions | undefined;
  const live = createLive({
    host: {
      openSampler: (options) => {
        given = options;
        return succeed({
          state: () => ({ phase: 'running' as const, since: '', intervalMs: 1000, sources: [] }),
          setInterval: () => undefined,
          close: () => Promise.resolve(),
        });
      },
    },
    looked: () => about,
    judging: () => judgedBy(capture, check(), undefined),
    tell: () => undefined,
  });
  expect(live.verdicts()).toBeNull();
  live.start();
  const feed = (samples: readonly Sample[]): void => samples.forEach((sample) => given?.onSample(sample));
  feed(capture.samples?.slice(0, 100) ?? []);
  const early = live.verdicts();
  expect(early && groupOf(early.traffic, 'mpio').read).toMatchObject({
    open: 'unconfirmed',
    pending: { verdict: 'one-path', windows: 1, of: 3 },
  });
  expect(early?.findings.map(({ rule }) => rule)).toEqual(['storage-nic-share']);
  feed(capture.samples?.slice(100) ?? []);
  const late = live.verdicts();
  const recorded = judgedTraffic(scenario);
  expect(late && groupOf(late.traffic, 'mpio').read.verdict).toBe('one-path');
  expect(late && groupOf(late.traffic, 'mpio').read.message).toBe(groupOf(recorded, 'mpio').read.message);
  expect(late?.findings.map(({ rule }) => rule)).toEqual(['traffic-spread', 'storage-nic-share']);

  capture = captureOf(
    hostWith({ disks: [{ disk: 1, policy: 'FOO', pathStates: ['Active/Optimized', 'Standby'] }] }),
  );
  live.adopt({ model: check().model, mpio: [] });
  const anew = live.verdicts();
  expect(anew && groupOf(anew.traffic, 'mpio').read).toMatchObject({ open: 'too-short', window: null });
});
