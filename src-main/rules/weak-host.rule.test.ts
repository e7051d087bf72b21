import { changeItems, testRule, withoutProperty } from '../testing/rule-cases.ts';
import { convergedSet, twoIscsiAdapters } from '../testing/storage-hosts.ts';
import { rule } from './weak-host.rule.ts';

const weak = (alias: string) =>
  changeItems('NetIPInterface', (item) =>
    item['InterfaceAlias'] === alias ? { ...item, WeakHostSend: 'Enabled' } : item,
  );

testRule(rule, {
  reports: {
    'weak host sending on a storage interface': {
      host: twoIscsiAdapters,
      change: weak('iSCSI2'),
      severity: 'warning',
      message: /^iSCSI2 carries storage with weak host sending switched on/,
      subjects: ['iSCSI2'],
    },
  },
  staysSilent: {
    'strong hosts': { host: convergedSet },
    'weak host sending on management': { host: twoIscsiAdapters, change: weak('LAN') },
  },
  notApplicable: { 'no storage over the network': { host: {} } },
  notEvaluated: {
    'a setting that is not told': {
      host: twoIscsiAdapters,
      change: withoutProperty('NetIPInterface', 'WeakHostSend'),
    },
  },
});
