import { expect, it } from 'vitest';
import type { Capture } from '#shared/capture.ts';
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
    traffic: { recordedSeconds: 215, demands: [{ on: { disk: 1 }, in: 900e6, out: 0, wave: 0 }] },
  });
const roundRobin: ScenarioMpio = { disks: [{ disk: 1, policy: 'RR', quietPaths: [1] }] };

/** A running host whose samples the test feeds; `capture` may be another one later. */
function running(first: Capture) {
  let capture = first;
  let given: SamplerOptions | undefined;
  const check = () => checkCapture({ ...capture, samples: [] }, 'demo');
  const { MpioDisk } = readSnapshot(capture).readings;
  const about = { model: check().model, mpio: MpioDisk.status === 'ok' ? MpioDisk.records : [] };
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
  return {
    live,
    feed: (samples: readonly Sample[]): void => samples.forEach((sample) => given?.onSample(sample)),
    change: (next: Capture): void => {
      capture = next;
      live.adopt({ model: check().model, mpio: [] });
    },
  };
}

it('judges a running host as it judges a recording, rules included, and begins anew where a path changed', () => {
  const scenario = hostWith(roundRobin);
  const capture = captureOf(scenario);
  const { live, feed, change } = running(capture);
  expect(live.verdicts()).toBeNull();
  live.start();
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
  const { fromMs = 0 } = late?.traffic ?? {};
  expect(late?.findings[0]?.measured).toEqual({ sinceMs: fromMs + 1000, untilMs: fromMs + 181_000 });
  expect([early?.isSettled, late?.isSettled]).toEqual([false, true]);

  change(
    captureOf(hostWith({ disks: [{ disk: 1, policy: 'FOO', pathStates: ['Active/Optimized', 'Standby'] }] })),
  );
  const anew = live.verdicts();
  expect(anew && groupOf(anew.traffic, 'mpio').read).toMatchObject({ open: 'too-short', window: null });
});

/** The same samples, taken after the others have ended. */
function later(samples: readonly Sample[]): readonly Sample[] {
  return samples.map((sample) => ({
    ...sample,
    at: new Date(Date.parse(sample.at) + 216_000).toISOString(),
    ticks: Object.fromEntries(
      Object.entries(sample.ticks ?? {}).map(([name, tick]) => [name, tick + 216_000]),
    ),
  }));
}

it('counts damaged frames of the last minutes, and takes back what was said of them when there are no more', () => {
  const capture = captureOf(hostWith({ disks: [{ disk: 1, policy: 'RR' }] }));
  const { live, feed } = running(capture);
  live.start();
  const statistics = 'MSFT_NetAdapterStatisticsSettingData';
  const damaged = (samples: readonly Sample[], countAt: (second: number) => number): readonly Sample[] =>
    samples.map((sample, second) => ({
      ...sample,
      counters: {
        ...sample.counters,
        [statistics]: (sample.counters[statistics] ?? []).map((row) => ({
          ...row,
          ReceivedPacketErrors: countAt(second),
        })),
      },
    }));
  const samples = capture.samples ?? [];
  feed(damaged(samples, (second) => 10 * Math.min(second, 100)));
  const found = live.verdicts()?.findings.find(({ rule }) => rule === 'nic-errors');
  expect(found?.message).toMatch(/frames were damaged at iSCSI1 \(1000 frames\)/);
  feed(damaged(later(samples), () => 1000));
  expect(live.verdicts()?.rules.find(({ rule }) => rule === 'nic-errors')?.result).toBe('fine');
});

it('takes a finding back when it is not true any more, after as long as it took to say it', () => {
  const broken = captureOf(hostWith(roundRobin));
  const { live, feed } = running(broken);
  live.start();
  feed(broken.samples ?? []);
  const hasFinding = () => live.verdicts()?.findings.some(({ rule }) => rule === 'traffic-spread');
  expect(hasFinding()).toBe(true);
  // The path came back; counters begin anew, as after a path was made again.
  const even = later(captureOf(hostWith({ disks: [{ disk: 1, policy: 'RR' }] })).samples ?? []);
  feed(even.slice(0, 170));
  expect(hasFinding()).toBe(true);
  feed(even.slice(170));
  expect(hasFinding()).toBe(false);
  expect(live.verdicts()?.rules.find(({ rule }) => rule === 'traffic-spread')?.result).toBe('fine');
});
