import { all, changeItems, failed, testRule } from '../testing/rule-cases.ts';
import { fileServer, smbTwoAdapters } from '../testing/storage-hosts.ts';
import { rule } from './dcbx-willing.rule.ts';

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

const willing = changeItems('NetQosDcbxSetting', (item) => ({ ...item, Willing: true }));
const onlyDefault = changeItems('NetQosTrafficClass', (item) =>
  item['Name'] === '[Default]' ? item : undefined,
);
const overTcp = { ...rdma, smb: smbTwoAdapters.smb };

testRule(rule, {
  reports: {
    'a willing host with classes of its own and RoCE': {
      host: rdma,
      change: willing,
      severity: 'warning',
      message:
        /takes the settings of the switch: what is in force is what the switch says, and RoCE storage depends on it\.$/,
      subjects: ['HV01'],
    },
    'the same over TCP': {
      host: overTcp,
      change: willing,
      severity: 'info',
      message: /what the switch says\.$/,
    },
  },
  staysSilent: { 'a host that decides by itself': { host: rdma } },
  notApplicable: {
    'a willing host without classes of its own': { host: rdma, change: all(willing, onlyDefault) },
    'a host without data center bridging': { host: smbTwoAdapters },
  },
  notEvaluated: { 'settings that could not be read': { host: rdma, change: failed('NetQosDcbxSetting') } },
});
