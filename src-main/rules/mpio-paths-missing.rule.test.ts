import { failed, testRule, withoutProperty } from '../testing/rule-cases.ts';
import {
  convergedSet,
  fibreChannel,
  session,
  smbTwoAdapters,
  twoIscsiAdapters,
} from '../testing/storage-hosts.ts';
import { rule } from './mpio-paths-missing.rule.ts';

testRule(rule, {
  reports: {
    'a failed path': {
      host: {
        ...fibreChannel,
        mpio: {
          disks: [
            {
              disk: 1,
              policy: 'RRWS',
              pathStates: ['Active/Optimized', 'Failed', 'Active/Unoptimized', 'Active/Unoptimized'],
            },
          ],
        },
      },
      severity: 'warning',
      message: 'Disk 1 has 3 of 4 paths: 1 path failed.',
      subjects: ['Disk 1'],
      evidence: { livePaths: [3], expectedPaths: [4] },
    },
    'a session that lost its connection': {
      host: {
        ...twoIscsiAdapters,
        iscsi: {
          ...twoIscsiAdapters.iscsi,
          sessions: [
            session('10.0.10.11', '10.0.10.101'),
            session('10.0.20.11', '10.0.20.101', { isConnected: false, disks: [] }),
          ],
        },
      },
      severity: 'warning',
      message: /Disk 1 has 1 of 2 paths: 1 session to its target is not connected/,
      evidence: { sessionsNotConnected: 1 },
    },
    'fewer paths than sessions': {
      host: twoIscsiAdapters,
      change: (capture) => {
        const observation = capture.observations.MpioDisk;
        if (observation?.status !== 'ok') throw new Error('MpioDisk did not answer.');
        return {
          ...capture,
          observations: {
            ...capture.observations,
            MpioDisk: {
              ...observation,
              data: observation.data.map((item) => ({
                ...item,
                Paths: (item['Paths'] as unknown[]).slice(0, 1),
              })),
            },
          },
        };
      },
      severity: 'warning',
      message: 'Disk 1 has 1 of 2 paths: 2 sessions lead to it.',
    },
  },
  staysSilent: {
    'a path for each session': { host: twoIscsiAdapters },
    'the same over an embedded team': { host: convergedSet },
    'paths that stand by': { host: fibreChannel },
    'paths that the array holds back on purpose (unavailable)': {
      host: {
        ...fibreChannel,
        mpio: { disks: [{ disk: 1, policy: 'RRWS', pathStates: ['Active/Optimized', 'Unavailable'] }] },
      },
    },
  },
  notApplicable: { 'a host without MPIO': { host: smbTwoAdapters } },
  notEvaluated: {
    'a denied MPIO': { host: fibreChannel, change: failed('MpioDisk') },
    'paths that are not listed': { host: fibreChannel, change: withoutProperty('MpioDisk', 'Paths') },
    'denied sessions': { host: twoIscsiAdapters, change: failed('IscsiSession') },
  },
});
