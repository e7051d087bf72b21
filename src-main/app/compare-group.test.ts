/** A file that a window sends in pieces: compared whole, or refused with what is wrong, and never kept. */
import { gzipSync } from 'node:zlib';
import { afterEach, expect, it, vi } from 'vitest';
import type { Capture } from '#shared/capture.ts';
import {
  comparedPartBytes,
  comparedPieceBytes,
  mostComparedBytes,
  type ComparedFile,
} from '#shared/host-diff.ts';
import { succeed, type Result } from '#shared/result.ts';
import { demoCapture } from '../testing/demo-check.ts';
import { createApplication, type Application } from './application.ts';

const look = demoCapture('iscsi-on-team');
const hour = 3_600_000;
const at = (capture: Capture, ms: number): Capture => ({
  ...capture,
  takenAt: new Date(Date.parse(look.takenAt) + ms).toISOString(),
});
const bytesOf = (value: unknown): Buffer => Buffer.from(JSON.stringify(value), 'utf8');

afterEach(() => void vi.useRealTimers());

async function opened(): Promise<Application> {
  const app = createApplication({
    host: {
      source: 'demo',
      label: 'demo host',
      look: () => Promise.resolve(succeed(look)),
      close: () => Promise.resolve(),
    },
    shell: 'browser',
    log: () => undefined,
  });
  app.watch.lookAgain();
  await app.watch.settled();
  return app;
}

function partsOf(piece: Buffer): string[] {
  return Array.from({ length: Math.ceil(piece.length / comparedPartBytes) }, (_, part) =>
    piece.subarray(part * comparedPartBytes, (part + 1) * comparedPartBytes).toString('base64'),
  );
}

async function begin(app: Application, bytes: number): Promise<string> {
  const begun = (await app.call('compare.begin', { bytes })) as Result<{ uploadId: string }>;
  if (!begun.ok) throw new Error(begun.failure.message);
  return begun.value.uploadId;
}

async function compared(app: Application, file: Buffer): Promise<Result<ComparedFile>> {
  const uploadId = await begin(app, file.length);
  for (let index = 0; index * comparedPieceBytes < file.length; index += 1) {
    const piece = file.subarray(index * comparedPieceBytes, (index + 1) * comparedPieceBytes);
    const taken = await app.call('compare.piece', { uploadId, index, parts: partsOf(piece) });
    expect(taken).toEqual(succeed({ received: index * comparedPieceBytes + piece.length }));
  }
  return (await app.call('compare.finish', { uploadId })) as Result<ComparedFile>;
}

it('says which one is earlier, and what is different between them', async () => {
  const app = await opened();
  const other = at(demoCapture('mpio-dedicated'), -hour);
  expect(await compared(app, bytesOf(at(look, -hour)))).toMatchObject({
    value: { file: 'before', diff: { differences: [], after: { takenAt: look.takenAt } } },
  });
  const later = await compared(app, gzipSync(bytesOf(at(look, hour))));
  expect(later).toMatchObject({
    value: { file: 'after', diff: { before: { takenAt: look.takenAt }, differences: [] } },
  });
  const hosts = await compared(app, bytesOf({ ...other, host: { ...other.host, name: 'HV99' } }));
  expect(hosts).toMatchObject({
    value: { file: 'before', diff: { before: { host: 'HV99' }, after: { host: look.host.name } } },
  });
  expect(hosts.ok && hosts.value.diff.differences.length).toBeGreaterThan(0);
  expect(hosts.ok && hosts.value.diff.findings.come.map(({ rule }) => rule)).toContain('iscsi-on-team');
});

it('takes a file of several pieces, one request of which is below what a request may have', async () => {
  const app = await opened();
  const note = 'x'.repeat(2 * comparedPieceBytes + 7);
  expect(await compared(app, bytesOf({ ...look, note }))).toMatchObject({ ok: true });
  const piece = { parts: partsOf(Buffer.alloc(comparedPieceBytes)) };
  expect(JSON.stringify(piece).length).toBeLessThan(1e6);
});

