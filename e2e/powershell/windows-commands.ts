/** Reads commands.json: which commands and parameters each Windows release has. */
import { readFileSync } from 'node:fs';
import path from 'node:path';

export const releases = ['2012', '2012R2', '2016', '2019', '2022', '2025'] as const;
export type Release = (typeof releases)[number];

export interface WindowsCommand {
  readonly module: string;
  readonly os: readonly Release[];
  /** Releases where it is not settled whether they have the command. */
  readonly osMaybe?: readonly Release[];
  /** First version of the engine that has it; only for commands of the engine. */
  readonly psMin?: string;
  /** Of all releases. */
  readonly parameters: readonly string[];
  /** Only for parameters that some of `os` lack. */
  readonly parameterOs?: Readonly<Record<string, readonly Release[]>>;
  readonly parameterOsMaybe?: Readonly<Record<string, readonly Release[]>>;
  readonly parameterPsMin?: Readonly<Record<string, string>>;
  readonly parameterAliases?: Readonly<Record<string, string>>;
  readonly switches?: readonly string[];
  readonly sets?: readonly {
    readonly set: string;
    readonly required: readonly string[];
    readonly optional: readonly string[];
  }[];
  readonly aliasOf?: string;
}

interface CommandsFile {
  readonly shipped: Readonly<Record<Release, string>>;
  readonly commonParameters: readonly string[];
  readonly aliases: Readonly<Record<string, string>>;
  readonly commands: Readonly<Record<string, WindowsCommand>>;
}

const file = JSON.parse(
  readFileSync(path.join(import.meta.dirname, 'commands.json'), 'utf8'),
) as CommandsFile;
const byName = new Map(Object.entries(file.commands).map(([name, command]) => [name.toLowerCase(), command]));

export const windowsCommands = {
  /** Names have no case. */
  find: (name: string): WindowsCommand | undefined => byName.get(name.toLowerCase()),
  /** In lower case. */
  commonParameters: file.commonParameters.map((name) => name.toLowerCase()),
  /** In lower case. */
  aliases: new Set(Object.keys(file.aliases).map((name) => name.toLowerCase())),
  /** The engine version that a release brings. */
  shipped: file.shipped,
};
