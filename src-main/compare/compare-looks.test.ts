/** Two looks at a host: what a person would call a change is one, and nothing else is. */
import { describe, expect, it } from 'vitest';
import type { Capture, Observation, ObservationName, RawItem } from '#shared/capture.ts';
import type { Difference } from '#shared/host-diff.ts';
import { compareCaptures } from '../app/compare-captures.ts';
import { listResources } from '../platform/resources.ts';
import { demoCapture } from '../testing/demo-check.ts';
import { withObservation } from '../testing/host-with.ts';

const demos = listResources('scenarios').map((file) => file.replace(/\.json$/, ''));

function changedItems(
  capture: Capture,
  name: ObservationName,
  change: (items: readonly RawItem[]) => readonly RawItem[],
): Capture {
  const observation = capture.observations[name];
  if (observation?.status !== 'ok') throw new Error(`${name} was not observed.`);
  return withObservation(capture, name, { ...observation, data: change(observation.data) });
}

function edited(name: ObservationName, where: Readonly<Record<string, unknown>>, edit: RawItem) {
  return (capture: Capture): Capture =>
    changedItems(capture, name, (items) =>
      items.map((item) =>
        Object.entries(where).every(([property, value]) => item[property] === value)
          ? { ...item, ...edit }
          : item,
      ),
    );
}

const inWords = ({ change, thing, fact, before, after }: Difference): string =>
  change === 'changed'
    ? `${thing.name}: ${fact ?? ''} ${before ?? ''} → ${after ?? ''}`
    : `${thing.name} ${change}`;

it.each(demos)('%s looked at twice shows no difference', (id) => {
  const capture = demoCapture(id);
  const diff = compareCaptures(capture, { ...capture, takenAt: '2026-02-01T00:00:00.000Z' });
  expect(diff).toMatchObject({ differences: [], targets: [], findings: { come: [], go: [], differ: [] } });
  expect(diff.summary).toBe('Nothing changed of what both looks saw.');
});

it('the order in which things are listed is no difference', () => {
  const capture = demoCapture('mpio-dedicated');
  const turned: Capture = {
    ...capture,
    observations: Object.fromEntries(
      Object.entries(capture.observations).map(([name, observation]: [string, Observation]) => [
        name,
        observation.status === 'ok' ? { ...observation, data: observation.data.toReversed() } : observation,
      ]),
    ),
  };
  const diff = compareCaptures(capture, turned);
  expect(diff.differences.map(inWords)).toEqual([]);
  expect(diff.targets).toEqual([]);
});

it('new numbers of sessions and connections after a restart are no difference', () => {
  const capture = demoCapture('mpio-dedicated');
  const renumber = (text: unknown): unknown =>
    typeof text === 'string' ? text.replace(/^ffff[0-9a-f]{12}/, 'ffffaaaaaaaaaaaa') : text;
  const restarted = (['IscsiSession', 'IscsiConnection', 'IscsiMcsPolicy'] as const).reduce(
    (one, name) =>
      changedItems(one, name, (items) =>
        items.map((item) => ({
          ...item,
          SessionIdentifier: renumber(item['SessionIdentifier']),
          ...('ConnectionIdentifier' in item && {
            ConnectionIdentifier: renumber(item['ConnectionIdentifier']),
          }),
        })),
      ),
    capture,
  );
  const diff = compareCaptures(capture, restarted);
  expect(diff.differences.map(inWords)).toEqual([]);
  expect(diff.targets).toEqual([]);
  expect([...diff.findings.come, ...diff.findings.go]).toEqual([]);
});

describe('a difference in the words of the domain', () => {
  it.each<[string, string, (capture: Capture) => Capture, string]>([
    [
      'a slower link',
      'iscsi-on-team',
      edited('NetAdapter', { Name: 'NIC2' }, { Speed: 100_000_000, LinkSpeed: '100 Mbps' }),
      'NIC2: link speed 1 Gb/s → 100 Mb/s',
    ],
    [
      'a new driver',
      'iscsi-on-team',
      edited('NetAdapter', { Name: 'NIC2' }, { DriverVersionString: '13.0.0.1' }),
      'NIC2: driver version 12.18.13.0 → 13.0.0.1',
    ],
    [
      'another algorithm',
      'iscsi-on-team',
      edited('NetLbfoTeam', {}, { LoadBalancingAlgorithm: 'HyperVPort' }),
      'Team1: algorithm Dynamic → HyperVPort',
    ],
    [
      'a stopped service',
      'iscsi-on-team',
      edited('Service', { Name: 'MSiSCSI' }, { StartType: 'Manual' }),
      'MSiSCSI: start Automatic → Manual',
    ],
    [
      'another policy',
      'mpio-dedicated',
      edited('MpioDisk', {}, { LoadBalancePolicy: 'FOO' }),
      'Disk 2: path policy RR → FOO',
    ],
  ])('%s', (_name, demo, change, expected) => {
    const capture = demoCapture(demo);
    expect(compareCaptures(capture, change(capture)).differences.map(inWords)).toContain(expected);
  });

  it('a session that is gone, with what that does to its target', () => {
    const capture = demoCapture('mpio-dedicated');
    let gone: unknown;
    const fewer = changedItems(
      changedItems(capture, 'IscsiSession', ([first, ...others]) => {
        gone = first?.['SessionIdentifier'];
        return others;
      }),
      'IscsiConnection',
      (items) => items.filter(({ SessionIdentifier }) => SessionIdentifier !== gone),
    );
    const diff = compareCaptures(capture, fewer);
    expect(diff.differences.filter(({ thing }) => thing.kind === 'session')).toMatchObject([
      {
        change: 'gone',
        thing: { name: expect.stringMatching(/^10\.0\.\d+\.\d+ → 10\.0\.\d+\.\d+/) as string },
      },
    ]);
    expect(diff.targets).toMatchObject([{ pathsBefore: 4, pathsAfter: 3 }]);
    expect(compareCaptures(fewer, capture).differences).toMatchObject([{ change: 'came' }]);
  });
});

it('what one look could not observe is not compared, and said so', () => {
  const capture = demoCapture('mpio-dedicated');
  const blind = withObservation(capture, 'IscsiSession', {
    status: 'failed',
    durationMs: 1,
    error: { kind: 'timed-out', message: 'No answer in 60 s.' },
  });
  const diff = compareCaptures(capture, blind);
  expect(diff.differences.filter(({ thing }) => thing.kind === 'session')).toEqual([]);
  expect(diff.notCompared).toContainEqual({
    what: 'iSCSI sessions',
    because: 'The later look could not observe IscsiSession.',
  });
});
