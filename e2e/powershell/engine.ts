/**
 * Gives tests a real PowerShell engine and a simulated Windows behind its cmdlets.
 *
 * The engine is the PowerShell of this machine; else a console program that is built once from ./engine with the .NET
 * SDK and kept under .cache by the hash of its sources.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import type { Engine } from '../../src-main/powershell/engine.ts';
import { findInstalledEngine, installedPrelude, type InstalledEngine } from './installed.ts';
import { writeModules, type ModuleCommand } from './modules.ts';
import type { Release } from './windows-commands.ts';
import { openWire } from './wire.ts';

const root = path.join(import.meta.dirname, '../..');
const sources = path.join(import.meta.dirname, 'engine');

/** Something to run, or why there is nothing and the line that mends it. */
type Found<T> = T | { readonly missing: string; readonly mend: string };

const isWindows = process.platform === 'win32';
const executableName = isWindows ? 'engine.exe' : 'engine';
let consoleEngine: Found<{ readonly executable: string }> | undefined;
let installed: { readonly found: InstalledEngine | undefined } | undefined;

/** Builds the console engine where its sources have changed; about ten seconds the first time, and then nothing. */
function obtainConsole(): Found<{ readonly executable: string }> {
  consoleEngine ??= buildConsole();
  return consoleEngine;
}

/** The PowerShell that is installed on this machine; looked for once. */
export function obtainInstalled(): InstalledEngine | undefined {
  installed ??= { found: findInstalledEngine() };
  return installed.found;
}

/** Which engine runs the scripts: the installed one, else the console, else why none does. */
export function nameEngine(): Found<{ readonly name: string }> {
  const there = obtainInstalled();
  if (there !== undefined) return { name: `${there.title} ${there.version} at ${there.executable}` };
  const engine = obtainConsole();
  if ('missing' in engine) return engine;
  const project = readFileSync(path.join(sources, 'engine.csproj'), 'utf8');
  const version = /"System\.Management\.Automation" Version="\[([\d.]+)\]"/.exec(project)?.[1] ?? '';
  return { name: `System.Management.Automation ${version} in the tests' console` };
}

/**
 * Whether there is an engine to run scripts in; says aloud why its tests are skipped where there is none. For
 * `describe.skipIf`. A build that fails is a failure, not a reason to skip.
 */
export function isEngineMissing(): boolean {
  return obtainInstalled() === undefined && isConsoleMissing();
}

/** The same for what only the console engine can show. */
export function isConsoleMissing(): boolean {
  const engine = obtainConsole();
  if ('executable' in engine) return false;
  console.warn(`SKIPPED scripts in a PowerShell engine: ${engine.missing}. To run them: ${engine.mend}`);
  return true;
}

function buildConsole(): Found<{ readonly executable: string }> {
  const files = readdirSync(sources, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(?:cs|csproj)$|packages\.lock\.json$/.test(file) && !/^(?:bin|obj)[\\/]/.test(file))
    .sort();
  const hash = createHash('sha256');
  for (const file of files) hash.update(file).update(readFileSync(path.join(sources, file)));
  const cache = path.join(root, '.cache/powershell-engine');
  const home = path.join(cache, hash.digest('hex').slice(0, 16));
  const executable = path.join(home, 'bin/engine/release', executableName);
  if (existsSync(executable)) return { executable };

  const sdk = spawnSync('dotnet', ['--version'], { encoding: 'utf8' });
  if (sdk.status !== 0) {
    return {
      missing: 'there is no .NET SDK to build the engine with',
      mend: 'install the .NET 10 SDK (package dotnet-sdk-10.0)',
    };
  }
  if (Number.parseInt(sdk.stdout, 10) < 10) {
    return {
      missing: `the .NET SDK is ${sdk.stdout.trim()}, and the engine needs 10`,
      mend: 'install the .NET 10 SDK (package dotnet-sdk-10.0)',
    };
  }
  mkdirSync(cache, { recursive: true });
  // Made beside its place and then moved there, so that two test runs at once cannot disturb each other.
  const making = mkdtempSync(path.join(cache, 'making-'));
  const build = spawnSync(
    'dotnet',
    [
      'build',
      path.join(sources, 'engine.csproj'),
      '-c',
      'Release',
      '-v',
      'quiet',
      '--nologo',
      '--artifacts-path',
      making,
    ],
    {
      encoding: 'utf8',
      env: {
        ...process.env,
        ...quiet,
        DOTNET_CLI_TELEMETRY_OPTOUT: '1',
        DOTNET_NOLOGO: '1',
        // Build servers would stay behind after the tests.
        MSBUILDDISABLENODEREUSE: '1',
        UseSharedCompilation: 'false',
      },
    },
  );
  if (build.status !== 0) {
    rmSync(making, { recursive: true, force: true });
    if (/NU1301|NU1101|Unable to load the service index/.test(build.stdout)) {
      return {
        missing: 'the packages of the engine could not be fetched from nuget.org',
        mend: 'connect to the network once and run: dotnet restore e2e/powershell/engine',
      };
    }
    throw new Error(`The PowerShell engine for the tests does not build:\n${build.stdout}${build.stderr}`);
  }
  try {
    renameSync(making, home);
  } catch (error) {
    rmSync(making, { recursive: true, force: true });
    // Another run was first.
    if (!existsSync(executable)) throw error;
  }
  return { executable };
}

