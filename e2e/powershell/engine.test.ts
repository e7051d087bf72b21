/** The engine behaves as Windows PowerShell does where the product relies on it, and simulated values keep their types. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  isConsoleMissing,
  isEngineMissing,
  obtainInstalled,
  prepareEngine,
  type EngineSettings,
  type PreparedEngine,
} from './engine.ts';
import { openTinyHost, runEngine, type TinyHost } from './tiny-host.ts';

async function withEngine<T>(
  settings: EngineSettings,
  use: (prepared: PreparedEngine) => Promise<T>,
): Promise<T> {
  const prepared = prepareEngine(settings);
  try {
    return await use(prepared);
  } finally {
    prepared.dispose();
  }
}

const feed = (lines: readonly string[], settings: EngineSettings = {}) =>
  withEngine(settings, (prepared) => runEngine(prepared, lines));

const inConsole = (lines: readonly string[], settings: EngineSettings = {}) =>
  feed(lines, { setUp: 'console', ...settings });

describe.skipIf(isConsoleMissing())('standard input', () => {
  test('every line is a statement, and state stays from one to the next', async () => {
    const { stdout, exitCode } = await inConsole([
      '$x = 2',
      '$x + 1',
      'function Test-It { "it" }',
      'Test-It',
    ]);
    expect(stdout).toBe('3\r\nit\r\n');
    expect(exitCode).toBe(0);
  });

  test('an unfinished line opens a block that only a blank line ends', async () => {
    const { stdout } = await inConsole(['if ($true) {', '"inside"', '}', '"still inside"', '', '"after"']);
    expect(stdout).toBe('inside\r\nstill inside\r\nafter\r\n');
  });

  test('a blank line inside a block ends it too early', async () => {
    const { stdout, stderr } = await inConsole(['if ($true) {', '', '"outside"']);
    expect(stdout).toBe('outside\r\n');
    expect(stderr).not.toBe('');
  });

  test('a line that does not parse is skipped and the next one runs', async () => {
    const { stdout, stderr } = await inConsole(['"a" "b"', '"next"']);
    expect(stdout).toBe('next\r\n');
    expect(stderr).toContain('Unexpected token');
  });

  test('errors go to standard error and end nothing', async () => {
    const { stdout, stderr } = await inConsole(['throw "first"', 'Get-Nothing', '"next"']);
    expect(stdout).toBe('next\r\n');
    expect(stderr).toContain('first');
    expect(stderr).toContain('Get-Nothing');
  });

  test('exit ends the process with its code', async () => {
    expect((await inConsole(['exit 7', '"never"'])).exitCode).toBe(7);
  });

  test('a question ends in an error, because nobody is there to answer', async () => {
    const { stdout, stderr } = await inConsole(['$Host.UI.ReadLine()', '"next"']);
    expect(stdout).toBe('next\r\n');
    expect(stderr).toContain('NonInteractive');
  });

  test('lines end with CR LF until a script says otherwise, and again after the encoding changed', async () => {
    const { stdout } = await inConsole([
      '[Console]::Out.WriteLine("one")',
      '[Console]::Out.NewLine = "`n"; [Console]::Out.WriteLine("two")',
      '[Console]::OutputEncoding = [Text.UTF8Encoding]$false; [Console]::Out.WriteLine("three")',
    ]);
    expect(stdout).toBe('one\r\ntwo\nthree\r\n');
  });

  test('text leaves in the OEM code page unless a script sets the encoding', async () => {
    const { stdout } = await inConsole([
      '[Console]::Out.Write([char]0x65e5)',
      '[Console]::OutputEncoding = [Text.UTF8Encoding]$false; [Console]::Out.Write([char]0x65e5)',
    ]);
    expect(stdout).toBe('?\u65e5');
  });

  test('one command as an argument prints its answer', async () => {
    const answer = await withEngine({ languageMode: 'ConstrainedLanguage' }, (prepared) =>
      runEngine(prepared, [], ['-NoProfile', '-Command', '$ExecutionContext.SessionState.LanguageMode']),
    );
    expect(answer.stdout.trim()).toBe('ConstrainedLanguage');
  });

  test('constrained language refuses calls of .NET', async () => {
    const { stdout, stderr } = await inConsole(['[Console]::Out.WriteLine("x")', '"next"'], {
      languageMode: 'ConstrainedLanguage',
    });
    expect(stdout).toBe('next\r\n');
    expect(stderr).toContain('Cannot invoke method');
  });

  test('the culture is the one asked for', async () => {
    expect((await inConsole(['[string](1.5).ToString()'], { culture: 'de-DE' })).stdout).toBe('1,5\r\n');
  });
});

describe.skipIf(isConsoleMissing())('JSON as Windows PowerShell 5.1 writes and reads it', () => {
  /** PowerShell expression, JSON. */
  const cases: readonly (readonly [string, string, string])[] = [
    [
      'signs that HTML knows are escaped',
      `'<a href=''x''>&'`,
      '"\\u003ca href=\\u0027x\\u0027\\u003e\\u0026"',
    ],
    ['quotes, backslashes and control signs', `"a\`"b\\c\`n\`t$([char]1)"`, '"a\\"b\\\\c\\n\\t\\u0001"'],
    ['a NUL drive letter', '[char]0', '"\\u0000"'],
    ['an enumeration is its number', '[DayOfWeek]::Friday', '5'],
    [
      'a date is milliseconds of the epoch',
      `@{ d = ([datetime]'2020-01-01T00:00:00Z') }`,
      '{"d":"\\/Date(1577836800000)\\/"}',
    ],
    [
      'a GUID has no braces',
      `[guid]'{6B29FC40-CA47-1067-B31D-00DD010662DA}'`,
      '"6b29fc40-ca47-1067-b31d-00dd010662da"',
    ],
    ['64 bits without a sign', '[uint64]::MaxValue', '18446744073709551615'],
    ['a whole double', '[double]3', '3'],
    ['null, booleans and lists', '@($null, $true, $false)', '[null,true,false]'],
    ['an empty list', '@{ a = @() }', '{"a":[]}'],
    ['a list of one stays a list', '@{ a = @(1) }', '{"a":[1]}'],
    ['properties keep their order', '[pscustomobject]@{ b = 1; a = 2 }', '{"b":1,"a":2}'],
    [
      'depth is 2 unless said otherwise',
      '@{ a = @{ b = @{ c = @{ d = 1 } } } }',
      '{"a":{"b":{"c":"System.Collections.Hashtable"}}}',
    ],
    [
      'a cut object is its text',
      '@{ a = @{ b = @{ c = [pscustomobject]@{ d = 1 } } } }',
      '{"a":{"b":{"c":"@{d=1}"}}}',
    ],
    [
      'a list that PowerShell wrapped becomes an object',
      '@{ a = (New-Object -TypeName "object[]" -ArgumentList 2) }',
      '{"a":{"value":[null,null],"Count":2}}',
    ],
    [
      'a text with a note becomes an object',
      '@{ a = (New-Object -TypeName PSObject -Property @{ n = 1 }) }',
      '{"a":{"n":1}}',
    ],
    [
      'a span of time has the parts of its day',
      '[timespan]10000',
      '{"Ticks":10000,"Days":0,"Hours":0,"Milliseconds":1,"Minutes":0,"Seconds":0,"TotalDays":1.1574074074074074E-08,"TotalHours":2.7777777777777776E-07,"TotalMilliseconds":1,"TotalMinutes":1.6666666666666667E-05,"TotalSeconds":0.001}',
    ],
  ];

  test('every kind of value', async () => {
    const { stdout, stderr } = await inConsole([
      '[Console]::OutputEncoding = [Text.UTF8Encoding]$false',
      ...cases.map(([, expression]) => `ConvertTo-Json -InputObject (${expression}) -Compress`),
    ]);
    expect(stderr).toBe('');
    const written = stdout.trimEnd().split('\r\n');
    expect(Object.fromEntries(cases.map(([name], index) => [name, written[index]]))).toEqual(
      Object.fromEntries(cases.map(([name, , json]) => [name, json])),
    );
  });

  test('without -Compress nested values wander to the right', async () => {
    const { stdout } = await inConsole(['ConvertTo-Json -InputObject @{ a = @(1) }']);
    expect(stdout).toBe('{\r\n    "a":  [\r\n              1\r\n          ]\r\n}\r\n');
  });

  test('parameters of later versions are not there', async () => {
    const { stderr } = await inConsole([
      'ConvertTo-Json -InputObject 1 -AsArray',
      'ConvertFrom-Json -InputObject "1" -AsHashtable',
    ]);
    expect(stderr).toContain('AsArray');
    expect(stderr).toContain('AsHashtable');
  });

  test('reading gives objects, one list, and dates only for its own notation', async () => {
    const { stdout, stderr } = await inConsole([
      `$o = ConvertFrom-Json -InputObject '{"a":[1,2],"b":{"c":null},"n":5000000000,"d":"\\/Date(0)\\/","i":"2020-01-01T00:00:00Z"}'`,
      '$o.a.Length; $o.b.GetType().Name; $o.n.GetType().Name; $o.d.GetType().Name; $o.i.GetType().Name',
      `@(ConvertFrom-Json -InputObject '[1,2]').Length`,
    ]);
    expect(stderr).toBe('');
    expect(stdout.trimEnd().split('\r\n')).toEqual([
      '2',
      'PSCustomObject',
      'Int64',
      'DateTime',
      'String',
      '1',
    ]);
  });

  test('text that is no JSON is a terminating error', async () => {
    const { stdout } = await inConsole([`try { ConvertFrom-Json -InputObject '{' } catch { 'caught' }`]);
    expect(stdout).toBe('caught\r\n');
  });
});

