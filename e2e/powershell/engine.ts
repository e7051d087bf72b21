/**
 * Gives tests a real PowerShell engine and a simulated Windows behind its cmdlets.
 *
 * The engine is built once from ./engine with the .NET SDK and kept under .cache by the hash of its sources.
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
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import type { Engine } from '../../src-main/powershell/engine.ts';
import { writeModules, type ModuleCommand } from './modules.ts';
import type { Release } from './windows-commands.ts';

const root = path.join(import.meta.dirname, '../..');
const sources = path.join(import.meta.dirname, 'engine');

/** An executable, or why there is none and the line that mends it. */
export type EngineFound =
  { readonly executable: string } | { readonly missing: string; readonly mend: string };

const isWindows = process.platform === 'win32';
const executableName = isWindows ? 'engine.exe' : 'engine';
let found: EngineFound | undefined;

/** Builds the engine where its sources have changed; about ten seconds the first time, and then nothing. */
export function obtainEngine(): EngineFound {
  found ??= buildEngine();
  return found;
}

/**
 * The engine, or undefined after saying aloud why its tests are skipped. For `describe.skipIf`.
 * A build that fails is a failure, not a reason to skip.
 */
export function engineOrSkip(): string | undefined {
  const engine = obtainEngine();
  if ('executable' in engine) return engine.executable;
  console.warn(`SKIPPED scripts in a PowerShell engine: ${engine.missing}. To run them: ${engine.mend}`);
  return undefined;
}

function buildEngine(): EngineFound {
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

export interface SimulatedHostProcess {
  readonly address: string;
  readonly release: Release;
  readonly psVersion: string;
  readonly isElevated: boolean;
  readonly commands: readonly ModuleCommand[];
  /** Calls by command since the start or the last reset. */
  readonly counts: () => Promise<Readonly<Record<string, number>>>;
  readonly resetCounts: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Starts a simulated host in a process of its own. `scenario` is a scenario file, or a scenario itself. */
export async function startSimulatedHost(scenario: string | object): Promise<SimulatedHostProcess> {
  const folder =
    typeof scenario === 'string' ? undefined : mkdtempSync(path.join(tmpdir(), 'switchyard-scenario-'));
  const file = folder === undefined ? (scenario as string) : path.join(folder, 'scenario.json');
  if (folder !== undefined) writeFileSync(file, JSON.stringify(scenario));
  const child = spawn(
    process.execPath,
    [path.join(root, 'src-main/hosts/simulated-host/serve.ts'), file],
    // It ends when its standard input does, so it cannot outlive this process.
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const address = await firstAddress(child);
  const wire = await openWire(address);
  const about = (await wire.ask({ kind: 'commands' })) as {
    release: Release;
    psVersion: string;
    isElevated?: boolean;
    commands: ModuleCommand[];
  };
  return {
    address,
    release: about.release,
    psVersion: about.psVersion,
    isElevated: about.isElevated ?? true,
    commands: about.commands,
    counts: async () => ((await wire.ask({ kind: 'counts' })) as { counts: Record<string, number> }).counts,
    resetCounts: async () => {
      await wire.ask({ kind: 'reset-counts' });
    },
    stop: async () => {
      wire.close();
      const ended = child.exitCode === null ? once(child, 'exit') : undefined;
      child.stdin.end();
      await ended;
      if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function firstAddress(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('The simulated host has no standard output.');
  for await (const line of createInterface(child.stdout)) {
    const [word, address] = line.split(' ');
    if (word === 'listening' && address !== undefined) return address;
  }
  throw new Error('The simulated host ended before it listened.');
}

/** One question at a time, a line of JSON each way. */
async function openWire(address: string) {
  const [host, port] = address.split(':');
  const socket = net.connect(Number(port), host);
  await once(socket, 'connect');
  const lines = createInterface(socket)[Symbol.asyncIterator]();
  return {
    async ask(request: object): Promise<unknown> {
      socket.write(`${JSON.stringify(request)}\n`);
      const answer = await lines.next();
      if (answer.done === true) throw new Error('The simulated host closed the connection.');
      return JSON.parse(answer.value) as unknown;
    },
    close: () => socket.destroy(),
  };
}

export interface EngineSettings {
  readonly host?: SimulatedHostProcess;
  readonly languageMode?: 'FullLanguage' | 'ConstrainedLanguage';
  /** BCP 47. */
  readonly culture?: string;
  readonly newLine?: 'crlf' | 'lf';
}

/** An engine as the product's session takes it, and what has to be cleaned up after it. */
export interface PreparedEngine {
  readonly engine: Engine;
  readonly dispose: () => void;
}

/** Lays a Windows around the engine: modules, system folder, environment. Throws where there is no engine. */
export function prepareEngine(settings: EngineSettings = {}): PreparedEngine {
  const found = obtainEngine();
  if (!('executable' in found)) throw new Error(`${found.missing}: ${found.mend}`);
  const { executable } = found;
  const { host, languageMode, culture, newLine } = settings;
  const folder = mkdtempSync(path.join(tmpdir(), 'switchyard-engine-'));
  const modules = path.join(folder, 'Modules');
  const system32 = path.join(folder, 'Windows/System32');
  mkdirSync(modules);
  mkdirSync(system32, { recursive: true });
  if (host !== undefined) {
    writeModules(modules, host.release, host.commands);
    for (const { name, module } of host.commands) {
      if (module !== '') continue;
      writeFileSync(path.join(system32, name), `#!/bin/sh\nexec '${executable}' --native '${name}' "$@"\n`, {
        mode: 0o755,
      });
    }
  }
  const given: Record<string, string | undefined> = {
    PATH: process.env['PATH'],
    HOME: process.env['HOME'],
    DOTNET_ROOT: process.env['DOTNET_ROOT'],
    SystemRoot: path.join(folder, 'Windows'),
    TEMP: folder,
    // Else the engine keeps a list of modules in the home folder, across hosts.
    PSModuleAnalysisCachePath: path.join(folder, 'module-analysis-cache'),
    SWITCHYARD_SIMULATED_HOST: host?.address,
    SWITCHYARD_ENGINE_VERSION: host?.psVersion,
    SWITCHYARD_ENGINE_ELEVATED: String(host?.isElevated ?? true),
    SWITCHYARD_ENGINE_LANGUAGE_MODE: languageMode,
    SWITCHYARD_ENGINE_CULTURE: culture,
    SWITCHYARD_ENGINE_NEWLINE: newLine,
  };
  const environment = Object.fromEntries(
    Object.entries(given).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  return {
    engine: { executable, workingFolder: folder, environment, moduleFolders: [modules] },
    dispose: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The syntax tree facts of script files, from the real parser. */
export function syntaxFacts(files: readonly string[]): string {
  const found = obtainEngine();
  if (!('executable' in found)) throw new Error(`${found.missing}: ${found.mend}`);
  const run = spawnSync(found.executable, ['--syntax', ...files], { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (run.status !== 0) throw new Error(`The parser failed: ${run.stderr}`);
  return run.stdout;
}
