/**
 * Serves one simulated host on a loopback port, as a process of its own: it outlives the PowerShell that asks it.
 *
 * `node serve.ts FILE` with the path of a scenario. One line of JSON in, one line of JSON out; the first line on
 * stdout is `listening 127.0.0.1:PORT`. Ends with its parent, when stdin ends.
 *
 * Changes last as long as the process. Beside calls it answers `parameters` (of the
 * changing commands), `state` (for comparing hosts), `scenario`, `clock` (reads
 * it; with `now` sets it, and it stands still from then on; with `advance` moves it), `inject` with a `fault`,
 * `clear-faults`, `load` (with a `load` its traffic has one from then on, without it none), and `restart`.
 *
 * A scheduled task that is due is started for real, by the program in SWITCHYARD_TASK_LAUNCHER (a JSON list of its path
 * and first arguments), which gets the path and the arguments of the task's action, and this host's address.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import type { CmdletCall } from './cmdlet-value.ts';
import { readScenario } from './read-scenario.ts';
import { releaseFacts } from './release.ts';
import { HostClock } from './clock.ts';
import type { Fault } from './faults.ts';
import type { SimLoad } from './load-demand.ts';
import { createSimulatedHost, type SimulatedHost } from './simulated-host.ts';
import { stateOf } from './state.ts';
import type { Launch } from './task-runner.ts';

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readCall(request: Record<string, unknown>): CmdletCall | undefined {
  const { call } = request;
  if (!isRecord(call) || typeof call['name'] !== 'string') return undefined;
  const parameters = call['parameters'] ?? {};
  return isRecord(parameters) ? { name: call['name'], parameters } : undefined;
}

const faultKinds: ReadonlySet<unknown> = new Set(['error', 'hang', 'lost', 'late-error']);

function isFault(value: unknown): value is Fault {
  return isRecord(value) && typeof value['command'] === 'string' && faultKinds.has(value['kind']);
}

function isLoad(value: unknown): value is SimLoad {
  return (
    isRecord(value) &&
    isRecord(value['on']) &&
    [value['readers'], value['blockBytes'], value['bytesPerSecond']].every((one) => typeof one === 'number')
  );
}

/** The answer to one line of a client. What cannot be answered says so in `protocolError`. */
export function answerLine(host: SimulatedHost, line: string, clock = new HostClock()): object {
  try {
    const request: unknown = JSON.parse(line);
    if (!isRecord(request)) return { protocolError: 'Not a request: an object was expected.' };
    switch (request['kind']) {
      case 'commands': {
        const { machine } = host;
        return {
          commands: host.commands().map((name) => ({ name, module: host.moduleOf(name) ?? '' })),
          release: machine.release,
          psVersion: releaseFacts[machine.release].powershell,
          isElevated: machine.isElevated,
        };
      }
      case 'call': {
        const call = readCall(request);
        return call === undefined
          ? { protocolError: 'Not a call: name and parameters were expected.' }
          : host.call(call);
      }
      case 'counts':
        return { counts: host.counts() };
      case 'reset-counts':
        host.resetCounts();
        return { counts: host.counts() };
      case 'parameters':
        return { takes: host.parameters() };
      case 'state':
        return { state: stateOf(host.machine) };
      case 'scenario':
        return { scenario: host.machine.scenario };
      case 'clock': {
        const { now, advance } = request;
        if (typeof now === 'number') clock.set(now);
        if (typeof advance === 'number') clock.set(clock.now() + advance);
        host.settle();
        return { now: clock.now() };
      }
      case 'inject': {
        const { fault } = request;
        if (!isFault(fault)) return { protocolError: 'Not a fault: command and kind were expected.' };
        host.inject(fault);
        return { injected: fault };
      }
      case 'load': {
        const { load } = request;
        if (load !== undefined && !isLoad(load)) {
          return { protocolError: 'Not a load: on, readers, blockBytes and bytesPerSecond were expected.' };
        }
        host.setLoad(load);
        return { ok: true };
      }
      case 'clear-faults':
        host.clearFaults();
        return { injected: null };
      case 'restart':
        host.restart();
        return { restarts: host.machine.scenario.restarts };
      default:
        return { protocolError: `Unknown kind of request: ${JSON.stringify(request['kind'])}` };
    }
  } catch (cause) {
    return { protocolError: cause instanceof Error ? cause.message : String(cause) };
  }
}

/** A server that is not listening yet. */
export function createHostServer(host: SimulatedHost, clock?: HostClock): Server {
  return createServer((socket: Socket) => {
    socket.setNoDelay(true);
    // A client that was killed in the middle of a call: nothing is left to answer.
    socket.on('error', () => socket.destroy());
    const lines = createInterface({ input: socket, crlfDelay: Infinity });
    // It tells the error of the socket once more.
    lines.on('error', () => lines.close());
    lines.on('line', (line) => {
      if (line.trim() === '') return;
      const answer = answerLine(host, line, clock);
      if ('isLost' in answer) socket.destroy();
      // A killed client is gone before its answer.
      else if (socket.writable) socket.write(`${JSON.stringify(answer)}\n`);
    });
  });
}

/** Starts actions by a program that knows where the simulated Windows lies on this machine. */
function launcherFrom(text: string | undefined, address: () => string): Launch | undefined {
  const words: unknown = text === undefined ? undefined : JSON.parse(text);
  if (!Array.isArray(words) || !words.every((word) => typeof word === 'string')) return undefined;
  const [program = '', ...first] = words;
  return ({ execute, arguments: given = '' }, signal) =>
    new Promise((resolve, reject) => {
      // A group of its own, so that what the action starts ends with it.
      const child = spawn(program, [...first, execute, given], {
        env: { ...process.env, SWITCHYARD_SIMULATED_HOST: address() },
        stdio: ['ignore', 'ignore', 'inherit'],
        detached: true,
      });
      const end = () => endGroup(child);
      signal.addEventListener('abort', end);
      process.on('exit', end);
      child.on('error', reject);
      child.on('exit', (code) => {
        process.off('exit', end);
        resolve(code ?? 1);
      });
    });
}

function endGroup(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null) return;
  try {
    if (process.platform === 'win32') child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has ended by itself in the meantime.
  }
}

/** How often the served host looks whether something is due. */
const lookEveryMs = 100;

function main(file: string | undefined): void {
  if (file === undefined) throw new Error('The path of a scenario file is missing.');
  const read = readScenario(readFileSync(file, 'utf8'), file);
  if (!read.ok) throw new Error(read.failure.message);
  const clock = new HostClock();
  let port = 0;
  const launch = launcherFrom(process.env['SWITCHYARD_TASK_LAUNCHER'], () => `127.0.0.1:${port}`);
  const host = createSimulatedHost(read.value, {
    now: clock.now,
    ...(launch === undefined ? {} : { launch }),
  });
  const server = createHostServer(host, clock);
  setInterval(host.settle, lookEveryMs).unref();
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('No port was given.');
    port = address.port;
    process.stdout.write(`listening 127.0.0.1:${port}\n`);
  });
  const end = () => process.exit(0);
  process.stdin.on('end', end).on('close', end).resume();
  process.on('SIGTERM', end);
}

if (import.meta.main) {
  try {
    main(process.argv[2]);
  } catch (cause) {
    process.stderr.write(`${cause instanceof Error ? cause.message : String(cause)}\n`);
    process.exit(1);
  }
}
