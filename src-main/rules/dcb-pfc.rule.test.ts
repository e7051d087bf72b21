import { all, changeItems, failed, testRule } from '../testing/rule-cases.ts';
import { fileServer, smbTwoAdapters } from '../testing/storage-hosts.ts';
import { rule } from './dcb-pfc.rule.ts';

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

const technology = (value: string) =>
  changeItems('NetAdapterAdvancedProperty', (item) =>
    item['RegistryKeyword'] === '*NetworkDirectTechnology' ? { ...item, RegistryValue: [value] } : item,
  );
const off = changeItems('NetAdapterQos', (item) => ({ ...item, Enabled: false }));

testRule(rule, {
  reports: {
    'RoCE with data center bridging off': {
      host: rdma,
      change: all(technology('4'), off),
      severity: 'warning',
      message: /^SMB1 and SMB2 carry SMB storage over RoCE without priority flow control in force/,
      subjects: ['SMB1', 'SMB2'],
    },
    'RoCE with no priority paused': {
      host: rdma,
      change: all(
        technology('4'),
        changeItems('NetAdapterQos', (item) => ({
          ...item,
          OperationalSettings: {
            PriorityFlowControlEnableArray: [false, false, false, false, false, false, false, false],
          },
        })),
      ),
      severity: 'warning',
      message: /without priority flow control/,
    },
  },
  staysSilent: { 'RoCE with priority flow control': { host: rdma, change: technology('4') } },
  notApplicable: {
    'iWARP, which does not need it': { host: rdma, change: all(technology('1'), off) },
    'SMB over TCP': { host: smbTwoAdapters },
  },
  notEvaluated: { 'settings that could not be read': { host: rdma, change: failed('NetAdapterQos') } },
});
