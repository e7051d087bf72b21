/**
 * Writes PowerShell modules for a simulated host: a proxy function for each command that the host says it has, in the
 * module that has it on Windows, with the parameters that it has on that release. The functions decide nothing; they
 * forward their bound parameters. So a missing command or parameter fails as it does on Windows.
 */
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { windowsCommands, type Release, type WindowsCommand } from './windows-commands.ts';

export interface ModuleCommand {
  readonly name: string;
  readonly module: string;
}

/**
 * Modules of compiled cmdlets: these see the preferences of the script that calls them. Functions of script modules
 * see those of their module, that is the global ones.
 */
const compiledModules = new Set(['CimCmdlets', 'Dism', 'FailoverClusters', 'Hyper-V']);

/** Commands of the engine's own modules that are asked from the simulated host; the others are the engine's. */
const forwardedEngineCommands = new Set([
  'get-itemproperty',
  'get-service',
  'get-winevent',
  'set-service',
  'start-service',
  'stop-service',
]);

/** The module that asks the simulated host, for all the others. */
const asking = 'SimulatedHost';

export function isForwarded(command: string): boolean {
  return forwardedEngineCommands.has(command.toLowerCase());
}

/**
 * Fills `folder`, one module folder each, and gives the paths of their manifests. Throws on a command that the list of
 * Windows commands does not know.
 */
export function writeModules(folder: string, release: Release, commands: readonly ModuleCommand[]): string[] {
  const modules = new Map<string, ModuleCommand[]>();
  for (const command of commands) {
    if (command.module === '') continue;
    const isEngine = command.module.startsWith('Microsoft.PowerShell.');
    if (isEngine && !isForwarded(command.name)) continue;
    // The engine loads modules of these names only from its own folder.
    const name = isEngine ? command.module.replace('Microsoft.PowerShell', 'Simulated') : command.module;
    modules.set(name, [...(modules.get(name) ?? []), command]);
  }
  const manifest = (name: string, functions: readonly string[]): string => {
    const file = path.join(folder, name, `${name}.psd1`);
    const exported = functions.map(quote).join(', ');
    writeFileSync(
      file,
      `@{ RootModule = ${quote(`${name}.psm1`)}; ModuleVersion = '2.0.0.0'; FunctionsToExport = @(${exported}); CmdletsToExport = @(); AliasesToExport = @() }\n`,
    );
    return file;
  };
  mkdirSync(path.join(folder, asking), { recursive: true });
  copyFileSync(
    path.join(import.meta.dirname, 'simulated-host.psm1'),
    path.join(folder, asking, `${asking}.psm1`),
  );
  return [
    manifest(asking, ['Invoke-SimulatedCmdlet']),
    ...[...modules].map(([name, members]) => {
      const functions = members.map(({ name: command }) =>
        proxyFunction(command, release, compiledModules.has(name) || name.startsWith('Simulated.')),
      );
      mkdirSync(path.join(folder, name), { recursive: true });
      writeFileSync(path.join(folder, name, `${name}.psm1`), `${functions.join('\n\n')}\n`);
      return manifest(
        name,
        members.map(({ name: command }) => command),
      );
    }),
  ];
}

/** A text as PowerShell takes it. */
export function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function isOn(
  release: Release,
  releases: readonly Release[] | undefined,
  maybe: readonly Release[] | undefined,
) {
  return releases === undefined || releases.includes(release) || maybe?.includes(release) === true;
}

function parametersOn(command: WindowsCommand, release: Release): string[] {
  return command.parameters.filter((name) =>
    isOn(release, command.parameterOs?.[name], command.parameterOsMaybe?.[name]),
  );
}

function proxyFunction(name: string, release: Release, isCompiled: boolean): string {
  const command = windowsCommands.find(name);
  if (command === undefined) throw new Error(`The simulated host has ${name}, which no Windows has.`);
  const parameters = parametersOn(command, release);
  // A set that needs a parameter of a later release did not exist yet.
  const sets = (command.sets ?? []).filter(({ required }) =>
    required.every((parameter) => parameters.includes(parameter)),
  );
  const taken = new Set([
    ...parameters.map((parameter) => parameter.toLowerCase()),
    ...windowsCommands.commonParameters,
  ]);
  const declarations = parameters.map((parameter) => {
    const within = sets.filter(
      ({ required, optional }) => required.includes(parameter) || optional.includes(parameter),
    );
    const attributes =
      within.length === 0 || (sets.length === 1 && within[0]?.required.includes(parameter) !== true)
        ? ['[Parameter()]']
        : within.map(({ set, required }) => {
            const mandatory = required.includes(parameter) ? 'Mandatory = $true, ' : '';
            return `[Parameter(${mandatory}ParameterSetName = ${quote(set)})]`;
          });
    const aliases = Object.entries(command.parameterAliases ?? {})
      .filter(([alias, target]) => target === parameter && !taken.has(alias.toLowerCase()))
      .map(([alias]) => alias);
    for (const alias of aliases) taken.add(alias.toLowerCase());
    if (aliases.length > 0) attributes.push(`[Alias(${aliases.map(quote).join(', ')})]`);
    const type = command.switches?.includes(parameter) === true ? '[switch] ' : '';
    return `        ${attributes.join(' ')} ${type}$${parameter}`;
  });
  const first = sets.find(({ required }) => required.length === 0) ?? sets[0];
  const byDefault = first === undefined ? '' : `DefaultParameterSetName = ${quote(first.set)}, `;
  const preferences = isCompiled
    ? [
        '    if (-not $PSBoundParameters.ContainsKey("ErrorAction")) {',
        '        $ErrorActionPreference = $PSCmdlet.SessionState.PSVariable.GetValue("ErrorActionPreference")',
        '    }',
      ]
    : [];
  return [
    `function ${name} {`,
    `    [CmdletBinding(${byDefault}PositionalBinding = $false)]`,
    '    param(',
    declarations.join(',\n'),
    '    )',
    ...preferences,
    `    $answer = Invoke-SimulatedCmdlet -Name ${quote(name)} -Bound $PSBoundParameters`,
    '    foreach ($warning in $answer.Warnings) { $PSCmdlet.WriteWarning($warning) }',
    '    foreach ($value in $answer.Output) { $PSCmdlet.WriteObject($value, $false) }',
    '    foreach ($problem in $answer.Errors) {',
    '        if ($problem.Terminating) { $PSCmdlet.ThrowTerminatingError($problem.Record) }',
    '        $PSCmdlet.WriteError($problem.Record)',
    '    }',
    '}',
  ].join('\n');
}
