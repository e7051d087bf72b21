/** What a window may set for a host, and what it does to the check that it shows. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { HostState } from '#shared/host-state.ts';
import { succeed, type Result } from '#shared/result.ts';
import type { PageEdit, SettingsState } from '#shared/settings.ts';
import { fileSettings, type SettingsStore } from '../settings/settings-store.ts';
import { demoCapture } from '../testing/demo-check.ts';
import { createApplication, type Application } from './application.ts';

let folder = '';
const capture = demoCapture('iscsi-on-team');

async function opened(settings?: SettingsStore) {
  const look = vi.fn(() => Promise.resolve(succeed(capture)));
  const app = createApplication({
    host: { source: 'demo', label: 'demo host', look, close: () => Promise.resolve() },
    ...(settings && { settings }),
    shell: 'browser',
    log: () => undefined,
  });
  app.watch.lookAgain();
  await app.watch.settled();
  return { app, look };
}

const change = (app: Application, edit: PageEdit): Promise<Result<unknown>> =>
  app.call('settings.change', { edit });
const state = (app: Application): HostState => app.watch.state();
const idOf = (app: Application, rule: string): string =>
  state(app).check?.findings.find((finding) => finding.rule === rule)?.id ?? '';

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'switchyard-group-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('a window', () => {
  it('has nothing to set before the first look', async () => {
    const app = createApplication({
      host: {
        source: 'demo',
        label: 'x',
        look: () => Promise.resolve(succeed(capture)),
        close: () => Promise.resolve(),
      },
      shell: 'browser',
      log: () => undefined,
    });
    expect(await app.call('settings.state', {})).toEqual({ ok: true, value: null });
    expect(await app.call('settings.pinBaseline', {})).toMatchObject({
      ok: false,
      failure: { kind: 'refused' },
    });
  });

  it('waives a finding, and the last look is judged anew without another one', async () => {
    const { app, look } = await opened();
    const before = state(app);
    const id = idOf(app, 'iscsi-on-team');
    const edit = { set: 'waiver', waiver: { finding: id, reason: 'Soon.', until: '2999-01-01' } } as const;
    expect(await change(app, edit)).toMatchObject({
      ok: true,
      value: { isKept: false, waivers: [{ finding: id, key: id, isExpired: false }] },
    });
    const after = state(app);
    expect(look).toHaveBeenCalledTimes(1);
    expect(after.revision).toBeGreaterThan(before.revision);
    expect(after.checkLookId).not.toBe(before.checkLookId);
    expect(after.check?.findings.find((finding) => finding.id === id)?.waived).toMatchObject({
      reason: 'Soon.',
    });
    expect(await app.call('paths.whatIf', { changes: [] })).toMatchObject({
      value: {
        check: {
          findings: expect.arrayContaining([
            expect.objectContaining({ id, waived: expect.anything() as object }),
          ]) as object,
        },
      },
    });
    await change(app, { set: 'no-waiver', waiver: id });
    expect(state(app).check?.findings.find((finding) => finding.id === id)?.waived).toBeUndefined();
  });

  it('pins the last look and asks what changed since', async () => {
    const { app } = await opened();
    expect(await app.call('settings.sinceBaseline', {})).toEqual({ ok: true, value: null });
    expect(await app.call('settings.pinBaseline', {})).toMatchObject({
      value: { baseline: { host: 'HV01' } },
    });
    expect(await app.call('settings.sinceBaseline', {})).toMatchObject({
      value: { differences: [], targets: [] },
    });
    const unpinned = await change(app, { set: 'baseline', baseline: null });
    expect((unpinned as { value: SettingsState }).value.baseline).toBeUndefined();
  });

  it('keeps it in the file, where the shell was given one', async () => {
    const file = path.join(folder, 'settings.json');
    const { app } = await opened(fileSettings(file));
    await change(app, { set: 'threshold', id: 'driver-age.years', value: 9 });
    await app.call('settings.pinBaseline', {});
    const [pinned] = readdirSync(folder).filter((name) => name.endsWith('.capture.json.gz'));
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
      hosts: { HV01: { thresholds: { 'driver-age.years': 9 }, baseline: pinned } },
    });
  });

  const why = { reason: 'x', until: '2999-01-01' };
  it.each<[string, unknown]>([
    ['a file as the baseline', { set: 'baseline', baseline: '../../etc/passwd' }],
    [
      'a waiver without a reason',
      { set: 'waiver', waiver: { rule: 'rss-off', reason: ' ', until: '2999-01-01' } },
    ],
    ['a waiver that is over', { set: 'waiver', waiver: { rule: 'rss-off', ...why, until: '2020-01-01' } }],
    ['a waiver of nothing', { set: 'waiver', waiver: why }],
    ['a waiver of an unknown rule', { set: 'waiver', waiver: { rule: 'nothing', ...why } }],
    ['a threshold that is not there', { set: 'threshold', id: 'x.y', value: 1 }],
    ['a threshold below nothing', { set: 'threshold', id: 'driver-age.years', value: -1 }],
    ['a role of an interface that is not there', { set: 'roles', interface: 'NIC99', roles: ['storage'] }],
    [
      'a role that contradicts itself',
      { set: 'roles', interface: 'NIC1', roles: ['storage', 'not-storage'] },
    ],
    ['a profile that is not there', { set: 'profile', profile: 'x' }],
    ['something else', { set: 'file', path: 'x' }],
    ['more than there is', { set: 'profile', profile: null, path: 'x' }],
  ])('is refused %s', async (_, edit) => {
    const { app } = await opened();
    const before = state(app).revision;
    expect(await app.call('settings.change', { edit })).toMatchObject({
      ok: false,
      failure: { kind: 'bad-request' },
    });
    expect(state(app).revision).toBe(before);
  });
});
