/** Loads on demo hosts from beginning to end, on a clock that is moved by hand. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LoadResult, LoadSource, LoadWish } from '#shared/load.ts';
import { fail, succeed, type Result } from '#shared/result.ts';
import type { HostLoad } from '../hosts/host.ts';
import { readSnapshot } from '../discovery/read-snapshot.ts';
import { demoHost, type DemoHost } from '../hosts/simulated-host/demo-host.ts';
import { planLoad } from '../load/plan-load.ts';
import { limitsWith } from '../spread/limits.ts';
import { demoCapture } from '../testing/demo-check.ts';
import { checkSnapshot } from './check.ts';
import { runLoad, type LoadStep } from './run-load.ts';

const disk1: LoadSource = { kind: 'disk', number: 1 };
const seconds = 12;

beforeEach(() => {
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'],
  });
});
afterEach(() => {
  vi.useRealTimers();
});

function demo(id: string): DemoHost {
  const host = demoHost(id);
  if (!host.ok) throw new Error(host.failure.message);
  return host.value;
}

interface Ran {
  readonly result: Result<LoadResult>;
  readonly steps: readonly LoadStep[];
}

/** `stopAfterMs`: of the clock that is moved. */
async function ran(
  id: string,
  wish: LoadWish,
  { stopAfterMs, host = demo(id) }: { readonly stopAfterMs?: number; readonly host?: DemoHost } = {},
): Promise<Ran> {
  const capture = demoCapture(id);
  const snapshot = readSnapshot(capture);
  const check = checkSnapshot(snapshot, capture, 'demo');
  const stop = new AbortController();
  const steps: LoadStep[] = [];
  let result: Result<LoadResult> | undefined;
  void runLoad({
    host,
    plan: planLoad({ seconds, ...wish }, check),
    about: { check, snapshot, limits: limitsWith() },
    signal: stop.signal,
    onStep: (step) => steps.push(step),
  }).then((answer) => (result = answer));
  for (let passed = 0; result === undefined && passed < 120_000; passed += 50) {
    if (stopAfterMs !== undefined && passed >= stopAfterMs) stop.abort();
    await vi.advanceTimersByTimeAsync(50);
  }
  if (result === undefined) throw new Error('It did not end.');
  return { result, steps };
}

function valueOf({ result }: Ran): LoadResult {
  if (!result.ok) throw new Error(result.failure.message);
  return result.value;
}

describe('a load shows of a demo host what its configuration implies', () => {
  it.each<[string, LoadSource, string, RegExp]>([
    ['iscsi-on-team', disk1, 'one-path', /one session with one connection/],
    ['mpio-dedicated', disk1, 'spreads', /More readers get more, and the paths share it/],
    ['converged-2012r2', disk1, 'one-path', /stand on the same member, NIC1/],
    ['converged-set', disk1, 'spreads', /share it/],
    ['fibre-channel', disk1, 'spreads', /Both paths carry their part/],
    [
      'smb-stuck',
      { kind: 'file', path: '\\\\FS01\\VMs\\Library\\Windows-Server.iso' },
      'one-path',
      /uses one interface/,
    ],
  ])('%s', async (id, source, verdict, says) => {
    const result = valueOf(await ran(id, { source }));
    expect({ verdict: result.verdict, sentences: result.sentences }).toMatchObject({ verdict });
    expect(result.sentences.join(' ')).toMatch(says);
    expect(result.stages.map(({ streams, ended }) => [streams, ended])).toEqual([
      [1, 'time'],
      [4, 'time'],
    ]);
  });

  it('one reader on a path of 1 Gb/s, and many, get what the path gives and no more', async () => {
    const { gain, sentences, plan } = valueOf(
      await ran('iscsi-on-team', { source: disk1, bitsPerSecond: 1e9, streams: 16 }),
    );
    expect(plan.refusals).toEqual([]);
    expect(gain).toBeLessThan(1.3);
    expect(sentences.join(' ')).toMatch(/% of the 1 Gb\/s that are certain/);
  });
});

describe('bounds', () => {
  it('of bytes and rate are never passed, and each run is told', async () => {
    const wish = { source: disk1, bitsPerSecond: 800e6, bytes: 1_000_000_000 };
    const { stages } = valueOf(await ran('mpio-dedicated', wish));
    expect(stages.map(({ ended }) => ended)).toEqual(['bytes', 'bytes']);
    const [one, many] = stages.map(({ bytes }) => bytes);
    expect(one).toBeLessThanOrEqual(500_000_000);
    expect((one ?? 0) + (many ?? 0)).toBeLessThanOrEqual(1_000_000_000);
    expect((one ?? 0) + (many ?? 0)).toBeGreaterThan(900_000_000);
    for (const { bytesPerSecond } of stages) expect(bytesPerSecond).toBeLessThanOrEqual(101e6);
  });

  it('of time are kept by each run', async () => {
    const { stages } = valueOf(await ran('mpio-dedicated', { source: disk1 }));
    for (const stage of stages) expect(stage.seconds).toBeLessThanOrEqual(seconds);
  });
});

describe('a load that does not come to its end', () => {
  it('stops when it is told, answers what it saw, and reads no more', async () => {
    const host = demo('mpio-dedicated');
    const result = valueOf(await ran('mpio-dedicated', { source: disk1 }, { stopAfterMs: 4000, host }));
    expect(result.stages.map(({ streams, ended }) => [streams, ended])).toEqual([[1, 'stopped']]);
    expect(result.gain).toBeNull();
    const after = () => host.simulated.counters().bytes('load', 'readers', 'in');
    const then = after();
    await vi.advanceTimersByTimeAsync(5000);
    expect(after()).toBe(then);
  });

  it('is none where it is stopped before it reads', async () => {
    const { result } = await ran('mpio-dedicated', { source: disk1 }, { stopAfterMs: 0 });
    expect(result).toMatchObject({ ok: false, failure: { kind: 'cancelled' } });
  });

  it('reads nothing where the plan has a refusal', async () => {
    const { result, steps } = await ran('mpio-dedicated', { source: disk1, streams: 99 });
    expect(result).toMatchObject({ ok: false, failure: { kind: 'refused' } });
    expect(steps).toEqual([]);
  });

  it('says why where the disk cannot be opened', async () => {
    const host = demo('mpio-dedicated');
    const load: HostLoad = {
      open: () => Promise.resolve(fail('refused', 'That number is another disk by now.')),
      findFiles: () => Promise.resolve(succeed([])),
    };
    const { result } = await ran('mpio-dedicated', { source: disk1 }, { host: { ...host, load } });
    expect(result).toMatchObject({ ok: false, failure: { message: 'That number is another disk by now.' } });
  });

  it('one that nobody asks for any more ends by itself, and there is one at a time', async () => {
    const { load } = demo('mpio-dedicated');
    const identity = planLoad(
      { source: disk1 },
      checkSnapshot(readSnapshot(demoCapture('mpio-dedicated')), demoCapture('mpio-dedicated'), 'demo'),
    ).identity;
    const order = {
      source: disk1,
      ...(identity !== undefined && { identity }),
      streams: 2,
      seconds: 100,
      bytesPerSecond: 1e6,
      bytes: 1e9,
      blockBytes: 262_144,
    };
    const running = await load?.open(order);
    expect(await load?.open(order)).toMatchObject({ ok: false, failure: { kind: 'refused' } });
    await vi.advanceTimersByTimeAsync(11_000);
    if (running?.ok !== true) throw new Error('It did not open.');
    expect(await running.value.progress()).toMatchObject({ value: { ended: 'unattended' } });
  });
});
