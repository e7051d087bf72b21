/** A PowerShell session over node-powershell: one process at a time, replaced when it hangs, dies or floods. */
import type { ChildProcess } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { PowerShell } from 'node-powershell';
import { succeed, type Failure, type Result } from '#shared/result.ts';
import type { Engine } from './engine.ts';
import { forgetful } from './exit-promise.ts';
import { requestLine } from './request-line.ts';
import { createRestartPolicy } from './restart-policy.ts';
import type { Noise, ShellProcess, Wire } from './shell-process.ts';
import type { ScriptReply, ScriptRequest, Shell, ShellFacts } from './shell.ts';
import { startProcess, type Start } from './start-process.ts';

export interface SessionOptions {
  readonly engine: Engine;
  /** Text with functions that all scripts of the session use; it runs once in each process. */
  readonly prelude?: string;
  /** 75 s unless told otherwise: a cold PowerShell on a busy host has been seen to take a minute. */
  readonly startDeadlineMs?: number;
  /** Called when a start takes longer than `slowStartMs` (5 s), so that a person can be told. */
  readonly onSlowStart?: () => void;
  readonly slowStartMs?: number;
  /** Gets what a process wrote beside its replies. */
  readonly onNoise?: (noise: Noise) => void;
}

/** What the next call to a session would meet: a running process, a start, or the failure of starts before it. */
export type SessionState = 'ready' | 'cold' | 'refusing';

export interface Session extends Shell {
  readonly state: () => SessionState;
}

interface Running {
  readonly process: ShellProcess;
  readonly facts: ShellFacts;
}

/** A caller that waits. Settled once; what comes later is dropped. */
interface Call {
  readonly serve: (running: Running) => Promise<void>;
  readonly refuse: (failure: Failure) => void;
  readonly isSettled: () => boolean;
}

/** A process that is lost with its first answer is started again so often; a host where that goes on says so. */
const startTries = 3;

const cancelled: Failure = { kind: 'cancelled', message: 'The call was cancelled.' };
const closed: Failure = { kind: 'cancelled', message: 'PowerShell was closed before the call was done.' };

/** What the library keeps private and a session needs. */
interface Private {
  readonly process: ChildProcess;
  exitPromise: PromiseLike<void>;
  readonly debuggers: Readonly<Record<string, { enabled: boolean }>>;
}

/** Starts the executable under node-powershell, and disarms what the library would do on its own account. */
function openWire({ executable, workingFolder, environment, moduleFolders }: Engine): Wire {
  // The library prefers this variable to the path it is given.
  delete process.env['NODE_POWERSHELL'];
  const shell = new PowerShell({
    executable,
    executableOptions: { '-NoProfile': true, '-NonInteractive': true },
    spawnOptions: {
      cwd: workingFolder,
      env: { ...environment, PSModulePath: moduleFolders.join(path.delimiter) },
      windowsHide: true,
    },
    throwOnInvocationError: false,
  });
  const inner = shell as unknown as Private;
  const exit = forgetful(inner.exitPromise as Promise<void>);
  inner.exitPromise = exit.waitable;
  // DEBUG in the environment would print every line that is sent.
  for (const debug of Object.values(inner.debuggers)) debug.enabled = false;
  return {
    child: inner.process,
    stdout: shell.streams.stdout,
    stderr: shell.streams.stderr,
    async invoke(line) {
      try {
        return await shell.invoke(line);
      } finally {
        // The library keeps each command with two copies of its output.
        shell.history.length = 0;
        exit.forget();
      }
    },
  };
}

/**
 * Opens a session; its process starts with the first call. Calls run one after the other. The deadline of a call
 * counts from when its script is handed to the process: neither its place in the queue nor a start is held against it.
 */