it.each<[string, Buffer, RegExp]>([
  ['nothing', Buffer.alloc(0), /^The chosen file: the file is empty/],
  ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff]), /not a text file/],
  ['another file', bytesOf({ format: 'switchyard-plan' }), /not a capture file .*switchyard-plan/],
  ['a newer capture', bytesOf({ ...look, version: 99 }), /at version: .*version 99/],
  ['half a file', bytesOf(look).subarray(0, 5000), /ends in the middle/],
  ['half a packed file', gzipSync(bytesOf(look)).subarray(0, 3000), /packed content/],
  ['a packed bomb', gzipSync(Buffer.alloc(257 * 1024 * 1024, 0x20)), /larger than 256 MB unpacked/],
])('says of %s what is wrong', async (_what, file, reason) => {
  expect(await compared(await opened(), file)).toMatchObject({
    ok: false,
    failure: {
      kind: 'bad-file',
      message: expect.stringMatching(reason) as string,
      remedy: expect.any(String) as string,
    },
  });
});

it('takes no file beyond its size, and none before the first look', async () => {
  const app = await opened();
  expect(await app.call('compare.begin', { bytes: mostComparedBytes })).toMatchObject({ ok: true });
  expect(await app.call('compare.begin', { bytes: mostComparedBytes + 1 })).toMatchObject({
    failure: { kind: 'bad-file', message: 'The chosen file has 33 MB; a window takes up to 32 MB.' },
  });
  const early = createApplication({
    host: {
      source: 'demo',
      label: 'x',
      look: () => Promise.resolve(succeed(look)),
      close: () => Promise.resolve(),
    },
    shell: 'browser',
    log: () => undefined,
  });
  expect(await early.call('compare.begin', { bytes: 5 })).toMatchObject({ failure: { kind: 'refused' } });
});

const small = partsOf(Buffer.from('abc'));
it.each<[string, number, object]>([
  ['out of order', 3, { index: 1, parts: small }],
  ['of more than was announced', 2, { index: 0, parts: small }],
  ['that is not full and not the last', 6, { index: 0, parts: small }],
  ['that is no base64', 3, { index: 0, parts: ['a?=='] }],
  ['with a part that is too long', 3, { index: 0, parts: ['A'.repeat(4100)] }],
  ['with too many parts', 3, { index: 0, parts: Array.from({ length: 161 }, () => 'AAAA') }],
  ['with a path', 3, { index: 0, parts: small, path: '/etc/passwd' }],
])('refuses a piece %s', async (_what, bytes, piece) => {
  const app = await opened();
  const uploadId = await begin(app, bytes);
  expect(await app.call('compare.piece', { uploadId, ...piece })).toMatchObject({
    ok: false,
    failure: { kind: 'bad-request' },
  });
  expect(await app.call('compare.finish', { uploadId })).toMatchObject({ ok: false });
});

it('keeps one file, and that one until it is answered or nothing more comes', async () => {
  const app = await opened();
  const gone = { ok: false, failure: { kind: 'refused' } };
  const first = await begin(app, 3);
  const second = await begin(app, 3);
  expect(await app.call('compare.piece', { uploadId: first, index: 0, parts: small })).toMatchObject(gone);
  expect(await app.call('compare.piece', { uploadId: second, index: 0, parts: small })).toMatchObject({
    ok: true,
  });
  expect(await app.call('compare.finish', { uploadId: second })).toMatchObject({
    failure: { kind: 'bad-file' },
  });
  expect(await app.call('compare.finish', { uploadId: second })).toMatchObject(gone);
  vi.useFakeTimers();
  const third = await begin(app, 3);
  vi.advanceTimersByTime(60_001);
  expect(await app.call('compare.piece', { uploadId: third, index: 0, parts: small })).toMatchObject(gone);
});
