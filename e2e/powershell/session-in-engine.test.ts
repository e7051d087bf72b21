/** The product's session in a real engine: hostile values, broken scripts, constrained language, faults in mid-discovery. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ObservationName } from '#shared/capture.ts';
import { discover } from '../../src-main/discovery/discover.ts';
import { probes } from '../../src-main/discovery/probes/index.ts';
import { readResource } from '../../src-main/platform/resources.ts';
import { openPool } from '../../src-main/powershell/pool.ts';
import type { JsonValue, Shell } from '../../src-main/powershell/shell.ts';
import { isConsoleMissing, isEngineMissing, prepareEngine, type EngineSettings } from './engine.ts';
import { processesLeftIn } from './processes.ts';
import { openTinyHost, type TinyHost } from './tiny-host.ts';

const common = readResource('powershell/probes/common.ps1');

/** A shell of the product over the engine; afterwards no process of it may be left. */
async function withShell<T>(
  settings: EngineSettings,
  use: (shell: Shell, folder: string) => Promise<T>,
  size = 1,
): Promise<T> {
  const prepared = prepareEngine(settings);
  const shell = openPool({ engine: prepared.engine, size, prelude: `${prepared.prelude}\n${common}` });
  try {
    return await use(shell, prepared.engine.workingFolder);
  } finally {
    await shell.close();
    expect(await processesLeftIn(prepared.engine.workingFolder)).toEqual([]);
    prepared.dispose();
  }
}

const hostileNames = [
  ...'\'"\u2018\u2019\u201a\u201b\u201c\u201d\u201e'.split(''),
  'it\'s `$(Get-Nothing)` "quoted"',
  '$(throw "run") ; throw "run"',
  '`',
  'two\r\nlines',
  'NUL\u0000inside',
  'bidi \u202e desrever \u2066x\u2069',
  '\u65e5\u672c\u8a9e \u{1f600} \u00e4\u00f6\u00fc \u0130\u0131',
  '<script>&amp;</script>',
  '\\/Date(0)\\/',
  '*[a-z]?',
  ' ',
  'x'.repeat(10_000),
];

describe.skipIf(isEngineMissing())('values cross unchanged', () => {
  test('as parameters of a script and back', async () => {
    await withShell({}, async (shell) => {
      const answer = await shell.run({
        script: 'param($Names, $Nested)\nforeach ($name in $Names) { @{ name = $name } }\n$Nested',
        parameters: { Names: hostileNames, Nested: { "k'": [null, true, 1.5, hostileNames[10] ?? ''] } },
        deadlineMs: 60_000,
      });
      expect(answer).toMatchObject({ ok: true, value: { errors: [] } });
      const data = answer.ok ? answer.value.data : [];
      expect(data.slice(0, -1)).toEqual(hostileNames.map((name) => ({ name })));
      expect(data.at(-1)).toEqual({ "k'": [null, true, 1.5, hostileNames[10]] });
    });
  });

  test('as names of adapters, through a probe', async () => {
    const host = await openTinyHost([{ name: 'Get-NetAdapter', module: 'NetAdapter' }], () => ({
      output: hostileNames.map((name) => ({
        $: 'object',
        types: ['Microsoft.Management.Infrastructure.CimInstance#root/StandardCimv2/MSFT_NetAdapter'],
        props: { Name: name, InterfaceDescription: name, InterfaceIndex: { $: 'uint32', v: '7' } },
      })),
    }));
    try {
      await withShell({ host }, async (shell) => {
        const answer = await shell.run({
          script: readResource('powershell/probes/Get-NetAdapter.ps1'),
          deadlineMs: 60_000,
        });
        expect(answer).toMatchObject({ ok: true, value: { errors: [] } });
        expect(answer.ok ? answer.value.data.map((item) => (item as { Name: JsonValue }).Name) : []).toEqual(
          hostileNames,
        );
      });
    } finally {
      await host.stop();
    }
  });
});

