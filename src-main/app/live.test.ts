import { expect, it, vi } from 'vitest';
import type { ContractEvent } from '#shared/contract.ts';
import type { SamplerState } from '#shared/live.ts';
import { fail, succeed } from '#shared/result.ts';
import type { Sample } from '#shared/sample.ts';
import { readSnapshot } from '../discovery/read-snapshot.ts';
import type { SamplerOptions } from '../hosts/host.ts';
import { captureOf } from '../hosts/simulated-host/observe.ts';
import type { Scenario } from '../hosts/simulated-host/scenario.ts';
import { buildModel } from '../path-graph/build-model.ts';
import { scenarioWith } from '../testing/host-with.ts';
import { createLive, type LookedAt } from './live.ts';

const adapters = 'MSFT_NetAdapterStatisticsSettingData';

function looked(patch: Partial<Scenario> = {}): LookedAt {
  return { model: buildModel(readSnapshot(captureOf(scenarioWith(patch)))), mpio: [] };
}

const description = looked().model.adapters[0]?.description ?? '';

/** Bytes received by the only adapter; undefined: it is not there. */
function sampleAt(second: number, received: number | undefined, name = description): Sample {
  return {
    at: new Date(1e12 + second * 1000).toISOString(),
    ticks: { [adapters]: second * 1000 },
    counters: {
      [adapters]: received === undefined ? [] : [{ Instance: name, ReceivedBytes: received, SentBytes: 0 }],
    },
  };
}

function opened(first: LookedAt | undefined = looked()) {
  const about: { current: LookedAt | undefined } = { current: first };
  const events: ContractEvent[] = [];
  let options: SamplerOptions | undefined;
  let state: SamplerState = { phase: 'running', since: '', intervalMs: 1000, sources: [] };
  const close = vi.fn(() => Promise.resolve());
  const live = createLive({
    host: {
      openSampler: (given) => {
        options = given;
        state = { ...state, intervalMs: given.intervalMs };
        return succeed({
          state: () => state,
          setInterval: (intervalMs) => {
            state = { ...state, intervalMs };
            given.onState();
          },
          close,
        });
      },
    },
    looked: () => about.current,
    tell: (event) => events.push(event),
    now: () => new Date(1e12),
  });
  return {
    live,
    events,
    about,
    close,
    sample: (...given: Parameters<typeof sampleAt>) => options?.onSample(sampleAt(...given)),
  };
}

const rates = (live: ReturnType<typeof opened>['live']) =>
  live.window({ windowMs: 60_000 })?.series.find(({ direction }) => direction === 'in');

it('is off until it is started, and says what it has when it runs', () => {
  const { live, sample, events } = opened();
  expect(live.state()).toMatchObject({ phase: 'off', sampleCount: 0, missing: [], sources: [] });
  expect(live.window({ windowMs: 60_000 })).toBeUndefined();
  expect(live.start(500)).toMatchObject({ phase: 'running', intervalMs: 500, wantedIntervalMs: 500 });
  sample(0, 0);
  sample(1, 700);
  expect(live.state()).toMatchObject({ sampleCount: 2, startedAt: new Date(1e12).toISOString() });
  expect(rates(live)?.values).toEqual([null, 700]);
  expect(live.window({ windowMs: 60_000 })).toMatchObject({ origin: 'live', sampleCount: 2 });
  const [tick] = events.filter(({ event }) => event === 'live.tick').slice(-1);
  expect(tick?.payload).toMatchObject({ timeMs: 1e12 + 1000, rates: [{ in: 700, out: 0 }] });
});

it('waits for the first look, whose host the counters are of', () => {
  const { live, sample, about } = opened();
  about.current = undefined;
  live.start();
  sample(0, 0);
  expect(live.window({ windowMs: 60_000 })).toBeUndefined();
  about.current = looked();
  sample(1, 0);
  expect(live.state().sampleCount).toBe(1);
});

it('says why nothing is sampled', () => {
  const tell = vi.fn();
  const refused = createLive({
    host: { openSampler: () => fail('start-failed', 'Not Windows.') },
    looked,
    tell,
  });
  expect(refused.start()).toMatchObject({ phase: 'off', failure: { kind: 'start-failed' } });
  expect(createLive({ host: {}, looked, tell }).start()).toMatchObject({ failure: { kind: 'refused' } });
});

it('ends a line where its thing is gone, and goes on under the same id when it is back', () => {
  const { live, sample } = opened();
  live.start();
  sample(0, 0);
  sample(1, 100);
  sample(2, undefined);
  const gone = rates(live);
  expect(gone?.goneAtMs).toBe(1e12 + 1000);
  expect(gone?.values).toEqual([null, 100, null]);
  sample(3, 50);
  sample(4, 80);
  expect(rates(live)).toMatchObject({ id: gone?.id, values: [null, 100, null, null, 30] });
  expect(rates(live)?.goneAtMs).toBeUndefined();
});

it('goes on across looks, marks what changed, and knows a thing by its new name', () => {
  const { live, sample, about } = opened();
  live.start();
  sample(0, 0);
  sample(1, 100);
  const before = rates(live);
  about.current = looked({ adapters: [{ name: 'NIC1', speed: 1e10 }] });
  live.adopt(about.current);
  // The driver says another name, and the counters follow it.
  const other = about.current.model.adapters[0]?.description ?? '';
  sample(2, 300, other);
  sample(3, 600, other);
  const after = rates(live);
  expect(after?.id).toBe(before?.id);
  expect(after?.values.slice(-1)).toEqual([300]);
  expect(live.window({ windowMs: 60_000 })?.marks).toEqual([
    { kind: 'topology', message: 'Changed: NIC1.', timeMs: 1e12 + 1000 },
  ]);
  expect(live.window({ windowMs: 1000 })?.marks).toEqual([]);
});

it('names what the newest samples lack, and keeps what was sampled after its end', async () => {
  const { live, sample, close, events } = opened();
  live.start();
  sample(0, 0);
  sample(1, 100);
  expect(live.state().missing).toEqual([]);
  const stopped = await live.stop();
  expect(stopped).toMatchObject({ phase: 'off', sampleCount: 2 });
  expect(close).toHaveBeenCalledOnce();
  expect(rates(live)?.values).toEqual([null, 100]);
  expect(events.map(({ event }) => event)).toContain('live.changed');
  expect(live.replay({ speed: 2 })).toMatchObject({ ok: false, failure: { kind: 'bad-request' } });
});

it('gives as many moments as were asked for', () => {
  const { live, sample } = opened();
  live.start();
  for (let second = 0; second < 50; second += 1) sample(second, second * second);
  expect(live.window({ windowMs: 60_000, mostMoments: 10 })?.times).toHaveLength(10);
});
