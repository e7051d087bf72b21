/**
 * The guard of a change by its real scripts: armed and proven through the cmdlets of a real engine, run by the tasks of
 * a simulated host that outlives whoever armed it.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ChangeCommand } from '#shared/change-command.ts';
import { succeed } from '#shared/result.ts';
import type { HostChanges } from '../../src-main/hosts/host.ts';
import { localChanges } from '../../src-main/hosts/local-changes.ts';
import { loaderArgument } from '../../src-main/hosts/local-guard.ts';
import { readResource } from '../../src-main/platform/resources.ts';
import { openPool } from '../../src-main/powershell/pool.ts';
import type { Shell } from '../../src-main/powershell/shell.ts';
import {
  isEngineMissing,
  letTasksRun,
  prepareEngine,
  startSimulatedHost,
  type PreparedEngine,
  type SimulatedHostProcess,
} from './engine.ts';

const scenario = {
  id: 'guard',
  title: 'Guard',
  story: 'A host under guard.',
  windows: { release: '2019' },
  computer: { name: 'HV08' },
  features: ['Hyper-V'],
  adapters: [{ name: "Adapter 'A' [1]" }, { name: 'B' }],
  addresses: [{ interface: 'B', address: '10.0.10.11/24' }],
  msiscsi: { status: 'Running', startType: 'Manual' },
};

const setTo = (startType: string): ChangeCommand => ({
  cmdlet: 'Set-Service',
  parameters: { Name: 'MSiSCSI', StartupType: startType },
});

test('the loader holds no double quote but its own two, and no value as code', () => {
  const argument = loaderArgument("C:\\it's $(here)", 'ABC');
  expect(argument.match(/"/g)).toHaveLength(2);
  expect(argument).toContain("-Folder 'C:\\it''s $(here)' -Hash 'ABC'");
  expect(argument).not.toMatch(/[\r\n]/);
});

describe.skipIf(isEngineMissing())('the guard of a change', () => {
  let host: SimulatedHostProcess;
  let prepared: PreparedEngine;
  let shell: Shell;
  let scratch: string;
  let changes: HostChanges;
  let number = 0;

  beforeAll(async () => {
    scratch = mkdtempSync(path.join(tmpdir(), 'switchyard-guard-'));
    const tasks = path.join(scratch, 'tasks');
    mkdirSync(tasks);
    host = await startSimulatedHost(scenario, tasks);
    prepared = prepareEngine({ host });
    letTasksRun(tasks, prepared);
    shell = openPool({
      engine: prepared.engine,
      size: 1,
      prelude: `${prepared.prelude}\n${readResource('powershell/probes/common.ps1')}`,
    });
    changes = localChanges({
      shell,
      files: {
        journalFolder: path.join(scratch, 'journal'),
        guardFolder: path.join(scratch, 'guards'),
        makePrivate: (folder) => {
          mkdirSync(folder, { recursive: true, mode: 0o700 });
          return succeed(undefined);
        },
      },
    });
  });

  afterAll(async () => {
    await changes.close();
    await host.stop();
    prepared.dispose();
    rmSync(scratch, { recursive: true, force: true });
  });

  beforeEach(async () => {
    await changes.guard.disarm(`change-${number}`);
    number += 1;
    await changes.run(setTo('Manual'), {});
  });

  const order = (seconds: number) => ({
    id: `change-${number}`,
    title: 'Test',
    undo: [setTo('Manual')],
    seconds,
  });
  const folder = (): string => path.join(scratch, 'guards', `change-${number}`);
  const startType = async (): Promise<string> => {
    const { state } = (await host.ask({ kind: 'state' })) as { state: { msiscsi: { startType: string } } };
    return state.msiscsi.startType;
  };
  /** The host's clock is moved on; that of the engine is the real one. */
  const letTimePass = async (seconds: number): Promise<void> => {
    await pause(seconds * 1000);
    await host.ask({ kind: 'clock', advance: 60_000 });
  };

  test('is proven when it is armed, and gone when it is disarmed', async () => {
    const armed = await changes.guard.arm(order(600));
    expect(armed).toMatchObject({ ok: true });
    expect(readdirSync(folder())).not.toContain('probe.txt');
    const { state } = (await host.ask({ kind: 'state' })) as {
      state: { tasks: Record<string, { triggers: object[] }> };
    };
    expect(Object.values(state.tasks)).toMatchObject([
      {
        triggers: [{ kind: 'once', everyMs: 60_000, durationMs: 900_000 }, { kind: 'startup' }],
      },
    ]);
    expect(await changes.guard.find()).toMatchObject({ value: [{ id: `change-${number}`, title: 'Test' }] });
    await changes.run(setTo('Automatic'), {});
    expect(await changes.guard.disarm(`change-${number}`)).toEqual({ ok: true, value: { fired: null } });
    expect(await changes.guard.find()).toEqual({ ok: true, value: [] });
    expect(await startType()).toBe('Automatic');
  });

  test('undoes the change when nobody disarms it, once, and says what it did', async () => {
    expect(await changes.guard.arm(order(1))).toMatchObject({ ok: true });
    await changes.run(setTo('Automatic'), {});
    await letTimePass(2);
    await vi.waitFor(async () => expect(await startType()).toBe('Manual'), {
      timeout: 90_000,
      interval: 300,
    });
    await vi.waitFor(() => expect(readdirSync(folder())).toContain('result.json'), { timeout: 30_000 });
    const first = readFileSync(path.join(folder(), 'result.json'), 'utf8');
    // A later run of the same task finds it done.
    await changes.run(setTo('Automatic'), {});
    await letTimePass(0);
    const disarmed = await changes.guard.disarm(`change-${number}`);
    expect(disarmed).toMatchObject({ value: { fired: { reports: [{ state: 'done' }] } } });
    expect(JSON.parse(first)).toMatchObject({ failed: 0 });
    expect(await startType()).toBe('Automatic');
  });

  test('counts a restart of Windows as not confirmed', async () => {
    expect(await changes.guard.arm(order(600))).toMatchObject({ ok: true });
    await changes.run(setTo('Automatic'), {});
    // The engine of the tests does not restart: that it did is what the deadline's own clock tells.
    const file = path.join(folder(), 'deadline.json');
    const deadline = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
    writeFileSync(file, JSON.stringify({ ...deadline, armedUptime: 1e12, uptimeUntil: 2e12 }));
    await host.ask({ kind: 'restart' });
    await vi.waitFor(async () => expect(await startType()).toBe('Manual'), {
      timeout: 90_000,
      interval: 300,
    });
    expect(await changes.guard.disarm(`change-${number}`)).toMatchObject({
      value: { fired: { id: `change-${number}` } },
    });
  });

  test('does not run an undo that is another than was armed', async () => {
    expect(await changes.guard.arm(order(1))).toMatchObject({ ok: true });
    await changes.run(setTo('Automatic'), {});
    const file = path.join(folder(), 'undo.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace('Manual', 'Disabled'));
    await letTimePass(2);
    await vi.waitFor(() => expect(readdirSync(folder())).toContain('refused.txt'), {
      timeout: 90_000,
      interval: 300,
    });
    expect(await startType()).toBe('Automatic');
    await changes.guard.disarm(`change-${number}`);
  });

  test('is not armed where it could not undo the change', async () => {
    const armed = await changes.guard.arm({
      ...order(600),
      undo: [{ cmdlet: 'Set-MPIOSetting', parameters: { NewRetryCount: 3 } }],
    });
    expect(armed).toMatchObject({ ok: false, failure: { kind: 'cmdlet-missing' } });
    expect(await changes.guard.find()).toEqual({ ok: true, value: [] });
  });
});

