import { describe, expect, it } from 'vitest';
import type { Capture, Observation, RawItem } from '#shared/capture.ts';
import { hostWith, withObservation } from '../testing/host-with.ts';
import { hostRecords, lookRecord, observationPart } from './observed.ts';

const answered = (data: readonly RawItem[]): Observation => ({ status: 'ok', durationMs: 7, data });
const withDisks = (data: readonly RawItem[]): Capture => withObservation(hostWith(), 'Disk', answered(data));
const large = (characters: number): RawItem => ({ Text: 'x'.repeat(characters) });

describe('an answer of the host', () => {
  it('is given as it came', () => {
    const data = [{ Number: 1, Odd: null, List: [{ a: 1 }] }];
    expect(observationPart(withDisks(data), 'Disk', 0)).toEqual({
      name: 'Disk',
      status: 'ok',
      durationMs: 7,
      itemErrors: [],
      items: data,
      from: 0,
      total: 1,
      tooLarge: 0,
    });
  });

  it('is null where it was not asked for, and an empty list where there is nothing', () => {
    const capture = withObservation(hostWith(), 'Disk', undefined);
    expect(observationPart(capture, 'Disk', 0)).toBeNull();
    expect(observationPart(withDisks([]), 'Disk', 0)).toMatchObject({ status: 'ok', items: [], total: 0 });
  });

  it('has its error where there was none', () => {
    const error = { kind: 'access-denied', message: 'Access denied.', detail: 'HRESULT 0x80041003' } as const;
    const capture = withObservation(hostWith(), 'Disk', { status: 'failed', durationMs: 3, error });
    expect(observationPart(capture, 'Disk', 0)).toMatchObject({
      status: 'failed',
      error,
      items: [],
      total: 0,
    });
  });

  it('comes in pieces that together are all of it, where it is large', () => {
    const data = Array.from({ length: 9 }, (_, number) => ({ ...large(300_000), number }));
    const capture = withDisks(data);
    const seen: RawItem[] = [];
    let pieces = 0;
    for (let from: number | undefined = 0; from !== undefined; pieces += 1) {
      const part = observationPart(capture, 'Disk', from);
      expect(part?.total).toBe(9);
      seen.push(...(part?.items ?? []));
      from = part?.next;
    }
    expect(seen).toEqual(data);
    expect(pieces).toBe(3);
  });

  it('leaves out and counts what alone is too large, and gets on', () => {
    const capture = withDisks([large(2_000_000), { Number: 2 }]);
    expect(observationPart(capture, 'Disk', 0)).toMatchObject({
      items: [{ Number: 2 }],
      tooLarge: 1,
      total: 2,
    });
  });

  it('has nothing behind its end', () => {
    const part = observationPart(withDisks([{ Number: 1 }]), 'Disk', 5);
    expect(part).toMatchObject({ items: [], total: 1 });
    expect(part?.next).toBeUndefined();
  });
});

describe('the record of a look', () => {
  it('names what was asked, how it ended, and what only a newer version knows', () => {
    const failed: Observation = {
      status: 'failed',
      durationMs: 9,
      error: { kind: 'timed-out', message: '-' },
    };
    const capture = withObservation(withDisks([{ Number: 1 }, { Number: 2 }]), 'Cluster', failed);
    const newer = { ...capture, observations: { ...capture.observations, QuantumLink: {}, constructor: {} } };
    const record = lookRecord(newer);
    expect(record.observations).toContainEqual({ name: 'Disk', status: 'ok', durationMs: 7, items: 2 });
    expect(record.observations).toContainEqual({ name: 'Cluster', status: 'failed', durationMs: 9 });
    expect(record.unknownNames).toEqual(['QuantumLink', 'constructor']);
  });
});

describe('the records beside a check', () => {
  it('are read from the same capture, and say where there are none', () => {
    const records = hostRecords(withObservation(hostWith(), 'Service', undefined));
    expect(records.services).toEqual({ status: 'not-asked' });
    expect(records.features.status === 'ok' && records.features.records.map(({ name }) => name)).toContain(
      'Hyper-V',
    );
  });
});
