import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, describe, expect, it, vi } from 'vitest';
import type { FailureKind } from '#shared/result.ts';
import { standIn, type Behaviour } from '../../e2e/powershell/stand-in/launch.ts';
import { openSession, type Session, type SessionOptions } from './session.ts';
import type { Noise } from './shell-process.ts';
import type { JsonValue } from './shell.ts';

interface LibraryShell {
  readonly history: readonly unknown[];
}

const library = vi.hoisted(() => ({ shells: [] as LibraryShell[] }));

vi.mock('node-powershell', async (importOriginal) => {
  const original = await importOriginal<{ PowerShell: new (options: object) => LibraryShell }>();
  return {
    PowerShell: class extends original.PowerShell {
      constructor(options: object) {
        super(options);
        library.shells.push(this);
      }
    },
  };
});

// Processes are started by the dozen here, and the machine may be busy: the limits that matter are asserted.
vi.setConfig({ testTimeout: 60_000 });

const opened: Session[] = [];

function open(behaviour: Behaviour = {}, more: Partial<SessionOptions> = {}): Session {
  const session = openSession({ engine: standIn(behaviour), ...more });
  opened.push(session);
  return session;
}

afterAll(async () => {
  await Promise.all(opened.splice(0).map((session) => session.close()));
});

/** Ten times what a call may take beyond its deadline. */
const guardMs = 2_500;

function call(session: Session, script: string, deadlineMs = 20_000, parameters?: Record<string, JsonValue>) {
  return session.run({ script, deadlineMs, ...(parameters ? { parameters } : {}) });
}

async function pidOf(session: Session): Promise<number> {
  const answer = await call(session, 'pid');
  if (!answer.ok) throw new Error(JSON.stringify(answer.failure));
  return answer.value.data[0] as number;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}

async function isGone(pid: number): Promise<void> {
  await vi.waitFor(() => expect(isAlive(pid)).toBe(false), { timeout: guardMs });
}

