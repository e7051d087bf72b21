/** Every script of the product keeps the rules, and every rule refuses what it is there to refuse. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isConsoleMissing, prepareEngine, syntaxFacts } from './engine.ts';
import { isForwarded } from './modules.ts';
import {
  judgeScripts,
  parseReleases,
  ruleNames,
  type Breach,
  type RuleName,
  type ScriptFacts,
  type ScriptRole,
} from './script-rules.ts';
import { runEngine } from './tiny-host.ts';
import { windowsCommands } from './windows-commands.ts';

const resources = path.join(import.meta.dirname, '../../resources/powershell');

const scriptFiles = readdirSync(resources, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.psm?1$/i.test(file))
  .map((file) => path.join(resources, file));

function roleOf(file: string): ScriptRole {
  const folder = path.relative(resources, file).split(path.sep)[0];
  return folder === 'session' || folder === 'load' ? folder : folder === 'changes' ? 'change' : 'probe';
}

function judgeFiles(files: readonly { file: string; role: ScriptRole }[]): Breach[] {
  const facts = JSON.parse(syntaxFacts(files.map(({ file }) => file))) as ScriptFacts[];
  return judgeScripts(
    files.map(({ file, role }, index) => {
      const of = facts[index];
      if (of === undefined) throw new Error(`No facts for ${file}.`);
      return { role, facts: of, bytes: readFileSync(file) };
    }),
  );
}

test.each([
  ['2016+', ['2016', '2019', '2022', '2025']],
  [' 2012R2, 2016', ['2012R2', '2016']],
  ['2008+', undefined],
  ['soon', undefined],
])('the releases of %j', (text, expected) => {
  expect(parseReleases(text)).toEqual(expected);
});

describe.skipIf(isConsoleMissing())('the scripts of the product', () => {
  test('keep every rule', () => {
    const files = scriptFiles.map((file) => ({
      file,
      role: roleOf(file),
    }));
    expect(files.length).toBeGreaterThan(10);
    const told = judgeFiles(files).map(
      ({ file, line, rule, message }) => `${path.relative(resources, file)}:${line} ${rule}: ${message}`,
    );
    expect(told).toEqual([]);
  });

  test('use only commands of PowerShell that the engine of the tests has', async () => {
    const facts = JSON.parse(syntaxFacts(scriptFiles)) as ScriptFacts[];
    const own = facts.flatMap(({ functions }) => functions.map(({ name }) => name.toLowerCase()));
    const used = facts
      .flatMap(({ commands }) => commands.flatMap(({ name }) => (name === null ? [] : [name])))
      .filter((name) => !own.includes(name.toLowerCase()))
      .filter((name) => windowsCommands.find(name)?.module.startsWith('Microsoft.PowerShell.') === true)
      // Its own test stands in for it: no other system than Windows has such rights.
      .filter((name) => !isForwarded(name) && name !== 'Get-Acl');
    const prepared = prepareEngine({ setUp: 'console' });
    try {
      const { stdout } = await runEngine(
        prepared,
        [...new Set(used)].map(
          (name) => `if (-not (Get-Command -Name '${name}' -ErrorAction Ignore)) { '${name}' }`,
        ),
      );
      expect(stdout).toBe('');
      expect(used.length).toBeGreaterThan(5);
    } finally {
      prepared.dispose();
    }
  });
});

const head = '<#\n.SYNOPSIS\nAsks.\n#>\n[CmdletBinding()]\nparam()\n';
const withNotes = (notes: string) =>
  `<#\n.SYNOPSIS\nAsks.\n\n.NOTES\n${notes}\n#>\n[CmdletBinding()]\nparam()\n`;

/** Name of the case, text after the head (or a whole script), the rules it breaks. */
const examples: readonly (readonly [string, string, readonly RuleName[]])[] = [
  ['a plain question', 'Get-NetAdapter -IncludeHidden', []],
  ['a script that does not parse', 'Get-NetAdapter -Name (', ['parses']],
  ['text that is not ASCII', "'\u00e4'", ['plain-text']],
  ['a tab', "if ($true) {\n\t'x'\n}", ['plain-text']],
  ['CR LF', "'x'\r\n", ['plain-text']],
  ['no comment help', '!Get-NetAdapter', ['help']],
  ['a class', 'class A { }', ['syntax-of-3.0']],
  ['an enumeration', 'enum A { B }', ['syntax-of-3.0']],
  ['using', '!using namespace System\n<#\n.SYNOPSIS\nAsks.\n#>', ['syntax-of-3.0']],
  ['static new', '[datetime]::new(2020, 1, 1)', ['syntax-of-3.0', 'known-method']],
  ['a ternary', '$x = $true ? 1 : 2', ['syntax-of-3.0']],
  ['null coalescing', '$x = $null ?? 1', ['syntax-of-3.0']],
  ['null coalescing assignment', '$x = $null\n$x ??= 1', ['syntax-of-3.0']],
  ['null conditional members', '$x = 1\n${x}?.ToString()', ['syntax-of-3.0']],
  ['a pipeline chain', 'Get-NetAdapter && Get-Disk', ['syntax-of-3.0']],
  ['a background job', 'Get-NetAdapter &', ['syntax-of-3.0']],
  ['the Where method', '@(1).Where({ $_ })', ['syntax-of-3.0', 'known-method']],
  ['a binary number', '$x = 0b11', ['syntax-of-3.0']],
  ['a number with a new suffix', '$x = 1u', ['syntax-of-3.0']],
  ['numbers of old', '$x = 0xff, -1, 1.5, 1e3, 10l, 1d, 64KB, 0x1fL', []],
  ['an escape of version 6', '"`u{1f600}"', ['syntax-of-3.0']],
  ['an escaped grave before an e', '"``e"', []],
  ['#requires', '#requires -Version 5', ['syntax-of-3.0']],
  ['a computed method', '$n = "Name"\n$x = 1\n$x.$n()', ['syntax-of-3.0']],
  ['a computed property', '$n = "Name"\n$x = 1\n$x.$n', []],
  ['exit', 'exit 1', ['no-exit']],
  ['an alias', 'gci', ['known-command']],
  ['an alias of a cmdlet', 'Get-NetAdapter | select -Property Name', ['known-command']],
  ['an unknown command', 'Get-NetUnicorn', ['known-command']],
  ['an unknown parameter', 'Get-NetAdapter -Nonsense 1', ['known-parameter']],
  ['an alias of a parameter', "Get-NetAdapter -ifAlias 'x'", ['known-parameter']],
  ['a shortened parameter', 'Get-NetAdapter -Incl', ['known-parameter']],
  ['a parameter of a later PowerShell', 'ConvertTo-Json -InputObject 1 -AsArray', ['known-parameter']],
  ['common parameters', 'Get-NetAdapter -ErrorAction Stop -ErrorVariable x', []],
  ['an argument without a name', "Get-NetAdapter 'x'", ['named-parameters']],
  ['a switch takes no argument', "Get-NetAdapter -IncludeHidden 'x'", ['named-parameters']],
  ['a script block without a name where that is usual', 'Get-NetAdapter | Where-Object { $_.Name }', []],
  ['a splat that can be seen', "$with = @{ Name = 'x' }\nGet-NetAdapter @with", []],
  ['a splat with a wrong name', "$with = @{ Nam = 'x' }\nGet-NetAdapter @with", ['known-parameter']],
  ['a splat from elsewhere', 'Get-NetAdapter @with', ['known-parameter']],
  ['a command of a later Windows', 'Get-VMSwitchTeam', ['on-this-windows']],
  ['... in a script for later ones', `!${withNotes('Windows: 2016+')}Get-VMSwitchTeam`, []],
  [
    '... in a script for one too many',
    `!${withNotes('Windows: 2012R2+')}Get-VMSwitchTeam`,
    ['on-this-windows'],
  ],
  ['... a claim that names none', `!${withNotes('Windows: new ones')}Get-NetAdapter`, ['on-this-windows']],
  [
    '... behind a guard',
    "if (Get-Command -Name 'Get-VMSwitchTeam' -ErrorAction SilentlyContinue) { Get-VMSwitchTeam }",
    [],
  ],
  [
    '... behind a guard of another',
    "if (Get-Command -Name 'Get-VMSwitch') { Get-VMSwitchTeam }",
    ['on-this-windows'],
  ],
  [
    '... in the other branch',
    "if (Get-Command -Name 'Get-VMSwitchTeam') { 1 } else { Get-VMSwitchTeam }",
    ['on-this-windows'],
  ],
  [
    '... with a remark where it is dealt with',
    'try {\n# Windows: 2016+\nGet-VMSwitchTeam\n} catch { 1 }',
    [],
  ],
  ['... with a remark alone', '# Windows: 2016+\nGet-VMSwitchTeam', ['on-this-windows']],
  [
    '... with a remark that is too wide',
    'try {\n# Windows: 2012R2+\nGet-VMSwitchTeam\n} catch { 1 }',
    ['on-this-windows'],
  ],
  ['a parameter of a later Windows', 'Get-NetRoute -State Alive', ['on-this-windows']],
  [
    '... behind a guard',
    "if ((Get-Command -Name 'Get-NetRoute').Parameters.ContainsKey('State')) { Get-NetRoute -State Alive }",
    [],
  ],
  ['a parameter of a later engine', "Get-Command -Name 'x' -FullyQualifiedModule 'y'", ['on-this-windows']],
  ['Invoke-Expression', "Invoke-Expression -Command 'x'", ['forbidden-command']],
  ['Add-Type', "Add-Type -TypeDefinition 'x'", ['forbidden-command']],
  ['a download', "Invoke-WebRequest -Uri 'https://example.org'", ['forbidden-command']],
  ['a question to a person', 'Read-Host', ['forbidden-command']],
  ['a changing verb', "Set-NetAdapter -Name 'x' -MacAddress 'y'", ['only-reads']],
  ['a method of CIM', 'Invoke-CimMethod -ClassName X -MethodName Get', ['only-reads']],
  [
    'a method of CIM that only reads',
    '# Reads: the method has no effect.\nInvoke-CimMethod -ClassName X -MethodName Get',
    [],
  ],
  ['a file', "Get-NetAdapter > 'x.txt'", ['only-reads']],
  ['nothing is written to nowhere', 'Get-NetAdapter > $null', []],
  ['an environment variable', "$env:PATH = 'x'", ['only-reads']],
  ['a global variable', '$global:x = 1', ['only-reads']],
  ['a function that changes', 'function Set-It { 1 }', ['only-reads']],
  ['a command from a variable', "$name = 'Get-NetAdapter'\n& $name", ['constant-command']],
  ['a block from a literal', '$block = { 1 }\n& $block', []],
  ['a block from a parameter', '!' + head.replace('param()', 'param([scriptblock] $Block)') + '& $Block', []],
  [
    'a text from a parameter',
    '!' + head.replace('param()', 'param([string] $Block)') + '& $Block',
    ['constant-command'],
  ],
  ['a program', "& 'C:\\Windows\\System32\\cmd.exe' /c dir", ['constant-command']],
  ['a program by name', 'ipconfig.exe', ['known-command']],
  ['mpclaim by name', 'mpclaim.exe -s -d', ['known-command']],
  ['mpclaim by its path', "& (Join-Path -Path $env:SystemRoot -ChildPath 'System32\\mpclaim.exe') -s -d", []],
  [
    'mpclaim from a variable',
    "$mpclaim = Join-Path -Path $env:SystemRoot -ChildPath 'System32\\mpclaim.exe'\n& $mpclaim -s -d",
    [],
  ],
  ['mpclaim in an expandable text', '& "$env:SystemRoot\\System32\\mpclaim.exe" -s -d', []],
  ['a .NET type', '[Net.WebClient] $x = $null', ['known-type']],
  ['an object of a .NET type', 'New-Object -TypeName Net.WebClient', ['known-type']],
  ['an object of a type that cannot be seen', "$t = 'x'\nNew-Object -TypeName $t", ['known-type']],
  ['a list', 'New-Object -TypeName Collections.ArrayList', []],
  [
    'a validation by script',
    '!' + head.replace('param()', 'param([ValidateScript({ 1 })] $x)'),
    ['known-type'],
  ],
  ['a method that changes', '$x = 1\n$x.Delete()', ['known-method']],
  ['a static method', '[Environment]::Exit(1)', ['known-type', 'known-method']],
  ['an own function with its parameters', "function Get-It { param($Name) $Name }\nGet-It -Name 'x'", []],
  [
    'an own function with others',
    "function Get-It { param($Name) $Name }\nGet-It -Other 'x'",
    ['known-parameter'],
  ],
  ['the end of an observation', "Stop-Observation -Kind 'feature-missing' -Message 'x'", []],
];

