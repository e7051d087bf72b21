/** One running PowerShell process: a line in, one reply out, or the reason why there is none. */
import type { ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';
import { fail, type Result } from '#shared/result.ts';
import { endProcess, hasEnded } from './end-process.ts';
import { badOutput, maximumWireLength, openEnvelope, tooLarge } from './envelope.ts';
import { createReplyReader } from './reply-reader.ts';
import type { ScriptReply } from './shell.ts';

/** Beyond this much between two calls the process is flooding and is ended. */
const maximumFlood = maximumWireLength + 64 * 1024;
/** How long node-powershell may still wait for its own marks after the whole reply is there. */
const framingGraceMs = 2_000;
/** How long output that was written before the end of a process may still be on its way. */
const drainMs = 250;
const noiseKept = 4_096;

/** What a process wrote beside its replies during one call: the last 4 kB, and how much it was in all. */
export interface Noise {
  readonly stream: 'stdout' | 'stderr';
  readonly text: string;
  readonly bytes: number;
}

/** What a process is made of. */
export interface Wire {
  readonly child: ChildProcess;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** Sends one line and resolves or rejects when the process is done with it, or gone. May also stay pending. */
  readonly invoke: (line: string) => Promise<unknown>;
}

export interface ProcessOptions {
  readonly wire: Wire;
  readonly mark: string;
  readonly systemRoot: string | undefined;
  readonly onNoise: (noise: Noise) => void;
}

interface Exchange {
  readonly line: string;
  readonly id: string;
  readonly deadlineMs: number;
  readonly signal?: AbortSignal | undefined;
  /** Called once, when the process first writes to its error stream during this exchange. */
  readonly onComplaint?: (() => void) | undefined;
}

export interface ShellProcess {
  /** One at a time. Any failure but a polite `too-large` ends the process. */
  readonly exchange: (exchange: Exchange) => Promise<Result<ScriptReply>>;
  readonly isUsable: () => boolean;
  readonly end: () => Promise<void>;
}

/** The end of what a stream said. */
class NoiseTail {
  text = '';
  bytes = 0;

  add(chunk: string): void {
    this.text = (this.text + chunk).slice(-noiseKept);
    this.bytes += Buffer.byteLength(chunk);
  }

  /** Without the marks that node-powershell writes around each command. */
  readable(): string {
    return this.text.replace(/^[0-9A-Za-z]{16}\r?(?:\n|$)/gm, '').trim();
  }

  clear(): void {
    this.text = '';
    this.bytes = 0;
  }
}

interface Pending {
  readonly exchange: Exchange;
  readonly payloads: string[];
  broken: string | undefined;
  hasComplained: boolean;
  readonly finish: (outcome: Result<string>) => void;
}

export function overseeProcess({ wire, mark, systemRoot, onNoise }: ProcessOptions): ShellProcess {
  const { child, stdout, stderr } = wire;
  const said = { stdout: new NoiseTail(), stderr: new NoiseTail() };
  let receivedBytes = 0;
  let pending: Pending | undefined;
  let isUsable = true;
  let ending: Promise<void> | undefined;

  function end(): Promise<void> {
    isUsable = false;
    ending ??= endProcess(child, systemRoot);
    return ending;
  }

  function reportNoise(): void {
    for (const stream of ['stdout', 'stderr'] as const) {
      const text = said[stream].readable();
      if (text !== '') onNoise({ stream, text, bytes: said[stream].bytes });
      said[stream].clear();
    }
  }

  function detail(what: string): string {
    return [what, said.stderr.readable()].filter((part) => part !== '').join('; stderr: ');
  }

  /** What the reply is, when all has been read that will come. */
  function judge(now: Pending, whenNone: () => Result<never>): Result<string> {
    const [payload] = now.payloads;
    if (now.broken !== undefined) return badOutput(detail(now.broken));
    if (now.payloads.length > 1) return badOutput(detail('more than one reply to one request'));
    if (payload !== undefined) return { ok: true, value: payload };
    return reader.isInside() ? badOutput(detail('the reply ends in the middle')) : whenNone();
  }

  function conclude(outcome: Result<string>): void {
    if (!outcome.ok) void end();
    pending?.finish(outcome);
  }

  const reader = createReplyReader({
    mark,
    onEvent(event) {
      const now = pending;
      if (now === undefined) return;
      if (event.type === 'broken') now.broken = event.reason;
      else if (event.id !== now.exchange.id) now.broken = `a reply to ${event.id}`;
      else now.payloads.push(event.payload);
      if (now.payloads.length !== 1 || now.broken !== undefined) return;
      // node-powershell misses its closing mark where lines end with two bytes and all arrives in one piece.
      setTimeout(() => {
        if (pending !== now) return;
        const outcome = judge(now, () => badOutput(detail('no reply')));
        void end();
        conclude(outcome);
      }, framingGraceMs).unref();
    },
    onNoise: (text) => said.stdout.add(text),
  });

  function receive(chunk: string): boolean {
    receivedBytes += Buffer.byteLength(chunk);
    if (receivedBytes <= maximumFlood) return true;
    // Nothing more is read, so that a process that takes its time to end cannot fill the memory meanwhile.
    stdout.destroy();
    stderr.destroy();
    void end();
    conclude(tooLarge(maximumWireLength, detail(`more than ${maximumFlood} bytes from the process`)));
    return false;
  }

  stdout.on('data', (chunk: string) => {
    if (receive(chunk)) reader.push(chunk);
  });
  stderr.on('data', (chunk: string) => {
    if (!receive(chunk)) return;
    said.stderr.add(chunk);
    const now = pending;
    if (now === undefined || now.hasComplained || said.stderr.readable() === '') return;
    now.hasComplained = true;
    now.exchange.onComplaint?.();
  });
  // A closed pipe is told by the end of the process as well, with its cause.
  for (const stream of [child.stdin, stdout, stderr]) stream?.on('error', () => undefined);

  child.once('error', (error) => {
    void end();
    conclude(fail('start-failed', 'PowerShell could not be started.', { detail: error.message }));
  });
  child.once('exit', (code, signal) => {
    isUsable = false;
    const how = signal === null ? `exit code ${String(code)}` : `ended by ${signal}`;
    const settle = (): void => {
      clearTimeout(timer);
      void end();
      const now = pending;
      if (now === undefined) return;
      const gone = (): Result<never> =>
        fail('exited', 'The PowerShell process ended in the middle of the call.', {
          remedy: 'Look again; a new process is started for it.',
          detail: detail(how),
        });
      const outcome = judge(now, gone);
      now.finish(outcome.ok ? outcome : gone());
    };
    const timer = setTimeout(settle, drainMs);
    child.once('close', settle);
    stdout.resume();
    stderr.resume();
  });

  function whenInvoked(now: Pending): void {
    // The marks of the next call must not be read as noise of this one, so the streams keep flowing in between.
    stdout.resume();
    stderr.resume();
    if (pending !== now || hasEnded(child)) return;
    conclude(judge(now, () => badOutput(detail('the script ended without a reply'))));
  }

  function send(exchange: Exchange): Promise<Result<string>> {
    return new Promise((resolve) => {
      const { deadlineMs, signal } = exchange;
      const timer = setTimeout(() => {
        // The thread may have been busy while the reply arrived: it gets one turn to be read.
        setImmediate(() => {
          if (pending !== now) return;
          const outcome = judge(now, () =>
            fail('timed-out', `PowerShell did not answer within ${deadlineMs / 1000} seconds.`, {
              remedy: 'Look again. If it comes back, a driver or provider of Windows is likely stuck.',
              detail: detail('deadline'),
            }),
          );
          void end();
          conclude(outcome);
        });
      }, deadlineMs);
      const cancel = (): void => conclude(fail('cancelled', 'The call was cancelled.'));
      const now: Pending = {
        exchange,
        payloads: [],
        broken: undefined,
        hasComplained: false,
        finish(outcome) {
          if (pending !== now) return;
          pending = undefined;
          clearTimeout(timer);
          signal?.removeEventListener('abort', cancel);
          reportNoise();
          resolve(outcome);
        },
      };
      pending = now;
      receivedBytes = 0;
      signal?.addEventListener('abort', cancel, { once: true });
      const invoked = (): void => whenInvoked(now);
      wire.invoke(exchange.line).then(invoked, invoked);
    });
  }

  return {
    async exchange(exchange) {
      if (!isUsable) return fail('exited', 'The PowerShell process has ended.');
      const outcome = await send(exchange);
      if (!outcome.ok) return outcome;
      const reply = await openEnvelope(outcome.value);
      if (!reply.ok && reply.failure.kind === 'bad-output') void end();
      return reply;
    },
    isUsable: () => isUsable && !hasEnded(child),
    end,
  };
}
