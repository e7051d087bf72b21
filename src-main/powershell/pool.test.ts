import { describe, expect, it } from 'vitest';
import { fail, succeed, type Result } from '#shared/result.ts';
import { standIn } from '../../e2e/powershell/stand-in/launch.ts';
import { openPool } from './pool.ts';
import type { Session, SessionState } from './session.ts';
import type { ScriptReply, ScriptRequest, ShellFacts } from './shell.ts';

const facts: ShellFacts = {
  version: '5.1',
  languageMode: 'FullLanguage',
  isElevated: true,
  is64Bit: true,
  computerName: 'HV01',
};

const reply = (data: unknown): Result<ScriptReply> =>
  succeed({ data: [data], errors: [], warnings: [], durationMs: 1 });

/** A session whose calls wait until the test answers them. */
class HeldSession implements Session {
  readonly name: number;
  current: SessionState = 'cold';
  readonly taken: string[] = [];
  answer: (result: Result<ScriptReply>) => void = () => undefined;
  isClosed = false;

  constructor(name: number) {
    this.name = name;
  }

  readonly state = (): SessionState => this.current;
  readonly facts = (): Promise<Result<ShellFacts>> => Promise.resolve(succeed(facts));
  readonly run = ({ script }: ScriptRequest): Promise<Result<ScriptReply>> => {
    this.taken.push(script);
    if (this.current === 'cold') this.current = 'ready';
    return new Promise((resolve) => {
      this.answer = resolve;
    });
  };
  readonly close = (): Promise<void> => {
    this.isClosed = true;
    this.answer(fail('cancelled', 'closed'));
    return Promise.resolve();
  };
}

function heldPool(size: number) {
  const sessions: HeldSession[] = [];
  const engine = { executable: '', workingFolder: '', environment: {}, moduleFolders: [] };
  const pool = openPool({ size, engine }, () => {
    const session = new HeldSession(sessions.length);
    sessions.push(session);
    return session;
  });
  const run = (script: string, signal?: AbortSignal) =>
    pool.run({ script, deadlineMs: 1_000, ...(signal ? { signal } : {}) });
  return { pool, run, sessions: sessions as [HeldSession, HeldSession] };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('a pool', () => {
  it('starts a session only when no running one is free', async () => {
    const { run, sessions } = heldPool(2);
    const [first, second] = sessions;
    const one = run('one');
    expect([first.taken, second.taken]).toEqual([['one'], []]);
    first.answer(reply(1));
    await one;
    void run('two');
    expect([first.taken, second.taken]).toEqual([['one', 'two'], []]);
    void run('three');
    expect([first.taken, second.taken]).toEqual([['one', 'two'], ['three']]);
  });

  it('lets no stuck session delay the calls of others', async () => {
    const { run, sessions } = heldPool(2);
    const [, second] = sessions;
    void run('stuck');
    const answers = ['a', 'b', 'c'].map((script) => run(script));
    for (const answer of answers) {
      second.answer(reply('done'));
      expect(await answer).toMatchObject({ ok: true });
      await settled();
    }
    expect(second.taken).toEqual(['a', 'b', 'c']);
  });

  it('gives nothing to a session that refuses while another can be asked', async () => {
    const { run, sessions } = heldPool(2);
    const [first, second] = sessions;
    first.current = 'refusing';
    void run('one');
    void run('two');
    expect([first.taken, second.taken]).toEqual([[], ['one']]);
    second.answer(reply(1));
    await settled();
    expect([first.taken, second.taken]).toEqual([[], ['one', 'two']]);
  });

  it('hears the cause from a session that refuses when all do', async () => {
    const { run, sessions } = heldPool(2);
    for (const session of sessions) session.current = 'refusing';
    const answer = run('one');
    sessions[0].answer(fail('start-failed', 'No PowerShell.'));
    expect(await answer).toMatchObject({ failure: { kind: 'start-failed', message: 'No PowerShell.' } });
  });

  it('asks again elsewhere when a session did not start and another runs', async () => {
    const { run, sessions } = heldPool(2);
    const [first, second] = sessions;
    const one = run('one');
    const two = run('two');
    first.current = 'refusing';
    first.answer(fail('start-failed', 'It ended.'));
    await settled();
    second.answer(reply(2));
    expect(await two).toMatchObject({ ok: true });
    await settled();
    expect(second.taken).toEqual(['two', 'one']);
    second.answer(reply(1));
    expect(await one).toMatchObject({ ok: true, value: { data: [1] } });
  });

  it('passes on every other failure as it is', async () => {
    const { run, sessions } = heldPool(2);
    const one = run('one');
    void run('two');
    sessions[0].answer(fail('timed-out', 'Too late.'));
    expect(await one).toMatchObject({ failure: { kind: 'timed-out' } });
  });

  it('cancels a call that waits without disturbing the others', async () => {
    const { run, sessions } = heldPool(1);
    const stop = new AbortController();
    void run('one');
    const two = run('two', stop.signal);
    const three = run('three');
    stop.abort();
    expect(await two).toMatchObject({ failure: { kind: 'cancelled' } });
    expect(await run('four', stop.signal)).toMatchObject({ failure: { kind: 'cancelled' } });
    sessions[0].answer(reply(1));
    await settled();
    expect(sessions[0].taken).toEqual(['one', 'three']);
    sessions[0].answer(reply(3));
    expect(await three).toMatchObject({ ok: true });
  });

  it('tells the facts without waiting behind the calls of a session that runs', async () => {
    const { pool, run } = heldPool(1);
    expect(await pool.facts()).toEqual(succeed(facts));
    void run('stuck');
    expect(await pool.facts()).toEqual(succeed(facts));
  });

  it('settles every call when it closes, and takes none afterwards', async () => {
    const { pool, run, sessions } = heldPool(2);
    const calls = ['a', 'b', 'c', 'd'].map((script) => run(script));
    await pool.close();
    for (const answer of await Promise.all(calls)) {
      expect(answer).toMatchObject({ failure: { kind: 'cancelled' } });
    }
    expect(sessions.map((session) => session.isClosed)).toEqual([true, true]);
    expect(await run('e')).toMatchObject({ failure: { kind: 'cancelled' } });
    expect(await pool.facts()).toMatchObject({ failure: { kind: 'cancelled' } });
  });

  it('runs real processes side by side: a stuck, a dying and a flooding one cost nobody else an answer', async () => {
    const pool = openPool({ engine: standIn(), size: 3 });
    const scripts = ['stall', 'kill', 'flood 50', ...Array.from({ length: 20 }, () => 'echo')];
    const answers = await Promise.all(
      scripts.map((script) => pool.run({ script, deadlineMs: script === 'stall' ? 1_000 : 30_000 })),
    );
    await pool.close();
    expect(answers.map((answer) => (answer.ok ? 'ok' : answer.failure.kind))).toEqual([
      'timed-out',
      'exited',
      'too-large',
      ...Array.from({ length: 20 }, () => 'ok'),
    ]);
  }, 60_000);
});
