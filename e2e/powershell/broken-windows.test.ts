/** A Windows whose WMI repository is broken, and one whose module does not load: what rests on them is named, nothing else is lost. */
import { expect, test } from 'vitest';
import type { Capture, ObservationName } from '#shared/capture.ts';
import { checkCapture } from '../../src-main/app/check.ts';
import { discover } from '../../src-main/discovery/discover.ts';
import { probes } from '../../src-main/discovery/probes/index.ts';
import { captureOf } from '../../src-main/hosts/simulated-host/observe.ts';
import { readResource } from '../../src-main/platform/resources.ts';
import { openPool } from '../../src-main/powershell/pool.ts';
import { demoScenario } from '../../src-main/testing/demo-check.ts';
import { isEngineMissing, prepareEngine, startSimulatedHost } from './engine.ts';

const asked: readonly ObservationName[] = [
  'OperatingSystem',
  'ComputerSystem',
  'Service',
  'NetAdapter',
  'NetIPAddress',
  'IscsiSession',
  'IscsiConnection',
  'Disk',
];

/** What Windows says where its repository has lost a namespace. */
const brokenWmi = `function Get-CimInstance {
    $record = New-Object System.Management.Automation.ErrorRecord (New-Object System.Exception 'Ung\u00fcltiger Namespace'), 'HRESULT 0x8004100e,Microsoft.Management.Infrastructure.CimCmdlets.GetCimInstanceCommand', 'MetadataError', $null
    throw $record
}`;
const brokenModule = `function Get-NetAdapter {
    $record = New-Object System.Management.Automation.ErrorRecord (New-Object System.Management.Automation.CommandNotFoundException 'The module could not be loaded.'), 'CouldNotAutoloadMatchingModule', 'ObjectNotFound', 'Get-NetAdapter'
    throw $record
}`;

const kindsIn = ({ observations }: Capture) =>
  Object.fromEntries(
    Object.entries(observations).map(([name, one]) => [name, one.status === 'ok' ? 'ok' : one.error.kind]),
  );

test.skipIf(isEngineMissing())(
  'a broken repository or module costs what rests on it, by name, and makes nothing look healthy',
  { timeout: 120_000 },
  async () => {
    const host = await startSimulatedHost(demoScenario('mpio-dedicated'));
    const lookWith = async (broken: string): Promise<Capture> => {
      const prepared = prepareEngine({ host });
      const prelude = [prepared.prelude, readResource('powershell/probes/common.ps1'), broken].join('\n');
      const shell = openPool({ engine: prepared.engine, size: 1, prelude });
      const looked = await discover(shell, { probes: probes.filter(({ name }) => asked.includes(name)) });
      await shell.close();
      prepared.dispose();
      if (!looked.ok) throw new Error(looked.failure.message);
      return looked.value;
    };
    const whole = captureOf(demoScenario('mpio-dedicated'));
    const seen = Object.entries(whole.observations).filter(([name]) => asked.some((one) => one === name));
    const sound = checkCapture({ ...whole, observations: Object.fromEntries(seen) }, 'local');
    const soundRules = new Map(sound.rules.map(({ rule, result }) => [rule, result]));

    for (const [broken, lost, kind] of [
      [
        brokenWmi,
        /^(?:OperatingSystem|ComputerSystem|Service|IscsiSession|IscsiConnection)$/,
        /^(?:cmdlet-missing|script-error)$/,
      ],
      [brokenModule, /^NetAdapter$/, /^cmdlet-missing$/],
    ] as const) {
      const capture = await lookWith(broken);
      for (const [name, told] of Object.entries(kindsIn(capture))) {
        if (lost.test(name)) expect(told, name).toMatch(kind);
        else expect(told, name).toBe('ok');
      }
      const healed = checkCapture(capture, 'local').rules.filter(
        ({ rule, result }) => result === 'fine' && soundRules.get(rule) !== 'fine',
      );
      expect(healed.map(({ rule }) => rule)).toEqual([]);
    }
    await host.stop();
  },
);
