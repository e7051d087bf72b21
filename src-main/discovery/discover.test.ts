import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { observationNames, type Capture, type LookObservationName } from '#shared/capture.ts';
import { fail, observationFailureKinds, succeed, type Result } from '#shared/result.ts';
import { ChangedResource } from '../platform/resources.ts';
import type { ScriptReply, ScriptRequest, Shell, ShellFacts } from '../powershell/shell.ts';
import type { AnyProbe } from './define-probe.ts';
import { discover, type DiscoverOptions, type DiscoverProgress } from './discover.ts';

const names = observationNames.slice(0, 12);
const probes = names.map((name): AnyProbe => ({
  name,
  script: `probes/Get-${name}.ps1`,
  deadlineMs: name === 'Service' ? 90_000 : 60_000,
}));

const facts: ShellFacts = {
  version: '5.1.20348.2849',
  languageMode: 'FullLanguage',
  isElevated: true,
  is64Bit: true,
  computerName: 'HV01',
};

function reply(more: Partial<ScriptReply> = {}): Result<ScriptReply> {
  return succeed({ data: [], errors: [], warnings: [], durationMs: 5, ...more });
}

type Run = (
  name: LookObservationName,
  request: ScriptRequest,
) => Promise<Result<ScriptReply>> | Result<ScriptReply>;

/** A shell without a process: the script text is the name of its observation. */
class FakeShell implements Shell {
  readonly requests: ScriptRequest[] = [];
  mostAtOnce = 0;
  private atOnce = 0;
  private readonly answer: Run;
  private readonly start: () => Promise<Result<ShellFacts>>;

  constructor(answer: Run, start: () => Promise<Result<ShellFacts>> = () => Promise.resolve(succeed(facts))) {
    this.answer = answer;
    this.start = start;
  }

  readonly facts = () => this.start();
  readonly close = () => Promise.resolve();
  readonly run = async (request: ScriptRequest) => {
    this.requests.push(request);
    this.atOnce += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.atOnce);
    await Promise.resolve();
    const answer = await this.answer(request.script as LookObservationName, request);
    this.atOnce -= 1;
    return answer;
  };
}

const itemOf: Run = (name) => reply({ data: [{ Name: name }] });

async function look(shell: Shell, options: DiscoverOptions = {}): Promise<Capture> {
  const result = await discover(shell, {
    probes,
    now: () => new Date('2026-11-22T17:00:00Z'),
    tool: { name: 'switchyard', version: '9' },
    readScript: (path) => path.replace(/^probes\/Get-|\.ps1$/g, ''),
    ...options,
  });
  if (!result.ok) throw new Error(result.failure.message);
  return result.value;
}

/** The observation of one probe whose script answers so. */
async function observe(answer: Result<ScriptReply>, more: Partial<ShellFacts> = {}) {
  const shell = new FakeShell(
    () => answer,
    () => Promise.resolve(succeed({ ...facts, ...more })),
  );
  return (await look(shell, { probes: probes.slice(0, 1) })).observations.ComputerSystem;
}