/** The engine of the tests both ways; beside an installed one only that one, which cannot be the other. */
const setUps =
  obtainInstalled() === undefined ? (['console', 'installed'] as const) : (['installed'] as const);

describe.skipIf(isEngineMissing()).each(setUps)('simulated cmdlets, set up as %s', (setUp) => {
  const cim = 'Microsoft.Management.Infrastructure.CimInstance#root/StandardCimv2/MSFT_NetAdapter';
  const team = 'Microsoft.HyperV.PowerShell.VMSwitchTeamMode';
  const values = {
    text: 'It\u2019s \u65e5\u672c `$(x)\n"q"',
    empty: '',
    flag: true,
    small: 7,
    fraction: 1.5,
    nothing: null,
    list: [1, 'two', null],
    one: ['only'],
    none: [],
    uint8: { $: 'uint8', v: '255' },
    uint16: { $: 'uint16', v: '65535' },
    uint32: { $: 'uint32', v: '4294967295' },
    uint64: { $: 'uint64', v: '18446744073709551615' },
    int16: { $: 'int16', v: '-32768' },
    int64: { $: 'int64', v: '-9223372036854775808' },
    mode: { $: 'enum', type: team, name: 'SwitchIndependent', value: 1 },
    nameless: { $: 'enum', type: team, name: '9', value: 9 },
    moment: { $: 'datetime', v: '2024-02-03T04:05:06.0000000Z' },
    span: { $: 'timespan', v: '600000000' },
    forever: { $: 'timespan', v: 'max' },
    guid: { $: 'guid', v: '6b29fc40-ca47-1067-b31d-00dd010662da' },
    letter: { $: 'char', v: 0 },
    table: { $: 'hashtable', v: { Key: { $: 'uint32', v: '1' } } },
    inner: {
      $: 'object',
      types: ['Microsoft.HyperV.PowerShell.VMSwitch'],
      props: { Name: 'S' },
      text: 'shown',
    },
  };
  let host: TinyHost;

  beforeAll(async () => {
    host = await openTinyHost(
      [
        { name: 'Get-NetAdapter', module: 'NetAdapter' },
        { name: 'Get-VMSwitch', module: 'Hyper-V' },
        { name: 'Get-CimInstance', module: 'CimCmdlets' },
        { name: 'Get-Service', module: 'Microsoft.PowerShell.Management' },
        { name: 'Get-ItemProperty', module: 'Microsoft.PowerShell.Management' },
        { name: 'Get-NetRoute', module: 'NetTCPIP' },
        { name: 'mpclaim.exe', module: '' },
      ],
      ({ name, parameters }) => {
        if (name === 'Get-VMSwitch') {
          return {
            output: [
              { $: 'object', types: ['Microsoft.HyperV.PowerShell.VMSwitch'], props: { Name: 'first' } },
            ],
            errors: [
              {
                message: 'You do not have the required permission.',
                id: 'AccessDenied,Microsoft.HyperV.PowerShell.Commands.GetVMSwitch',
                category: 'PermissionDenied',
                terminating: parameters['Name'] === 'stop',
                exception: 'Microsoft.HyperV.PowerShell.VirtualizationException',
                hresult: -2146233088,
                target: 'first',
              },
            ],
            warnings: ['careful'],
          };
        }
        if (name === 'Get-CimInstance') {
          return {
            errors: [
              {
                message: 'Invalid class',
                id: 'HRESULT 0x80041010,Microsoft.Management.Infrastructure.CimCmdlets.GetCimInstanceCommand',
                category: 'MetadataError',
                terminating: false,
                exception: 'Microsoft.Management.Infrastructure.CimException',
                hresult: 0x80041010,
              },
            ],
          };
        }
        if (name === 'mpclaim.exe')
          return { output: ['MPIO Disk0: 2 Paths', String(parameters['arguments'])] };
        if (name === 'Get-ItemProperty') {
          return { output: [{ $: 'object', types: [], props: { TimeOutValue: 60 } }] };
        }
        if (name === 'Get-Service') return { output: [], delayMs: 86_400_000 };
        return {
          output: [
            {
              $: 'object',
              types: [cim, 'System.Object'],
              props: values,
              cim: { text: { $: 'uint16', v: '3' } },
              text: 'MSFT_NetAdapter (Name = "x")',
            },
          ],
        };
      },
      '2012',
    );
  });
  afterAll(() => host.stop());

  /** Expressions over `$o`, the object of the host, and their text. */
  const facts: readonly (readonly [string, string])[] = [
    [
      '[string]::Equals($o.text, ([string][char]0x49 + "t" + [char]0x2019 + "s " + [char]0x65e5 + [char]0x672c + " ``$" + "(x)" + [char]10 + [char]34 + "q" + [char]34))',
      'True',
    ],
    ['$o.empty.Length', '0'],
    ['$o.flag.GetType().Name', 'Boolean'],
    ['$o.small.GetType().Name', 'Int32'],
    ['$o.fraction.GetType().Name', 'Double'],
    ['$null -eq $o.nothing', 'True'],
    ['$o.PSObject.Properties["nothing"].Name', 'nothing'],
    ['$o.list.GetType().Name + $o.list.Length', 'Object[]3'],
    ['$o.one.GetType().Name + $o.one.Length', 'Object[]1'],
    ['$o.none.GetType().Name + $o.none.Length', 'Object[]0'],
    ['$o.uint8.GetType().Name + $o.uint8', 'Byte255'],
    ['$o.uint16.GetType().Name + $o.uint16', 'UInt1665535'],
    ['$o.uint32.GetType().Name + $o.uint32', 'UInt324294967295'],
    ['$o.uint64.GetType().Name + $o.uint64', 'UInt6418446744073709551615'],
    ['$o.int16.GetType().Name + $o.int16', 'Int16-32768'],
    ['$o.int64.GetType().Name + $o.int64', 'Int64-9223372036854775808'],
    [
      '[string]$o.mode + " " + [int]$o.mode + " " + ($o.mode -is [enum]) + " " + ($o.mode -eq "SwitchIndependent")',
      'SwitchIndependent 1 True True',
    ],
    ['$o.mode.GetType().FullName', team],
    ['[string]$o.nameless + [int]$o.nameless', '99'],
    [
      '$o.moment.GetType().Name + " " + $o.moment.Kind + " " + $o.moment.ToUniversalTime().ToString("o")',
      'DateTime Local 2024-02-03T04:05:06.0000000Z',
    ],
    ['$o.span.TotalSeconds', '60'],
    ['$o.forever -eq [timespan]::MaxValue', 'True'],
    ['$o.guid.GetType().Name + [string]$o.guid', 'Guid6b29fc40-ca47-1067-b31d-00dd010662da'],
    ['$o.letter.GetType().Name + [int]$o.letter', 'Char0'],
    ['$o.table.GetType().Name + $o.table["key"].GetType().Name', 'HashtableUInt32'],
    [
      '[string]$o.inner + $o.inner.Name + $o.inner.PSObject.TypeNames[0]',
      'shownSMicrosoft.HyperV.PowerShell.VMSwitch',
    ],
    ['[string]$o', 'MSFT_NetAdapter (Name = "x")'],
    ['$o.PSObject.TypeNames[0]', cim],
    [
      '$o.CimInstanceProperties["text"].Value.GetType().Name + $o.CimInstanceProperties["TEXT"].Value',
      'UInt163',
    ],
    ['$o.CimInstanceProperties["small"].Value', '7'],
    ['$null -eq $o.CimInstanceProperties["absent"]', 'True'],
    ['$o.CimClass.CimClassName', 'MSFT_NetAdapter'],
    ['$o.CimSystemProperties.Namespace', 'root/StandardCimv2'],
    ['$o.PSObject.Properties["CimInstanceProperties"].Name', 'CimInstanceProperties'],
  ];

  test('values arrive with the types they have on Windows', async () => {
    const { stdout, stderr } = await feed(
      ['$o = Get-NetAdapter', ...facts.map(([expression]) => expression)],
      { host, setUp },
    );
    expect(stderr).toBe('');
    const answers = stdout.trimEnd().split(/\r?\n/);
    expect(Object.fromEntries(facts.map(([name], index) => [name, answers[index]]))).toEqual(
      Object.fromEntries(facts),
    );
  });

  test('a call forwards its bound parameters by full name, and no common ones', async () => {
    host.calls.splice(0);
    await feed(
      [
        'Get-NetAdapter -ifAlias "N1", "N2" -IncludeHidden -ErrorAction Stop -OutVariable kept > $null',
        '$a = Get-NetAdapter; Get-NetAdapter -CimSession $a > $null',
        '& "$env:SystemRoot\\System32\\mpclaim.exe" -s -d',
        'Get-ItemProperty -Path "HKLM:\\SYSTEM\\X" -ErrorAction Stop > $null',
      ],
      { host, setUp },
    );
    expect(host.calls.slice(0, 2)).toEqual([
      { name: 'Get-NetAdapter', parameters: { Name: ['N1', 'N2'], IncludeHidden: true } },
      { name: 'Get-NetAdapter', parameters: {} },
    ]);
    expect(host.calls[2]?.parameters['CimSession']).toMatchObject({
      $types: [cim, 'System.Object'],
      small: 7,
    });
    expect(host.calls.slice(3)).toEqual([
      { name: 'mpclaim.exe', parameters: { arguments: ['-s', '-d'] } },
      { name: 'Get-ItemProperty', parameters: { Path: 'HKLM:\\SYSTEM\\X' } },
    ]);
  });

  test('errors keep id, category, exception, number and target; they end the command only when they are meant to', async () => {
    const { stdout, stderr } = await feed(
      [
        '$r = @(Get-VMSwitch -ErrorVariable e -ErrorAction SilentlyContinue -WarningAction SilentlyContinue)',
        '$r.Length; $e.Count; $e[0].FullyQualifiedErrorId; $e[0].CategoryInfo.Category; $e[0].CategoryInfo.Activity; $e[0].Exception.GetType().FullName; $e[0].Exception.HResult; $e[0].TargetObject',
        'try { Get-VMSwitch -Name stop -ErrorAction SilentlyContinue; "went on" } catch { "ended " + $_.FullyQualifiedErrorId }',
        'try { Get-VMSwitch -ErrorAction Stop } catch { "stopped" }',
        '& { $ErrorActionPreference = "Stop"; try { Get-VMSwitch; "went on" } catch { "stopped by the caller" } }',
        'Get-CimInstance -ClassName X -ErrorVariable e -ErrorAction SilentlyContinue; $e[0].Exception.GetType().FullName; "{0:X8}" -f $e[0].Exception.HResult',
      ],
      { host, setUp },
    );
    expect(stderr).toBe('');
    const id = 'AccessDenied,Microsoft.HyperV.PowerShell.Commands.GetVMSwitch';
    expect(stdout.split(/\r?\n/).filter((line) => !/^(?:WARNING|Name|----|first|\s*$)/.test(line))).toEqual([
      '1',
      '1',
      id,
      'PermissionDenied',
      'Get-VMSwitch',
      'Microsoft.HyperV.PowerShell.VirtualizationException',
      '-2146233088',
      `ended ${id}`,
      'stopped',
      'stopped by the caller',
      'Microsoft.Management.Infrastructure.CimException',
      '80041010',
    ]);
  });

  test('commands and parameters that this Windows lacks are missing as they are there', async () => {
    const { stdout } = await feed(
      [
        '$null -eq (Get-Command -Name Get-VMSwitchTeam -ErrorAction SilentlyContinue)',
        '(Get-Command -Name Get-NetAdapter).Module.Name',
        'try { Get-NetLbfoTeam } catch { $_.FullyQualifiedErrorId }',
        // -State came with Windows Server 2022, -Protocol with 2012 R2.
        'try { Get-NetRoute -State Alive } catch { $_.FullyQualifiedErrorId }',
        'try { Get-NetRoute -Nonsense 1 } catch { $_.FullyQualifiedErrorId }',
        'try { Get-NetAdapter -InterfaceIndex 1 -Name x } catch { $_.FullyQualifiedErrorId }',
      ],
      { host, setUp },
    );
    expect(stdout.trimEnd().split(/\r?\n/)).toEqual([
      'True',
      'NetAdapter',
      'CommandNotFoundException',
      'NamedParameterNotFound,Get-NetRoute',
      'NamedParameterNotFound,Get-NetRoute',
      'AmbiguousParameterSet,Get-NetAdapter',
    ]);
  });

  test('programs and the registry answer from the host too', async () => {
    const { stdout } = await feed(
      [
        "& (Join-Path -Path $env:SystemRoot -ChildPath 'System32\\mpclaim.exe') -s -d; $LASTEXITCODE",
        '(Get-ItemProperty -Path "HKLM:\\SYSTEM\\CurrentControlSet\\Services\\Disk").TimeOutValue',
      ],
      { host, setUp },
    );
    expect(stdout.split(/\r?\n/).slice(0, 4)).toEqual(['MPIO Disk0: 2 Paths', '-s,-d', '0', '60']);
  });

  // The version and the account of an installed engine are its own.
  if (setUp === 'installed') return;
  test('the version and the rights are those of the host', async () => {
    const { stdout } = await feed(
      [
        '[string]$PSVersionTable.PSVersion',
        '([Security.Principal.WindowsPrincipal][Security.Principal.WindowsIdentity]::GetCurrent()).IsInRole([Security.Principal.WindowsBuiltInRole]::Administrator)',
      ],
      { host, setUp },
    );
    expect(stdout).toBe('5.1.20348.1\r\nTrue\r\n');
  });
});
