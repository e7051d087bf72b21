import { testRule, withoutProperty } from '../testing/rule-cases.ts';
import { convergedSet, twoIscsiAdapters } from '../testing/storage-hosts.ts';
import { rule } from './duplicate-address.rule.ts';

const marked = {
  ...twoIscsiAdapters,
  addresses: [
    ...twoIscsiAdapters.addresses.slice(0, 2),
    { interface: 'iSCSI2', address: '10.0.20.11/24', state: 'Duplicate' },
  ],
} as const;

testRule(rule, {
  reports: {
    'an address that Windows calls a duplicate': {
      host: marked,
      severity: 'error',
      message:
        /^10\.0\.20\.11 is in use twice: iSCSI2 holds it, and so does another machine, and Windows has marked it/,
      subjects: ['iSCSI2'],
    },
    'one address on two interfaces': {
      host: {
        ...twoIscsiAdapters,
        addresses: [...twoIscsiAdapters.addresses, { interface: 'LAN', address: '10.0.20.11/24' }],
      },
      severity: 'error',
      message: /iSCSI2 and LAN hold it|LAN and iSCSI2 hold it/,
    },
  },
  staysSilent: {
    'addresses of their own': { host: convergedSet },
    'an address of the cluster, on its hidden adapter': {
      host: {
        ...twoIscsiAdapters,
        features: [...twoIscsiAdapters.features, 'Failover-Clustering'],
        cluster: { name: 'CLU01' },
      },
    },
  },
  notApplicable: { 'no address': { host: { addresses: [] } } },
  notEvaluated: {
    'states that are not told': {
      host: twoIscsiAdapters,
      change: withoutProperty('NetIPAddress', 'AddressState'),
    },
  },
});
