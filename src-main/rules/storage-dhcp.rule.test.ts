import { testRule, withoutProperty } from '../testing/rule-cases.ts';
import { smbTwoAdapters, twoIscsiAdapters } from '../testing/storage-hosts.ts';
import { rule } from './storage-dhcp.rule.ts';

const dhcp = {
  ...twoIscsiAdapters,
  addresses: [
    ...twoIscsiAdapters.addresses.slice(0, 2),
    { interface: 'iSCSI2', address: '10.0.20.11/24', origin: 'Dhcp' },
  ],
} as const;

testRule(rule, {
  reports: {
    'an initiator address from DHCP': {
      host: dhcp,
      severity: 'info',
      message: /^iSCSI leaves from 10\.0\.20\.11 on iSCSI2, given by DHCP/,
      subjects: ['iSCSI2'],
    },
    'the same on a cluster node': {
      host: { ...dhcp, features: [...dhcp.features, 'Failover-Clustering'], cluster: { name: 'CLU01' } },
      severity: 'warning',
      message: /the cluster loses its disks/,
    },
  },
  staysSilent: {
    'addresses set by hand, management by DHCP': {
      host: {
        ...twoIscsiAdapters,
        addresses: [
          { interface: 'LAN', address: '192.168.1.10/24', origin: 'Dhcp' },
          ...twoIscsiAdapters.addresses.slice(1),
        ],
      },
    },
  },
  notApplicable: { 'SMB, which finds its own way': { host: smbTwoAdapters } },
  notEvaluated: {
    'an origin that is not told': {
      host: twoIscsiAdapters,
      change: withoutProperty('NetIPAddress', 'PrefixOrigin'),
    },
  },
});