describe.skipIf(isConsoleMissing())('the load', () => {
  test.each([
    ['[IO.FileAccess]::ReadWrite', ['only-reads']],
    ['[IO.FileMode]::OpenOrCreate', ['only-reads']],
    ["[IO.File]::Delete('x')", ['known-method']],
    ["[IO.File]::WriteAllText('x', 'y')", ['known-method']],
    ['[IO.FileAccess]::Read', []],
  ])('may open to read and no more: %s', (text, rules) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'switchyard-rules-'));
    try {
      const file = path.join(folder, 'load.ps1');
      writeFileSync(file, head + text);
      expect(judgeFiles([{ file, role: 'load' }]).map(({ rule }) => rule)).toEqual(rules);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe.skipIf(isConsoleMissing())('each rule', () => {
  let folder = '';
  let breaches: Breach[] = [];
  const fileOf = (index: number) => path.join(folder, `${index}.ps1`);
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'switchyard-rules-'));
    examples.forEach(([, text], index) => {
      writeFileSync(fileOf(index), text.startsWith('!') ? text.slice(1) : head + text);
    });
    // One file at a time would start the engine a hundred times.
    const judged = examples.map((_, index) => ({ file: fileOf(index), role: 'probe' as const }));
    breaches = judgeFiles(judged);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each(examples.map(([name, , rules], index) => [name, rules, index] as const))(
    '%s',
    (_name, rules, index) => {
      const found = breaches.filter(({ file }) => file === fileOf(index)).map(({ rule }) => rule);
      expect([...new Set(found)].sort()).toEqual([...rules].sort());
    },
  );

  test('has an example that breaks it', () => {
    const broken = new Set(examples.flatMap(([, , rules]) => rules));
    expect(ruleNames.filter((rule) => !broken.has(rule))).toEqual([]);
  });
});