/** A simulated host that is served somewhere, as far as an engine has to know it. */
interface ServedHost {
  readonly address: string;
  readonly release: Release;
  readonly psVersion: string;
  readonly isElevated: boolean;
  readonly commands: readonly ModuleCommand[];
}

export interface SimulatedHostProcess extends ServedHost {
  /** Calls by command since the start or the last reset. */
  readonly counts: () => Promise<Readonly<Record<string, number>>>;
  readonly resetCounts: () => Promise<void>;
  /** Any request that serve.ts names: `state`, `clock`, `inject` ... */
  readonly ask: (request: object) => Promise<unknown>;
  /** Starts its Windows anew; the host then has other commands, where a feature came or went. */
  readonly restart: () => Promise<SimulatedHostProcess>;
  readonly stop: () => Promise<void>;
}

/**
 * Starts a simulated host in a process of its own. `scenario` is a scenario file, or a scenario itself. With a task
 * folder its scheduled tasks are run, by the engine that `letTasksRun` puts there.
 */
export async function startSimulatedHost(
  scenario: string | object,
  taskFolder?: string,
): Promise<SimulatedHostProcess> {
  const folder =
    typeof scenario === 'string' ? undefined : mkdtempSync(path.join(tmpdir(), 'switchyard-scenario-'));
  const file = folder === undefined ? (scenario as string) : path.join(folder, 'scenario.json');
  if (folder !== undefined) writeFileSync(file, JSON.stringify(scenario));
  const child = spawn(
    process.execPath,
    [path.join(root, 'src-main/hosts/simulated-host/serve.ts'), file],
    // It ends when its standard input does, so it cannot outlive this process.
    {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: {
        ...process.env,
        SWITCHYARD_TASK_LAUNCHER:
          taskFolder === undefined
            ? undefined
            : JSON.stringify([
                process.execPath,
                path.join(import.meta.dirname, 'stand-in/task-launcher.ts'),
                taskFolder,
              ]),
      },
    },
  );
  const address = await firstAddress(child);
  const wire = await openWire(address);
  const asked = async () =>
    (await wire.ask({ kind: 'commands' })) as {
      release: Release;
      psVersion: string;
      isElevated?: boolean;
      commands: ModuleCommand[];
    };
  const about = await asked();
  const host: SimulatedHostProcess = {
    address,
    release: about.release,
    psVersion: about.psVersion,
    isElevated: about.isElevated ?? true,
    commands: about.commands,
    counts: async () => ((await wire.ask({ kind: 'counts' })) as { counts: Record<string, number> }).counts,
    resetCounts: async () => {
      await wire.ask({ kind: 'reset-counts' });
    },
    ask: (request) => wire.ask(request),
    restart: async () => {
      await wire.ask({ kind: 'restart' });
      return { ...host, commands: (await asked()).commands };
    },
    stop: async () => {
      wire.close();
      const ended = child.exitCode === null ? once(child, 'exit') : undefined;
      child.stdin.end();
      await ended;
      if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
  return host;
}

/** Tells the tasks of a simulated host which engine to run in. */
export function letTasksRun(taskFolder: string, prepared: PreparedEngine): void {
  writeFileSync(path.join(taskFolder, 'engine.json'), JSON.stringify(prepared));
}

async function firstAddress(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('The simulated host has no standard output.');
  for await (const line of createInterface(child.stdout)) {
    const [word, address] = line.split(' ');
    if (word === 'listening' && address !== undefined) return address;
  }
  throw new Error('The simulated host ended before it listened.');
}

export interface EngineSettings {
  readonly host?: ServedHost;
  /**
   * `installed` as in a PowerShell of this machine; `console` as in the engine of these tests, which can also take the
   * other part. Default: `installed` where there is one.
   */
  readonly setUp?: 'installed' | 'console';
  /** Only the console has another than full. */
  readonly languageMode?: 'FullLanguage' | 'ConstrainedLanguage';
  /** BCP 47. */
  readonly culture?: string;
  /** Only the console can be told. */
  readonly newLine?: 'crlf' | 'lf';
}

/** An engine as the product's session takes it, and what has to be cleaned up after it. */
export interface PreparedEngine {
  readonly engine: Engine;
  /** What each process has to run before anything else. */
  readonly prelude: string;
  readonly dispose: () => void;
}

/** What every engine of the tests gets: nothing is sent to anyone, and no sockets stay in the folder for temporary files. */
const quiet = {
  DOTNET_EnableDiagnostics: '0',
  POWERSHELL_DIAGNOSTICS_OPTOUT: '1',
  POWERSHELL_TELEMETRY_OPTOUT: '1',
  POWERSHELL_UPDATECHECK: 'Off',
};

/** Lays a Windows around the engine: modules, system folder, environment. Throws where there is no engine. */
export function prepareEngine(settings: EngineSettings = {}): PreparedEngine {
  const { host, languageMode, newLine } = settings;
  const needsConsole = languageMode !== undefined || newLine !== undefined;
  const there = needsConsole || settings.setUp === 'console' ? undefined : obtainInstalled();
  const isInstalled = there !== undefined || settings.setUp === 'installed';
  const executable = there?.executable ?? consoleExecutable();
  const folder = mkdtempSync(path.join(tmpdir(), 'switchyard-engine-'));
  const modules = path.join(folder, 'Modules');
  mkdirSync(modules);
  const manifests = host === undefined ? [] : writeModules(modules, host.release, host.commands);
  // Windows itself does not start without its own folder.
  const systemRoot = (isWindows ? process.env['SystemRoot'] : undefined) ?? path.join(folder, 'Windows');
  const programs = (host?.commands ?? []).filter(({ module }) => module === '').map(({ name }) => name);
  if (!isInstalled && !isWindows) writePrograms(path.join(systemRoot, 'System32'), programs);
  const given: Record<string, string | undefined> = {
    ...(there?.environment ?? {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      DOTNET_ROOT: process.env['DOTNET_ROOT'],
    }),
    ...quiet,
    SystemRoot: systemRoot,
    TEMP: folder,
    // Else the engine keeps a list of modules in the home folder, across hosts.
    PSModuleAnalysisCachePath: path.join(folder, 'module-analysis-cache'),
    SWITCHYARD_SIMULATED_HOST: host?.address,
    ...(!isInstalled && {
      SWITCHYARD_ENGINE_VERSION: host?.psVersion,
      SWITCHYARD_ENGINE_ELEVATED: String(host?.isElevated ?? true),
      SWITCHYARD_ENGINE_LANGUAGE_MODE: languageMode,
      SWITCHYARD_ENGINE_CULTURE: settings.culture,
      SWITCHYARD_ENGINE_NEWLINE: newLine,
    }),
  };
  const environment = Object.fromEntries(
    Object.entries(given).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  return {
    engine: {
      executable,
      workingFolder: folder,
      environment,
      moduleFolders: there?.moduleFolders ?? [modules],
    },
    prelude: isInstalled
      ? installedPrelude({ manifests, systemRoot, programs, host, culture: settings.culture })
      : '',
    dispose: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function consoleExecutable(): string {
  const engine = obtainConsole();
  if ('missing' in engine) throw new Error(`${engine.missing}: ${engine.mend}`);
  return engine.executable;
}

/** Programs of Windows that ask the simulated host, where a script may lie in their place. */
function writePrograms(system32: string, programs: readonly string[]): void {
  const program = path.join(import.meta.dirname, 'stand-in/native-program.ts');
  mkdirSync(system32, { recursive: true });
  for (const name of programs) {
    writeFileSync(
      path.join(system32, name),
      `#!/bin/sh\nexec '${process.execPath}' '${program}' '${name}' "$@"\n`,
      { mode: 0o755 },
    );
  }
}

/** The syntax tree facts of script files, from the real parser. */
export function syntaxFacts(files: readonly string[]): string {
  const run = spawnSync(consoleExecutable(), ['--syntax', ...files], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { ...process.env, ...quiet },
  });
  if (run.status !== 0) throw new Error(`The parser failed: ${run.stderr}`);
  return run.stdout;
}
