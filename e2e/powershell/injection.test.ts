/**
 * Names, addresses and secrets that would be code if anything took them for it: each change does exactly what is meant,
 * by the runner from data and by the line that a person sees, in a real engine.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ChangeCommand } from '#shared/change-command.ts';
import { succeed } from '#shared/result.ts';
import { localChanges } from '../../src-main/hosts/local-changes.ts';
import type { HostChanges } from '../../src-main/hosts/host.ts';
import { readResource } from '../../src-main/platform/resources.ts';
import { openPool } from '../../src-main/powershell/pool.ts';
import type { Shell } from '../../src-main/powershell/shell.ts';
import { notAllowed } from '../../src-main/remediation/allow.ts';
import { renderLine } from '../../src-main/remediation/render-line.ts';
import {
  isEngineMissing,
  prepareEngine,
  startSimulatedHost,
  type PreparedEngine,
  type SimulatedHostProcess,
} from './engine.ts';

/** Each means something to PowerShell, to a pattern or to a person; none holds a control character. */
const hostile = [
  "it's; Remove-NetIPAddress -Confirm:$false #",
  '"$(Remove-NetIPAddress -Confirm:$false)"',
  '\u2018typographic\u2019 \u201Aquotes\u201B',
  '\u201Cdouble\u201D \u201Etoo\u201F',
  '`n`"$env:TEMP`',
  'NIC[1]',
  'NIC[!2]',
  '*',
  'a?',
  '$null',
  '@{x=1}',
  '-Confirm:$false',
  '%{ 1 } | & { 2 }',
  '\u65e5\u672c\u8a9e \u00e4\u00f6\u00fc \u{1f600}',
  '{0} <script>&amp;',
];
const victims = ['NIC1', 'NIC2', 'ab'];
const secret = 's\'\u2019`$(1);"\u00e4*[';
const iqn = "iqn.2010-01.example:vol'1;$(x)";

/** Arguments and environment of every process, where the machine tells them; one that ends meanwhile has none. */
function startedWith(): string {
  if (!existsSync('/proc/self/cmdline')) return '';
  const tell = (pid: string, file: string): string => {
    try {
      return readFileSync(`/proc/${pid}/${file}`, 'utf8');
    } catch {
      return '';
    }
  };
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => `${tell(pid, 'cmdline')}\n${tell(pid, 'environ')}`)
    .join('\n');
}

const scenario = {
  id: 'injection',
  title: 'Injection',
  story: 'A host whose names are code.',
  windows: { release: '2019' },
  computer: { name: 'HV10' },
  features: ['Multipath-IO', 'Hyper-V'],
  adapters: [...hostile, ...victims].map((name) => ({ name })),
  lbfoTeams: [],
  vswitches: hostile.map((name) => ({ name: `v${name}`, type: 'Internal' })),
  vnics: [...hostile, ...victims].map((name) => ({
    name,
    adapterName: `e${name}`,
    vswitch: `v${hostile[0] ?? ''}`,
  })),
  addresses: [{ interface: victims[0], address: '10.0.10.11/24' }],
  iscsi: {
    targets: [{ iqn, portals: ['10.0.10.101'], chap: { username: '$(u)"\u2019', secret } }],
    sessions: [],
  },
  mpio: { disks: [] },
  smb: { servers: [{ name: 'FS', shares: [{ name: 's' }], interfaces: [{ address: '10.0.10.201' }] }] },
};

interface State {
  readonly interfaces: Readonly<Record<string, { readonly vlanId: number }>>;
  readonly vnics: Readonly<
    Record<string, { readonly name: string; readonly vswitch: string; readonly vlanId: number }>
  >;
}