describe.skipIf(isEngineMissing())('what is not a plain answer', () => {
  test('a script with a broken line runs not at all, and the next call works', async () => {
    await withShell({}, async (shell) => {
      const broken = await shell.run({ script: '$global:ran = 1\n"a" "b"\n', deadlineMs: 60_000 });
      expect(broken).toMatchObject({ ok: true, value: { data: [], fatal: {} } });
      const next = await shell.run({ script: '@{ ran = [bool]$global:ran }', deadlineMs: 60_000 });
      expect(next).toMatchObject({ ok: true, value: { data: [{ ran: false }] } });
    });
  });

  test('text on every stream beside the answer changes nothing', async () => {
    await withShell({}, async (shell) => {
      const answer = await shell.run({
        script:
          "[Console]::Out.WriteLine('noise'); [Console]::Error.WriteLine('noise'); $Host.UI.WriteLine('noise'); Write-Error -Message 'told'; @{ a = 1 }",
        deadlineMs: 60_000,
      });
      expect(answer).toMatchObject({ ok: true, value: { data: [{ a: 1 }], errors: [{ message: 'told' }] } });
    });
  });

  test.skipIf(isConsoleMissing())('constrained language is said to be that', async () => {
    await withShell({ languageMode: 'ConstrainedLanguage' }, async (shell) => {
      const facts = await shell.facts();
      expect(facts).toMatchObject({ ok: false, failure: { kind: 'constrained-language' } });
      const capture = await discover(shell, { probes: probes.slice(0, 2) });
      expect(capture).toMatchObject({ ok: true, value: { host: { languageMode: 'ConstrainedLanguage' } } });
      const observations = capture.ok ? Object.values(capture.value.observations) : [];
      expect(observations).toHaveLength(2);
      for (const observation of observations) {
        expect(observation).toMatchObject({ status: 'failed', error: { kind: 'constrained-language' } });
      }
    });
  });
});

describe.skipIf(isEngineMissing())('a process that fails in the middle of discovery', () => {
  const kill = '[Diagnostics.Process]::GetCurrentProcess().Kill()';
  const hang = '[Threading.Thread]::Sleep(-1)';
  const flood = "$line = 'x' * 1MB\nforeach ($i in 1..50) { [Console]::Out.WriteLine($line) }\n@{ a = 1 }";
  const endless = "while ($true) { [Console]::Out.WriteLine('x' * 1MB) }";
  const clean = '$Host.SetShouldExit(0)\nexit';

  let host: TinyHost;
  beforeAll(async () => {
    host = await openTinyHost([], () => ({}));
  });
  afterAll(() => host.stop());

  test('its own observation is named, the others are there, and no process is left', async () => {
    const scripts: Partial<Record<ObservationName, string>> = {
      Disk: kill,
      NetAdapter: hang,
      VMSwitch: flood,
      SmbConnection: endless,
      NetRoute: clean,
    };
    const asked: ObservationName[] = [
      'ComputerSystem',
      'NetAdapter',
      'NetLbfoTeam',
      'VMSwitch',
      'NetIPAddress',
      'NetRoute',
      'IscsiSession',
      'Disk',
      'SmbConnection',
      'Cluster',
    ];
    await withShell(
      { host },
      async (shell) => {
        const capture = await discover(shell, {
          // Short only where nothing would ever come.
          probes: probes
            .filter(({ name }) => asked.includes(name))
            .map((probe) => (scripts[probe.name] === hang ? { ...probe, deadlineMs: 3_000 } : probe)),
          readScript: (path) => {
            const name = /Get-(\w+)\.ps1$/.exec(path)?.[1] as ObservationName;
            return scripts[name] ?? `@{ Name = '${name}' }`;
          },
        });
        const observations = capture.ok ? capture.value.observations : {};
        const told = Object.fromEntries(
          Object.entries(observations).map(([name, observation]) => [
            name,
            observation.status === 'ok' ? observation.data : observation.error.kind,
          ]),
        );
        const fine = (name: ObservationName) => [{ Name: name }];
        expect(told).toEqual({
          ComputerSystem: fine('ComputerSystem'),
          NetAdapter: 'timed-out',
          NetLbfoTeam: fine('NetLbfoTeam'),
          VMSwitch: 'too-large',
          NetIPAddress: fine('NetIPAddress'),
          NetRoute: 'exited',
          IscsiSession: fine('IscsiSession'),
          Disk: 'exited',
          SmbConnection: 'too-large',
          Cluster: fine('Cluster'),
        });
      },
      3,
    );
  });

  test('a cancelled look settles at once and leaves no process', async () => {
    await withShell({ host }, async (shell) => {
      await shell.facts();
      const stop = new AbortController();
      const look = discover(shell, {
        probes: probes.slice(0, 3),
        readScript: () => hang,
        signal: stop.signal,
        onProgress: ({ state }) => {
          if (state === 'asking') setTimeout(() => stop.abort(), 200);
        },
      });
      const capture = await look;
      for (const observation of Object.values(capture.ok ? capture.value.observations : {})) {
        expect(observation).toMatchObject({ status: 'failed', error: { kind: 'cancelled' } });
      }
    });
  });
});
