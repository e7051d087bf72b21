import { rule } from './iscsi-same-pair-twice.rule.ts';
import { describe, expect, it } from 'vitest';
import { readSnapshot } from '../discovery/read-snapshot.ts';
import { hostWith } from '../testing/host-with.ts';
import { factsFrom, failed, testRule } from '../testing/rule-cases.ts';
import { iqn, session, smbTwoAdapters, twoIscsiAdapters } from '../testing/storage-hosts.ts';
import { runRules } from './run-rules.ts';

const twice = (disks = [1]) => ({
  ...twoIscsiAdapters,
  disks: [{ number: 1 }, { number: 2 }],
  mpio: { disks: [] },
  iscsi: {
    ...twoIscsiAdapters.iscsi,
    sessions: [...twoIscsiAdapters.iscsi.sessions, session('10.0.10.11', '10.0.10.101', { disks })],
  },
});

testRule(rule, {
  reports: {
    'two sessions between the same two addresses': {
      host: twice(),
      severity: 'info',
      message: `2 iSCSI sessions to ${iqn} run over the same pair of addresses (10.0.10.11 to 10.0.10.101) and lead to the same disk: 1 of them adds no link.`,
      subjects: [iqn],
      evidence: { surplusSessions: 1 },
    },
  },
  staysSilent: {
    'a pair for each session': { host: twoIscsiAdapters },
    'sessions of one pair to different disks': { host: twice([2]) },
  },
  notApplicable: { 'a host without iSCSI': { host: smbTwoAdapters } },
  notEvaluated: { 'denied connections': { host: twice(), change: failed('IscsiConnection') } },
});

describe('a vendor that asks for many sessions', () => {
  it('makes them right', () => {
    const profile = { id: 'x', name: 'X', source: 'X', values: {}, sessionsPerTarget: 32 };
    const { rules } = runRules(factsFrom(readSnapshot(hostWith(twice()))), [rule], { profile });
    expect(rules[0]?.result).toBe('fine');
  });
});
