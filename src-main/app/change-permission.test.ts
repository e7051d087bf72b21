/** Who may change a real host from a page, and by what word; and that a rollback takes no guard away too early. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import type { ChangesState, FixPlan, History } from '#shared/fix-plan.ts';
import { fail, succeed, type Result } from '#shared/result.ts';
import type { Host } from '../hosts/host.ts';
import { demoHost } from '../hosts/simulated-host/demo-host.ts';
import { memoryJournal } from '../remediation/journal.ts';
import { fileLock } from '../remediation/lock.ts';
import { createApplication, type Application } from './application.ts';
import { createChanges } from './changes.ts';

const scratch = mkdtempSync(path.join(tmpdir(), 'switchyard-permission-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** A host that is told to be this machine, with a journal on the disk. */
function realHost(): Host {
  const demo = demoHost('converged-2012r2');
  if (!demo.ok || demo.value.changes === undefined) throw new Error('There is no such demo.');
  const { restart: _, ...changes } = demo.value.changes;
  const journalFolder = mkdtempSync(path.join(scratch, 'host-'));
  return { ...demo.value, source: 'local', changes: { ...changes, journalFolder } };
}

async function openPage(host: Host, allowChanges: boolean): Promise<Application> {
  const page = createApplication({ host, shell: 'browser', allowChanges, log: () => undefined });
  page.watch.lookAgain();
  await vi.waitFor(() => expect(page.watch.state().check).toBeDefined(), patient);
  return page;
}

async function ask<T>(page: Application, name: string, request: object = {}): Promise<T> {
  const answer = (await page.call(`changes.${name}`, request)) as Result<T>;
  if (!answer.ok) throw new Error(answer.failure.message);
  return answer.value;
}

async function ended(page: Application): Promise<ChangesState['run']> {
  return vi.waitFor(async () => {
    const { run } = await ask<ChangesState>(page, 'state');
    expect(run?.phase).toBe('ended');
    return run;
  }, patient);
}

/** On a busy machine; what is waited for takes a fraction of a second. */
const patient = { timeout: 30_000, interval: 20 };
const secrets = {};
const planOn = (page: Application) => ask<FixPlan>(page, 'plan', { findings: ['same-member'] });

describe('a real host in a browser', () => {
  it('may only be looked at unless it was started for changes: each call that changes is refused', async () => {
    const host = realHost();
    const allowed = await openPage(host, true);
    const plan = await planOn(allowed);
    await ask(allowed, 'apply', { planHash: plan.hash, typed: ['HV02'], secrets });
    expect(await ended(allowed)).toMatchObject({ outcome: 'goal-not-reached' });
    const { entries } = await ask<History>(allowed, 'history');
    const id = entries[0]?.id ?? '';

    const looking = await openPage(host, false);
    const shown = await planOn(looking);
    expect(shown.refusals[0]).toMatchObject({ reason: 'read-only' });
    expect(await ask<ChangesState>(looking, 'state')).toMatchObject({ closed: { reason: 'read-only' } });
    const calls = {
      apply: { planHash: shown.hash, typed: ['HV02'], secrets },
      rollback: { id, typed: ['HV02'], secrets },
      resume: { id },
      restart: { id },
      dismiss: { id },
    };
    for (const [name, request] of Object.entries(calls)) {
      const answer = await looking.call(`changes.${name}`, request);
      expect({ name, answer }).toMatchObject({
        answer: { ok: false, failure: { kind: 'refused', message: 'This browser session may only look.' } },
      });
    }
    expect(await ask<History>(looking, 'history')).toEqual({ entries });
    await Promise.all([allowed.close(), looking.close()]);
  });

  it('is changed, and changed back, only by whoever types its name', async () => {
    const page = await openPage(realHost(), true);
    const plan = await planOn(page);
    expect(plan.typeToConfirm).toBe('HV02');
    expect(await ask<ChangesState>(page, 'state')).toMatchObject({ typeToConfirm: 'HV02' });
    for (const typed of [[], ['hv02'], ['HV01']]) {
      await ask(page, 'apply', { planHash: plan.hash, typed, secrets });
      expect(await ended(page)).toMatchObject({
        outcome: 'refused',
        refusals: [{ reason: 'not-confirmed' }],
      });
    }
    expect((await ask<History>(page, 'history')).entries).toEqual([]);
    await ask(page, 'apply', { planHash: plan.hash, typed: ['HV02'], secrets });
    expect(await ended(page)).toMatchObject({ outcome: 'goal-not-reached' });
    const [entry] = (await ask<History>(page, 'history')).entries;
    const back = { id: entry?.id, secrets };
    expect(await page.call('changes.rollback', { ...back, typed: [] })).toMatchObject({
      ok: false,
      failure: { message: 'The name of the host was not typed.' },
    });
    await ask(page, 'rollback', { ...back, typed: ['HV02'] });
    expect(await ended(page)).toMatchObject({ kind: 'rollback', outcome: 'successful' });
    await page.close();
  });
});

it('is changed by one at a time, and says at once by whom and since when', async () => {
  const host = realHost();
  const page = await openPage(host, true);
  const plan = await planOn(page);
  const since = '2026-01-15T10:00:00.000Z';
  const held = fileLock(host.changes?.journalFolder ?? '').take({
    pid: process.ppid,
    by: 'ben',
    since,
    what: 'Another',
  });
  const started = performance.now();
  await ask(page, 'apply', { planHash: plan.hash, typed: ['HV02'], secrets });
  expect(await ended(page)).toMatchObject({
    outcome: 'refused',
    refusals: [{ reason: 'change-pending' }],
    message: `ben is changing this host since ${since} (Another).`,
  });
  expect(performance.now() - started).toBeLessThan(1000);
  if (held.ok) held.value.release();
  await ask(page, 'apply', { planHash: plan.hash, typed: ['HV02'], secrets });
  expect(await ended(page)).toMatchObject({ outcome: 'goal-not-reached' });
  await page.close();
});

it('a rollback that is refused leaves the guard of its change where it is', async () => {
  const demo = demoHost('converged-2012r2');
  if (!demo.ok || demo.value.changes === undefined) throw new Error('There is no such demo.');
  const { guard } = demo.value.changes;
  const disarm = vi.fn(guard.disarm);
  const journal = memoryJournal();
  journal.append({
    at: '2026-01-15T10:00:00.000Z',
    change: 'c1',
    event: 'begins',
    kind: 'fix',
    host: 'HV02',
    by: 'anna',
    pid: 1,
    title: 'Test',
    planHash: '',
    findings: [],
    fixes: [],
    steps: [],
    isSimulated: true,
  });
  await guard.arm({ id: 'c1', title: 'Test', undo: [], seconds: 120 });
  const changes = createChanges({
    host: {
      ...demo.value,
      changes: { ...demo.value.changes, guard: { ...guard, disarm } },
      look: () => Promise.resolve(fail('timed-out', 'The host does not answer.')),
    },
    judge: () => {
      throw new Error('Nothing was seen.');
    },
    capture: () => undefined,
    tell: () => undefined,
    onEnd: () => undefined,
    journal,
  });
  expect(changes.rollback('c1', [], {}).ok).toBe(true);
  await changes.settled();
  expect((await changes.state()).run).toMatchObject({ outcome: 'refused' });
  expect(disarm).not.toHaveBeenCalled();
  expect(await guard.find()).toMatchObject(succeed([{ id: 'c1' }]));
  await changes.close();
});
