/** The session's own script in a real PowerShell engine: what probes rely on, and what hostile text must not do. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSession, type Session } from '../../src-main/powershell/session.ts';
import type { Noise } from '../../src-main/powershell/shell-process.ts';
import type { JsonValue, ScriptReply } from '../../src-main/powershell/shell.ts';
import { isEngineMissing, prepareEngine, type EngineSettings, type PreparedEngine } from './engine.ts';

describe.skipIf(isEngineMissing())('a session in a PowerShell engine', () => {
  const prelude = 'function Get-Twice { param($Value) $Value + $Value }';
  const prepared: PreparedEngine[] = [];
  const sessions: Session[] = [];
  const noise: Noise[] = [];
  let session: Session;
  /** A file that nothing may write; it goes with the engine's folder. */
  let canary: string;

  function open(settings: EngineSettings = {}): Session {
    const engine = prepareEngine(settings);
    const opened = openSession({
      engine: engine.engine,
      prelude: `${engine.prelude}\n${prelude}`,
      onNoise: (heard) => noise.push(heard),
    });
    prepared.push(engine);
    sessions.push(opened);
    return opened;
  }

  beforeAll(() => {
    session = open();
    canary = path.join(prepared[0]?.engine.workingFolder ?? '', 'canary');
  });

  afterAll(async () => {
    await Promise.all(sessions.map((opened) => opened.close()));
    for (const engine of prepared) engine.dispose();
  });

  async function run(script: string, parameters?: Record<string, JsonValue>): Promise<ScriptReply> {
    const answer = await session.run({ script, deadlineMs: 60_000, ...(parameters ? { parameters } : {}) });
    if (!answer.ok) throw new Error(JSON.stringify(answer.failure));
    return answer.value;
  }

  it('says what engine it is', async () => {
    expect(await session.facts()).toMatchObject({
      ok: true,
      value: {
        languageMode: 'FullLanguage',
        is64Bit: true,
        version: expect.stringMatching(/^\d+\.\d+/) as string,
      },
    });
  });

  it.each<[string, unknown[]]>([
    ['', []],
    ['$null', [null]],
    ["'one'", ['one']],
    ['1, 2', [1, 2]],
    [', @(1, 2)', [[1, 2]]],
    [
      '[pscustomobject]@{ List = @(); One = @(1); Deep = [pscustomobject]@{ A = $true } }',
      [{ List: [], One: [1], Deep: { A: true } }],
    ],
    ['Get-Twice 4; Get-Twice -Value 8', [8, 16]],
    ['return 4; 5', [4]],
    ["'before'; break; 'after'", ['before']],
    ["'before'; continue; 'after'", ['before']],
    ["[CmdletBinding()] param()\n$PSCmdlet.WriteVerbose('v'); $PSCmdlet.WriteDebug('d'); 1", [1]],
    ["[CmdletBinding()] param()\n$VerbosePreference = 'Continue'; $PSCmdlet.WriteVerbose('v'); 1", [1]],
  ])('lists what %j writes', async (script, data) => {
    expect(await run(script)).toMatchObject({ data, errors: [], warnings: [] });
  });

  it('binds parameters of any text as they are, and runs none of them', async () => {
    const attack = `[IO.File]::WriteAllText('${canary}', 'x')`;
    const texts = [
      ...["'", '"', '\u2018', '\u2019', '\u201a', '\u201b', '\u201c', '\u201d', '\u201e'].flatMap((quote) => [
        quote,
        `${quote}; ${attack} #`,
        `${quote}) ; ${attack} ; (${quote}`,
      ]),
      ...[
        `$(${attack})`,
        `\`$(${attack})`,
        `\n${attack}\n`,
        `\r\n\r\n${attack}`,
        `\0${attack}`,
        `@(${attack})`,
      ],
      ...[
        '\u202e',
        '*',
        'NIC[1]',
        'a?',
        '2026-11-22T00:00:00Z',
        '/Date(0)/',
        '\\/Date(0)\\/',
        '{"a":1}',
        ' ',
        '',
      ],
      ...['ß', 'İstanbul', 'イーサネット', 'شبكة', '🙂', '\u2028', 'x'.repeat(10_000)],
    ];
    const parameters = {
      Texts: texts,
      One: ['x'],
      None: null,
      Flag: true,
      Number: 1.5,
      Deep: { A: [['b']] },
    };
    const names = Object.keys(parameters);
    const script = `param(${names.map((name) => `$${name}`).join(', ')})
      [pscustomobject]@{ ${names.map((name) => `${name} = $${name}`).join('; ')} }`;
    expect((await run(script, parameters)).data).toEqual([parameters]);
    expect(existsSync(canary)).toBe(false);
  });

  it('runs nothing of a script that does not parse as a whole', async () => {
    const reply = await run(`[IO.File]::WriteAllText('${canary}', 'x')\nif (`);
    expect(reply).toMatchObject({ data: [], fatal: { id: 'ParseException' } });
    expect(existsSync(canary)).toBe(false);
  });

  it('keeps the output and the warnings beside errors, and tells the error that ended the script apart', async () => {
    const reply = await run(
      "[CmdletBinding()] param()\n'a'; $PSCmdlet.WriteWarning('careful'); Write-Error -Message 'bad' -TargetObject 'NIC 3'; 'b'; throw 'end'; 'c'",
    );
    expect(reply).toMatchObject({
      data: ['a', 'b'],
      warnings: ['careful'],
      errors: [{ message: 'bad', target: 'NIC 3', command: 'Write-Error' }],
      fatal: { message: 'end', category: 'OperationStopped' },
    });
  });

  it.each<[string, object]>([
    [
      "Stop-Observation -Kind 'feature-missing' -Message 'No MPIO.'",
      { kind: 'feature-missing', message: 'No MPIO.' },
    ],
    [
      "$e = [InvalidOperationException]'x'; $e.Data['SwitchyardKind'] = 'service-stopped'; throw $e",
      { kind: 'service-stopped', exception: 'System.InvalidOperationException' },
    ],
    [
      'Get-Nothing; 5',
      { id: 'CommandNotFoundException', category: 'ObjectNotFound', command: 'Get-Nothing' },
    ],
    ["[int]'x'", { exception: 'System.FormatException', hresult: -2146233033 }],
    [
      'throw [Activator]::CreateInstance([System.ComponentModel.Win32Exception], [object[]]@(5))',
      { exception: 'System.ComponentModel.Win32Exception', nativeError: 5 },
    ],
    ['Set-StrictMode -Version 2; $undefined', { id: 'VariableIsUndefined' }],
  ])('gives the error of %j as data to decide by', async (script, fatal) => {
    expect(await run(script)).toMatchObject({ fatal });
  });

  it('refuses a kind that no reader knows', async () => {
    expect((await run("Stop-Observation -Kind 'nonsense' -Message 'x'")).fatal).not.toHaveProperty('kind');
  });

  it('starts every script as if it were the first', async () => {
    await run(
      "$x = 1; $global:WarningPreference = 'Stop'; $global:ErrorActionPreference = 'Stop'; Get-Nothing",
    );
    await run("$global:PSDefaultParameterValues = @{ '*:Value' = 9 }");
    expect(
      await run('$x; $WarningPreference; $ErrorActionPreference; $Error.Count; Get-Twice'),
    ).toMatchObject({
      data: [null, 2, 2, 0, null],
    });
  });

  it('keeps no history in PowerShell', async () => {
    for (let count = 0; count < 5; count += 1) await run('1');
    expect((await run('$MaximumHistoryCount; @(Get-History).Count -le 1')).data).toEqual([1, true]);
  });

  it('takes what a script writes past PowerShell as noise', async () => {
    noise.length = 0;
    const reply = await run(
      "[Console]::Out.Write('#< CLIXML'); [Console]::Error.WriteLine('stderr'); $Host.UI.WriteLine('host'); 1",
    );
    expect(reply.data).toEqual([1]);
    expect(noise).toMatchObject([
      { stream: 'stdout', text: '#< CLIXMLhost' },
      { stream: 'stderr', text: 'stderr' },
    ]);
  });

  it('answers politely where an answer is too large, packed or unpacked, and keeps its process', async () => {
    const pid = (await run('$PID')).data;
    const scripts = [
      "'x' * 70MB",
      '$bytes = [Activator]::CreateInstance([byte[]], 10MB); ([Random]1).NextBytes($bytes); [Convert]::ToBase64String($bytes)',
    ];
    const answers = [];
    for (const script of scripts) answers.push(await session.run({ script, deadlineMs: 60_000 }));
    expect(answers).toMatchObject([
      { failure: { kind: 'too-large', message: "PowerShell's answer is larger than 64 MB." } },
      { failure: { kind: 'too-large', message: "PowerShell's answer is larger than 8 MB." } },
    ]);
    expect((await run('$PID')).data).toEqual(pid);
  });

  it('takes an answer of 20 MB', async () => {
    expect((await run("'x' * 20MB")).data).toEqual(['x'.repeat(20 * 1024 * 1024)]);
  });

  it('has the line ends cured, so that a busy Node loses no answer', async () => {
    const pid = (await run('$PID')).data;
    for (const busyMs of [50, 150, 300]) {
      const answer = run('$PID');
      await pause(0);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, busyMs);
      expect((await answer).data).toEqual(pid);
    }
  });

  it('speaks a language with other decimals and capitals the same way', async () => {
    for (const culture of ['de-DE', 'tr-TR', 'ja-JP']) {
      const other = open({ culture });
      const script = '[pscustomobject]@{ Number = 1.5; Text = "I i \u0130 \u0131"; Twice = Get-Twice 0.25 }';
      expect(await other.run({ script, deadlineMs: 60_000 })).toMatchObject({
        value: { data: [{ Number: 1.5, Text: 'I i \u0130 \u0131', Twice: 0.5 }] },
      });
    }
  });
});
