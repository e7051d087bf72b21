import * as fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { allowedCmdlets, readingCmdlets } from '#shared/allowed-commands.ts';
import type { ChangeCommand, ParameterValue } from '#shared/change-command.ts';
import { escapedPattern } from '#shared/command-values.ts';
import { notAllowed } from './allow.ts';
import { quoted, renderLine } from './render-line.ts';

const hostile = [
  `O'Brien`,
  '\u2018curly\u2019 \u201Alow\u201B',
  '"double" \u201C\u201D\u201E',
  '$(Remove-Item x)',
  '`whoami`',
  'a;b|c&d',
  '--%',
  '*',
  'NIC[1]',
  'a?',
  '`*',
  '\u30A4\u30FC\u30B5\u30CD\u30C3\u30C8 \u00DF\u0130',
  '-Force',
  '@{a=1}',
  '#x',
];

/** What PowerShell's own parser does with a text in single quotes: two quotes of any kind in a row are one. */
function readQuoted(line: string): { readonly text: string; readonly rest: string } {
  expect(line).toMatch(/^'/);
  let text = '';
  for (let at = 1; at < line.length; at += 1) {
    const sign = line.charAt(at);
    if (!/['\u2018\u2019\u201A\u201B]/.test(sign)) text += sign;
    else if (/['\u2018\u2019\u201A\u201B]/.test(line.charAt(at + 1))) {
      // The second of the two is the one that counts.
      text += line.charAt(at + 1);
      at += 1;
    } else return { text, rest: line.slice(at + 1) };
  }
  throw new Error('The quotes are never closed.');
}

const signs = fc.constantFrom(
  ...Array.from(`ab '"\u2018\u2019\u201A\u201B\u201C\u201D\u201E$()\`;*[]?\u30A4&|{}#-`),
);
const texts = fc.oneof(fc.constantFrom(...hostile), fc.string({ unit: signs, maxLength: 30 }));

describe('a text in a line', () => {
  it('is read back as it was, and nothing of it is left outside the quotes', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(readQuoted(quoted(text))).toEqual({ text, rest: '' });
      }),
    );
  });

  it('is refused with a control character, a line end or a sign that turns the text around', () => {
    for (const sign of ['\n', '\r', '\0', '\u001b', '\u0085', '\u2028', '\u202e', '\u2066']) {
      expect(() => quoted(`a${sign}b`)).toThrow(/control character/);
    }
  });

  it('means only itself where wildcards are read', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const pattern = escapedPattern(text);
        expect(pattern.replace(/`([`*?[\]])/g, '')).not.toMatch(/[*?[\]]/);
        expect(pattern.replace(/`([`*?[\]])/g, '$1')).toBe(text);
      }),
    );
  });
});

const guid = '0a1b2c3d-0000-4000-8000-000000000001';

describe('a line', () => {
  const cases: readonly (readonly [ChangeCommand, string])[] = [
    [
      { cmdlet: 'Set-Service', parameters: { Name: 'MSiSCSI', StartupType: 'Automatic' } },
      `Set-Service -Name 'MSiSCSI' -StartupType 'Automatic' -Confirm:$false -ErrorAction Stop`,
    ],
    [
      { cmdlet: 'Enable-NetAdapterRss', parameters: { Name: { adapter: guid, name: 'NIC[1]*' } } },
      "Enable-NetAdapterRss -Name 'NIC`[1`]`*' -Confirm:$false -ErrorAction Stop",
    ],
    [
      {
        cmdlet: 'Connect-IscsiTarget',
        parameters: {
          NodeAddress: 'iqn.a:b',
          TargetPortalAddress: '10.0.0.1',
          IsPersistent: true,
          ChapSecret: { secret: 'chap' },
        },
      },
      `Connect-IscsiTarget -NodeAddress 'iqn.a:b' -TargetPortalAddress '10.0.0.1' -IsPersistent $true -ChapSecret ([Runtime.InteropServices.Marshal]::PtrToStringBSTR([Runtime.InteropServices.Marshal]::SecureStringToBSTR((Read-Host -AsSecureString -Prompt 'ChapSecret')))) -ErrorAction Stop`,
    ],
    [
      {
        cmdlet: 'Disconnect-IscsiTarget',
        parameters: {
          NodeAddress: 'iqn.a:b',
          SessionIdentifier: {
            found: {
              read: 'Get-IscsiSession',
              where: [
                { property: 'InitiatorPortalAddress', is: '10.0.0.9' },
                { property: 'SessionIdentifier', isNoneOf: ['s1', 's2'] },
              ],
            },
            take: 'SessionIdentifier',
          },
        },
        unless: { question: { read: 'Get-IscsiSession' }, isThere: false },
      },
      `if (@(Get-IscsiSession -ErrorAction SilentlyContinue).Count) { Disconnect-IscsiTarget -NodeAddress 'iqn.a:b' -SessionIdentifier ((Get-IscsiSession -ErrorAction SilentlyContinue | Where-Object { $_.InitiatorPortalAddress -eq '10.0.0.9' -and @('s1', 's2') -notcontains $_.SessionIdentifier }).SessionIdentifier) -Confirm:$false -ErrorAction Stop }`,
    ],
    [
      {
        cmdlet: 'Set-Service',
        parameters: { Name: 'a', StartupType: 'Manual' },
        unless: { question: { read: 'Get-IscsiSession' }, isThere: true, atLeast: 2 },
      },
      `if (-not (@(Get-IscsiSession -ErrorAction SilentlyContinue).Count -ge 2)) { Set-Service -Name 'a' -StartupType 'Manual' -Confirm:$false -ErrorAction Stop }`,
    ],
    [
      { program: 'mpclaim', arguments: ['-l', '-d', '3', '2'] },
      `& "$env:SystemRoot\\System32\\mpclaim.exe" '-l' '-d' '3' '2'`,
    ],
  ];
  it.each(cases)('%#', (command, line) => {
    expect(notAllowed(command)).toBeUndefined();
    expect(renderLine(command)).toBe(line);
  });
});

