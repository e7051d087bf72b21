import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { captureFormat, type Capture } from '#shared/capture.ts';
import type { Failure, Result } from '#shared/result.ts';
import { readCaptureFile, writeCaptureFile, type CaptureFileOptions } from './capture-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'switchyard-captures-'));
const isWindows = process.platform === 'win32';

const capture: Capture = {
  format: captureFormat,
  version: 1,
  tool: { name: 'switchyard', version: '1.0.0' },
  takenAt: '2026-11-22T17:00:00.000Z',
  host: { name: 'HV01', elevated: true, powershell: '5.1.20348.2849', languageMode: 'FullLanguage' },
  redacted: false,
  observations: {
    NetAdapter: {
      status: 'ok',
      durationMs: 412,
      data: [{ Name: 'Größe 日本 [1]', Speed: '18446744073709551615', VlanID: null }],
      itemErrors: [{ item: 'NIC2', message: 'kein Zugriff' }],
    },
    NetLbfoTeam: {
      status: 'unavailable',
      durationMs: 3,
      error: { kind: 'cmdlet-missing', message: '...', detail: 'CommandNotFoundException' },
    },
  },
  samples: [
    {
      at: '2026-11-22T17:00:01.000Z',
      ticks: { Class: 5 },
      counters: { Class: [{ Instance: 'a', Bytes: '1' }] },
      missing: { Other: { kind: 'timed-out', message: 'Late.' } },
    },
  ],
};

let next = 0;
function fileWith(content: string | Uint8Array, suffix = '.capture.json'): string {
  next += 1;
  const path = join(folder, `${next}${suffix}`);
  writeFileSync(path, content);
  return path;
}

function read(content: string | Uint8Array, options?: CaptureFileOptions): Promise<Result<Capture>> {
  return readCaptureFile(fileWith(content), options);
}

function failureOf<T>(result: Result<T>): Failure {
  expect(result.ok).toBe(false);
  return result.ok ? ({} as Failure) : result.failure;
}

/** The capture with one value replaced: `edited('observations.NetAdapter.status', 1)`. */
function edited(path: string, value: unknown): string {
  const copy = JSON.parse(JSON.stringify(capture)) as Record<string, unknown>;
  const names = path.split('.');
  const last = names.pop() ?? '';
  const owner = names.reduce((object, name) => object[name] as Record<string, unknown>, copy);
  owner[last] = value;
  return JSON.stringify(copy);
}

beforeAll(() => mkdir(join(folder, 'a-folder.json')));
afterAll(() => rmSync(folder, { recursive: true }));

