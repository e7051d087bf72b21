import { failed, testRule } from '../testing/rule-cases.ts';
import { convergedSet, smbTwoAdapters } from '../testing/storage-hosts.ts';
import { rule } from './vnic-rss.rule.ts';

const smbOverVnics = (release: '2012' | '2012R2' | '2019') => ({
  ...smbTwoAdapters,
  windows: { release },
  adapters: [{ name: 'pNIC1', speed: 10e9 }],
  vswitches: [{ name: 'Converged', uplink: { adapter: 'pNIC1' } }],
  vnics: [
    { name: 'Management', vswitch: 'Converged' },
    { name: 'SMB1', vswitch: 'Converged' },
  ],
  addresses: [
    { interface: 'vEthernet (Management)', address: '192.168.1.10/24', gateway: '192.168.1.1' },
    { interface: 'vEthernet (SMB1)', address: '10.0.30.11/24' },
  ],
});

testRule(rule, {
  reports: {
    'SMB over a vNIC on 2012 R2': {
      host: smbOverVnics('2012R2'),
      severity: 'info',
      message: /vEthernet \(SMB1\): host vNICs have no receive side scaling on Server 2012 R2/,
      subjects: ['vEthernet (SMB1)'],
    },
  },
  staysSilent: { 'the same on 2019': { host: smbOverVnics('2019') } },
  notApplicable: {
    'iSCSI over vNICs': { host: convergedSet },
    'SMB over adapters': { host: smbTwoAdapters },
  },
  notEvaluated: {
    'channels that could not be read': {
      host: smbOverVnics('2012R2'),
      change: failed('SmbMultichannelConnection'),
    },
  },
});