function blockThread(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

const countFolder = mkdtempSync(path.join(tmpdir(), 'switchyard-starts-'));
let countFiles = 0;
afterAll(() => rmSync(countFolder, { recursive: true, force: true }));

function countFile(): string {
  countFiles += 1;
  return path.join(countFolder, `starts-${countFiles}`);
}

function startsIn(file: string): number {
  return readFileSync(file, 'utf8').split('\n').length - 1;
}

const texts = ["'", '"', '‘’‚‛“”„', '$(exit)', '`n', ';', '\r\n', '\0', '\u202e', '2026-01-01T00:00:00Z'];
const words = ['LAN-Verbindung ß', 'イーサネット', 'İstanbul ı', 'شبكة', '🙂', 'x'.repeat(10_000), ''];

describe('a session', () => {
  it('answers a script with its data, and gives parameters in any language back as they were', async () => {
    const parameters = { Texts: [...texts, ...words], Nested: { One: ['x'], None: null, Number: 1.5 } };
    expect(await call(open(), 'echo', 20_000, parameters)).toMatchObject({
      ok: true,
      value: { data: [parameters], errors: [], warnings: [] },
    });
  });

  it('says what engine it is, and starts one process for all its calls', async () => {
    const file = countFile();
    const session = open({ countFile: file });
    expect(session.state()).toBe('cold');
    expect(await session.facts()).toMatchObject({
      ok: true,
      value: { version: '5.1.0.0', computerName: 'STANDIN' },
    });
    expect(session.state()).toBe('ready');
    expect(await pidOf(session)).toBe(await pidOf(session));
    expect(await session.facts()).toMatchObject({ ok: true });
    expect(startsIn(file)).toBe(1);
  });

  it('starts the given executable without a profile, a prompt, a policy or a foreign environment', async () => {
    vi.stubEnv('NODE_POWERSHELL', '/nowhere/planted');
    vi.stubEnv('COR_PROFILER', '{0}');
    const answer = await call(open(), 'arguments');
    vi.unstubAllEnvs();
    expect(answer).toMatchObject({
      ok: true,
      value: {
        data: [
          ['-NoLogo', '-NoProfile', '-NonInteractive', '-NoExit', '-Command', '-'],
          tmpdir(),
          expect.anything(),
        ],
      },
    });
    const names = answer.ok ? answer.value.data[2] : [];
    // The last one is made by the shell that launches the stand-in.
    expect(names).toEqual(['PSModulePath', 'PWD', 'STAND_IN']);
  });

  it('says where modules lie twice: in the environment, and again in the process, which may have changed it', async () => {
    expect(await call(open(), 'modules')).toMatchObject({
      value: { data: ['/modules/of/the/system', '/modules/of/the/system'] },
    });
  });

  it('keeps the error that ended a script as data, and the process with it', async () => {
    const session = open();
    const pid = await pidOf(session);
    expect(await call(session, 'throw No MPIO.')).toMatchObject({
      ok: true,
      value: { data: [], fatal: { message: 'No MPIO.', kind: 'feature-missing' } },
    });
    expect(await pidOf(session)).toBe(pid);
  });

  it('takes what stands beside a reply as noise, on either stream', async () => {
    const heard: Noise[] = [];
    const session = open({}, { onNoise: (noise) => heard.push(noise) });
    expect(
      await call(session, 'print a banner\nprint-part #< CLIXML \ncomplain WARNING\necho'),
    ).toMatchObject({ ok: true });
    expect(heard).toMatchObject([
      { stream: 'stdout', text: 'a banner\n#< CLIXML' },
      { stream: 'stderr', text: 'WARNING' },
    ]);
    expect(await call(session, 'echo')).toMatchObject({ ok: true });
    expect(heard).toHaveLength(2);
  });

  it('leaves nothing in the history of the library', async () => {
    const session = open();
    for (let count = 0; count < 50; count += 1) await call(session, 'echo');
    expect(library.shells.at(-1)?.history).toEqual([]);
  });

  it('keeps nothing of what it has answered, however often one process is asked', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const session = open();
    const askOften = async (times: number): Promise<number> => {
      for (let count = 0; count < times; count += 1) await session.run({ script: 'pid', deadlineMs: 20_000 });
      await pause(50);
      collect();
      collect();
      return process.memoryUsage().arrayBuffers;
    };
    const before = await askOften(50);
    // The library reads 64 kB at a time.
    expect((await askOften(200)) - before).toBeLessThan(20 * 65_536);
  });

  it('answers with the reply although Node was too busy to see line ends of two bytes apart from it', async () => {
    const session = open({ lineEnd: 'crlf' });
    const pid = await pidOf(session);
    for (const busyMs of [100, 200, 300]) {
      const answer = call(session, 'echo');
      await pause(0);
      blockThread(busyMs);
      expect(await answer).toMatchObject({ ok: true });
    }
    expect(await pidOf(session), 'the process that was cured is never replaced').toBe(pid);
  });

  // Where nothing can be cured, a machine busy enough loses three starts in a row, after which a session gives up.
  const luck = { retry: 3 };

  it(
    'answers even where line ends cannot be cured, and replaces the process that node-powershell lost',
    luck,
    async () => {
      const session = open({ lineEnd: 'crlf', ignoresCure: true });
      const pid = await pidOf(session);
      // An answer is lost only where it comes while the thread is busy: on a busy machine it may come later.
      let isReplaced = false;
      for (let tries = 0; tries < 20 && !isReplaced; tries += 1) {
        const answer = call(session, 'echo');
        await pause(0);
        blockThread(400);
        expect(await answer).toMatchObject({ ok: true });
        isReplaced = (await pidOf(session)) !== pid;
      }
      expect(isReplaced).toBe(true);
      await isGone(pid);
    },
  );

  it('starts another process where the first was lost with the answer that it is ready', luck, async () => {
    const session = open({ lineEnd: 'crlf', ignoresCure: true });
    const answer = call(session, 'echo');
    // The whole answer to the start arrives in one piece, which node-powershell does not see.
    await pause(30);
    blockThread(2_000);
    expect(await answer).toMatchObject({ ok: true });
  });
});