describe('readCaptureFile', () => {
  const text = JSON.stringify(capture);
  const utf16le = Buffer.from(`\uFEFF${text}\r\n`, 'utf16le');

  it.each([
    ['plain', text],
    ['indented, with Windows line ends', JSON.stringify(capture, undefined, 2).replaceAll('\n', '\r\n')],
    ['with a byte order mark', `\uFEFF${text}`],
    ['in UTF-16, little end first, as PowerShell redirects', utf16le],
    ['in UTF-16, big end first', Buffer.from(utf16le).swap16()],
    ['gzipped', gzipSync(text)],
    ['gzipped in two members', Buffer.concat([gzipSync(text.slice(0, 50)), gzipSync(text.slice(50))])],
  ])('reads a capture %s', async (_, content) => {
    expect(await read(content)).toEqual({ ok: true, value: capture });
  });

  it('keeps what it does not know', async () => {
    const newer = JSON.parse(edited('observations.NetFuture', { status: 'later', data: 1 })) as {
      observations: { NetAdapter: Record<string, unknown> };
    };
    newer.observations.NetAdapter['extra'] = [1];
    Object.assign(newer, { more: { x: 1 } });
    expect(await read(JSON.stringify(newer))).toEqual({ ok: true, value: newer });
  });

  it('gives what a lenient writer left out its neutral value', async () => {
    const lean = {
      format: captureFormat,
      version: 1,
      takenAt: '2026-11-22T17:00:00Z',
      host: { name: 'HV01', powershell: null },
      observations: { NetAdapter: { status: 'ok', data: [], itemErrors: null } },
    };
    expect(await read(JSON.stringify(lean))).toEqual({
      ok: true,
      value: {
        ...lean,
        tool: { name: 'unknown', version: 'unknown' },
        host: { name: 'HV01', elevated: false },
        redacted: false,
        observations: { NetAdapter: { status: 'ok', durationMs: 0, data: [] } },
      },
    });
  });

  it('takes a kind of a later format for an observation that is missing all the same', async () => {
    const result = await read(edited('observations.NetLbfoTeam.error.kind', 'eaten-by-mice'));
    expect(result).toMatchObject({
      ok: true,
      value: { observations: { NetLbfoTeam: { status: 'unavailable', error: { kind: 'unexpected' } } } },
    });
  });

  it.each([
    ['version', '1', 'version'],
    ['version', 1.5, 'version'],
    ['takenAt', 'yesterday', 'takenAt'],
    ['host', null, 'host'],
    ['host.name', 5, 'host.name'],
    ['host.elevated', 'yes', 'host.elevated'],
    ['redacted', 'no', 'redacted'],
    ['tool', 'switchyard', 'tool'],
    ['observations', [], 'observations'],
    ['observations.NetAdapter', null, 'observations.NetAdapter'],
    ['observations.NetAdapter.status', 'fine', 'observations.NetAdapter.status'],
    ['observations.NetAdapter.status', undefined, 'observations.NetAdapter.status'],
    ['observations.NetAdapter.durationMs', '412', 'observations.NetAdapter.durationMs'],
    ['observations.NetAdapter.data', { Name: 'x' }, 'observations.NetAdapter.data'],
    ['observations.NetAdapter.data', ['x'], 'observations.NetAdapter.data[0]'],
    ['observations.NetAdapter.data', [{}, null], 'observations.NetAdapter.data[1]'],
    ['observations.NetAdapter.data', [[]], 'observations.NetAdapter.data[0]'],
    ['observations.NetAdapter.itemErrors', [{}], 'observations.NetAdapter.itemErrors[0].message'],
    ['observations.NetLbfoTeam.error', undefined, 'observations.NetLbfoTeam.error'],
    ['observations.NetLbfoTeam.error.kind', 7, 'observations.NetLbfoTeam.error.kind'],
    ['observations.NetLbfoTeam.status', 'ok', 'observations.NetLbfoTeam.data'],
    ['samples', {}, 'samples'],
    ['samples', [{ at: 'x', counters: {} }], 'samples[0].at'],
    ['samples', [{ at: '2026-11-22T17:00:01Z', ticks: { a: '5' }, counters: {} }], 'samples[0].ticks.a'],
  ])('refuses %s = %j and names the place %s', async (path, value, place) => {
    const failure = failureOf(await read(edited(path, value)));
    expect(failure.kind).toBe('bad-file');
    expect(failure.message).toContain(`.capture.json at ${place}: `);
    expect(failure.remedy).toBeTruthy();
  });

  it.each([
    ['a newer version', edited('version', 2), /at version: .*version 2.*reads version 1/],
    ['another format', edited('format', 'har'), /at format: .*not a capture file .*"har"/],
    ['foreign JSON', '{"a":1}', /at format: .*not a capture file/],
    ['a JSON list', '[1,2]', /not a capture file/],
    ['a JSON text', '"switchyard-capture"', /not a capture file/],
    ['an empty file', '', /empty/],
    ['blanks alone', ' \r\n\t ', /empty/],
    ['a truncated file', text.slice(0, 200), /at byte 200: the file ends in the middle, after 200 bytes/],
    ['a file cut off inside a text', text.slice(0, text.indexOf('HV01') + 2), /ends in the middle/],
    ['broken JSON', text.replace(':', ' '), /at character 10: this is not valid JSON/],
    ['something after the end', `${text}}`, /not valid JSON/],
    ['text that is no JSON', 'Windows PowerShell', /not valid JSON/],
    ['bytes that are no text', Buffer.from([0x80, 0xff, 0x00, 0x9c]), /UTF-8/],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d', 'hex'), /UTF-8/],
    ['a truncated gzip', gzipSync(text).subarray(0, 100), /ends in the middle of its packed/],
    ['a damaged gzip', Buffer.concat([gzipSync(text).subarray(0, 60), Buffer.alloc(60, 7)]), /packed/],
    ['a gzip in a gzip', gzipSync(gzipSync(text)), /UTF-8/],
    ['a list of 100 levels', `{"format":${'['.repeat(100)}${']'.repeat(100)}}`, /nested.*64 levels/],
    ['a depth bomb', '['.repeat(5_000_000), /at byte 64: .*nested/],
    ['a value bomb', `[${'[],'.repeat(7_000_000)}0]`, /more values than any capture/],
    [
      'a prototype key',
      text.replace('"Name"', '"__proto__"'),
      /at observations\.NetAdapter\.data\[0\]\.__proto__: /,
    ],
    ['an escaped prototype key', text.replace('"Name"', '"__pr\\u006fto__"'), /__proto__: a property/],
    ['a shadowed method', text.replace('"VlanID"', '"toString"'), /data\[0\]\.toString: /],
    [
      'a shadowed constructor',
      text.replace('"NetLbfoTeam"', '"constructor"'),
      /at observations\.constructor: /,
    ],
  ])('refuses %s', async (_, content, message) => {
    const failure = failureOf(await read(content));
    expect(failure.kind).toBe('bad-file');
    expect(failure.message).toMatch(message);
    expect(failure.message.startsWith(folder)).toBe(true);
    expect(failure.remedy).toBeTruthy();
  });

  it('stops a file, packed or not, at the size limit', async () => {
    const bomb = gzipSync(Buffer.alloc(40 * 1024 * 1024));
    const limit = { limitBytes: 2 * 1024 * 1024 };
    expect(failureOf(await read(bomb, limit)).message).toMatch(/larger than 2 MB unpacked/);
    expect(failureOf(await read(Buffer.alloc(limit.limitBytes + 1), limit)).message).toMatch(
      /larger than 2 MB/,
    );
    expect((await read(text, { limitBytes: text.length + 10 })).ok).toBe(true);
  });

  it('names a file that is not there, a folder, and a path that no system takes', async () => {
    expect(failureOf(await readCaptureFile(join(folder, 'none.json'))).message).toMatch(
      /none\.json: there is no such file/,
    );
    expect(failureOf(await readCaptureFile(join(folder, 'a-folder.json'))).message).toMatch(
      /a folder, not a file/,
    );
    const odd = failureOf(await readCaptureFile('a\0b\u202Ejson'));
    expect(odd.kind).toBe('bad-file');
    expect(odd.message).not.toMatch(/[\0\u202E]/);
  });

  it.skipIf(isWindows)('does not wait for a pipe or a device', async () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    expect(failureOf(await readCaptureFile(pipe)).message).toMatch(/not a regular file/);
    expect(failureOf(await readCaptureFile('/dev/zero')).message).toMatch(/not a regular file/);
  });

  it('answers for any damage to a file without a crash, and a failure always names the file', async () => {
    const bytes = Buffer.from(JSON.stringify(capture));
    const damage = fc.record({
      at: fc.nat(bytes.length - 1),
      byte: fc.integer({ min: 0, max: 255 }),
      cut: fc.option(fc.nat(bytes.length), { freq: 4 }),
      isPacked: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(damage, async ({ at, byte, cut, isPacked }) => {
        const whole = isPacked ? gzipSync(bytes) : Buffer.from(bytes);
        whole[at % whole.length] = byte;
        const result = await read(whole.subarray(0, cut ?? whole.length));
        if (!result.ok) {
          expect(result.failure.kind).toBe('bad-file');
          expect(result.failure.message).toContain(folder);
        }
      }),
      { numRuns: 600, seed: 20261122 },
    );
  });

  it('answers for any JSON in the place of any value', async () => {
    const paths = ['format', 'version', 'tool', 'host', 'takenAt', 'observations', 'samples', 'redacted'];
    const inner = [
      'NetAdapter',
      'NetLbfoTeam',
      'NetAdapter.data',
      'NetAdapter.itemErrors',
      'NetLbfoTeam.error',
    ];
    const places = [...paths, ...inner.map((name) => `observations.${name}`)];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...places), fc.jsonValue({ maxDepth: 6 }), async (path, value) => {
        const result = await read(edited(path, value));
        if (!result.ok) expect(result.failure.kind).toBe('bad-file');
        else expect(result.value.format).toBe(captureFormat);
      }),
      { numRuns: 400, seed: 20261122 },
    );
  });
});

