import { changeItems, failed, testRule } from '../testing/rule-cases.ts';
import { fileServer, smbTwoAdapters } from '../testing/storage-hosts.ts';
import { rule } from './rdma-partial.rule.ts';

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

const offOn = (name: string) =>
  changeItems('NetAdapterRdma', (item) => (item['Name'] === name ? { ...item, Enabled: false } : item));

testRule(rule, {
  reports: {
    'RDMA on one of two SMB adapters': {
      host: rdma,
      change: offOn('SMB2'),
      severity: 'warning',
      message: /^RDMA is on for SMB1 and off for SMB2/,
      subjects: ['SMB1', 'SMB2'],
    },
  },
  staysSilent: { 'RDMA on both': { host: rdma } },
  notApplicable: {
    'RDMA off on management alone': { host: smbTwoAdapters, change: offOn('LAN') },
    'no storage over the network': { host: {} },
  },
  notEvaluated: { 'RDMA that could not be read': { host: rdma, change: failed('NetAdapterRdma') } },
});
