import { describe, expect, it } from 'vitest';
import { checkForTests } from './check-for-tests.ts';
import { renderCheckJson } from './check-json.ts';

const document = renderCheckJson(checkForTests);

describe('the JSON of a check', () => {
  it('says what it is and what it is about', () => {
    expect(document).toMatchObject({
      format: 'switchyard-check',
      version: 1,
      source: 'demo',
      host: 'HV01',
      takenAt: '2026-11-22T17:00:00.000Z',
      summary: { errors: 1, warnings: 1, infos: 0, notEvaluated: 1, waived: 0 },
    });
  });

  it('has each finding with its id, and of its subjects their identity alone', () => {
    expect(document.findings[0]).toEqual({
      id: 'iscsi-on-team@0011aabb',
      rule: 'iscsi-on-team',
      severity: 'error',
      title: 'iSCSI runs straight over an LBFO team',
      message: '1 session leaves through Team1, which has 4 members.',
      subjects: [
        { kind: 'team', id: 'team:Team1', name: 'Team1' },
        // Data stays data: escaping is for those who show it.
        { kind: 'adapter', id: 'adapter:NIC\u202E1', name: 'NIC\u202E1' },
      ],
      evidence: { memberCount: 4, linkBitsPerSecond: 1_000_000_000 },
      advice: 'Take two members out of the team.',
      fixes: [],
    });
  });

  it('has every rule with one of four results, and the reason where there is one', () => {
    expect(document.rules).toEqual([
      { rule: 'iscsi-on-team', result: 'findings' },
      { rule: 'single-session', result: 'findings' },
      {
        rule: 'mpio-missing',
        result: 'not-evaluated',
        reason: 'WindowsFeature failed: Access is denied.',
        remedy: 'Start Switchyard elevated.',
      },
      { rule: 'smb-teamed', result: 'not-applicable', reason: 'No SMB storage is used.' },
      { rule: 'same-member', result: 'fine' },
    ]);
  });

  it('has each target with its ceilings in bit/s; what is not known is null, and why', () => {
    const members = [
      { kind: 'adapter', id: 'adapter:NIC1', name: 'NIC1' },
      { kind: 'adapter', id: 'adapter:NIC2', name: 'NIC2' },
    ];
    expect(document.targets[0]).toEqual({
      kind: 'iscsi',
      id: 'iqn.2026-11.example:san01',
      name: 'iqn.2026-11.example:san01',
      aliases: [],
      routes: 1,
      disks: [3],
      shares: [],
      unit: 'bit/s',
      singleStreamCeiling: 1_000_000_000,
      singleStreamLimitedBy: [{ kind: 'adapter', id: 'adapter:NIC1', name: 'NIC1' }],
      oneCopyCeiling: 1_000_000_000,
      guaranteedCeiling: 1_000_000_000,
      guaranteedDirection: 'read',
      possibleCeiling: 2_000_000_000,
      possibleDirection: 'write',
      bounds: [],
      read: {
        guaranteed: 1_000_000_000,
        possible: 1_000_000_000,
        oneCopy: 1_000_000_000,
        now: 1_000_000_000,
        guaranteedHeldBack: { by: members, sentence: 'Reads arrive on one member.' },
        possibleHeldBack: { by: members, sentence: 'Reads arrive on one member.' },
      },
      write: {
        guaranteed: 1_000_000_000,
        possible: 2_000_000_000,
        oneCopy: 1_000_000_000,
        guaranteedHeldBack: { by: members, sentence: 'All may be on one member.' },
        possibleHeldBack: { by: members, sentence: 'Both members are in use.' },
      },
      afterFailover: [
        {
          after: 'after NIC1 has failed',
          read: { guaranteed: 1_000_000_000, possible: 1_000_000_000 },
          write: { guaranteed: 1_000_000_000, possible: 1_000_000_000 },
        },
      ],
      limitedBy: members,
      limitedByText: 'Both members are in use.',
      singlePointsOfFailure: [{ kind: 'team', id: 'team:Team1', name: 'Team1' }],
      sharedBehind: [
        {
          what: 'portal',
          shared: [{ kind: 'target-portal', id: 'target-portal:10.0.10.101:3260', name: '10.0.10.101:3260' }],
          between: [
            { kind: 'session', id: 'session:1', name: '1' },
            { kind: 'session', id: 'session:2', name: '2' },
          ],
          sentence: '2 sessions lead to the one address 10.0.10.101:3260.',
        },
      ],
      parts: [],
      assumptions: ["The target's own links are taken as unlimited."],
    });
    expect(document.targets[1]).toMatchObject({
      singleStreamCeiling: null,
      oneCopyCeiling: null,
      guaranteedCeiling: null,
      possibleCeiling: null,
      read: { guaranteed: null, possible: null },
      write: { guaranteed: null, possible: null },
      limitedBy: null,
      unknownBecause: 'Windows reports no speed for NIC3.',
    });
  });

  it('names the figures that are bounds, and the parts of a target that differ', () => {
    const [target] = checkForTests.targets;
    if (target === undefined) throw new Error('No target.');
    const possible = { bitsPerSecond: 5, isBound: true } as const;
    const part = { ...target, possible, of: [{ kind: 'disk', id: 'disk:3', name: 'Disk 3' }] } as const;
    const { targets } = renderCheckJson({ ...checkForTests, targets: [{ ...target, parts: [part] }] });
    expect(targets[0]).toMatchObject({
      bounds: [],
      parts: [
        {
          of: [{ kind: 'disk', id: 'disk:3', name: 'Disk 3' }],
          routes: 1,
          possibleCeiling: 5,
          bounds: ['possibleCeiling'],
        },
      ],
    });
  });

  it('comes through JSON as it is', () => {
    expect(JSON.parse(JSON.stringify(document))).toEqual(document);
  });
});