describe.concurrent('a call', () => {
  it.concurrent.each<[string, string, FailureKind, RegExp]>([
    ['a killed process', 'kill', 'exited', /SIGKILL/],
    ['a clean exit', 'exit 0', 'exited', /exit code 0/],
    ['exit 1', 'complain Out of luck.\nexit 1', 'exited', /exit code 1; stderr: Out of luck\./],
    ['half an answer and an end', 'half\nexit 0', 'exited', /exit code 0/],
    ['garbage', 'print garbage garbage', 'bad-output', /without a reply/],
    ['nothing at all', 'nothing', 'bad-output', /without a reply/],
    ['half an answer', 'half', 'bad-output', /in the middle/],
    ['two answers', 'twice', 'bad-output', /more than one/],
    ['the answer to another request', 'other-id', 'bad-output', /r999/],
    ['the mark of another process', 'other-mark', 'bad-output', /without a reply/],
    ['another length', 'other-length', 'bad-output', /says 7 characters/],
    ['an answer that is not packed', 'not-gzip', 'bad-output', /header/],
    ['an answer that is not JSON', 'not-json', 'bad-output', /JSON/],
    ['an answer of another shape', 'other-shape', 'bad-output', /data/],
    ['64 MB of garbage', 'flood 64', 'too-large', /8454144 bytes/],
    ['64 MB of errors', 'flood-stderr 64', 'too-large', /8454144 bytes/],
    ['more than 64 MB in little', 'unpacked 65', 'too-large', /67108864 bytes unpacked/],
  ])('settles on %s, and the next one works', async (_name, script, kind, detail) => {
    const session = open();
    const pid = await pidOf(session);
    const failed = await call(session, script);
    expect(failed).toMatchObject({ ok: false, failure: { kind } });
    if (failed.ok) return;
    expect(failed.failure.detail).toMatch(detail);
    expect(failed.failure.remedy).toBeTruthy();
    const next = await pidOf(session);
    if (next !== pid) await isGone(pid);
  });

  it.concurrent('takes an answer of 60 MB', async () => {
    const answer = await call(open(), 'unpacked 60');
    expect(answer.ok && (answer.value.data[0] as string).length).toBe(60 * 1024 * 1024);
  });

  it.concurrent('that PowerShell finds too large costs no process', async () => {
    const session = open();
    const pid = await pidOf(session);
    expect(await call(session, 'polite-too-large')).toMatchObject({ failure: { kind: 'too-large' } });
    expect(await pidOf(session)).toBe(pid);
  });

  it.concurrent('that never ends is ended at its deadline, with its process', async () => {
    const session = open();
    const pid = await pidOf(session);
    const since = performance.now();
    expect(await call(session, 'complain Waiting for a driver.\nstall', 300)).toMatchObject({
      failure: {
        kind: 'timed-out',
        message: 'PowerShell did not answer within 0.3 seconds.',
        detail: 'deadline; stderr: Waiting for a driver.',
      },
    });
    const took = performance.now() - since;
    expect(took).toBeGreaterThanOrEqual(299);
    expect(took).toBeLessThan(300 + guardMs);
    await isGone(pid);
    expect(await call(session, 'echo')).toMatchObject({ ok: true });
  });

  it.concurrent('is not held to its deadline while others are before it', async () => {
    const session = open();
    await session.facts();
    const slow = call(session, 'sleep 900\necho');
    const waiting = await Promise.all([call(session, 'echo', 700), call(session, 'echo', 700)]);
    expect(await slow).toMatchObject({ ok: true });
    expect(waiting).toMatchObject([{ ok: true }, { ok: true }]);
  });

  it.concurrent('can be cancelled before it starts, in the queue and in the middle', async () => {
    const session = open();
    const pid = await pidOf(session);
    expect(
      await session.run({ script: 'echo', deadlineMs: 9_000, signal: AbortSignal.abort() }),
    ).toMatchObject({
      failure: { kind: 'cancelled' },
    });
    const running = new AbortController();
    const queued = new AbortController();
    const first = session.run({ script: 'stall', deadlineMs: 9_000, signal: running.signal });
    const second = session.run({ script: 'echo', deadlineMs: 9_000, signal: queued.signal });
    const third = call(session, 'echo');
    await pause(100);
    queued.abort();
    expect(await second).toMatchObject({ failure: { kind: 'cancelled' } });
    expect(isAlive(pid)).toBe(true);
    running.abort();
    expect(await first).toMatchObject({ failure: { kind: 'cancelled' } });
    await isGone(pid);
    expect(await third).toMatchObject({ ok: true });
  });

  it.concurrent('works after the process was killed between two calls', async () => {
    const session = open();
    const pid = await pidOf(session);
    process.kill(pid, 'SIGKILL');
    await isGone(pid);
    expect(await call(session, 'echo')).toMatchObject({ ok: true });
  });

  it.concurrent('that cannot be written as JSON fails by itself', async () => {
    const session = open();
    const cyclic: Record<string, JsonValue> = {};
    cyclic['self'] = cyclic;
    const answers = await Promise.all([call(session, 'echo', 9_000, cyclic), call(session, 'echo')]);
    expect(answers).toMatchObject([{ failure: { kind: 'unexpected' } }, { ok: true }]);
  });
});

