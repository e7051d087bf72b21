import { changeItems, testRule, withoutProperty } from '../testing/rule-cases.ts';
import { iscsiOnTeam, smbTwoAdapters, twoIscsiAdapters } from '../testing/storage-hosts.ts';
import { rule } from './storage-dns.rule.ts';

const registered = changeItems('DnsClient', (item) => ({ ...item, RegisterThisConnectionsAddress: true }));

testRule(rule, {
  reports: {
    'storage interfaces in DNS': {
      host: twoIscsiAdapters,
      change: registered,
      severity: 'info',
      message: /^iSCSI1 and iSCSI2 carry storage and register their addresses in DNS/,
      subjects: ['iSCSI1', 'iSCSI2'],
    },
  },
  staysSilent: { 'storage interfaces that keep out of DNS': { host: smbTwoAdapters } },
  notApplicable: {
    'one interface for everything': {
      host: {
        ...iscsiOnTeam,
        addresses: [{ interface: 'Team1', address: '10.0.10.11/24', gateway: '10.0.10.1' }],
      },
      change: registered,
    },
  },
  notEvaluated: {
    'a registration that is not told': {
      host: twoIscsiAdapters,
      change: withoutProperty('DnsClient', 'RegisterThisConnectionsAddress'),
    },
  },
});
