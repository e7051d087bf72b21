import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { captureFormat, captureVersion, type Capture } from '#shared/capture.ts';
import { contract } from '#shared/contract.ts';
import type { HostState } from '#shared/host-state.ts';
import { succeed, type Result } from '#shared/result.ts';
import type { Host } from '../hosts/host.ts';
import { createApplication, requestSchemas, type Application } from './application.ts';

const capture: Capture = {
  format: captureFormat,
  version: captureVersion,
  tool: { name: 'switchyard', version: '0' },
  takenAt: '2026-11-22T17:00:00.000Z',
  host: { name: 'HV01', elevated: true },
  redacted: false,
  observations: {},
};

function application(look: Host['look'] = () => Promise.resolve(succeed(capture))): {
  app: Application;
  log: ReturnType<typeof vi.fn<(line: string) => void>>;
} {
  const log = vi.fn<(line: string) => void>();
  const host: Host = { source: 'demo', label: 'demo host x', look, close: () => Promise.resolve() };
  return { app: createApplication({ host, shell: 'browser', log }), log };
}

const calls = Object.entries(contract).flatMap(([group, entries]) =>
  Object.entries(entries)
    .filter(([, { kind }]) => kind === 'invoke')
    .map(([name]) => [group, name] as const),
);

describe('the contract', () => {
  it.each(calls)('%s.%s has a schema that refuses unknown fields, and a handler', async (group, name) => {
    const { app } = application();
    const schemas = requestSchemas[group as keyof typeof requestSchemas] as Record<string, unknown>;
    expect(schemas[name]).toBeDefined();
    const refused = await app.call(`${group}.${name}`, {
      lookId: 'x',
      rule: 'y',
      name: 'Disk',
      from: 0,
      extra: 1,
    });
    expect(refused).toMatchObject({ ok: false, failure: { kind: 'bad-request' } });
  });

  it.each([
    'host.progress',
    'host',
    'host.',
    '.state',
    'host.constructor',
    '__proto__.x',
    '',
    'host.state.x',
    7,
    null,
    {},
  ])('has no call %j', async (name) => {
    const { app } = application();
    expect(await app.call(name, {})).toMatchObject({ ok: false, failure: { kind: 'bad-request' } });
  });

  it('names no command, script or path in any request', () => {
    const fields = Object.values(requestSchemas).flatMap((schemas) =>
      Object.values(schemas as Record<string, { shape?: object }>).flatMap(({ shape }) =>
        Object.keys(shape ?? {}),
      ),
    );
    expect([...new Set(fields)].sort()).toEqual([
      'answers',
      'bitsPerSecond',
      'bytes',
      'changes',
      'edit',
      'findings',
      'fixes',
      'format',
      'from',
      'guardSeconds',
      'id',
      'index',
      'intervalMs',
      'isPaused',
      'isRedacted',
      'lookId',
      'mostMoments',
      'name',
      'parts',
      'planHash',
      'positionMs',
      'rule',
      'runId',
      'seconds',
      'secrets',
      'sendsPackets',
      'shareId',
      'source',
      'speed',
      'streams',
      'subjectIds',
      'typed',
      'uploadId',
      'windowMs',
    ]);
  });
});

describe('a call', () => {
  it('gives a report of the last look, and none before there was one', async () => {
    const { app } = application();
    const wish = { format: 'markdown', isRedacted: false };
    expect(await app.call('report.make', wish)).toEqual({ ok: true, value: null });
    await app.call('host.lookAgain', {});
    await app.watch.settled();
    expect(await app.call('report.make', wish)).toMatchObject({
      ok: true,
      value: {
        name: expect.stringMatching(/^switchyard-report-HV01-[0-9-]+\.md$/) as string,
        mediaType: 'text/markdown',
        text: expect.stringMatching(/^# Storage paths of HV01\n/) as string,
      },
    });
  });

  it('gives the state of the host, and after a look its check', async () => {
    const { app } = application();
    expect(await app.call('host.state', {})).toMatchObject({ ok: true, value: { revision: 0 } });
    expect(await app.call('host.lookAgain', {})).toMatchObject({ ok: true });
    await app.watch.settled();
    const answer = (await app.call('host.state', {})) as Result<HostState>;
    expect(answer.ok && answer.value.check?.host.name).toBe('HV01');
  });

  it('for a page takes the id of a rule and nothing else', async () => {
    const { app } = application();
    for (const rule of ['../../package', 'iscsi-on-team.md', '', 'none', 'constructor']) {
      expect(await app.call('findings.page', { rule })).toMatchObject({
        ok: false,
        failure: { kind: 'bad-request' },
      });
    }
  });

  it('for what the host said takes the name of an observation and nothing else', async () => {
    const { app } = application();
    for (const name of ['Get-Disk', '../Disk', '', 'disk', 'constructor', 7]) {
      expect(await app.call('host.observation', { name, from: 0 })).toMatchObject({
        ok: false,
        failure: { kind: 'bad-request' },
      });
    }
    for (const from of [-1, 0.5, Number.NaN, '0']) {
      expect(await app.call('host.observation', { name: 'Disk', from })).toMatchObject({ ok: false });
    }
  });

  it('for what the host said is answered with null before the first look, and from its capture after it', async () => {
    const { app } = application();
    expect(await app.call('host.observations', {})).toEqual({ ok: true, value: null });
    expect(await app.call('host.records', {})).toEqual({ ok: true, value: null });
    await app.call('host.lookAgain', {});
    await app.watch.settled();
    expect(await app.call('host.observations', {})).toMatchObject({ ok: true, value: { observations: [] } });
    expect(await app.call('host.records', {})).toMatchObject({
      value: { adapters: { status: 'not-asked' } },
    });
    expect(await app.call('host.observation', { name: 'Disk', from: 0 })).toEqual({ ok: true, value: null });
  });

  it('for series of a look without samples says that there are none', async () => {
    const { app } = application();
    const ask = () => app.call('samples.series', { windowMs: 60_000 });
    expect(await ask()).toMatchObject({ ok: true, value: { status: 'none' } });
    await app.call('host.lookAgain', {});
    await app.watch.settled();
    const answer = await ask();
    expect(answer).toMatchObject({ ok: true, value: { status: 'none' } });
    expect(JSON.stringify(answer)).toContain('No traffic was recorded');
  });

  it('says who we are', async () => {
    const { app } = application();
    expect(await app.call('app.about', {})).toMatchObject({
      ok: true,
      value: { name: 'Switchyard', shell: 'browser' },
    });
  });

  it('cancels only what runs', async () => {
    const { app } = application();
    expect(await app.call('host.cancel', { lookId: 'none' })).toEqual({
      ok: true,
      value: { wasRunning: false },
    });
  });

  it('of any JSON is answered, never thrown', async () => {
    const { app } = application();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('host.cancel', 'findings.page', 'app.about', 'host.state'),
        fc.jsonValue(),
        async (name, request) => {
          expect(typeof (await app.call(name, request)).ok).toBe('boolean');
        },
      ),
    );
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  it('tells the window nothing of what went wrong inside, and the log all of it', async () => {
    const { app, log } = application(() => Promise.reject(new Error('cannot open C:\\secret\\place')));
    await app.call('host.lookAgain', {});
    await app.watch.settled();
    const text = JSON.stringify(await app.call('host.state', {}));
    expect(text).not.toContain('secret');
    const id = /error ([0-9a-f]{8})/.exec(text)?.[1] ?? 'none';
    expect(log.mock.calls[0]?.[0]).toContain(id);
    expect(log.mock.calls[0]?.[0]).toContain('secret');
  });
});
