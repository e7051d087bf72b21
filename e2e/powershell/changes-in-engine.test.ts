/** Changes by the cmdlets of a real engine, on a simulated host: forwarded, in effect, and seen by the real probes. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { readResource } from '../../src-main/platform/resources.ts';
import { openPool } from '../../src-main/powershell/pool.ts';
import type { JsonValue, Shell } from '../../src-main/powershell/shell.ts';
import {
  isEngineMissing,
  letTasksRun,
  prepareEngine,
  startSimulatedHost,
  type PreparedEngine,
  type SimulatedHostProcess,
} from './engine.ts';
import { windowsCommands } from './windows-commands.ts';

const common = readResource('powershell/probes/common.ps1');
const iqn = 'iqn.2010-01.example:vol1';

const scenario = {
  id: 'changes',
  title: 'Changes',
  story: 'A host to change.',
  windows: { release: '2019' },
  computer: { name: 'HV09' },
  features: ['Multipath-IO', 'Hyper-V'],
  adapters: [{ name: 'A' }, { name: 'B' }, { name: 'NIC[1]' }, { name: 'NIC1' }],
  addresses: [
    { interface: 'A', address: '10.0.10.11/24' },
    { interface: 'B', address: '10.0.20.11/24' },
  ],
  iscsi: {
    targets: [
      { iqn, portals: ['10.0.10.101', '10.0.20.101'], chap: { username: 'hv', secret: "se'cret$(1)`;" } },
    ],
    sessions: [{ iqn, connections: [{ from: '10.0.10.11', to: '10.0.10.101' }], disks: [1] }],
  },
  mpio: { disks: [{ disk: 1, policy: 'RR' }] },
};

describe.skipIf(isEngineMissing())('changes by the cmdlets of an engine', () => {
  let host: SimulatedHostProcess;
  let prepared: PreparedEngine;
  let shell: Shell;
  let tasks: string;

  beforeAll(async () => {
    tasks = mkdtempSync(path.join(tmpdir(), 'switchyard-tasks-'));
    host = await startSimulatedHost(scenario, tasks);
    prepared = prepareEngine({ host });
    letTasksRun(tasks, prepared);
    shell = openPool({ engine: prepared.engine, size: 1, prelude: `${prepared.prelude}\n${common}` });
  });

  afterAll(async () => {
    await shell.close();
    await host.stop();
    prepared.dispose();
    rmSync(tasks, { recursive: true, force: true });
  });

  async function run(script: string, parameters: Record<string, JsonValue> = {}) {
    const answer = await shell.run({ script, parameters, deadlineMs: 120_000 });
    if (!answer.ok) throw new Error(answer.failure.message);
    const { data, errors, fatal } = answer.value;
    return { data, errors: [...errors, ...(fatal === undefined ? [] : [fatal])].map(({ id }) => id) };
  }

  const probe = (name: string) => run(readResource(`powershell/probes/Get-${name}.ps1`));

  test('a login with a hostile secret is a session that the probe sees', async () => {
    const connected = await run(
      `param($Iqn, $Secret)
       $null = Connect-IscsiTarget -NodeAddress $Iqn -InitiatorPortalAddress 10.0.20.11 -TargetPortalAddress 10.0.20.101 -IsMultipathEnabled $true -IsPersistent $true -AuthenticationType ONEWAYCHAP -ChapUsername hv -ChapSecret $Secret`,
      { Iqn: iqn, Secret: "se'cret$(1)`;" },
    );
    expect(connected.errors).toEqual([]);
    const { data } = await probe('IscsiSession');
    expect(data).toHaveLength(2);
    expect(data.at(-1)).toMatchObject({ IsPersistent: true, AuthenticationType: 'ONEWAYCHAP' });
    const { data: disks } = await probe('MpioDisk');
    expect(disks).toMatchObject([{ Paths: [{}, {}] }]);
  });

  test('errors, questions and unknown parameters are those of Windows', async () => {
    const { errors } = await run(
      `param($Iqn)
       try { Connect-IscsiTarget -NodeAddress $Iqn -InitiatorPortalAddress 10.0.20.11 -TargetPortalAddress 10.0.20.101 -IsMultipathEnabled $true -ErrorAction Stop } catch { Write-Error -ErrorRecord $_ }
       try { Disconnect-IscsiTarget -NodeAddress $Iqn -ErrorAction Stop } catch { Write-Error -ErrorRecord $_ }
       try { Set-NetAdapter -Name A -Vlan9 3 -ErrorAction Stop } catch { Write-Error -ErrorRecord $_ }`,
      { Iqn: iqn },
    );
    expect(errors.map((id) => String(id).split(',')[0])).toEqual([
      'HRESULT 0xefff0009',
      'InvalidOperation',
      'NamedParameterNotFound',
    ]);
  });

  test('a name with brackets means another adapter until it is escaped', async () => {
    const escaped = `Set-NetAdapter -Name ([Management.Automation.WildcardPattern]::Escape('NIC[1]')) -VlanID 8 -Confirm:$false`;
    await run(`Set-NetAdapter -Name 'NIC[1]' -VlanID 7 -Confirm:$false\n${escaped}`);
    const state = (await host.ask({ kind: 'state' })) as {
      state: { interfaces: Record<string, { vlanId: number }> };
    };
    expect(state.state.interfaces['NIC1']?.vlanId).toBe(7);
    expect(state.state.interfaces['NIC[1]']?.vlanId).toBe(8);
  });

  test('an answer that is lost has taken effect all the same', async () => {
    await host.ask({ kind: 'inject', fault: { command: 'Set-Service', kind: 'lost' } });
    const { errors } = await run(`Set-Service -Name MSiSCSI -StartupType Manual`);
    expect(errors).toHaveLength(1);
    expect(await host.ask({ kind: 'state' })).toMatchObject({ state: { msiscsi: { startType: 'Manual' } } });
  });

  test('a task that is due runs its script in an engine, and changes the host', async () => {
    const script = path.join(tasks, 'undo it.ps1');
    const mark = path.join(tasks, 'done');
    writeFileSync(
      script,
      `param([string] $Mark)
       Set-Service -Name MSiSCSI -StartupType Automatic
       [IO.File]::WriteAllText($Mark, [string] (Get-Service -Name MSiSCSI).Status)
       exit 7`,
    );
    const { errors } = await run(
      `param($Argument)
       $run = New-ScheduledTaskAction -Execute 'C:\\Windows\\System32\\powershell.exe' -Argument $Argument
       $triggers = @(
           New-ScheduledTaskTrigger -Once -At ([datetime]::Now.AddMinutes(2)) -RepetitionInterval ([timespan]::FromMinutes(1)) -RepetitionDuration ([timespan]::FromMinutes(15))
           New-ScheduledTaskTrigger -AtStartup
       )
       $principal = New-ScheduledTaskPrincipal -UserId SYSTEM -LogonType ServiceAccount -RunLevel Highest
       $settings = New-ScheduledTaskSettingsSet -StartWhenAvailable -ExecutionTimeLimit ([timespan]::FromMinutes(10)) -MultipleInstances IgnoreNew
       $null = Register-ScheduledTask -TaskPath '\\Switchyard\\' -TaskName guard -Description text -Action $run -Trigger $triggers -Principal $principal -Settings $settings -Force`,
      { Argument: `-NoProfile -NonInteractive -File "${script}" -Mark "${mark}"` },
    );
    expect(errors).toEqual([]);
    expect(await host.ask({ kind: 'state' })).toMatchObject({
      state: {
        tasks: {
          '\\Switchyard\\guard': {
            triggers: [{ kind: 'once', everyMs: 60_000, durationMs: 900_000 }, { kind: 'startup' }],
          },
        },
      },
    });
    expect(existsSync(mark)).toBe(false);
    await host.ask({ kind: 'clock', advance: 121_000 });
    await vi.waitFor(
      async () => {
        const { data } = await run(
          `@{ Result = (Get-ScheduledTaskInfo -TaskPath '\\Switchyard\\' -TaskName guard).LastTaskResult }`,
        );
        expect(data).toEqual([{ Result: 7 }]);
      },
      { timeout: 90_000, interval: 500 },
    );
    expect(readFileSync(mark, 'utf8')).toBe('Running');
    expect(await host.ask({ kind: 'state' })).toMatchObject({
      state: { msiscsi: { startType: 'Automatic' } },
    });
  });

  test('a feature is there after the restart, with its commands', async () => {
    await run(`Uninstall-WindowsFeature -Name Multipath-IO`);
    expect(host.commands.map(({ name }) => name)).toContain('Set-MPIOSetting');
    const again = await host.restart();
    expect(again.commands.map(({ name }) => name)).not.toContain('Set-MPIOSetting');
  });
});

test('every parameter that a changing command takes is one of Windows on that release', async () => {
  for (const release of ['2012', '2012R2', '2019', '2025'] as const) {
    const host = await startSimulatedHost({ ...scenario, windows: { release } });
    const { takes } = (await host.ask({ kind: 'parameters' })) as { takes: Record<string, string[]> };
    for (const [name, parameters] of Object.entries(takes)) {
      const command = windowsCommands.find(name);
      if (name.endsWith('.exe')) continue;
      const known = (command?.parameters ?? []).filter((parameter) => {
        const since = command?.parameterOs?.[parameter];
        const maybe = command?.parameterOsMaybe?.[parameter] ?? [];
        return since === undefined || since.includes(release) || maybe.includes(release);
      });
      expect({ release, name, unknown: parameters.filter((one) => !known.includes(one)) }).toEqual({
        release,
        name,
        unknown: [],
      });
    }
    await host.stop();
  }
}, 120_000);
