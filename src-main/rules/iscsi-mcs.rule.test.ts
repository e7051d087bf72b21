import { rule } from './iscsi-mcs.rule.ts';
import { failed, testRule } from '../testing/rule-cases.ts';
import { iqn, smbTwoAdapters, twoIscsiAdapters } from '../testing/storage-hosts.ts';

const mcs = (connections: readonly { from: string; to: string }[]) => ({
  ...twoIscsiAdapters,
  iscsi: { ...twoIscsiAdapters.iscsi, sessions: [{ iqn, disks: [1], connections }] },
});
const apart = mcs([
  { from: '10.0.10.11', to: '10.0.10.101' },
  { from: '10.0.20.11', to: '10.0.20.101' },
]);

testRule(rule, {
  reports: {
    'two connections over two pairs': {
      host: apart,
      severity: 'info',
      message: /has 2 connections over 2 pairs of addresses.*: they are paths inside the session/,
      subjects: [iqn],
    },
    'two connections over one pair': {
      host: mcs([
        { from: '10.0.10.11', to: '10.0.10.101' },
        { from: '10.0.10.11', to: '10.0.10.101' },
      ]),
      severity: 'warning',
      message: /all over one pair of addresses \(10\.0\.10\.11 to 10\.0\.10\.101\)/,
    },
  },
  staysSilent: { 'one connection in each session': { host: twoIscsiAdapters } },
  notApplicable: { 'a host without iSCSI': { host: smbTwoAdapters } },
  notEvaluated: { 'denied connections': { host: apart, change: failed('IscsiConnection') } },
});