describe.concurrent('closing a session', () => {
  it.concurrent('settles the call in flight and every call behind it, and leaves no process', async () => {
    const session = open();
    const pid = await pidOf(session);
    const calls = [call(session, 'stall'), call(session, 'echo'), call(session, 'echo'), session.facts()];
    await pause(50);
    const since = performance.now();
    await session.close();
    expect(performance.now() - since).toBeLessThan(guardMs);
    const answers = await Promise.all(calls);
    expect(answers.map((answer) => (answer.ok ? 'ok' : answer.failure.kind))).toEqual([
      'cancelled',
      'cancelled',
      'cancelled',
      // Known since the start.
      'ok',
    ]);
    expect(isAlive(pid)).toBe(false);
    expect(await call(session, 'echo')).toMatchObject({ failure: { kind: 'cancelled' } });
    await session.close();
  });

  it.concurrent('ends a start that is still under way', async () => {
    const session = open({ start: 'stall' });
    const answer = session.facts();
    await pause(200);
    await session.close();
    expect(await answer).toMatchObject({ failure: { kind: 'cancelled' } });
  });

  it.concurrent('costs nothing where none was started', async () => {
    const file = countFile();
    await open({ countFile: file }).close();
    expect(() => startsIn(file)).toThrow('ENOENT');
  });
});

describe.concurrent('a start', () => {
  it.concurrent('of a missing executable is answered to all callers at once, with what to do', async () => {
    const engine = { ...standIn(), executable: '/nowhere/powershell.exe' };
    const session = openSession({ engine });
    const since = performance.now();
    const answers = await Promise.all([session.facts(), call(session, 'echo'), call(session, 'echo')]);
    expect(performance.now() - since).toBeLessThan(guardMs);
    for (const answer of answers) {
      expect(answer).toMatchObject({
        failure: {
          kind: 'start-failed',
          message: 'Windows did not start PowerShell (/nowhere/powershell.exe).',
          detail: expect.stringContaining('ENOENT') as string,
        },
      });
    }
    expect(session.state()).toBe('refusing');
    await session.close();
  });

  it.concurrent('that ends early is tried again for the next call', async () => {
    const file = countFile();
    const session = open({ countFile: file, failingStarts: 2 });
    const answers = await Promise.all([call(session, 'echo'), call(session, 'echo'), call(session, 'echo')]);
    expect(answers).toMatchObject([
      { failure: { kind: 'start-failed', detail: expect.stringContaining('exit code 9') as string } },
      { failure: { kind: 'start-failed' } },
      { ok: true },
    ]);
    expect(startsIn(file)).toBe(3);
  });

  it.concurrent('that is slow is told, once', async () => {
    let told = 0;
    const session = open({ startDelayMs: 500 }, { slowStartMs: 100, onSlowStart: () => (told += 1) });
    expect(await session.facts()).toMatchObject({ ok: true });
    expect(told).toBe(1);
  });

  it.concurrent(
    'that never answers is ended at its deadline, and those who wait are told the same',
    async () => {
      const file = countFile();
      const session = open({ start: 'stall', countFile: file }, { startDeadlineMs: 1_500 });
      const answers = await Promise.all([call(session, 'echo'), call(session, 'echo')]);
      for (const answer of answers) {
        expect(answer).toMatchObject({
          failure: {
            kind: 'start-failed',
            message: 'PowerShell did not answer within 1.5 seconds after its start.',
          },
        });
      }
      // One for the session, one that was asked for its language mode; no second try.
      expect(startsIn(file)).toBeLessThanOrEqual(2);
      for (const pid of readFileSync(file, 'utf8').trim().split('\n')) await isGone(Number(pid));
    },
  );

  it.concurrent('in which the functions of the session cannot be read says so', async () => {
    expect(await open({ start: 'fail' }).facts()).toMatchObject({
      failure: { kind: 'start-failed', detail: 'A function could not be read.' },
    });
  });

  it('of a PowerShell that is too old says which it is and what to do', async () => {
    const answer = await open({ version: '2.0' }).run({ script: 'pid', deadlineMs: 20_000 });
    expect(answer).toMatchObject({
      ok: false,
      failure: {
        kind: 'start-failed',
        message: expect.stringContaining('PowerShell 2.0') as string,
        remedy: expect.stringContaining('Management Framework') as string,
      },
    });
  });

  it.concurrent('in constrained language says so, long before the deadline', async () => {
    const session = open({ languageMode: 'ConstrainedLanguage' });
    const since = performance.now();
    const answer = await call(session, 'echo');
    expect(performance.now() - since).toBeLessThan(20_000);
    expect(answer).toMatchObject({ failure: { kind: 'constrained-language' } });
    expect(!answer.ok && answer.failure.remedy).toMatch(/App Control/);
    expect(session.state()).toBe('refusing');
  });
});
