import { all, changeItems, failed, testRule, withoutProperty } from '../testing/rule-cases.ts';
import { fileServer, smbTwoAdapters, smbWith, twoIscsiAdapters } from '../testing/storage-hosts.ts';
import { rule } from './smb-signing-cost.rule.ts';

const rdma = {
  ...smbWith({ interfaces: fileServer.interfaces.map((one) => ({ ...one, rdma: true })) }),
  adapters: smbTwoAdapters.adapters.map((adapter) => ({ ...adapter, rdma: adapter.name !== 'LAN' })),
};
const encrypted = changeItems('SmbConnection', (item) => ({ ...item, Encrypted: true }));

testRule(rule, {
  reports: {
    'an encrypted share over RDMA': {
      host: rdma,
      change: encrypted,
      severity: 'info',
      message: /\\\\FS01\\VMs over RDMA is encrypted: the processor touches every byte/,
      subjects: ['\\\\FS01\\VMs'],
      advice: /Leave it on/,
    },
    'a signed one': {
      host: rdma,
      change: changeItems('SmbConnection', (item) => ({ ...item, Signed: true })),
      severity: 'info',
      message: /is signed/,
    },
  },
  staysSilent: { 'RDMA without either': { host: rdma } },
  notApplicable: {
    'encryption over TCP': { host: smbTwoAdapters, change: encrypted },
    'a host without SMB storage': { host: twoIscsiAdapters },
  },
  notEvaluated: {
    'denied connections': { host: rdma, change: failed('SmbConnection') },
    'a share that does not say': {
      host: rdma,
      change: all(withoutProperty('SmbConnection', 'Encrypted'), withoutProperty('SmbConnection', 'Signed')),
    },
  },
});
