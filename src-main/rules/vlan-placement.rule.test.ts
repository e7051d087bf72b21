import { all, testRule, withoutProperty } from '../testing/rule-cases.ts';
import { convergedSet, iscsiOnTeam, twoIscsiAdapters } from '../testing/storage-hosts.ts';
import { rule } from './vlan-placement.rule.ts';

testRule(rule, {
  reports: {
    'a VLAN on a member of an embedded team': {
      host: {
        ...convergedSet,
        adapters: [
          { name: 'pNIC1', speed: 10e9, vlanId: 20 },
          { name: 'pNIC2', speed: 10e9 },
        ],
      },
      severity: 'warning',
      message: /^pNIC1: VLAN 20: a physical adapter that a vSwitch or a team stands on should pass all VLANs/,
      subjects: ['pNIC1'],
    },
  },
  staysSilent: {
    'VLANs on vNICs': {
      host: { ...convergedSet, vnics: convergedSet.vnics.map((vnic) => ({ ...vnic, vlanId: 10 })) },
    },
    'a team without VLANs on its members': { host: iscsiOnTeam },
  },
  notApplicable: {
    'a VLAN on an adapter of its own': {
      host: {
        ...twoIscsiAdapters,
        adapters: [
          { name: 'LAN' },
          { name: 'iSCSI1', speed: 10e9, vlanId: 10 },
          { name: 'iSCSI2', speed: 10e9 },
        ],
      },
    },
  },
  notEvaluated: {
    'VLANs that are not told': {
      host: convergedSet,
      change: all(
        withoutProperty('NetAdapter', 'VlanID'),
        withoutProperty('NetAdapterAdvancedProperty', 'RegistryValue'),
      ),
    },
  },
});
