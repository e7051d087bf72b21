import { changeItems, failed, testRule } from '../testing/rule-cases.ts';
import { convergedSet, smbTwoAdapters, twoIscsiAdapters } from '../testing/storage-hosts.ts';
import { rule } from './power-management.rule.ts';

/** Adds the setting to each adapter, in place of the one for RSS. */
const eee = (value: string) =>
  changeItems('NetAdapterAdvancedProperty', (item) =>
    item['RegistryKeyword'] === '*RSS' ? { ...item, RegistryKeyword: '*EEE', RegistryValue: [value] } : item,
  );

testRule(rule, {
  reports: {
    'iSCSI ports that rest': {
      host: twoIscsiAdapters,
      change: eee('1'),
      severity: 'info',
      message: /^iSCSI1 and iSCSI2 have Energy-Efficient Ethernet switched on/,
      subjects: ['iSCSI1', 'iSCSI2'],
    },
  },
  staysSilent: {
    'the setting switched off': { host: twoIscsiAdapters, change: eee('0') },
    'the same under an embedded team': { host: convergedSet, change: eee('0') },
  },
  notApplicable: {
    'drivers without the setting': { host: smbTwoAdapters },
    'no storage over the network': { host: {} },
  },
  notEvaluated: {
    'settings that could not be read': {
      host: twoIscsiAdapters,
      change: failed('NetAdapterAdvancedProperty'),
    },
  },
});
