import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { captureFormat, captureVersion, type Capture } from '#shared/capture.ts';
import type { Result } from '#shared/result.ts';
import type { Sample } from '#shared/sample.ts';
import { readCaptureFile, writeCaptureFile } from './capture-file.ts';
import { createRecording, openRecording } from './recording-file.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'switchyard-recording-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const capture: Capture = {
  format: captureFormat,
  version: captureVersion,
  tool: { name: 'switchyard', version: '0' },
  takenAt: '2026-11-22T17:00:00.000Z',
  host: { name: 'HV01 "Nord"', elevated: true },
  redacted: false,
  observations: { NetAdapter: { status: 'ok', durationMs: 1, data: [{ Name: 'ñ}]' }] } },
};

function sample(second: number): Sample {
  return {
    at: new Date(1e12 + second * 1000).toISOString(),
    ticks: { A: second * 1000 },
    counters: { A: [{ Instance: 'NIC "1"\n', ReceivedBytes: second }] },
  };
}

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.failure.message);
  return result.value;
}

async function samplesIn(file: string): Promise<readonly Sample[]> {
  const samples: Sample[] = [];
  for await (const one of valueOf(await openRecording(file)).samples()) samples.push(one);
  return samples;
}

describe.each(['x.capture.json.gz', 'x.capture.json'])('a recording in %s', (name) => {
  const file = path.join(folder, name);

  it('is a whole capture after every sample, as after a crash', async () => {
    const recording = valueOf(await createRecording(file, { ...capture, samples: [sample(99)] }));
    expect(valueOf(await readCaptureFile(file))).toEqual({ ...capture, samples: [] });
    for (const second of [0, 1, 2]) {
      expect(await recording.append(sample(second))).toEqual({ ok: true, value: undefined });
      const read = valueOf(await readCaptureFile(file));
      expect(read.samples).toEqual([0, 1, 2].slice(0, second + 1).map(sample));
      expect(read.observations).toEqual(capture.observations);
    }
    await recording.close();
    expect(await samplesIn(file)).toEqual([0, 1, 2].map(sample));
    const opened = valueOf(await openRecording(file));
    expect(opened.capture).toEqual(capture);
    expect(await opened.lengthMs()).toBe(2000);
  });

  it('that was cut off keeps its whole samples', async () => {
    const cut = path.join(folder, `cut-${name}`);
    const recording = valueOf(await createRecording(cut, capture));
    for (let second = 0; second < 5; second += 1) await recording.append(sample(second));
    await recording.close();
    truncateSync(cut, statSync(cut).size - (name.endsWith('.gz') ? 60 : 20));
    const left = await samplesIn(cut);
    expect(left.length).toBeGreaterThan(2);
    expect(left).toEqual([0, 1, 2, 3, 4].slice(0, left.length).map(sample));
  });
});

it('reads the samples of any other capture as well', async () => {
  const file = path.join(folder, 'plain.json');
  await writeCaptureFile(file, { ...capture, samples: [sample(0), sample(3)] });
  expect(await samplesIn(file)).toEqual([sample(0), sample(3)]);
  expect(await valueOf(await openRecording(file)).lengthMs()).toBe(3000);
});

it.each([
  ['a folder that is not there', path.join(folder, 'no', 'x.gz')],
  ['a folder', folder],
])('says why it cannot be written into %s', async (_, file) => {
  expect(await createRecording(file, capture)).toMatchObject({ ok: false, failure: { kind: 'bad-file' } });
});

it.each([
  ['no file', path.join(folder, 'none')],
  ['a text', path.join(folder, 'text')],
])('says what is wrong with %s', async (_, file) => {
  if (file.endsWith('text')) writeFileSync(file, 'hello\n"samples":[\n');
  expect(await openRecording(file)).toMatchObject({ ok: false, failure: { kind: 'bad-file' } });
});

it('is read by what takes captures, line ends and all', () => {
  expect(JSON.parse(readFileSync(path.join(folder, 'x.capture.json'), 'utf8'))).toMatchObject({
    format: captureFormat,
  });
});