describe.skipIf(isEngineMissing())('the runner of steps', () => {
  let host: SimulatedHostProcess;
  let prepared: PreparedEngine;
  let changes: HostChanges;

  beforeAll(async () => {
    host = await startSimulatedHost(scenario);
    prepared = prepareEngine({ host });
    changes = localChanges({
      shell: openPool({
        engine: prepared.engine,
        size: 1,
        prelude: `${prepared.prelude}\n${readResource('powershell/probes/common.ps1')}`,
      }),
      files: { journalFolder: '', guardFolder: '', makePrivate: () => succeed(undefined) },
    });
  });

  afterAll(async () => {
    await changes.close();
    await host.stop();
    prepared.dispose();
  });

  test.each([
    ['a command that is not listed', { cmdlet: 'Remove-Item', parameters: { Path: 'x' } }, /not among/],
    [
      'a parameter that is not listed',
      { cmdlet: 'Set-Service', parameters: { Status: 'Stopped' } },
      /never given/,
    ],
    [
      'an act on all',
      { cmdlet: 'Remove-NetIPAddress', parameters: { InterfaceIndex: 1 } },
      /more than is meant/,
    ],
    ['a program that is not listed', { program: 'cmd', arguments: ['/c'] }, /not among/],
    ['a restart of the host', { program: 'mpclaim', arguments: ['-r'] }, /never given/],
    [
      'an adapter that is called otherwise now',
      { cmdlet: 'Disable-NetAdapterRss', parameters: { Name: { adapter: '0', name: 'B' } } },
      /adapters have the GUID/,
    ],
    [
      'a secret that nobody gave',
      { cmdlet: 'Connect-IscsiTarget', parameters: { ChapSecret: { secret: 'x' } } },
      /secret/,
    ],
  ])('refuses %s by itself', async (_, command, why) => {
    await host.resetCounts();
    const report = await changes.run(command, {});
    expect(report).toMatchObject({ ok: true, value: { state: 'failed' } });
    expect(report.ok ? report.value.error?.message : '').toMatch(why);
    const changing = Object.keys(await host.counts()).filter((name) => !name.startsWith('Get-'));
    expect(changing).toEqual([]);
  });

  test('skips what is so already, and answers questions with values or errors', async () => {
    const service = {
      read: 'Get-CimInstance',
      parameters: { ClassName: 'Win32_Service', Filter: "Name='MSiSCSI'" },
      where: [{ property: 'StartMode', is: 'Manual' }],
    };
    const report = await changes.run(
      { ...setTo('Manual'), unless: { question: service, isThere: true } },
      {},
    );
    expect(report).toEqual({ ok: true, value: { state: 'skipped', output: [] } });
    const answers = await changes.ask([
      { ...service, take: ['Name', 'StartMode'] },
      { read: 'Get-ClusterGroup', take: ['Name'] },
      { read: 'Get-NetAdapter', where: [{ property: 'Name', isNoneOf: ['B'] }], take: ['Name'] },
    ]);
    expect(answers).toMatchObject({
      ok: true,
      value: [
        { rows: [{ Name: 'MSiSCSI', StartMode: 'Manual' }] },
        { error: { id: expect.stringMatching(/^CommandNotFound/) as string } },
        { rows: [{ Name: "Adapter 'A' [1]" }] },
      ],
    });
  });
});
