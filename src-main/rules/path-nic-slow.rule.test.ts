import { changeItems, testRule } from '../testing/rule-cases.ts';
import { convergedSet, smbTwoAdapters, twoIscsiAdapters } from '../testing/storage-hosts.ts';
import { rule } from './path-nic-slow.rule.ts';

testRule(rule, {
  reports: {
    'an iSCSI adapter that fell back': {
      host: {
        ...twoIscsiAdapters,
        adapters: [{ name: 'LAN' }, { name: 'iSCSI1', speed: 1e9 }, { name: 'iSCSI2', speed: 1e8 }],
      },
      severity: 'warning',
      message: 'iSCSI2 (100 Mb/s) carries storage at less than 1 Gb/s.',
      subjects: ['iSCSI2'],
      evidence: { bitsPerSecond: [1e8], minimumBitsPerSecond: 1e9 },
    },
    'a member under storage vNICs': {
      host: {
        ...convergedSet,
        adapters: [
          { name: 'pNIC1', speed: 1e8 },
          { name: 'pNIC2', speed: 10e9 },
        ],
      },
      severity: 'warning',
      message: /^pNIC1 /,
    },
  },
  staysSilent: {
    '1 Gbit/s for storage': {
      host: { ...twoIscsiAdapters, adapters: [{ name: 'LAN' }, { name: 'iSCSI1' }, { name: 'iSCSI2' }] },
    },
    'a slow management adapter beside fast storage': {
      host: {
        ...smbTwoAdapters,
        adapters: [{ name: 'LAN', speed: 1e8 }, ...smbTwoAdapters.adapters.slice(1)],
      },
    },
  },
  notApplicable: {
    'no storage over the network': {
      host: { adapters: [{ name: 'NIC1', speed: 1e8 }] },
      reason: /No network interface/,
    },
    'a virtual machine, whose speeds are nominal': {
      host: { ...twoIscsiAdapters, computer: { name: 'VM', model: 'Virtual Machine' } },
    },
  },
  notEvaluated: {
    'a speed that Windows does not give': {
      host: twoIscsiAdapters,
      change: changeItems('NetAdapter', (item) => ({
        ...item,
        Speed: 4294967295,
        ReceiveLinkSpeed: 4294967295,
        LinkSpeed: '0 bps',
      })),
    },
  },
});
