import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Capture } from '#shared/capture.ts';
import type { Change, WhatIfAnswer } from '#shared/what-if.ts';
import { simulate } from '../app/what-if.ts';
import { readSnapshot } from '../discovery/read-snapshot.ts';
import type { Scenario } from '../hosts/simulated-host/scenario.ts';
import { buildModel } from '../path-graph/build-model.ts';
import { hostWith } from '../testing/host-with.ts';
import {
  convergedSet,
  iqn,
  iscsiOnTeam,
  session,
  smbTwoAdapters,
  twoIscsiAdapters,
} from '../testing/storage-hosts.ts';
import { readAddition, readFailure } from './read-change.ts';
import { failableThings } from './things.ts';

function changesOn(capture: Capture, fail: readonly string[], add: readonly string[] = []): Change[] {
  const model = buildModel(readSnapshot(capture));
  return [
    ...add.map((text) => readAddition(text, model)),
    ...fail.map((text) => readFailure(text, model)),
  ].map((read) => {
    if ('wrong' in read) throw new Error(read.wrong);
    return read.change;
  });
}

function whatIf(host: Partial<Scenario>, fail: readonly string[], add: readonly string[] = []): WhatIfAnswer {
  const capture = hostWith(host);
  return simulate(capture, 'demo', changesOn(capture, fail, add));
}

const first = '10.0.10.11,10.0.10.101';

describe('what fails', () => {
  it.each<[string, Partial<Scenario>, string[], RegExp]>([
    [
      'an adapter takes its session with it',
      twoIscsiAdapters,
      ['iSCSI1'],
      /^1 of 2 paths is left; .*hangs on/,
    ],
    ['a session goes alone', twoIscsiAdapters, [`session:${first}`], /^1 of 2 paths is left/],
    [
      'an address takes its session with it',
      twoIscsiAdapters,
      ['address:10.0.10.11'],
      /^1 of 2 paths is left/,
    ],
    [
      'a portal takes its sessions with it',
      twoIscsiAdapters,
      ['portal:10.0.20.101'],
      /^1 of 2 paths is left/,
    ],
    ['both adapters lose the target', twoIscsiAdapters, ['iSCSI1', 'iSCSI2'], /^Lost: none of its 2 paths/],
    ['the target itself is lost', twoIscsiAdapters, [`target:${iqn}`], /^Lost/],
    ['a member of a team leaves the session', iscsiOnTeam, ['NIC1'], /^Nothing changes\./],
    ['a team takes the session with it', iscsiOnTeam, ['team:Team1'], /^Lost/],
    ['every member takes the team with it', iscsiOnTeam, ['NIC1', 'NIC2', 'NIC3', 'NIC4'], /^Lost/],
    ['a vSwitch takes its vNICs with it', convergedSet, ['vswitch:Converged'], /^Lost/],
    ['a vNIC goes alone', convergedSet, ['vnic:iSCSI1'], /^1 of 2 paths is left/],
    ['a member of a SET leaves both sessions', convergedSet, ['pNIC1'], /now hangs on/],
    ['an adapter of SMB leaves the other', smbTwoAdapters, ['SMB1'], /paths? (is|are) left/],
    ['every adapter of SMB loses the server', smbTwoAdapters, ['SMB1', 'SMB2', 'LAN'], /^Lost/],
  ])('%s', (_, host, fail, text) => {
    const { comparison, changes } = whatIf(host, fail);
    expect(changes.every(({ refused }) => refused === undefined)).toBe(true);
    expect(comparison.targets.map((target) => target.text).join()).toMatch(text);
  });

  it('leaves a session that is bound to nothing to another adapter of the subnet, and says so', () => {
    const { comparison, notes, check } = whatIf(
      {
        ...twoIscsiAdapters,
        addresses: [
          { interface: 'iSCSI1', address: '10.0.10.11/24' },
          { interface: 'iSCSI2', address: '10.0.10.12/24' },
        ],
        iscsi: {
          targets: [{ iqn, portals: ['10.0.10.101'] }],
          sessions: [session(null, '10.0.10.101')],
        },
      },
      [],
    );
    expect(comparison.targets[0]?.fate).toBe('same');
    expect(notes).toEqual([]);
    const used = check.model.sessions[0]?.connections[0]?.interfaceId;
    const name = check.model.adapters.find(({ id }) => id === used)?.name ?? '';
    const moved = whatIf(
      {
        ...twoIscsiAdapters,
        addresses: [
          { interface: 'iSCSI1', address: '10.0.10.11/24' },
          { interface: 'iSCSI2', address: '10.0.10.12/24' },
        ],
        iscsi: {
          targets: [{ iqn, portals: ['10.0.10.101'] }],
          sessions: [session(null, '10.0.10.101')],
        },
      },
      [name],
    );
    expect(moved.comparison.targets[0]?.pathsAfter).toBe(1);
    expect(moved.notes.join()).toMatch(/bound to no address/);
  });

  it('calls up the standby member of a team', () => {
    const host: Partial<Scenario> = {
      ...iscsiOnTeam,
      lbfoTeams: [
        {
          name: 'Team1',
          members: ['NIC1', { name: 'NIC2', mode: 'Standby' }],
          teamingMode: 'SwitchIndependent',
          lbAlgorithm: 'Dynamic',
        },
      ],
    };
    const { check, comparison } = whatIf(host, ['NIC1']);
    expect(comparison.targets[0]?.pathsAfter).toBe(1);
    expect(check.model.teams[0]?.members.map(({ state }) => state)).toEqual(['Failed', 'Active']);
  });

  it('makes a waiting MPIO path carry once no other is left', () => {
    const host: Partial<Scenario> = {
      ...twoIscsiAdapters,
      mpio: { disks: [{ disk: 1, policy: 'FOO', pathStates: ['Active/Optimized', 'Standby'] }] },
    };
    const states = (fail: string[]) =>
      whatIf(host, fail)
        .check.model.disks.find(({ number }) => number === 1)
        ?.mpio?.paths.map(({ state }) => state);
    expect(states(['iSCSI1'])).toEqual(['Failed', 'Active/Optimized']);
    expect(states(['iSCSI2'])).toEqual(['Active/Optimized', 'Failed']);
  });

  it('takes away the disks that nothing leads to any more', () => {
    const { comparison } = whatIf(twoIscsiAdapters, ['iSCSI1', 'iSCSI2']);
    expect(comparison.lostDisks.map(({ name }) => name)).toEqual(['Disk 1']);
    expect(comparison.summary).toMatch(/would be lost, 1 disk would go/);
  });

  it('of an id that the host does not have is refused and changes nothing', () => {
    const capture = hostWith(twoIscsiAdapters);
    const { changes, comparison } = simulate(capture, 'demo', [{ change: 'fail', id: 'adapter:none' }]);
    expect(changes[0]?.refused).toMatch(/nothing of that id/);
    expect(comparison.targets.every(({ fate }) => fate === 'same')).toBe(true);
  });
});

