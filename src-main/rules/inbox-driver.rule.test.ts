import { changeItems, testRule, withoutProperty } from '../testing/rule-cases.ts';
import { convergedSet, smbTwoAdapters, twoIscsiAdapters } from '../testing/storage-hosts.ts';
import { rule } from './inbox-driver.rule.ts';

const azure = changeItems('OperatingSystem', (item) => ({ ...item, Caption: 'Microsoft Azure Stack HCI' }));
const inbox = {
  ...twoIscsiAdapters,
  adapters: [
    { name: 'LAN' },
    { name: 'iSCSI1', speed: 10e9, driverProvider: 'Microsoft' },
    { name: 'iSCSI2', speed: 10e9 },
  ],
};

testRule(rule, {
  reports: {
    'the driver of Windows on a server': {
      host: inbox,
      severity: 'info',
      message: 'iSCSI1 runs on the driver that came with Windows.',
      subjects: ['iSCSI1'],
    },
    'the same on Azure Local': {
      host: inbox,
      change: azure,
      severity: 'warning',
      message: /Azure Local does not support/,
    },
  },
  staysSilent: {
    'drivers of the maker, and that of Windows on the management adapter': {
      host: {
        ...twoIscsiAdapters,
        adapters: [{ name: 'LAN', driverProvider: 'Microsoft' }, ...twoIscsiAdapters.adapters.slice(1)],
      },
    },
    'vNICs, whose driver is that of Windows': { host: convergedSet },
  },
  notApplicable: {
    'a virtual machine': { host: { ...smbTwoAdapters, computer: { name: 'VM', model: 'Virtual Machine' } } },
  },
  notEvaluated: {
    'a provider that is not told': {
      host: twoIscsiAdapters,
      change: withoutProperty('NetAdapter', 'DriverProvider'),
    },
  },
});
