import { describe, expect, it } from 'vitest';
import type { HostModel } from '#shared/host/host-model.ts';
import type { SeriesPoints } from '#shared/sample.ts';
import type { TargetCeilings } from '#shared/path-graph.ts';
import { demoCheck } from '../testing/demo-check.ts';
import { measuredRate } from './measured-rate.ts';

type Values = readonly (number | null)[];

function series(
  subjectId: string,
  direction: SeriesPoints['direction'],
  values: Values,
  more = {},
): SeriesPoints {
  return {
    id: `${subjectId}|${direction}`,
    subject: { id: subjectId, kind: 'session', name: subjectId },
    measure: 'throughput',
    unit: 'bytesPerSecond',
    direction,
    part: 'all',
    source: 'Counters',
    values,
    summary: { latest: null, p50: null, p95: null, p99: null, max: null },
    ...more,
  };
}

/** Two sessions of one target over the disk 1, of a demo host. */
const { model, targets } = demoCheck('mpio-dedicated');
const target = targets.find(({ kind }) => kind === 'iscsi') as TargetCeilings;
const sessions = model.sessions.filter(({ targetId }) => targetId === target.id);
const times = [0, 1000, 2000, 3000];

const of = (all: readonly SeriesPoints[], on: HostModel = model) =>
  measuredRate(target, on, { times, series: all });
const everySession = (read: Values, write: Values): SeriesPoints[] =>
  sessions.flatMap(({ id }) => [series(id, 'in', read), series(id, 'out', write)]);
const ofDisks = (read: Values, write: Values): SeriesPoints[] =>
  model.disks
    .filter(({ number }) => target.diskNumbers.includes(number))
    .flatMap(({ id }) => [series(id, 'read', read), series(id, 'write', write)]);

describe('the measured rate of a target', () => {
  it('is the sum over its sessions, in the direction that moved more', () => {
    expect(of(everySession([10, 20, 30, 40], [1, 1, 1, 1]))).toEqual({
      direction: 'read',
      median: 20 * sessions.length,
      p95: 40 * sessions.length,
      from: `Counted at ${sessions.length} iSCSI sessions (Counters), 4 samples over 3 seconds.`,
    });
    expect(of(everySession([1, 1, 1, 1], [10, 20, 30, 40]))?.direction).toBe('write');
  });

  it('leaves out moments at which one session has no rate', () => {
    const all = everySession([10, 20, 30, 40], [1, 1, 1, 1]);
    const [first, ...others] = all;
    if (first === undefined) throw new Error('The host has no sessions.');
    expect(of([{ ...first, values: [10, 20, 30, null] }, ...others])?.p95).toBe(30 * sessions.length);
  });

  it('is that of its disks where not every session has a counter', () => {
    const rate = of([
      ...everySession([1, 1, 1, 1], [1, 1, 1, 1]).slice(2),
      ...ofDisks([7, 7, 7, 7], [3, 3, 3, 3]),
    ]);
    expect(rate?.median).toBe(7 * target.diskNumbers.length);
    expect(rate?.from).toMatch(/^Counted at \d+ disks?/);
  });

  it('is not that of disks that sessions of another target lead to as well', () => {
    const shared = {
      ...model,
      sessions: model.sessions.map((one, at) => (at === 0 ? { ...one, targetId: 'another' } : one)),
    };
    expect(of(ofDisks([7, 7, 7, 7], [3, 3, 3, 3]), shared)).toBeUndefined();
  });

  it.each<[string, readonly SeriesPoints[]]>([
    ['no series', []],
    ['gaps alone', everySession([null, null, null, null], [null, null, null, null])],
    ['only queues', everySession([1, 1, 1, 1], [1, 1, 1, 1]).map((one) => ({ ...one, measure: 'queue' }))],
    [
      'only estimates',
      everySession([1, 1, 1, 1], [1, 1, 1, 1]).map((one) => ({ ...one, estimate: 'Guessed.' })),
    ],
    [
      'only what other sessions moved',
      [series('other', 'in', [1, 1, 1, 1]), series('other', 'out', [1, 1, 1, 1])],
    ],
  ])('is unknown with %s', (_what, all) => {
    expect(of(all)).toBeUndefined();
  });
});