describe('what is added', () => {
  it.each<[string, Partial<Scenario>, string[], RegExp]>([
    [
      'a session is one more path',
      twoIscsiAdapters,
      ['session:10.0.10.11,10.0.10.101'],
      /^3 paths instead of 2/,
    ],
    ['a portal alone is no path', twoIscsiAdapters, ['portal:10.0.10.102'], /^Nothing changes/],
    [
      'a NIC in a team is a member more',
      iscsiOnTeam,
      ['nic:NIC5,Team1,10G'],
      /Single stream 1 Gb\/s → 10 Gb\/s/,
    ],
    ['a vNIC alone is no path', convergedSet, ['vnic:iSCSI3,Converged,10.0.30.11/24'], /^Nothing changes/],
  ])('%s', (_, host, add, text) => {
    const { comparison, changes } = whatIf(host, [], add);
    expect(changes.flatMap(({ refused }) => refused ?? [])).toEqual([]);
    expect(comparison.targets.map((target) => target.text).join()).toMatch(text);
  });

  it('a vNIC can carry a session that is added after it', () => {
    const capture = hostWith(convergedSet);
    const { check, changes } = simulate(capture, 'demo', [
      ...changesOn(capture, [], ['vnic:iSCSI3,Converged,10.0.10.13/24']),
      { change: 'add-session', initiatorAddress: '10.0.10.13', portalAddress: '10.0.10.101' },
    ]);
    expect(changes.flatMap(({ refused }) => refused ?? [])).toEqual([]);
    expect(check.model.vnics.map(({ vnicName }) => vnicName)).toContain('iSCSI3');
    expect(check.graph.routes).toHaveLength(3);
    expect(check.graph.routes.every(({ unknownBecause }) => unknownBecause === undefined)).toBe(true);
  });

  it.each<[string, Change]>([
    [
      'from an address that the host does not have',
      { change: 'add-session', initiatorAddress: '10.9.9.9', portalAddress: '10.0.10.101' },
    ],
    [
      'to a portal that no target has',
      { change: 'add-session', initiatorAddress: '10.0.10.11', portalAddress: '10.9.9.9' },
    ],
    [
      'to a loopback address',
      { change: 'add-session', initiatorAddress: '10.0.10.11', portalAddress: '127.0.0.1' },
    ],
    [
      'with an address that is there',
      { change: 'add-nic', name: 'X', to: { address: '10.0.10.11', prefixLength: 24 } },
    ],
    [
      'with a name that is there',
      { change: 'add-nic', name: 'iSCSI1', to: { address: '10.7.7.7', prefixLength: 24 } },
    ],
    ['to a team that is not there', { change: 'add-nic', name: 'X', to: { memberOf: 'team:none' } }],
    ['that is there', { change: 'add-portal', address: '10.0.10.101' }],
  ])('is refused %s', (_, change) => {
    expect(simulate(hostWith(twoIscsiAdapters), 'demo', [change]).changes[0]?.refused).toMatch(/\.$/);
  });
});

