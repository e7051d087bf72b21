/** The load behind a window, by its calls, on a clock that is moved by hand. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LoadFile, LoadRun, ShownLoadPlan } from '#shared/load.ts';
import type { Result } from '#shared/result.ts';
import { demoHost } from '../hosts/simulated-host/demo-host.ts';
import { createApplication, type Application } from './application.ts';

beforeEach(() => {
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'],
  });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Moves the clock until the answer is there. */
async function settled<T>(promise: Promise<T>): Promise<T> {
  let answer: { readonly value: T } | undefined;
  void promise.then((value) => (answer = { value }));
  for (let tries = 0; answer === undefined && tries < 4000; tries += 1) {
    await vi.advanceTimersByTimeAsync(50);
  }
  if (answer === undefined) throw new Error('No answer came.');
  return answer.value;
}

async function opened(id: string, isLookedAt = true) {
  const host = demoHost(id);
  if (!host.ok) throw new Error(host.failure.message);
  const app = createApplication({
    host: host.value,
    shell: 'browser',
    allowChanges: false,
    log: () => undefined,
  });
  const asked = async <T>(name: string, request: unknown): Promise<Result<T>> =>
    (await settled(app.call(name, request))) as Result<T>;
  if (isLookedAt) {
    await asked('host.lookAgain', {});
    await settled(app.watch.settled());
  }
  const value = async <T>(name: string, request: unknown = {}): Promise<T> => {
    const answer = await asked<T>(name, request);
    if (!answer.ok) throw new Error(`${answer.failure.message} ${answer.failure.detail ?? ''}`);
    return answer.value;
  };
  return { app, host: host.value, asked, value };
}

const disk1 = { source: { kind: 'disk', number: 1 } };

async function running({ value }: Awaited<ReturnType<typeof opened>>): Promise<string> {
  const { hash } = await value<ShownLoadPlan>('load.plan', disk1);
  const { runId } = await value<{ runId: string }>('load.start', { planHash: hash });
  return runId;
}

const closed = (app: Application): Promise<void> => settled(app.close());

