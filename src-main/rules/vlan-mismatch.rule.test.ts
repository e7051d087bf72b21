import { all, failed, testRule } from '../testing/rule-cases.ts';
import { convergedSet, iqn, session, twoIscsiAdapters } from '../testing/storage-hosts.ts';
import { rule } from './vlan-mismatch.rule.ts';

const oneSubnet = (...vlans: readonly number[]) => ({
  ...convergedSet,
  vnics: convergedSet.vnics.map((vnic, at) => (at === 0 ? vnic : { ...vnic, vlanId: vlans[at - 1] ?? 10 })),
  addresses: [
    ...convergedSet.addresses.slice(0, 2),
    { interface: 'vEthernet (iSCSI2)', address: '10.0.10.12/24' },
  ],
  iscsi: {
    targets: [{ iqn, portals: ['10.0.10.101', '10.0.10.102'] }],
    sessions: [session('10.0.10.11', '10.0.10.101'), session('10.0.10.12', '10.0.10.102')],
  },
});

testRule(rule, {
  reports: {
    'one subnet in two VLANs': {
      host: oneSubnet(10, 11),
      severity: 'warning',
      message:
        /^Storage vNICs of the subnet 10\.0\.10\.0\/24 are in different VLANs \(vEthernet \(iSCSI1\): VLAN 10 and vEthernet \(iSCSI2\): VLAN 11\)/,
      subjects: ['vEthernet (iSCSI1)', 'vEthernet (iSCSI2)'],
    },
  },
  staysSilent: {
    'one subnet in one VLAN': { host: oneSubnet(10, 10) },
    'two subnets in two VLANs': {
      host: { ...convergedSet, vnics: convergedSet.vnics.map((vnic, at) => ({ ...vnic, vlanId: 10 + at })) },
    },
    'two subnets in one VLAN': {
      host: { ...convergedSet, vnics: convergedSet.vnics.map((vnic) => ({ ...vnic, vlanId: 10 })) },
    },
  },
  notApplicable: { 'adapters without a vSwitch': { host: twoIscsiAdapters } },
  notEvaluated: {
    'VLANs that could not be read': {
      host: oneSubnet(10, 11),
      change: all(failed('VMNetworkAdapterVlan'), failed('VMNetworkAdapterIsolation')),
    },
  },
});
