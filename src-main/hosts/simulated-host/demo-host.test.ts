import { describe, expect, test } from 'vitest';
import { observationNames } from '#shared/capture.ts';
import { readSnapshot } from '../../discovery/read-snapshot.ts';
import { readResource } from '../../platform/resources.ts';
import type { LookProgress } from '../host.ts';
import { demoHost, demoScenarios } from './demo-host.ts';
import { readScenario } from './read-scenario.ts';

function openDemo(id: string) {
  const host = demoHost(id);
  if (!host.ok) throw new Error(host.failure.message);
  return host.value;
}

async function look(id: string) {
  const capture = await openDemo(id).look();
  if (!capture.ok) throw new Error(capture.failure.message);
  return capture.value;
}

const ids = demoScenarios().map(({ id }) => id);

test('the hosts that the product promises are there, each with a heading and its story', () => {
  for (const id of [
    'iscsi-on-team',
    'converged-2012r2',
    'converged-set',
    'mpio-dedicated',
    'smb-stuck',
    'large',
  ]) {
    expect(ids).toContain(id);
  }
  for (const { title, story } of demoScenarios()) expect(`${title}${story}`).not.toBe('');
});

describe.each(ids)('%s', (id) => {
  test('renders, and the readers understand each item', async () => {
    const capture = await look(id);
    expect(Object.keys(capture.observations)).toHaveLength(observationNames.length);
    const { readings } = readSnapshot(capture);
    const unread = Object.entries(readings).filter(
      ([, reading]) => reading.status === 'ok' && reading.itemErrors.length > 0,
    );
    expect(unread).toEqual([]);
  });

  test('gives the same capture twice', async () => {
    expect(await look(id)).toEqual(await look(id));
  });
});

test('the large host is as large as it says', async () => {
  const { readings } = readSnapshot(await look('large'));
  const size = (reading: { status: string }) =>
    'records' in reading ? (reading.records as unknown[]).length : -1;
  const scenario = readScenario(readResource('scenarios/large.json'), 'large');
  expect(scenario.ok && scenario.value.adapters.length).toBe(32);
  expect(size(readings.IscsiSession)).toBe(64);
  // With the system disk.
  expect(size(readings.Disk)).toBe(41);
  expect(size(readings.MpioDisk)).toBe(40);
});

test('on the host where everything failed, nothing is ok', async () => {
  const { observations } = await look('everything-failed');
  expect(new Set(Object.values(observations).map((observation) => observation.status))).toEqual(
    new Set(['failed']),
  );
});

test('a look reports observation by observation', async () => {
  const seen: LookProgress[] = [];
  await openDemo('empty').look({ onProgress: (progress) => seen.push(progress) });
  expect(seen.filter(({ state }) => state === 'asking')).toHaveLength(observationNames.length);
  expect(seen.at(-1)).toMatchObject({ done: observationNames.length, total: observationNames.length });
});

test('a look can be cancelled', async () => {
  const stop = new AbortController();
  const result = await openDemo('empty').look({
    signal: stop.signal,
    onProgress: ({ done }) => {
      if (done === 3) stop.abort();
    },
  });
  expect(result).toMatchObject({ ok: false, failure: { kind: 'cancelled' } });
});

test('an unknown id fails with the ids that exist', () => {
  const host = demoHost('../large');
  expect(host).toMatchObject({ ok: false, failure: { kind: 'bad-request' } });
  expect(!host.ok && host.failure.remedy).toContain('iscsi-on-team');
});

test.each([
  ['not JSON', '{', 'is not JSON'],
  ['not a scenario', '[]', 'is not a scenario'],
  ['a misspelled name', JSON.stringify({ id: 'x', adaptors: [] }), 'is not a scenario'],
])('a scenario file that is %s is refused with its place', (_, json, message) => {
  const read = readScenario(json, 'x.json');
  expect(read).toMatchObject({ ok: false, failure: { kind: 'bad-file' } });
  expect(!read.ok && read.failure.message).toContain(message);
});

test('the place of a wrong value is named', () => {
  const json = readResource('scenarios/empty.json').replace('"wireless"', '"radio"');
  const read = readScenario(json, 'empty.json');
  expect(!read.ok && read.failure.message).toContain('adapters.1.kind');
});