describe('a load', () => {
  it('is planned, started by its hash, told as it goes, and judged; the browser needs no leave to change for it', async () => {
    const host = await opened('iscsi-on-team');
    const told: LoadRun[] = [];
    host.app.listen((event) => {
      if (event.event === 'load.progress') told.push(event.payload);
    });
    const plan = await host.value<ShownLoadPlan>('load.plan', { ...disk1, seconds: 12 });
    expect(plan.nowBytesPerSecond).toBeGreaterThan(1e6);
    expect(plan.lines).toHaveLength(2);
    expect(plan.lines[0]).toMatch(/^Start-Load -Disk 1 -UniqueId '\w+' -Size \d+ -Streams 1 -Seconds 12 /);
    await host.value('load.start', { planHash: plan.hash });
    let run: LoadRun | null = null;
    for (let passed = 0; run?.phase !== 'over' && passed < 60; passed += 1) {
      await vi.advanceTimersByTimeAsync(1000);
      run = await host.value<LoadRun | null>('load.state');
    }
    expect(run?.result?.verdict).toBe('one-path');
    expect(new Set(told.map(({ phase, streams }) => `${phase} ${streams}`))).toEqual(
      new Set(['counting 1', 'opening 1', 'reading 1', 'opening 4', 'reading 4', 'over 4']),
    );
    await closed(host.app);
  });

  it('starts with no plan that was not shown, nor one of a host that is another by now', async () => {
    const host = await opened('mpio-dedicated');
    expect(await host.asked('load.start', { planHash: '0'.repeat(64) })).toMatchObject({
      ok: false,
      failure: { kind: 'refused' },
    });
    const { hash } = await host.value<ShownLoadPlan>('load.plan', disk1);
    const { simulated } = host.host;
    const [session] = simulated.machine.storage.sessions;
    const logout = simulated.call({
      name: 'Disconnect-IscsiTarget',
      parameters: {
        NodeAddress: session?.scenario.iqn ?? '',
        SessionIdentifier: session?.id ?? '',
        Confirm: false,
      },
    });
    expect(logout.errors).toEqual([]);
    await host.asked('host.lookAgain', {});
    await settled(host.app.watch.settled());
    expect(await host.asked('load.start', { planHash: hash })).toMatchObject({
      failure: { kind: 'refused', remedy: 'Make the plan again.' },
    });
    await closed(host.app);
  });

  it('is stopped by its id, and there is one at a time in the program', async () => {
    const host = await opened('mpio-dedicated');
    const other = await opened('iscsi-on-team');
    const runId = await running(host);
    const { hash } = await other.value<ShownLoadPlan>('load.plan', disk1);
    expect(await other.asked('load.start', { planHash: hash })).toMatchObject({
      failure: { message: 'A load is running already.' },
    });
    await vi.advanceTimersByTimeAsync(4000);
    expect(await host.value('load.stop', { runId: 'another' })).toEqual({ wasRunning: false });
    expect(await host.value('load.stop', { runId })).toEqual({ wasRunning: true });
    await vi.advanceTimersByTimeAsync(1000);
    const run = await host.value<LoadRun>('load.state');
    expect(run).toMatchObject({ phase: 'over', result: { stages: [{ ended: 'stopped' }] } });
    expect((await other.asked('load.start', { planHash: hash })).ok).toBe(true);
    await closed(host.app);
    await closed(other.app);
  });

  it('ends where the page has gone', async () => {
    const host = await opened('mpio-dedicated');
    const runs: LoadRun[] = [];
    host.app.listen((event) => {
      if (event.event === 'load.progress') runs.push(event.payload);
    });
    await running(host);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(runs.at(-1)).toMatchObject({ phase: 'over', result: { stages: [{ ended: 'unattended' }] } });
    await closed(host.app);
  });

  it('ends with the program', async () => {
    const host = await opened('mpio-dedicated');
    await running(host);
    await vi.advanceTimersByTimeAsync(3000);
    await closed(host.app);
    const read = () => host.host.simulated.counters().bytes('load', 'readers', 'in');
    const then = read();
    await vi.advanceTimersByTimeAsync(3000);
    expect(read()).toBe(then);
  });

  it('of a file is asked for by the id that the share was told with, and by nothing else', async () => {
    const host = await opened('smb-stuck');
    const check = host.app.watch.state().check;
    const shareId = check?.model.smbServers[0]?.shares[0]?.id ?? '';
    const [file] = await host.value<readonly LoadFile[]>('load.files', { shareId });
    expect(file).toMatchObject({ share: '\\\\FS01\\VMs', name: 'Library\\Template-2022.vhdx' });
    const plan = await host.value<ShownLoadPlan>('load.plan', {
      source: { kind: 'file', fileId: file?.id ?? '' },
    });
    expect(plan).toMatchObject({ refusals: [], opened: '\\\\FS01\\VMs\\Library\\Template-2022.vhdx' });
    for (const source of [
      { kind: 'file', fileId: '\\\\FS01\\VMs\\Library\\Template-2022.vhdx' },
      { kind: 'file', path: '\\\\FS01\\VMs\\Library\\Template-2022.vhdx' },
      { kind: 'disk', number: '1' },
    ]) {
      expect(await host.asked('load.plan', { source })).toMatchObject({
        ok: false,
        failure: { kind: 'bad-request' },
      });
    }
    expect(await host.asked('load.files', { shareId: '\\\\evil\\share' })).toMatchObject({ ok: false });
    await closed(host.app);
  });

  it('of a host that nobody looked at yet is none', async () => {
    const host = await opened('mpio-dedicated', false);
    expect(await host.asked('load.plan', disk1)).toMatchObject({ ok: false, failure: { kind: 'refused' } });
    await closed(host.app);
  });
});