describe('what may run', () => {
  const refused: readonly (readonly [string, ChangeCommand, RegExp])[] = [
    ['another command', { cmdlet: 'Remove-Item', parameters: { Path: 'C:\\' } }, /not among/],
    ['a name of the language', { cmdlet: 'constructor', parameters: {} }, /not among/],
    [
      'another parameter',
      { cmdlet: 'Set-VMSwitchTeam', parameters: { Name: 'S', NetAdapterName: 'a' } },
      /never given/,
    ],
    [
      'all sessions of a target',
      { cmdlet: 'Disconnect-IscsiTarget', parameters: { NodeAddress: 'iqn.a:b' } },
      /without -SessionIdentifier would act on more/,
    ],
    [
      'all addresses of an adapter',
      { cmdlet: 'Remove-NetIPAddress', parameters: { InterfaceIndex: 4 } },
      /-IPAddress/,
    ],
    [
      'all vNICs of the host',
      { cmdlet: 'Set-VMNetworkAdapterVlan', parameters: { ManagementOS: true, Access: true, VlanId: 5 } },
      /-VMNetworkAdapterName/,
    ],
    [
      'all constraints of a server',
      { cmdlet: 'Remove-SmbMultichannelConstraint', parameters: { ServerName: 'FS', InterfaceIndex: [] } },
      /-InterfaceIndex/,
    ],
    ['a name for an adapter', { cmdlet: 'Enable-NetAdapterRss', parameters: { Name: '*' } }, /no adapter/],
    ['another program', { program: 'cmd', arguments: [] }, /not among/],
    ['a restart of the host', { program: 'mpclaim', arguments: ['-R', '-i'] }, /never given -R/],
    [
      'a line end',
      { cmdlet: 'Set-Service', parameters: { Name: 'a\nb', StartupType: 'Manual' } },
      /control character/,
    ],
    ['a quote for a program', { program: 'iscsicli', arguments: ['a"b'] }, /holds a quotation mark/],
  ];
  it.each(refused)('is not %s', (_, command, why) => {
    expect(notAllowed(command)).toMatch(why);
  });

  it('is never less than what each command requires', () => {
    const anyOf: Readonly<Record<string, ParameterValue>> = {
      text: 'a',
      pattern: 'a',
      number: 1,
      boolean: true,
      switch: true,
      texts: ['a'],
      numbers: [1],
      secret: { secret: 'x' },
      adapter: { adapter: guid, name: 'a' },
      'adapter-name': { adapter: guid, name: 'a' },
    };
    for (const [cmdlet, allowed] of Object.entries(allowedCmdlets)) {
      const all = Object.fromEntries(
        Object.entries(allowed.parameters).map(([name, type]) => [name, anyOf[type] ?? 'a']),
      );
      expect(notAllowed({ cmdlet, parameters: all })).toBeUndefined();
      for (const name of allowed.required) {
        const parameters = Object.fromEntries(Object.entries(all).filter(([other]) => other !== name));
        expect(notAllowed({ cmdlet, parameters })).toMatch(`without -${name}`);
      }
    }
  });
});

describe('the list of commands', () => {
  const windows = JSON.parse(
    readFileSync(new URL('../../e2e/powershell/commands.json', import.meta.url), 'utf8'),
  ) as {
    readonly commands: Readonly<
      Record<
        string,
        {
          readonly module: string;
          readonly parameters: readonly string[];
          readonly os: readonly string[];
          readonly parameterOs?: Readonly<Record<string, readonly string[]>>;
        }
      >
    >;
  };

  it('says of each what Windows says', () => {
    for (const [name, allowed] of Object.entries(allowedCmdlets)) {
      const known = windows.commands[name];
      expect(known?.parameters).toEqual(expect.arrayContaining(Object.keys(allowed.parameters)));
      expect({ name, module: known?.module }).toEqual({ name, module: allowed.module });
      const confirms =
        known?.parameters.includes('Confirm') === true &&
        (known.parameterOs?.['Confirm'] ?? known.os).length === known.os.length;
      expect({ name, confirms }).toEqual({ name, confirms: allowed.confirms });
      if (allowed.forces) expect(known?.parameters).toContain('Force');
    }
    for (const [name, module] of Object.entries(readingCmdlets)) {
      expect({ name, module: windows.commands[name]?.module }).toEqual({ name, module });
    }
  });
});
