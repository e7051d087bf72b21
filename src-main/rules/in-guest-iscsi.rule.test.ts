import { rule } from './in-guest-iscsi.rule.ts';
import { failed, testRule } from '../testing/rule-cases.ts';
import { iqn, smbTwoAdapters, twoIscsiAdapters } from '../testing/storage-hosts.ts';

const guest = {
  ...twoIscsiAdapters,
  computer: { name: 'VM01', model: 'Virtual Machine' },
  adapters: twoIscsiAdapters.adapters.map((adapter) => ({ ...adapter, kind: 'guest' as const })),
};

testRule(rule, {
  reports: {
    'sessions of a virtual machine': {
      host: guest,
      severity: 'info',
      message: `This virtual machine makes 2 iSCSI sessions to ${iqn} itself: its host cannot see or balance them.`,
      subjects: [iqn],
    },
  },
  staysSilent: {},
  notApplicable: {
    'a host, which cannot see into its machines': { host: twoIscsiAdapters, reason: /inside them/ },
    'a machine without iSCSI': {
      host: { ...smbTwoAdapters, computer: { name: 'VM01', model: 'Virtual Machine' } },
    },
  },
  notEvaluated: { 'denied sessions': { host: guest, change: failed('IscsiSession') } },
});
