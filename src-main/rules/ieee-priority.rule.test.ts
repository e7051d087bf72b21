import { all, changeItems, failed, testRule, withoutProperty } from '../testing/rule-cases.ts';
import { fileServer, smbTwoAdapters } from '../testing/storage-hosts.ts';
import { rule } from './ieee-priority.rule.ts';

const servers = [
  { ...fileServer, interfaces: fileServer.interfaces.map((one) => ({ ...one, speed: 25e9, rdma: true })) },
];
const roce = {
  ...smbTwoAdapters,
  features: ['Hyper-V', 'Data-Center-Bridging'],
  adapters: [
    { name: 'NIC1', speed: 25e9, rdma: true },
    { name: 'NIC2', speed: 25e9, rdma: true },
  ],
  vswitches: [{ name: 'Converged', uplink: { set: ['NIC1', 'NIC2'], lbAlgorithm: 'HyperVPort' as const } }],
  vnics: [
    { name: 'Management', vswitch: 'Converged' },
    { name: 'SMB1', vswitch: 'Converged', mappedTo: 'NIC1', rdma: true },
    { name: 'SMB2', vswitch: 'Converged', mappedTo: 'NIC2', rdma: true },
  ],
  addresses: [
    { interface: 'vEthernet (Management)', address: '192.168.1.10/24', gateway: '192.168.1.1' },
    { interface: 'vEthernet (SMB1)', address: '10.0.30.11/24' },
    { interface: 'vEthernet (SMB2)', address: '10.0.40.11/24' },
  ],
  smb: { servers },
};
const bare = {
  ...roce,
  adapters: [
    { name: 'LAN' },
    { name: 'SMB1', speed: 25e9, rdma: true },
    { name: 'SMB2', speed: 25e9, rdma: true },
  ],
  vswitches: [],
  vnics: [],
  addresses: smbTwoAdapters.addresses,
};

const technology = (value: string) =>
  changeItems('NetAdapterAdvancedProperty', (item) =>
    item['RegistryKeyword'] === '*NetworkDirectTechnology' ? { ...item, RegistryValue: [value] } : item,
  );
const tag = (value: string | number) =>
  changeItems('VMNetworkAdapter', (item) => ({ ...item, IeeePriorityTag: value }));
const unpaused = changeItems('NetAdapterQos', (item) => ({ ...item, Enabled: false }));

testRule(rule, {
  reports: {
    'RoCE from vNICs whose priorities are set back': {
      host: roce,
      change: all(technology('4'), tag('Off')),
      severity: 'warning',
      message:
        /^vEthernet \(SMB1\) and vEthernet \(SMB2\) carry storage over RoCE, and the vSwitch sets the priority/,
      subjects: ['vEthernet (SMB1)', 'vEthernet (SMB2)'],
    },
    'the same as a number, which is inverted': {
      host: roce,
      change: all(technology('4'), tag(1)),
      severity: 'warning',
      message: /sets the priority/,
    },
  },
  staysSilent: {
    'priorities that are kept': { host: roce, change: all(technology('4'), tag('On')) },
    'kept, as a number': { host: roce, change: all(technology('4'), tag(0)) },
  },
  notApplicable: {
    'iWARP, which leans on no priority': { host: roce, change: all(technology('1'), tag('Off')) },
    'no priority that pauses anything': { host: roce, change: all(technology('4'), tag('Off'), unpaused) },
    'RoCE from adapters of their own': { host: bare, change: technology('4') },
    'SMB over TCP': { host: smbTwoAdapters },
  },
  notEvaluated: {
    'a host that does not say it': {
      host: roce,
      change: all(technology('4'), withoutProperty('VMNetworkAdapter', 'IeeePriorityTag')),
      reason: /keeps priorities is not known/,
    },
    'denied vNICs': { host: roce, change: failed('VMNetworkAdapter') },
  },
});
