import { changeItems, failed, testRule } from '../testing/rule-cases.ts';
import { convergedSet, smbTwoAdapters, twoIscsiAdapters } from '../testing/storage-hosts.ts';
import { rule } from './flow-control.rule.ts';

const flow = (valueFor: (name: string) => string) =>
  changeItems('NetAdapterAdvancedProperty', (item) =>
    item['RegistryKeyword'] === '*FlowControl'
      ? { ...item, RegistryValue: [valueFor(String(item['Name']))] }
      : item,
  );
const rdma = {
  ...smbTwoAdapters,
  features: ['Hyper-V', 'Data-Center-Bridging'],
  adapters: [
    { name: 'LAN' },
    { name: 'SMB1', speed: 25e9, rdma: true },
    { name: 'SMB2', speed: 25e9, rdma: true },
  ],
} as const;

testRule(rule, {
  reports: {
    'pause frames beside priority flow control': {
      host: rdma,
      change: flow((name) => (name === 'SMB1' ? '3' : '0')),
      severity: 'info',
      message: /^SMB1 has pause frames for the whole link switched on/,
      subjects: ['SMB1'],
    },
    'flow control on one of two iSCSI ports': {
      host: twoIscsiAdapters,
      change: flow((name) => (name === 'iSCSI1' ? '3' : '0')),
      severity: 'info',
      message: 'Flow control is on for iSCSI1 and off for iSCSI2, although all of them carry iSCSI.',
    },
  },
  staysSilent: {
    'flow control alike on all ports': { host: twoIscsiAdapters },
    'priority flow control alone': { host: rdma, change: flow(() => '0') },
    'ports of SMB that differ': {
      host: smbTwoAdapters,
      change: flow((name) => (name === 'SMB1' ? '3' : '0')),
    },
  },
  notApplicable: { 'no storage over the network': { host: {} } },
  notEvaluated: {
    'settings that could not be read': { host: convergedSet, change: failed('NetAdapterAdvancedProperty') },
  },
});
