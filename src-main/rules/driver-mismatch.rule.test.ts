import { changeItems, testRule, withoutProperty } from '../testing/rule-cases.ts';
import { convergedSet, smbTwoAdapters, twoIscsiAdapters } from '../testing/storage-hosts.ts';
import { rule } from './driver-mismatch.rule.ts';

const versions = (...all: readonly string[]) =>
  changeItems('NetAdapter', (item, at) => ({
    ...item,
    DriverVersionString: all[at] ?? item['DriverVersionString'],
  }));

testRule(rule, {
  reports: {
    'two versions under two paths': {
      host: twoIscsiAdapters,
      change: versions('1.0', '1.1', '1.2'),
      severity: 'info',
      message: /different versions \(iSCSI1: 1\.1 and iSCSI2: 1\.2\)\.$/,
      subjects: ['iSCSI1', 'iSCSI2'],
    },
  },
  staysSilent: {
    'one version': { host: twoIscsiAdapters, change: versions('2.0', '1.1', '1.1') },
    'members of an embedded team': { host: convergedSet },
    'two cards with drivers of their own': {
      host: smbTwoAdapters,
      change: changeItems('NetAdapter', (item, at) => ({
        ...item,
        DriverFileName: `nic${at}.sys`,
        DriverVersionString: `${at}.0`,
      })),
    },
  },
  notApplicable: { 'no storage over the network': { host: {} } },
  notEvaluated: {
    'a version that is not told': {
      host: twoIscsiAdapters,
      change: withoutProperty('NetAdapter', 'DriverVersionString'),
    },
    'a driver that is not told': {
      host: twoIscsiAdapters,
      change: withoutProperty('NetAdapter', 'DriverFileName'),
    },
  },
});
