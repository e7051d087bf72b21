import { rule } from './cluster-iscsi-role.rule.ts';
import { failed, testRule, withoutProperty } from '../testing/rule-cases.ts';
import { smbTwoAdapters, twoIscsiAdapters } from '../testing/storage-hosts.ts';

const roles = (one: 0 | 1 | 3, two: 0 | 1 | 3) => ({
  ...twoIscsiAdapters,
  features: [...twoIscsiAdapters.features, 'Failover-Clustering'],
  cluster: {
    name: 'CLU01',
    networks: [
      { name: 'Management', prefix: '192.168.1.0/24', role: 3 as const },
      { name: 'iSCSI A', prefix: '10.0.10.0/24', role: one },
      { name: 'iSCSI B', prefix: '10.0.20.0/24', role: two },
    ],
  },
});

testRule(rule, {
  reports: {
    'iSCSI networks that the cluster uses': {
      host: roles(1, 3),
      severity: 'info',
      message:
        /^The cluster uses iSCSI A and iSCSI B, where iSCSI of this node leaves from 10\.0\.10\.11 and 10\.0\.20\.11/,
      advice: /Role = 0/,
      evidence: { roles: [1, 3] },
    },
  },
  staysSilent: { 'networks without a role': { host: roles(0, 0) } },
  notApplicable: {
    'a host without a cluster': { host: twoIscsiAdapters },
    'a node without iSCSI': {
      host: {
        ...smbTwoAdapters,
        features: ['Hyper-V', 'Failover-Clustering'],
        cluster: { name: 'CLU01' },
      },
    },
  },
  notEvaluated: {
    'denied networks': { host: roles(1, 1), change: failed('ClusterNetwork') },
    'roles that are not told': { host: roles(1, 1), change: withoutProperty('ClusterNetwork', 'Role') },
  },
});