describe('writeCaptureFile', () => {
  it.each(['.capture.json', '.capture.json.gz', '.GZ'])('writes what is read again (%s)', async (suffix) => {
    const path = join(folder, `written${suffix}`);
    expect(await writeCaptureFile(path, capture)).toEqual({ ok: true, value: undefined });
    expect(await readCaptureFile(path)).toEqual({ ok: true, value: capture });
    expect(readFileSync(path)[0] === 0x1f).toBe(/gz$/i.test(suffix));
  });

  it('replaces an older file and leaves nothing beside it', async () => {
    const own = mkdtempSync(join(folder, 'own-'));
    const path = join(own, 'x.json');
    writeFileSync(path, 'older');
    expect((await writeCaptureFile(path, capture)).ok).toBe(true);
    expect(readdirSync(own)).toEqual(['x.json']);
  });

  it.skipIf(isWindows)('does not write through a link, and leaves its target alone', async () => {
    const own = mkdtempSync(join(folder, 'own-'));
    writeFileSync(join(own, 'precious'), 'untouched');
    symlinkSync(join(own, 'precious'), join(own, 'x.json'));
    const failure = failureOf(await writeCaptureFile(join(own, 'x.json'), capture));
    expect(failure.message).toMatch(/x\.json: this is a link/);
    expect(readFileSync(join(own, 'precious'), 'utf8')).toBe('untouched');
    expect(readdirSync(own).sort()).toEqual(['precious', 'x.json']);
  });

  it('names what cannot be written to', async () => {
    expect(failureOf(await writeCaptureFile(join(folder, 'a-folder.json'), capture)).message).toMatch(
      /a folder/,
    );
    const absent = failureOf(await writeCaptureFile(join(folder, 'none', 'x.json'), capture));
    expect(absent.message).toMatch(/x\.json could not be written: there is no such/);
    expect(absent.remedy).toBeTruthy();
  });

  it('leaves no half file where the capture cannot be written as JSON', async () => {
    const own = mkdtempSync(join(folder, 'own-'));
    const cyclic = { ...capture, observations: {} } as Record<string, unknown>;
    cyclic['observations'] = { NetAdapter: cyclic };
    const result = await writeCaptureFile(join(own, 'x.json'), cyclic as unknown as Capture);
    expect(failureOf(result).kind).toBe('bad-file');
    expect(readdirSync(own)).toEqual([]);
  });
});