describe('a simulation', () => {
  const hosts = { twoIscsiAdapters, iscsiOnTeam, convergedSet, smbTwoAdapters };
  const known: { capture: Capture; ids: string[]; before: WhatIfAnswer }[] = [];
  beforeAll(() => {
    for (const host of Object.values(hosts)) {
      const capture = hostWith(host);
      const ids = [...failableThings(buildModel(readSnapshot(capture))).keys()];
      known.push({ capture, ids, before: simulate(capture, 'demo', []) });
    }
  });
  const failures = fc
    .integer({ min: 0, max: Object.keys(hosts).length - 1 })
    .chain((index) =>
      fc.record({ index: fc.constant(index), picks: fc.array(fc.nat(63), { maxLength: 5 }) }),
    );
  const at = (index: number) => {
    const found = known[index];
    if (found === undefined) throw new Error('No such host.');
    return found;
  };
  const changesFrom = (index: number, picks: readonly number[]): Change[] => {
    const { ids } = at(index);
    return [...new Set(picks.map((pick) => ids[pick % ids.length] ?? ''))].map((id) => ({
      change: 'fail',
      id,
    }));
  };

  it('of nothing changes nothing', () => {
    for (const { before } of known) {
      expect(before.comparison.targets.every(({ fate }) => fate === 'same')).toBe(true);
      expect(before.comparison.findings).toEqual({ come: [], go: [], differ: [] });
      expect(before.comparison.summary).toBe('Nothing that this tool looks at would change.');
    }
  });

  it(
    'never raises what one stream gets, adds no path and brings nothing back, whatever fails',
    { timeout: 60_000 },
    () => {
      fc.assert(
        fc.property(failures, ({ index, picks }) => {
          const { capture } = at(index);
          const { comparison } = simulate(capture, 'demo', changesFrom(index, picks));
          for (const target of comparison.targets) {
            expect(target.pathsAfter).toBeLessThanOrEqual(target.pathsBefore);
            for (const { before, after } of target.figures) {
              if (before !== null && after !== null) expect(after).toBeLessThanOrEqual(before);
            }
          }
        }),
        { numRuns: 60 },
      );
    },
  );

  it('does not hang on the order of what fails', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(failures, ({ index, picks }) => {
        const { capture } = at(index);
        const changes = changesFrom(index, picks);
        const one = simulate(capture, 'demo', changes);
        const other = simulate(capture, 'demo', changes.toReversed());
        expect(other.check).toEqual(one.check);
        expect(other.comparison).toEqual(one.comparison);
      }),
      { numRuns: 25 },
    );
  });

  it('loses every target once everything of it has failed', () => {
    for (const { capture, ids } of known) {
      const { comparison } = simulate(
        capture,
        'demo',
        ids.map((id) => ({ change: 'fail', id })),
      );
      expect(comparison.targets.map(({ fate }) => fate)).toEqual(comparison.targets.map(() => 'lost'));
    }
  });

  it('leaves the capture as it was, so that taking the changes back brings all back', () => {
    for (const { capture, ids, before } of known) {
      const copy = structuredClone(capture);
      simulate(
        capture,
        'demo',
        ids.map((id) => ({ change: 'fail', id })),
      );
      expect(capture).toEqual(copy);
      expect(simulate(capture, 'demo', []).check).toEqual(before.check);
    }
  });
});
