import { changeItems, failed, testRule, withoutProperty } from '../testing/rule-cases.ts';
import { fileServer, smbTwoAdapters, smbWith, twoIscsiAdapters } from '../testing/storage-hosts.ts';
import { rule } from './smb-dialect.rule.ts';

const clustered = {
  ...smbTwoAdapters,
  features: ['Hyper-V', 'Failover-Clustering'],
  cluster: { name: 'CLU01' },
};
const dialect = (version: string) => smbWith({ shares: [{ ...fileServer.shares[0], dialect: version }] });

testRule(rule, {
  reports: {
    'virtual machines on SMB 2': {
      host: dialect('2.10'),
      severity: 'error',
      message:
        'Virtual machines keep disks on \\\\FS01\\VMs, which speaks SMB 2.10: Hyper-V supports file shares from SMB 3.0 on.',
      subjects: ['\\\\FS01\\VMs'],
    },
    'a cluster whose machines stand on a share that a failover interrupts': {
      host: clustered,
      severity: 'warning',
      message: /not continuously available/,
    },
  },
  staysSilent: {
    'SMB 3.1.1 outside a cluster': { host: smbTwoAdapters },
    'SMB 3.0, as Server 2012 speaks it': { host: dialect('3.00') },
    'a continuously available share on a cluster': {
      host: clustered,
      change: changeItems('SmbConnection', (item) => ({ ...item, ContinuouslyAvailable: true })),
    },
  },
  notApplicable: {
    'a host without SMB storage': { host: twoIscsiAdapters },
    'a share without virtual machines, used by the host itself': {
      host: { ...dialect('2.10'), vms: [] },
    },
  },
  notEvaluated: {
    'denied connections': { host: dialect('2.10'), change: failed('SmbConnection') },
    'a dialect that is not told': {
      host: dialect('2.10'),
      change: withoutProperty('SmbConnection', 'Dialect'),
    },
  },
});
