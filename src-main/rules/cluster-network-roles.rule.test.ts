import { rule } from './cluster-network-roles.rule.ts';
import { failed, testRule, withoutProperty } from '../testing/rule-cases.ts';
import { fileServer, smbTwoAdapters, twoIscsiAdapters } from '../testing/storage-hosts.ts';

const node = (role: 0 | 1 | 3) => ({
  ...smbTwoAdapters,
  features: ['Hyper-V', 'Failover-Clustering'],
  cluster: {
    name: 'CLU01',
    networks: [
      { name: 'Management', prefix: '192.168.1.0/24', role: 3 as const },
      { name: 'SMB A', prefix: '10.0.30.0/24', role },
      { name: 'SMB B', prefix: '10.0.40.0/24', role: 1 as const },
    ],
  },
});
const oneSubnet = (release: '2012R2' | '2019') => ({
  ...node(1),
  windows: { release },
  addresses: [
    { interface: 'LAN', address: '192.168.1.10/24', gateway: '192.168.1.1' },
    { interface: 'SMB1', address: '10.0.30.11/24' },
    { interface: 'SMB2', address: '10.0.30.12/24' },
  ],
  smb: {
    servers: [
      {
        ...fileServer,
        interfaces: [
          { address: '10.0.30.21', speed: 10e9, rss: true },
          { address: '10.0.30.22', speed: 10e9, rss: true },
        ],
      },
    ],
  },
});

testRule(rule, {
  reports: {
    'a network of storage that is open to clients': {
      host: node(3),
      severity: 'info',
      message:
        'Cluster network SMB A, by which SMB storage leaves from SMB1, is open to clients of the cluster as well.',
      advice: /Role = 1/,
    },
    'two storage adapters in one subnet on an old Windows': {
      host: oneSubnet('2012R2'),
      severity: 'warning',
      message: /^SMB1 and SMB2 carry SMB storage and stand in one subnet, cluster network SMB A/,
    },
  },
  staysSilent: {
    'networks for the cluster alone': { host: node(1) },
    'two adapters in one subnet since Server 2016': { host: oneSubnet('2019') },
  },
  notApplicable: {
    'a host without a cluster': { host: smbTwoAdapters },
    'a host without SMB storage': { host: twoIscsiAdapters },
  },
  notEvaluated: {
    'denied networks': { host: node(3), change: failed('ClusterNetwork') },
    'roles that are not told': { host: node(3), change: withoutProperty('ClusterNetwork', 'Role') },
  },
});
