import { changeItems, testRule, withoutProperty } from '../testing/rule-cases.ts';
import { convergedSet, smbTwoAdapters, twoIscsiAdapters } from '../testing/storage-hosts.ts';
import { rule } from './driver-age.rule.ts';

const dated = (date: string) => changeItems('NetAdapter', (item) => ({ ...item, DriverDate: date }));

testRule(rule, {
  reports: {
    'drivers of 2015': {
      host: twoIscsiAdapters,
      change: dated('2015-03-01'),
      severity: 'info',
      message: 'iSCSI1 (2015-03-01) and iSCSI2 (2015-03-01) have drivers more than 6 years old.',
    },
  },
  staysSilent: {
    'drivers of some years': { host: twoIscsiAdapters },
    'an embedded team': { host: convergedSet },
  },
  notApplicable: {
    'drivers of Windows, whose date says nothing': {
      host: smbTwoAdapters,
      change: changeItems('NetAdapter', (item) => ({
        ...item,
        DriverDate: '2006-06-21',
        DriverProvider: 'Microsoft',
      })),
    },
    'no storage over the network': { host: {} },
  },
  notEvaluated: {
    'a date that is not told': {
      host: twoIscsiAdapters,
      change: withoutProperty('NetAdapter', 'DriverDate'),
    },
  },
});
