import { rule } from './iscsi-sessions-uneven.rule.ts';
import { failed, testRule, withoutProperty } from '../testing/rule-cases.ts';
import { iqn, session, smbTwoAdapters, twoIscsiAdapters } from '../testing/storage-hosts.ts';

const portals = ['10.0.10.101', '10.0.10.102', '10.0.20.101', '10.0.20.102'];
const sessions = [
  session('10.0.10.11', '10.0.10.101'),
  session('10.0.10.11', '10.0.10.102'),
  session('10.0.20.11', '10.0.20.101'),
];
const uneven = { ...twoIscsiAdapters, iscsi: { targets: [{ iqn, portals }], sessions } };

testRule(rule, {
  reports: {
    'two sessions by one adapter and one by the other': {
      host: uneven,
      severity: 'warning',
      message:
        'Disk 1 has 3 sessions used in turn, 2 by iSCSI1 and 1 by iSCSI2: with equal turns iSCSI1 holds the whole to 15 Gb/s of 20 Gb/s.',
      subjects: [iqn],
      evidence: { sessionsByInterface: [2, 1] },
    },
    'adapters of different speed, as a note': {
      host: {
        ...uneven,
        adapters: [
          { name: 'LAN', speed: 1e9 },
          { name: 'iSCSI1', speed: 10e9 },
          { name: 'iSCSI2', speed: 1e9 },
        ],
      },
      severity: 'info',
      message: /2 by iSCSI1 and 1 by iSCSI2\.$/,
    },
  },
  staysSilent: {
    'one session by each adapter': { host: twoIscsiAdapters },
    'two by each': {
      host: {
        ...uneven,
        iscsi: { ...uneven.iscsi, sessions: [...sessions, session('10.0.20.11', '10.0.20.102')] },
      },
    },
  },
  notApplicable: {
    'a policy that looks at the queues': {
      host: { ...uneven, mpio: { disks: [{ disk: 1, policy: 'LQD' }] } },
    },
    'a fourth session that is lost, which is a fault of its own': {
      host: {
        ...uneven,
        iscsi: {
          ...uneven.iscsi,
          sessions: [...sessions, session('10.0.20.11', '10.0.20.102', { isConnected: false, disks: [] })],
        },
      },
    },
    'a host without iSCSI': { host: smbTwoAdapters },
  },
  notEvaluated: {
    'denied connections': { host: uneven, change: failed('IscsiConnection') },
    'a policy that is not told': { host: uneven, change: withoutProperty('MpioDisk', 'LoadBalancePolicy') },
  },
});
