import { rule } from './iscsi-name-cloned.rule.ts';
import { changeItems, failed, testRule } from '../testing/rule-cases.ts';
import { smbTwoAdapters, twoIscsiAdapters } from '../testing/storage-hosts.ts';

const named = (NodeAddress: string) => changeItems('InitiatorPort', (item) => ({ ...item, NodeAddress }));

testRule(rule, {
  reports: {
    'the name of another computer': {
      host: twoIscsiAdapters,
      change: named('iqn.1991-05.com.microsoft:template01.corp.example'),
      severity: 'info',
      message: /is called iqn\S+template01\.corp\.example, while this computer is HV01/,
      subjects: ['HV01'],
    },
  },
  staysSilent: {
    'its own name': { host: twoIscsiAdapters, change: named('iqn.1991-05.com.microsoft:hv01.corp.example') },
    'its own name in capitals, without a domain': {
      host: twoIscsiAdapters,
      change: named('iqn.1991-05.com.microsoft:HV01'),
    },
    'a longer name than computers are shown with': {
      host: { ...twoIscsiAdapters, computer: { name: 'PRODHYPERVHOST1' } },
      change: named('iqn.1991-05.com.microsoft:prodhypervhost123.corp.example'),
    },
  },
  notApplicable: {
    'a name that somebody chose': { host: twoIscsiAdapters, change: named('iqn.2020-01.example:node-a') },
    'a host without iSCSI': { host: smbTwoAdapters },
  },
  notEvaluated: {
    'denied initiators': { host: twoIscsiAdapters, change: failed('InitiatorPort') },
  },
});
