import { changeItems, testRule, withoutProperty } from '../testing/rule-cases.ts';
import { iqn, session, twoIscsiAdapters } from '../testing/storage-hosts.ts';
import { rule } from './storage-metric.rule.ts';

const oneSubnet = {
  ...twoIscsiAdapters,
  addresses: [...twoIscsiAdapters.addresses.slice(0, 2), { interface: 'iSCSI2', address: '10.0.10.12/24' }],
  iscsi: { targets: [{ iqn, portals: ['10.0.10.101'] }], sessions: [session(null, '10.0.10.101')] },
} as const;

testRule(rule, {
  reports: {
    'an unbound session with two equal ways': {
      host: oneSubnet,
      severity: 'info',
      message:
        /^An iSCSI session names no initiator address, and iSCSI1 and iSCSI2 lead to the portal at the same metric/,
      subjects: ['iSCSI1', 'iSCSI2'],
    },
  },
  staysSilent: {
    'one way is cheaper': {
      host: oneSubnet,
      change: changeItems('NetIPInterface', (item) =>
        item['InterfaceAlias'] === 'iSCSI2' ? { ...item, InterfaceMetric: 99 } : item,
      ),
    },
  },
  notApplicable: { 'sessions that name their address': { host: twoIscsiAdapters } },
  notEvaluated: {
    'metrics that are not told': {
      host: oneSubnet,
      change: withoutProperty('NetIPInterface', 'InterfaceMetric'),
    },
  },
});
