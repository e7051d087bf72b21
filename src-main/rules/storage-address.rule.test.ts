import { changeItems, testRule, withoutProperty } from '../testing/rule-cases.ts';
import { convergedSet, iqn, session, twoIscsiAdapters } from '../testing/storage-hosts.ts';
import { rule } from './storage-address.rule.ts';

const apipa = {
  ...twoIscsiAdapters,
  addresses: [...twoIscsiAdapters.addresses.slice(0, 2), { interface: 'iSCSI2', address: '169.254.7.1/16' }],
  iscsi: {
    targets: [{ iqn, portals: ['10.0.10.101', '169.254.9.9'] }],
    sessions: [session('10.0.10.11', '10.0.10.101'), session('169.254.7.1', '169.254.9.9')],
  },
} as const;

testRule(rule, {
  reports: {
    'a session from a self-given address': {
      host: apipa,
      severity: 'warning',
      message: /^Storage leaves from 169\.254\.7\.1 on iSCSI2 \(self-given\)/,
      subjects: ['iSCSI2'],
    },
    'an address that is not valid yet': {
      host: twoIscsiAdapters,
      change: changeItems('NetIPAddress', (item) =>
        item['IPAddress'] === '10.0.20.11' ? { ...item, AddressState: 'Deprecated' } : item,
      ),
      severity: 'warning',
      message: /10\.0\.20\.11 on iSCSI2 \(Deprecated\)/,
    },
  },
  staysSilent: {
    'proper addresses': { host: twoIscsiAdapters },
    'a self-given address on an adapter without storage': {
      host: {
        ...convergedSet,
        adapters: [...convergedSet.adapters, { name: 'Spare' }],
        addresses: [...convergedSet.addresses, { interface: 'Spare', address: '169.254.1.1/16' }],
      },
    },
  },
  notApplicable: { 'no storage over the network': { host: {} } },
  notEvaluated: {
    'states that are not told': {
      host: twoIscsiAdapters,
      change: withoutProperty('NetIPAddress', 'AddressState'),
    },
  },
});
