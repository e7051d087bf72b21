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
      summary: { errors: 1, warnings: 1, infos: 0, notEvaluated: 1 },
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
    expect(document.targets[0]).toEqual({
      kind: 'iscsi',
      id: 'iqn.2026-11.example:san01',
      name: 'iqn.2026-11.example:san01',
      aliases: [],
      routes: 1,
      disks: [3],
      shares: [],
      singleStreamCeiling: 1_000_000_000,
      singleStreamLimitedBy: [{ kind: 'adapter', id: 'adapter:NIC1', name: 'NIC1' }],
      oneCopyCeiling: null,
      guaranteedCeiling: null,
      possibleCeiling: null,
      read: { guaranteed: null, possible: null },
      write: { guaranteed: null, possible: null },
      unit: 'bit/s',
      unknownBecause: 'This version computes the single-stream ceiling only.',
      assumptions: ["The target's own links are taken as unlimited."],
      limitedBy: null,
      singlePointsOfFailure: [{ kind: 'team', id: 'team:Team1', name: 'Team1' }],
    });
    expect(document.targets[1]).toMatchObject({
      singleStreamCeiling: null,
      unknownBecause:
        'Windows reports no speed for NIC3. This version computes the single-stream ceiling only.',
    });
  });

  it('comes through JSON as it is', () => {
    expect(JSON.parse(JSON.stringify(document))).toEqual(document);
  });
});
