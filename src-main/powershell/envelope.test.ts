import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { maximumBytes, openEnvelope } from './envelope.ts';

const pack = (value: unknown): string => gzipSync(JSON.stringify(value)).toString('base64');
const plain = { status: 'ok', durationMs: 12, data: [], errors: [], warnings: [] };
const error = {
  message: 'Zugriff verweigert',
  id: 'HRESULT 0x80041003',
  category: 'PermissionDenied',
  exception: 'Microsoft.Management.Infrastructure.CimException',
  hresult: -2146233088,
  nativeError: 2,
  command: 'Get-NetAdapter',
};

describe('an envelope', () => {
  it('gives the data, the warnings and the errors without the fields that say nothing', async () => {
    const data = [{ Name: 'LAN-Verbindung ß İ 中文 🙂' }, 1, null];
    expect(
      await openEnvelope(
        pack({ ...plain, data, errors: [{ ...error, target: '', kind: null }], warnings: ['w'] }),
      ),
    ).toEqual({
      ok: true,
      value: { durationMs: 12, data, errors: [error], warnings: ['w'] },
    });
  });

  it('gives the error that ended the script', async () => {
    const reply = await openEnvelope(pack({ ...plain, status: 'failed', fatal: { message: 'end' } }));
    expect(reply).toMatchObject({ ok: true, value: { fatal: { message: 'end' } } });
  });

  it.each([
    ['no base64 of gzip', Buffer.from('plain').toString('base64'), 'bad-output'],
    ['a gzip that is cut off', pack(plain).slice(0, 40), 'bad-output'],
    ['half a JSON', gzipSync('{"status":"ok"').toString('base64'), 'bad-output'],
    ['data that is not a list', pack({ ...plain, data: {} }), 'bad-output'],
    ['no duration', pack({ ...plain, durationMs: null }), 'bad-output'],
    ['an unknown status', pack({ ...plain, status: 'fine' }), 'bad-output'],
    ['a failure without its error', pack({ ...plain, status: 'failed' }), 'bad-output'],
    ['what PowerShell found too large', pack({ ...plain, status: 'too-large', bytes: 99 }), 'too-large'],
  ])('of %s is a failure', async (_name, payload, kind) => {
    expect(await openEnvelope(payload)).toMatchObject({ ok: false, failure: { kind } });
  });

  it('tells the two limits apart', async () => {
    const status = 'too-large';
    expect(await openEnvelope(pack({ ...plain, status, bytes: 1, isTooLargePacked: true }))).toMatchObject({
      failure: { message: "PowerShell's answer is larger than 8 MB." },
    });
    expect(await openEnvelope(pack({ ...plain, status, bytes: 1, isTooLargePacked: false }))).toMatchObject({
      failure: { message: "PowerShell's answer is larger than 64 MB." },
    });
  });

  it('stops unpacking at the limit, however small the packed form is', async () => {
    const bomb = gzipSync(Buffer.alloc(maximumBytes + 1, 0x20)).toString('base64');
    expect(bomb.length).toBeLessThan(100_000);
    expect(await openEnvelope(bomb)).toMatchObject({ ok: false, failure: { kind: 'too-large' } });
  });
});