export function openSession(options: SessionOptions): Session {
  const { engine, startDeadlineMs = 75_000, slowStartMs = 5_000 } = options;
  const policy = createRestartPolicy(() => performance.now());
  const closing = new AbortController();
  const queue: Call[] = [];
  let current: Call | undefined;
  let working: Promise<void> | undefined;
  let running: Running | undefined;
  let requests = 0;

  async function start(): Promise<Start> {
    const started = await startProcess({
      engine,
      openWire,
      prelude: options.prelude,
      deadlineMs: startDeadlineMs,
      slowMs: slowStartMs,
      onSlow: () => options.onSlowStart?.(),
      onNoise: (noise) => options.onNoise?.(noise),
      signal: closing.signal,
    });
    if (started.ok) policy.started();
    else policy.startFailed(started.failure, started.holdMs);
    return started;
  }

  async function makeReady(): Promise<Result<Running>> {
    if (running?.process.isUsable()) return succeed(running);
    for (let tries = 0; tries < startTries; tries += 1) {
      // One process at a time: the old one gets a moment to end.
      await running?.process.end();
      running = undefined;
      const next = policy.next();
      if (next.type === 'refuse') return { ok: false, failure: next.failure };
      await pause(next.afterMs, undefined, { signal: closing.signal }).catch(() => undefined);
      if (closing.signal.aborted) return { ok: false, failure: closed };
      const started = await start();
      if (!started.ok) return started;
      running = started;
      if (running.process.isUsable()) return succeed(running);
      // It said that it is ready and was lost with the same answer: as if it had ended in a call.
      policy.ended();
    }
    return {
      ok: false,
      failure: {
        kind: 'exited',
        message: `PowerShell was started ${startTries} times and ended as soon as it was ready.`,
        remedy: 'Look again. If it stays so, see whether security software ends PowerShell on this host.',
      },
    };
  }

  async function work(): Promise<void> {
    for (current = queue.shift(); current !== undefined; current = queue.shift()) {
      try {
        const ready = await makeReady();
        if (current.isSettled()) continue;
        if (ready.ok) await current.serve(ready.value);
        else current.refuse(ready.failure);
      } catch (error) {
        const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
        current.refuse({ kind: 'unexpected', message: 'The call could not be made.', detail });
      }
    }
    working = undefined;
  }

  function call<T>(
    signal: AbortSignal | undefined,
    ask: (running: Running) => Promise<Result<T>>,
  ): Promise<Result<T>> {
    if (closing.signal.aborted) return Promise.resolve({ ok: false, failure: closed });
    if (signal?.aborted) return Promise.resolve({ ok: false, failure: cancelled });
    return new Promise((resolve) => {
      let isSettled = false;
      const settle = (result: Result<T>): void => {
        isSettled = true;
        signal?.removeEventListener('abort', cancel);
        resolve(result);
      };
      const entry: Call = {
        serve: async (ready) => settle(await ask(ready)),
        refuse: (failure) => settle({ ok: false, failure }),
        isSettled: () => isSettled,
      };
      const cancel = (): void => {
        const place = queue.indexOf(entry);
        if (place >= 0) queue.splice(place, 1);
        entry.refuse(cancelled);
      };
      signal?.addEventListener('abort', cancel);
      queue.push(entry);
      working ??= work();
    });
  }

  async function ask(request: ScriptRequest, { process: shell }: Running): Promise<Result<ScriptReply>> {
    requests += 1;
    const id = `r${requests}`;
    const { script, parameters, deadlineMs } = request;
    const stop = request.signal ? AbortSignal.any([closing.signal, request.signal]) : closing.signal;
    const line = requestLine({ id, script, parameters });
    const answer = await shell.exchange({ id, line, deadlineMs, signal: stop });
    if (answer.ok) policy.answered();
    else if (answer.failure.kind !== 'cancelled' && !shell.isUsable()) policy.ended();
    return answer;
  }

  return {
    facts(signal) {
      if (running?.process.isUsable()) return Promise.resolve(succeed(running.facts));
      return call(signal, ({ facts }) => Promise.resolve(succeed(facts)));
    },
    run: (request) => call(request.signal, (ready) => ask(request, ready)),
    state() {
      if (running?.process.isUsable()) return 'ready';
      return policy.next().type === 'refuse' ? 'refusing' : 'cold';
    },
    async close() {
      closing.abort();
      for (const waiting of queue.splice(0)) waiting.refuse(closed);
      current?.refuse(closed);
      await working;
      await running?.process.end();
    },
  };
}
