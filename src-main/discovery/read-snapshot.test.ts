import fc from 'fast-check';
import { describe, expect, expectTypeOf, test } from 'vitest';
import type { Capture } from '#shared/capture.ts';
import type { Reading, ReadObservationName, Snapshot } from '#shared/host/snapshot.ts';
import type { AnyProbe } from './define-probe.ts';
import { probes, requestedProbes } from './probes/index.ts';
import { readSnapshot } from './read-snapshot.ts';

type ListedName = (typeof probes | typeof requestedProbes)[number]['name'];

function captureOf(observations: unknown): Capture {
  const capture: unknown = {
    format: 'switchyard-capture',
    version: 1,
    tool: { name: 'switchyard', version: '0' },
    takenAt: '2026-11-22T17:00:00.000Z',
    host: { name: 'HV01', elevated: true },
    redacted: false,
    observations,
  };
  return capture as Capture;
}

const adapter = {
  Name: 'NIC1',
  InterfaceGuid: '{188C370D-AD90-46F3-8AD2-0C10AFB6490C}',
  InterfaceDescription: 'Intel(R) Ethernet Connection I350',
  InterfaceIndex: 4,
};

/** The reading of NetAdapter, given as the text that stands in a file. */
function adaptersOf(observation: string): Reading<unknown> {
  const parsed: unknown = JSON.parse(`{"NetAdapter":${observation}}`);
  return readSnapshot(captureOf(parsed)).readings.NetAdapter;
}

test('every observation that the model reads has a probe', () => {
  expectTypeOf<Exclude<ReadObservationName, ListedName>>().toEqualTypeOf<never>();
});

test('host and time are those of the capture', () => {
  const { host, takenAt } = readSnapshot(captureOf({}));
  expect({ host, takenAt }).toEqual({
    host: { name: 'HV01', elevated: true },
    takenAt: '2026-11-22T17:00:00.000Z',
  });
});

test('what was not asked says so', () => {
  const { readings } = readSnapshot(captureOf({}));
  const read: readonly AnyProbe[] = [...probes, ...requestedProbes];
  const names = read.filter(({ record, readAll }) => record !== undefined || readAll !== undefined);
  expect(Object.keys(readings)).toEqual(names.map(({ name }) => name));
  expect(new Set(Object.values(readings).map(({ status }) => status))).toEqual(new Set(['not-asked']));
});

test('an unavailable observation keeps its kind, its message and its detail', () => {
  const error = { kind: 'service-stopped', message: 'The service is not running.', detail: '1062' };
  expect(adaptersOf(JSON.stringify({ status: 'unavailable', durationMs: 1, error }))).toEqual({
    status: 'unavailable',
    error,
  });
});

test('property names fit in any case', () => {
  const data = [
    { name: 'NIC1', INTERFACEGUID: adapter.InterfaceGuid, interfacedescription: 'x', ifIndex: 4 },
  ];
  expect(adaptersOf(JSON.stringify({ status: 'ok', data }))).toMatchObject({
    records: [{ name: 'NIC1', interfaceIndex: 4 }],
    itemErrors: [],
  });
});

test('one object that stands alone is a list of one', () => {
  expect(adaptersOf(JSON.stringify({ status: 'ok', data: adapter }))).toMatchObject({
    records: [{ name: 'NIC1' }],
  });
});

test('an object without a key property is named with the property and its place; the others are read', () => {
  const data = [adapter, { ...adapter, Name: 'NIC2', InterfaceGuid: 'none' }, { InterfaceIndex: 9 }, 7, null];
  expect(adaptersOf(JSON.stringify({ status: 'ok', data }))).toMatchObject({
    records: [{ name: 'NIC1' }],
    itemErrors: [
      { item: 'NIC2', message: 'InterfaceGuid is not a GUID (object 2 of the answer).' },
      {
        message:
          'Name is missing, InterfaceGuid is missing, InterfaceDescription is missing (object 3 of the answer).',
      },
      { message: 'It is not an object (object 4 of the answer).' },
      { message: 'It is not an object (object 5 of the answer).' },
    ],
  });
});

describe('what is no observation fails and says why', () => {
  test.each([
    'null',
    '7',
    '"ok"',
    '[]',
    '{}',
    '{"status":"fine"}',
    '{"status":"ok"}',
    '{"status":"ok","data":"x"}',
  ])('%s', (observation) => {
    expect(adaptersOf(observation)).toMatchObject({ status: 'failed', error: { kind: 'bad-output' } });
  });
});

describe('hostile captures', () => {
  test('keys of the prototype are neither read nor set', () => {
    const reading = adaptersOf(
      `{"status":"ok","data":[{"__proto__":${JSON.stringify(adapter)},"constructor":{"prototype":{"Name":"x"}}}]}`,
    );
    expect(reading).toMatchObject({ status: 'ok', records: [] });
    expect(Object.hasOwn(Object.prototype, 'Name')).toBe(false);
    const inherited: unknown = JSON.parse('{"__proto__":{"NetAdapter":{"status":"ok","data":[]}}}');
    expect(readSnapshot(captureOf(inherited)).readings.NetAdapter).toEqual({ status: 'not-asked' });
  });

  test('a kind that nobody defined is "unexpected", also one that every object has', () => {
    for (const kind of ['constructor', '__proto__', 'broken', '', 7, null]) {
      expect(adaptersOf(JSON.stringify({ status: 'failed', error: { kind } }))).toMatchObject({
        status: 'failed',
        error: { kind: 'unexpected' },
      });
    }
  });

  test('nesting of any depth is passed over', () => {
    const deep = `${'['.repeat(5000)}${']'.repeat(5000)}`;
    const item = `${JSON.stringify(adapter).slice(0, -1)},"VlanID":${deep},"Extra":${deep}}`;
    expect(adaptersOf(`{"status":"ok","data":[${item}]}`)).toMatchObject({ records: [{ name: 'NIC1' }] });
  });

  test('no capture makes it throw', () => {
    const names = (probes as readonly AnyProbe[]).map(({ name }) => name);
    const properties = ['Name', 'IPAddress', 'ParentAdapter', 'FilterList', 'Members', 'Value', '__proto__'];
    const item = fc.dictionary(fc.constantFrom(...properties), fc.jsonValue());
    const observation = fc.oneof(
      fc.jsonValue(),
      fc.record({ status: fc.constantFrom('ok', 'failed'), data: fc.array(fc.oneof(item, fc.jsonValue())) }),
    );
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), observation), (observations) => {
        readSnapshot(captureOf(observations));
      }),
      { numRuns: 300 },
    );
    for (const observations of [null, undefined, 7, 'x', []]) {
      expectTypeOf(readSnapshot(captureOf(observations))).toEqualTypeOf<Snapshot>();
    }
  });
});
