/**
 * A simulated host with answers written by hand, for tests of the engine alone, and a driver that feeds the engine
 * lines without the product's session in between.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import net from 'node:net';
import { createInterface } from 'node:readline';
import path from 'node:path';
import type { PreparedEngine, SimulatedHostProcess } from './engine.ts';
import type { ModuleCommand } from './modules.ts';
import type { Release } from './windows-commands.ts';

export interface TinyCall {
  readonly name: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

export interface TinyHost extends SimulatedHostProcess {
  /** What arrived, in order. */
  readonly calls: TinyCall[];
}

/** Answers each call by `answer`; output and errors are as on the wire. */
export async function openTinyHost(
  commands: readonly ModuleCommand[],
  answer: (call: TinyCall) => {
    output?: unknown[];
    errors?: unknown[];
    warnings?: string[];
    delayMs?: number;
  },
  release: Release = '2022',
): Promise<TinyHost> {
  const calls: TinyCall[] = [];
  const server = net.createServer((socket) => {
    createInterface(socket).on('line', (line) => {
      const { call } = JSON.parse(line) as { call: TinyCall };
      calls.push(call);
      socket.write(`${JSON.stringify({ output: [], errors: [], ...answer(call) })}\n`);
    });
    // A killed engine resets its connection.
    socket.on('error', () => socket.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;
  const host: TinyHost = {
    address: `127.0.0.1:${port}`,
    release,
    psVersion: '5.1.20348.1',
    isElevated: true,
    commands,
    calls,
    counts: () => Promise.resolve({}),
    resetCounts: () => Promise.resolve(),
    ask: () => Promise.resolve(undefined),
    restart: () => Promise.resolve(host),
    stop: async () => {
      server.close();
      await once(server, 'close');
    },
  };
  return host;
}

export interface EngineRun {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number | null;
}

/** Runs the engine with these lines behind its prelude as its whole standard input, or with other arguments than `-Command -`. */
export async function runEngine(
  { engine: { executable, workingFolder, environment, moduleFolders }, prelude }: PreparedEngine,
  lines: readonly string[],
  args: readonly string[] = ['-NoLogo', '-NoProfile', '-NonInteractive', '-NoExit', '-Command', '-'],
): Promise<EngineRun> {
  const child = spawn(executable, args, {
    cwd: workingFolder,
    env: { ...environment, PSModulePath: moduleFolders.join(path.delimiter) },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
  const first = Buffer.from(prelude).toString('base64');
  const start =
    first === ''
      ? []
      : [
          `. ([ScriptBlock]::Create([Text.Encoding]::UTF8.GetString([Convert]::FromBase64String('${first}'))))`,
        ];
  child.stdin.end([...start, ...lines, ''].join('\n'));
  const [exitCode] = (await once(child, 'close')) as [number | null];
  return { stdout, stderr, exitCode };
}
