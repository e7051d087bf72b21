import { describe, expect, it } from 'vitest';
import { readSnapshot } from '../discovery/read-snapshot.ts';
import { hostWith } from '../testing/host-with.ts';
import { factsFrom, failed, testRule, withoutProperty } from '../testing/rule-cases.ts';
import {
  fibreChannel,
  iqn,
  session,
  smbTwoAdapters,
  twoIscsiAdapters,
  unequal,
} from '../testing/storage-hosts.ts';
import { rule } from './mpio-failover-only.rule.ts';
import { runRules } from './run-rules.ts';

const failover = { ...twoIscsiAdapters, mpio: { disks: [{ disk: 1, policy: 'FOO' }] } } as const;

testRule(rule, {
  reports: {
    'two optimized paths of which one is used': {
      host: failover,
      severity: 'warning',
      message:
        'Disk 1 uses failover only: one path carries everything, while 2 paths are active and optimized.',
      subjects: ['Disk 1'],
      evidence: { disks: [1], optimizedPaths: [2], policy: 'FOO' },
    },
    'Fibre Channel just the same': {
      host: {
        ...fibreChannel,
        mpio: { disks: [{ ...unequal, policy: 'FOO' }] },
      },
      severity: 'warning',
      message: /2 paths are active and optimized/,
    },
  },
  staysSilent: {
    'round robin': { host: twoIscsiAdapters },
    'one optimized path, the others stand by (unequal paths, metro cluster)': {
      host: {
        ...failover,
        mpio: { disks: [{ disk: 1, policy: 'FOO', pathStates: ['Active/Optimized', 'Standby'] }] },
      },
    },
    'a storage appliance on this very host, whose local path is right': {
      host: {
        ...failover,
        iscsi: {
          targets: [{ iqn, portals: ['10.0.10.11', '10.0.20.101'] }],
          sessions: [session('10.0.10.11', '10.0.10.11'), session('10.0.20.11', '10.0.20.101')],
        },
      },
    },
    'failover only as the default alone': {
      host: { ...twoIscsiAdapters, mpio: { ...twoIscsiAdapters.mpio, globalPolicy: 'FOO' } },
    },
  },
  notApplicable: {
    "disks that a vendor's module holds": {
      host: { ...failover, mpio: { disks: [{ disk: 1, policy: 'FOO', dsm: 'PowerPath DSM' }] } },
    },
    'a host without MPIO': { host: smbTwoAdapters, reason: /not installed/ },
    'MPIO without a disk': { host: { ...twoIscsiAdapters, mpio: { disks: [] } } },
  },
  notEvaluated: {
    'a policy that is not told': { host: failover, change: withoutProperty('MpioDisk', 'LoadBalancePolicy') },
    'paths without a state': {
      host: failover,
      change: (capture) => withoutProperty('MpioDisk', 'Paths')(capture),
    },
    'a denied MPIO': { host: failover, change: failed('MpioDisk') },
  },
});

describe('a vendor that asks for failover only', () => {
  it('makes it right', () => {
    const facts = factsFrom(readSnapshot(hostWith(failover)));
    const profile = { id: 'x', name: 'X', source: 'X', values: {}, policies: ['FOO'] as const };
    expect(runRules(facts, [rule], { profile }).rules[0]?.result).toBe('fine');
  });
});
