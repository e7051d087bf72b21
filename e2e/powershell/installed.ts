/**
 * Finds the PowerShell that is installed on this machine, and lays a simulated Windows over it: its own commands for
 * Windows must not be found, and those of the simulated host must.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { findEngine } from '../../src-main/powershell/engine.ts';
import { quote } from './modules.ts';

export interface InstalledEngine {
  readonly executable: string;
  readonly title: 'Windows PowerShell' | 'PowerShell';
  readonly version: string;
  /** As the product starts it; undefined off Windows. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Where the product lets it look for modules; undefined where that is not the product's PowerShell. */
  readonly moduleFolders?: readonly string[];
}

/** For tests: the path of an engine, or `console` for the one of the tests. */
const chosen = process.env['SWITCHYARD_TEST_POWERSHELL'];

/** Undefined where there is none that runs. The PowerShell that the product uses comes first. */
export function findInstalledEngine(): InstalledEngine | undefined {
  if (chosen === 'console') return undefined;
  const product = findEngine();
  const ofProduct = product.ok ? product.value : undefined;
  const candidates = chosen === undefined ? [ofProduct?.executable, ...laterEngines()] : [chosen];
  for (const executable of candidates) {
    if (executable === undefined || !existsSync(executable)) continue;
    const asked = spawnSync(
      executable,
      ['-NoLogo', '-NoProfile', '-NonInteractive', '-Command', '$PSVersionTable.PSVersion.ToString()'],
      { encoding: 'utf8', timeout: 60_000, windowsHide: true },
    );
    const version = /^\d+\.\d+[\w.-]*$/m.exec(asked.stdout)?.[0];
    if (version === undefined) {
      if (executable === chosen) throw new Error(`${executable} does not tell its version: ${asked.stderr}`);
      console.warn(`${executable} does not run here, so the scripts run elsewhere.`);
      continue;
    }
    const isWindowsPowerShell = Number.parseInt(version, 10) < 6;
    return {
      executable,
      title: isWindowsPowerShell ? 'Windows PowerShell' : 'PowerShell',
      version,
      ...(ofProduct && { environment: ofProduct.environment }),
      ...(ofProduct && isWindowsPowerShell && { moduleFolders: ofProduct.moduleFolders }),
    };
  }
  return undefined;
}

/** Where pwsh is found or usually lies. */
function laterEngines(): string[] {
  const isWindows = process.platform === 'win32';
  const name = isWindows ? 'pwsh.exe' : 'pwsh';
  const usual = isWindows
    ? [path.join(process.env['ProgramFiles'] ?? 'C:\\Program Files', 'PowerShell', '7')]
    : ['/usr/bin', '/usr/local/bin', '/opt/microsoft/powershell/7', '/snap/bin', '/opt/homebrew/bin'];
  const onPath = (process.env['PATH'] ?? '')
    .split(path.delimiter)
    .filter((folder) => path.isAbsolute(folder));
  return [...onPath, ...usual].map((folder) => path.join(folder, name));
}

interface Overlay {
  /** Manifests of the modules of the simulated host. */
  readonly manifests: readonly string[];
  readonly systemRoot: string;
  /** Programs in System32 that the simulated host has. */
  readonly programs: readonly string[];
  readonly host: { readonly isElevated: boolean } | undefined;
  readonly culture: string | undefined;
}

/**
 * What an installed engine runs first in each process. It would look for modules in its own folder whatever PSModulePath
 * says, so its search is ended once the modules of the engine and of the simulated host are loaded. Their functions come
 * before its cmdlets. A program becomes an alias of its whole path, which comes before the file; so that one way of a
 * script to call a program is not seen here. Whether the account is an administrator is for the simulated host to say.
 */
export function installedPrelude({ manifests, systemRoot, programs, host, culture }: Overlay): string {
  const list = (texts: readonly string[]): string => `@(${texts.map(quote).join(', ')})`;
  const lines = [
    '& {',
    "    foreach ($name in 'Microsoft.PowerShell.Management', 'Microsoft.PowerShell.Utility') {",
    '        # The engine of the tests has what is needed of them built in.',
    '        Import-Module -Name $name -Global -ErrorAction SilentlyContinue',
    '    }',
    `    foreach ($file in ${list(manifests)}) { Import-Module -Name $file -Global -DisableNameChecking -ErrorAction Stop }`,
    '}',
    "$global:PSModuleAutoLoadingPreference = 'None'",
  ];
  if (host !== undefined) lines.push(`function Test-SessionElevated { $${host.isElevated} }`);
  if (culture !== undefined) {
    lines.push(
      `[Threading.Thread]::CurrentThread.CurrentCulture = ${quote(culture)}`,
      `[Globalization.CultureInfo]::DefaultThreadCurrentCulture = ${quote(culture)}`,
    );
  }
  for (const name of programs) {
    const paths = ['\\', '/'].map((sign) => [systemRoot, 'System32', name].join(sign));
    lines.push(
      `function Invoke-${name.replace(/\W/g, '')} {`,
      `    [Alias(${[...paths, `${systemRoot}\\System32/${name}`, `${systemRoot}/System32\\${name}`].map(quote).join(', ')})] param()`,
      `    $answer = Invoke-SimulatedCmdlet -Name ${quote(name)} -Bound @{ arguments = $args }`,
      '    foreach ($line in $answer.Output) { $line }',
      '    foreach ($problem in $answer.Errors) { $problem.Record.Exception.Message }',
      '    $global:LASTEXITCODE = [int] ($answer.Errors.Count -gt 0)',
      '}',
    );
  }
  return `${lines.join('\n')}\n`;
}
