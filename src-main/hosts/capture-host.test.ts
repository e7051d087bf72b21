import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { captureFormat, type Capture } from '#shared/capture.ts';
import { writeCaptureFile } from '../discovery/capture-file.ts';
import { captureHost } from './capture-host.ts';
import type { LookProgress } from './host.ts';

const folder = mkdtempSync(join(tmpdir(), 'switchyard-capture-host-'));
afterAll(() => rmSync(folder, { recursive: true }));

const capture: Capture = {
  format: captureFormat,
  version: 1,
  tool: { name: 'switchyard', version: '1' },
  takenAt: '2026-11-22T17:00:00.000Z',
  host: { name: 'HV01', elevated: true },
  redacted: true,
  observations: {
    NetAdapter: { status: 'ok', durationMs: 1, data: [] },
    Cluster: { status: 'failed', durationMs: 1, error: { kind: 'timed-out', message: '...' } },
  },
};

describe('captureHost', () => {
  it('answers with the capture in the file and tells what is in it', async () => {
    const path = join(folder, 'hv01.capture.json.gz');
    await writeCaptureFile(path, capture);
    const progress: LookProgress[] = [];
    const host = captureHost(path);
    expect(host).toMatchObject({ source: 'capture', label: 'hv01.capture.json.gz' });
    expect(await host.look({ onProgress: (step) => progress.push(step) })).toEqual({
      ok: true,
      value: capture,
    });
    expect(progress).toEqual([
      { observation: 'NetAdapter', state: 'ok', done: 1, total: 2 },
      { observation: 'Cluster', state: 'failed', done: 2, total: 2 },
    ]);
    await host.close();
  });

  it('fails with the reason where the file cannot be read', async () => {
    const look = await captureHost(join(folder, 'none.json')).look();
    expect(look).toMatchObject({ ok: false, failure: { kind: 'bad-file' } });
  });

  it('answers cancelled where it was', async () => {
    const path = join(folder, 'hv02.capture.json');
    await writeCaptureFile(path, capture);
    expect(await captureHost(path).look({ signal: AbortSignal.abort() })).toMatchObject({
      ok: false,
      failure: { kind: 'cancelled' },
    });
  });
});
