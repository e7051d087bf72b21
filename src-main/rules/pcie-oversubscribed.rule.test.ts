import { changeItems, testRule, withoutProperty } from '../testing/rule-cases.ts';
import { convergedSet, smbTwoAdapters, twoIscsiAdapters } from '../testing/storage-hosts.ts';
import { rule } from './pcie-oversubscribed.rule.ts';

const twoPorts = {
  ...twoIscsiAdapters,
  adapters: [
    { name: 'LAN' },
    { name: 'iSCSI1', speed: 100e9, pci: [59, 0, 0, 2] },
    { name: 'iSCSI2', speed: 100e9, pci: [59, 0, 1, 2] },
  ],
} as const;
const onePort = {
  ...twoPorts,
  iscsi: { ...twoIscsiAdapters.iscsi, sessions: twoIscsiAdapters.iscsi.sessions.slice(0, 1) },
} as const;
const wide = changeItems('NetAdapterHardwareInfo', (item) => ({
  ...item,
  PciExpressCurrentLinkWidth: 16,
  PciExpressCurrentLinkSpeedEncoded: 4,
}));

testRule(rule, {
  reports: {
    'two storage ports that the slot cannot feed': {
      host: twoPorts,
      severity: 'warning',
      message:
        /^iSCSI1 and iSCSI2 sit on one card and add up to 200 Gb\/s, while its link to the processor carries 126 Gb\/s/,
      subjects: ['iSCSI1', 'iSCSI2'],
      evidence: { portsBitsPerSecond: 200e9 },
    },
    'one storage port of a card that is too fast for its slot': {
      host: onePort,
      severity: 'info',
      message: /add up to 200 Gb\/s/,
    },
  },
  staysSilent: {
    'cards of 10 Gbit/s': { host: twoIscsiAdapters },
    'a slot that is wide enough': { host: twoPorts, change: wide },
  },
  notApplicable: {
    'no storage over the network': { host: {} },
    'a virtual machine': { host: { ...convergedSet, computer: { name: 'VM', model: 'Virtual Machine' } } },
  },
  notEvaluated: {
    'a link width that is not told': {
      host: smbTwoAdapters,
      change: withoutProperty('NetAdapterHardwareInfo', 'PciExpressCurrentLinkWidth'),
    },
  },
});
