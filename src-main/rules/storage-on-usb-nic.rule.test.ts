import { changeItems, testRule, withoutProperty } from '../testing/rule-cases.ts';
import { convergedSet, smbTwoAdapters, twoIscsiAdapters } from '../testing/storage-hosts.ts';
import { rule } from './storage-on-usb-nic.rule.ts';

const usb = changeItems('NetAdapter', (item) =>
  item['Name'] === 'iSCSI2' ? { ...item, PnPDeviceID: 'USB\\VID_0B95&PID_1790\\000001' } : item,
);

testRule(rule, {
  reports: {
    'a session over a USB adapter': {
      host: twoIscsiAdapters,
      change: usb,
      severity: 'warning',
      message: /^Storage leaves by iSCSI2, an adapter on the USB bus/,
      subjects: ['iSCSI2'],
    },
  },
  staysSilent: {
    'adapters on the PCI bus': { host: twoIscsiAdapters },
    'the USB network of a management controller beside them': {
      host: {
        ...smbTwoAdapters,
        adapters: [...smbTwoAdapters.adapters, { name: 'iDRAC', kind: 'management-usb' }],
      },
    },
    'vNICs over an embedded team': { host: convergedSet },
  },
  notApplicable: { 'no storage over the network': { host: {} } },
  notEvaluated: {
    'a bus that is not told': {
      host: twoIscsiAdapters,
      change: withoutProperty('NetAdapter', 'PnPDeviceID'),
    },
  },
});