describe.skipIf(isEngineMissing())('values that would be code', () => {
  let host: SimulatedHostProcess;
  let prepared: PreparedEngine;
  let shell: Shell;
  let changes: HostChanges;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'switchyard-injection-'));
    host = await startSimulatedHost(scenario);
    prepared = prepareEngine({ host });
    shell = openPool({
      engine: prepared.engine,
      size: 1,
      prelude: `${prepared.prelude}\n${readResource('powershell/probes/common.ps1')}`,
    });
    changes = localChanges({
      shell,
      files: { journalFolder: folder, guardFolder: folder, makePrivate: () => succeed(undefined) },
    });
  });

  afterAll(async () => {
    await shell.close();
    await host.stop();
    prepared.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  async function state(): Promise<State> {
    return ((await host.ask({ kind: 'state' })) as { state: State }).state;
  }

  async function adapterNamed(name: string) {
    const found = await shell.run({
      script:
        'param($Name)\nGet-NetAdapter | Where-Object { $_.Name -ceq $Name } | ForEach-Object { @{ Guid = $_.InterfaceGuid } }',
      parameters: { Name: name },
      deadlineMs: 60_000,
    });
    const [row] = (found.ok ? found.value.data : []) as { Guid: string }[];
    return { adapter: (row?.Guid ?? '').replace(/[{}]/g, '').toLowerCase(), name };
  }

  /** Runs the command from data, then the line, and gives the state after each. */
  async function both(command: ChangeCommand, back: ChangeCommand): Promise<[State, State]> {
    expect(notAllowed(command)).toBeUndefined();
    const states: State[] = [];
    for (const way of ['data', 'line'] as const) {
      if (way === 'data') {
        const report = await changes.run(command, {});
        expect(report.ok && report.value).toMatchObject({ state: 'done' });
      } else {
        const reply = await shell.run({ script: renderLine(command), deadlineMs: 60_000 });
        expect(reply.ok && { errors: reply.value.errors, fatal: reply.value.fatal }).toEqual({
          errors: [],
          fatal: undefined,
        });
      }
      states.push(await state());
      const undone = await changes.run(back, {});
      expect(undone.ok && undone.value.state).toBe('done');
    }
    const [byData, byLine] = states;
    if (byData === undefined || byLine === undefined) throw new Error('A way is missing.');
    return [byData, byLine];
  }

  // Each restarts its adapter and reads all of them twice: the slow ones, so only the names that patterns and quotes break.
  test.each(hostile.slice(0, 9))('an adapter called %s', async (name) => {
    const before = await state();
    const adapter = await adapterNamed(name);
    const set = (VlanID: number): ChangeCommand => ({
      cmdlet: 'Set-NetAdapter',
      parameters: { Name: adapter, VlanID },
    });
    // The link that restarts is no part of what is meant.
    await host.ask({ kind: 'clock', advance: 60_000 });
    for (const after of await both(set(9), set(0))) {
      const changed = Object.entries(after.interfaces).filter(
        ([one, { vlanId }]) => vlanId !== before.interfaces[one]?.vlanId,
      );
      expect(changed.map(([one]) => one)).toEqual([name]);
    }
  });

  test.each(hostile)('a vNIC called %s', async (name) => {
    const before = await state();
    const set = (tag: Record<string, number | boolean>): ChangeCommand => ({
      cmdlet: 'Set-VMNetworkAdapterVlan',
      parameters: { ManagementOS: true, VMNetworkAdapterName: name, ...tag },
    });
    for (const after of await both(set({ Access: true, VlanId: 9 }), set({ Untagged: true }))) {
      const changed = Object.values(after.vnics).filter(
        ({ vlanId }, index) => vlanId !== Object.values(before.vnics)[index]?.vlanId,
      );
      expect(changed.map((vnic) => vnic.name)).toEqual([name]);
    }
  });

  test.each(hostile)('a vNIC made and removed on a switch called v%s', async (name) => {
    const made = `new ${name}`;
    const place = { ManagementOS: true, SwitchName: `v${name}`, Name: made } as const;
    const before = Object.keys((await state()).vnics);
    const add: ChangeCommand = { cmdlet: 'Add-VMNetworkAdapter', parameters: place };
    for (const after of await both(add, { cmdlet: 'Remove-VMNetworkAdapter', parameters: place })) {
      const added = Object.entries(after.vnics).filter(([one]) => !before.includes(one));
      expect(added.map(([, vnic]) => [vnic.name, vnic.vswitch])).toEqual([[made, `v${name}`]]);
    }
    expect(Object.keys((await state()).vnics)).toEqual(before);
  });

  test('a secret reaches its target and nothing else', async () => {
    const command: ChangeCommand = {
      cmdlet: 'Connect-IscsiTarget',
      parameters: {
        NodeAddress: iqn,
        TargetPortalAddress: '10.0.10.101',
        InitiatorPortalAddress: '10.0.10.11',
        IsMultipathEnabled: true,
        IsPersistent: true,
        AuthenticationType: 'ONEWAYCHAP',
        ChapUsername: '$(u)"\u2019',
        ChapSecret: { secret: 'chap' },
      },
    };
    expect(renderLine(command)).not.toContain(secret);
    const wrong = await changes.run(command, { chap: `${secret.slice(1)}!` });
    expect(wrong.ok && wrong.value).toMatchObject({
      state: 'failed',
      error: { id: 'HRESULT 0xefff0009,Connect-IscsiTarget' },
    });
    expect(JSON.stringify(wrong)).not.toContain(secret.slice(1));
    const running = changes.run(command, { chap: secret });
    if (process.platform === 'linux') expect(startedWith()).toContain('-NoProfile');
    const looks = 10;
    for (let look = 0; look < looks; look += 1) {
      expect(startedWith()).not.toContain(secret);
      await Promise.race([running, pause(5)]);
    }
    const right = await running;
    expect(right.ok && right.value.state).toBe('done');
    expect(JSON.stringify(right)).not.toContain(secret);
    expect(await host.ask({ kind: 'state' })).toMatchObject({
      state: { iscsi: { sessions: [{ iqn, isPersistent: true }] } },
    });
  });

  test.each(['two\r\nlines', 'NUL\u0000', 'turned \u202e round'])(
    'what no line can show is not run: %j',
    (name) => {
      const command: ChangeCommand = {
        cmdlet: 'Set-NetLbfoTeam',
        parameters: { Name: name, LoadBalancingAlgorithm: 'Dynamic' },
      };
      expect(notAllowed(command)).toContain('control character');
      expect(() => renderLine(command)).toThrow('control character');
    },
  );
});