describe('discover', () => {
  it('gathers the answers of all probes into one capture', async () => {
    const capture = await look(new FakeShell(itemOf));
    expect(capture).toMatchObject({
      format: 'switchyard-capture',
      version: 1,
      tool: { name: 'switchyard', version: '9' },
      takenAt: '2026-11-22T17:00:00.000Z',
      host: { name: 'HV01', elevated: true, powershell: '5.1.20348.2849', languageMode: 'FullLanguage' },
      redacted: false,
    });
    expect(Object.keys(capture.observations)).toEqual(names);
    expect(capture.observations.NetAdapter).toEqual({
      status: 'ok',
      durationMs: 5,
      data: [{ Name: 'NetAdapter' }],
    });
  });

  it('asks each question once, with its own deadline, and no more at once than the shell has processes', async () => {
    const shell = new FakeShell(itemOf);
    await look(shell, { sideBySide: 4 });
    expect(shell.requests.map(({ script }) => script).sort()).toEqual([...names].sort());
    expect(shell.mostAtOnce).toBe(4);
    const deadlines = new Map(shell.requests.map(({ script, deadlineMs }) => [script, deadlineMs]));
    expect(deadlines.get('Service')).toBe(90_000);
    expect(deadlines.get('NetAdapter')).toBe(60_000);
  });

  it('tells progress probe by probe', async () => {
    const progress: DiscoverProgress[] = [];
    const shell = new FakeShell((name) =>
      name === 'Service' ? fail('timed-out', 'No answer within 90 s.') : itemOf(name, {} as ScriptRequest),
    );
    await look(shell, { onProgress: (step) => progress.push(step) });
    for (const name of names) {
      const states = progress.filter(({ observation }) => observation === name).map(({ state }) => state);
      expect(states).toEqual(['asking', name === 'Service' ? 'failed' : 'ok']);
    }
    const ends = progress.filter(({ state }) => state !== 'asking').map(({ done }) => done);
    expect(ends).toEqual(names.map((_, index) => index + 1));
    expect(progress.every(({ total }) => total === names.length)).toBe(true);
  });

  it('keeps the objects that could be read and names those that could not', async () => {
    const errors = [
      { message: 'Der Adapter antwortet nicht.', target: 'NIC 7', category: 'DeviceError' },
      { message: '', category: 'PermissionDenied' },
    ];
    expect(await observe(reply({ data: [{ Name: 'NIC1' }], errors }))).toEqual({
      status: 'ok',
      durationMs: 5,
      data: [{ Name: 'NIC1' }],
      itemErrors: [
        { item: 'NIC 7', message: 'Der Adapter antwortet nicht.' },
        { message: 'Windows denied access.' },
      ],
    });
  });

  it('takes an empty answer for none, and a query without a match as well', async () => {
    const none = { status: 'ok', durationMs: 5, data: [] };
    const notFound = {
      message: 'Keine gefunden',
      id: 'CmdletizationQuery_NotFound_RemotePort,Get-NetTCPConnection',
    };
    expect(await observe(reply())).toEqual(none);
    expect(await observe(reply({ errors: [notFound] }))).toEqual(none);
    expect(await observe(reply({ fatal: notFound }))).toEqual(none);
  });

  it('never takes errors without objects for none, and names the most telling of them', async () => {
    const errors = [
      { message: 'etwas', id: 'Strange' },
      { message: 'verweigert', category: 'PermissionDenied', id: 'HRESULT 0x80070005,Get-X' },
    ];
    expect(await observe(reply({ errors }))).toEqual({
      status: 'failed',
      durationMs: 5,
      error: {
        kind: 'access-denied',
        message: 'Windows denied access.',
        detail: 'HRESULT 0x80070005,Get-X: verweigert',
      },
    });
    expect(await observe(reply({ errors }), { isElevated: false })).toMatchObject({
      status: 'failed',
      error: { kind: 'not-elevated' },
    });
  });

  it('does not take the beginning of a list for the whole when the script ended early', async () => {
    const answer = reply({ data: [{ Name: 'NIC1' }], fatal: { message: 'boom', id: 'Strange' } });
    expect(await observe(answer)).toMatchObject({ status: 'failed', error: { kind: 'script-error' } });
  });

  it('shows what the script itself said', async () => {
    const fatal = { message: 'The service MSiSCSI is stopped.', kind: 'service-stopped' };
    expect(await observe(reply({ fatal }))).toEqual({
      status: 'unavailable',
      durationMs: 5,
      error: { kind: 'service-stopped', message: 'The service MSiSCSI is stopped.' },
    });
  });

  it.each([[1], ['text'], [null], [[{ Name: 'x' }]]])(
    'refuses %j in the place of an object',
    async (item) => {
      expect(await observe(reply({ data: [{ Name: 'x' }, item] }))).toMatchObject({
        status: 'failed',
        error: { kind: 'bad-output', detail: expect.stringContaining('item 1 is') as string },
      });
    },
  );

  it.each(['start-failed', 'constrained-language', 'timed-out'] as const)(
    'says for every observation that the shell answers %s, without asking any',
    async (kind) => {
      const shell = new FakeShell(itemOf, () => Promise.resolve(fail(kind, 'Why.', { detail: 'exit 1' })));
      const progress: DiscoverProgress[] = [];
      const capture = await look(shell, { onProgress: (step) => progress.push(step) });
      expect(shell.requests).toEqual([]);
      expect(Object.keys(capture.observations)).toEqual(names);
      for (const observation of Object.values(capture.observations)) {
        expect(observation).toEqual({
          status: 'failed',
          durationMs: 0,
          error: { kind, message: 'Why.', detail: 'exit 1' },
        });
      }
      expect(progress.map(({ done }) => done)).toEqual(names.map((_, index) => index + 1));
      expect(capture.host.elevated).toBe(false);
      expect(capture.host.languageMode).toBe(
        kind === 'constrained-language' ? 'ConstrainedLanguage' : undefined,
      );
    },
  );

  it('holds a failure of one probe to that probe, whatever set of them fails and however', async () => {
    const baseline = await look(new FakeShell(itemOf));
    const ways = fc.constantFrom<Run>(
      ...observationFailureKinds.map(
        (kind): Run =>
          () =>
            fail(kind, 'x'),
      ),
      () => fail('bad-request', 'x'),
      () => Promise.reject(new Error('broken shell')),
      () => {
        throw new Error('broken shell');
      },
      () => reply({ fatal: { message: 'x', category: 'PermissionDenied' } }),
      () => reply({ errors: [{ message: 'x' }] }),
      () => reply({ data: [7] }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.subarray([...names]),
        fc.array(ways, { minLength: names.length, maxLength: names.length }),
        fc.integer({ min: 1, max: 8 }),
        async (failing, how, sideBySide) => {
          const shell = new FakeShell((name, request) =>
            failing.includes(name)
              ? (how[names.indexOf(name)] ?? itemOf)(name, request)
              : itemOf(name, request),
          );
          const capture = await look(shell, { sideBySide });
          for (const name of names) {
            if (failing.includes(name)) expect(capture.observations[name]?.status).not.toBe('ok');
            else expect(capture.observations[name]).toEqual(baseline.observations[name]);
          }
        },
      ),
      { numRuns: 200, seed: 20261122 },
    );
  });

  it('holds a script that cannot be read to its probe', async () => {
    const capture = await look(new FakeShell(itemOf), {
      readScript: (path) => {
        if (path.includes('NetAdapter.')) throw new Error('ENOENT');
        return path.replace(/^probes\/Get-|\.ps1$/g, '');
      },
    });
    expect(capture.observations.NetAdapter).toMatchObject({
      status: 'failed',
      error: { kind: 'unexpected', detail: 'Error: ENOENT' },
    });
    expect(capture.observations.Service?.status).toBe('ok');
  });

  it('runs no script that somebody changed after the build, and says so in its place', async () => {
    const capture = await look(new FakeShell(itemOf), {
      readScript: (path) => {
        if (path.includes('NetAdapter.')) throw new ChangedResource(path);
        return path.replace(/^probes\/Get-|\.ps1$/g, '');
      },
    });
    expect(capture.observations.NetAdapter).toMatchObject({
      status: 'failed',
      error: { kind: 'unexpected' },
    });
    expect(JSON.stringify(capture.observations.NetAdapter)).toContain(
      'is not the one that came with Switchyard',
    );
  });

  it('settles when it is cancelled, keeps what is there and says cancelled for the rest', async () => {
    const abort = new AbortController();
    const never = new Promise<Result<ScriptReply>>(() => undefined);
    const shell = new FakeShell((name) =>
      names.indexOf(name) < 3 ? itemOf(name, {} as ScriptRequest) : never,
    );
    const progress: DiscoverProgress[] = [];
    const looking = look(shell, {
      signal: abort.signal,
      onProgress: (step) => {
        progress.push(step);
        if (step.done === 3) setTimeout(() => abort.abort(), 5);
      },
    });
    const capture = await looking;
    const states = names.map((name) => capture.observations[name]);
    expect(states.slice(0, 3).map((each) => each?.status)).toEqual(['ok', 'ok', 'ok']);
    for (const each of states.slice(3)) {
      expect(each).toMatchObject({ status: 'failed', error: { kind: 'cancelled' } });
    }
    expect(shell.requests.length).toBe(6);
    expect(shell.requests.every(({ signal }) => signal === abort.signal)).toBe(true);
    expect(progress.at(-1)?.done).toBe(names.length);
  });

  it('settles when it is cancelled while PowerShell starts, or before', async () => {
    for (const isEarly of [true, false]) {
      const abort = new AbortController();
      if (isEarly) abort.abort();
      else setTimeout(() => abort.abort(), 5);
      const shell = new FakeShell(itemOf, () => new Promise(() => undefined));
      const capture = await look(shell, { signal: abort.signal });
      expect(Object.values(capture.observations).map((each) => each.status)).toEqual(
        names.map(() => 'failed'),
      );
      expect(shell.requests).toEqual([]);
    }
  });
});
