import { changeItems, failed, testRule } from '../testing/rule-cases.ts';
import { fileServer, smbTwoAdapters } from '../testing/storage-hosts.ts';
import { rule } from './rdma-not-usable.rule.ts';

const rdma = {
  ...smbTwoAdapters,
  features: ['Hyper-V', 'Data-Center-Bridging'],
  adapters: [
    { name: 'LAN' },
    { name: 'SMB1', speed: 25e9, rdma: true },
    { name: 'SMB2', speed: 25e9, rdma: true },
  ],
  smb: {
    servers: [
      {
        ...fileServer,
        interfaces: fileServer.interfaces.map((one) => ({ ...one, speed: 25e9, rdma: true })),
      },
    ],
  },
} as const;

testRule(rule, {
  reports: {
    'RDMA that SMB does not see': {
      host: rdma,
      change: changeItems('SmbClientNetworkInterface', (item) => ({ ...item, RdmaCapable: false })),
      severity: 'warning',
      message: /^RDMA is switched on for SMB1 and SMB2, which carry SMB storage, but SMB does not see it/,
      subjects: ['SMB1', 'SMB2'],
    },
    'a driver without queue pairs': {
      host: rdma,
      change: changeItems('NetAdapterRdma', (item) => ({ ...item, MaxQueuePairCount: 0 })),
      severity: 'warning',
      message: /no queue pairs/,
    },
  },
  staysSilent: { 'RDMA in use': { host: rdma } },
  notApplicable: {
    'adapters without RDMA': { host: smbTwoAdapters },
    'RDMA switched off': {
      host: rdma,
      change: changeItems('NetAdapterRdma', (item) => ({ ...item, Enabled: false })),
    },
  },
  notEvaluated: {
    'interfaces that could not be read': { host: rdma, change: failed('SmbClientNetworkInterface') },
  },
});
