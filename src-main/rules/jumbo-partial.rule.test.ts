import { probed } from '../testing/probed-packets.ts';
import { testRule, withoutProperty } from '../testing/rule-cases.ts';
import { oneWayOnly, twoIscsiAdapters } from '../testing/storage-hosts.ts';
import { rule } from './jumbo-partial.rule.ts';

const sizes = (first: number, second: number) => ({
  ...twoIscsiAdapters,
  adapters: [
    { name: 'LAN' },
    { name: 'iSCSI1', speed: 10e9, mtu: first },
    { name: 'iSCSI2', speed: 10e9, mtu: second },
  ],
});

testRule(rule, {
  reports: {
    'large packets on one of two paths': {
      host: sizes(9000, 1500),
      severity: 'warning',
      message: /send packets of different sizes \(iSCSI1: 9000 bytes and iSCSI2: 1500 bytes\)/,
      subjects: ['iSCSI1', 'iSCSI2'],
    },
    'the same, with packets sent: the larger size is lost on its way': {
      host: sizes(9000, 1500),
      change: probed({ ...sizes(9000, 1500), subnets: [{ prefix: '10.0.10.0/24', mtu: 1500 }] }),
      severity: 'warning',
      message: /send packets of different sizes/,
      evidence: {
        packetsPassed: ['10.0.20.11 to 10.0.20.101: 1500 bytes'],
        packetsLost: ['10.0.10.11 to 10.0.10.101: 9000 bytes'],
      },
    },
  },
  staysSilent: {
    'one size': { host: sizes(9000, 9000) },
    'another size on management': { host: twoIscsiAdapters },
  },
  notApplicable: {
    'one interface to the target': { host: oneWayOnly },
    'no storage over the network': { host: {} },
  },
  notEvaluated: {
    'packet sizes that are not told': {
      host: sizes(9000, 1500),
      change: withoutProperty('NetIPInterface', 'NlMtu'),
    },
  },
});
