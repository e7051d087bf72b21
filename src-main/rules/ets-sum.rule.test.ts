import { changeItems, testRule, withoutProperty } from '../testing/rule-cases.ts';
import { fileServer, smbTwoAdapters } from '../testing/storage-hosts.ts';
import { rule } from './ets-sum.rule.ts';

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

const shares = (...all: readonly number[]) =>
  changeItems('NetQosTrafficClass', (item, at) => ({ ...item, Bandwidth: all[at] ?? 0 }));

testRule(rule, {
  reports: {
    'shares of 110 %': {
      host: rdma,
      change: shares(60, 50),
      severity: 'warning',
      message: /^The shares of the traffic classes add up to 110 %/,
      evidence: { sumPercent: 110 },
    },
  },
  staysSilent: {
    'shares of 100 %': { host: rdma },
    'a class of strict priority beside them': {
      host: rdma,
      change: changeItems('NetQosTrafficClass', (item, at) =>
        at === 0 ? { ...item, Bandwidth: 100 } : { ...item, Algorithm: 'Strict', Bandwidth: 0 },
      ),
    },
  },
  notApplicable: {
    'no class but the default': {
      host: rdma,
      change: changeItems('NetQosTrafficClass', (item, at) =>
        at === 0 ? { ...item, Bandwidth: 90 } : undefined,
      ),
    },
    'a host without data center bridging': { host: smbTwoAdapters },
  },
  notEvaluated: {
    'shares that are not told': { host: rdma, change: withoutProperty('NetQosTrafficClass', 'Bandwidth') },
  },
});
