import { testRule, withoutProperty } from '../testing/rule-cases.ts';
import { convergedSet, oneWayOnly, twoIscsiAdapters } from '../testing/storage-hosts.ts';
import { rule } from './same-card.rule.ts';

const oneCard = {
  ...twoIscsiAdapters,
  adapters: [
    { name: 'LAN' },
    { name: 'iSCSI1', speed: 10e9, pci: [59, 0, 0, 2] },
    { name: 'iSCSI2', speed: 10e9, pci: [59, 0, 1, 2] },
  ],
} as const;

testRule(rule, {
  reports: {
    'both iSCSI ports on one card': {
      host: oneCard,
      severity: 'info',
      message: /^iSCSI1 and iSCSI2 are ports of one card/,
      subjects: ['iSCSI1', 'iSCSI2'],
    },
  },
  staysSilent: {
    'two cards': { host: twoIscsiAdapters },
    'an embedded team over two cards': { host: convergedSet },
  },
  notApplicable: {
    'one storage adapter': { host: oneWayOnly, reason: /fewer than two/ },
    'no storage over the network': { host: {} },
  },
  notEvaluated: {
    'cards that are not told': {
      host: oneCard,
      change: withoutProperty('NetAdapterHardwareInfo', 'BusNumber'),
    },
  },
});
