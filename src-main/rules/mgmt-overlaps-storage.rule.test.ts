import { failed, testRule } from '../testing/rule-cases.ts';
import { iqn, oneWayOnly, session, twoIscsiAdapters } from '../testing/storage-hosts.ts';
import { rule } from './mgmt-overlaps-storage.rule.ts';

const overlap = (from: string | null) => ({
  ...oneWayOnly,
  addresses: [
    { interface: 'LAN', address: '10.0.10.10/24', gateway: '10.0.10.1' },
    { interface: 'iSCSI1', address: '10.0.10.11/24' },
  ],
  iscsi: {
    targets: [{ iqn, portals: ['10.0.10.101'] }],
    sessions: [
      { ...session(from, '10.0.10.101'), connections: [{ from, to: '10.0.10.101', leaves: '10.0.10.11' }] },
    ],
  },
});

testRule(rule, {
  reports: {
    'management in the subnet of bound sessions': {
      host: overlap('10.0.10.11'),
      severity: 'info',
      message: /^LAN \(10\.0\.10\.10\), which holds the default route, is in the subnet of iSCSI1/,
      subjects: ['iSCSI1', 'LAN'],
    },
    'the same with a session that names no address': {
      host: overlap(null),
      severity: 'warning',
      message: /may leave by either/,
    },
  },
  staysSilent: {
    'subnets of their own': { host: twoIscsiAdapters },
    'one interface for everything': {
      host: {
        ...oneWayOnly,
        adapters: [{ name: 'iSCSI1' }],
        addresses: [{ interface: 'iSCSI1', address: '10.0.10.11/24', gateway: '10.0.10.1' }],
      },
    },
  },
  notApplicable: { 'no storage over the network': { host: {} } },
  notEvaluated: { 'routes that could not be read': { host: overlap(null), change: failed('NetRoute') } },
});
