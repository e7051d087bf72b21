import { expect } from 'vitest';
import { probed } from '../testing/probed-packets.ts';
import { all, changeItems, testRule, withoutProperty } from '../testing/rule-cases.ts';
import { convergedSet, twoIscsiAdapters } from '../testing/storage-hosts.ts';
import { rule } from './jumbo-mismatch.rule.ts';

const vnics = (mtu: number) =>
  convergedSet.vnics.map((vnic) => (vnic.name === 'Management' ? vnic : { ...vnic, mtu }));
const set = (adapterMtu: number, vnicMtu: number) => ({
  ...convergedSet,
  adapters: [
    { name: 'pNIC1', speed: 10e9, mtu: 9000 },
    { name: 'pNIC2', speed: 10e9, mtu: adapterMtu },
  ],
  vnics: vnics(vnicMtu),
});

const jumboAdapters = {
  ...twoIscsiAdapters,
  adapters: [
    { name: 'LAN', speed: 1e9 },
    { name: 'iSCSI1', speed: 10e9, mtu: 9000 },
    { name: 'iSCSI2', speed: 10e9, mtu: 9000 },
  ],
};
const saysLess = changeItems('NetAdapterAdvancedProperty', (item) =>
  item['RegistryKeyword'] === '*JumboPacket' ? { ...item, RegistryValue: ['1514'] } : item,
);

testRule(rule, {
  reports: {
    'large packets over a member that takes none': {
      host: set(1500, 9000),
      severity: 'warning',
      message:
        /^vEthernet \(iSCSI1\) sends packets of 9000 bytes, while pNIC2 takes frames of 1514 bytes; vEthernet \(iSCSI2\)/,
      subjects: ['vEthernet (iSCSI1)', 'vEthernet (iSCSI2)', 'pNIC2'],
    },
    'a setting that says less, while nothing that was sent was answered': {
      host: jumboAdapters,
      change: all(probed({ ...jumboAdapters, blocksEchoes: ['10.0.10.101', '10.0.20.101'] }), saysLess),
      severity: 'warning',
      message: /iSCSI1 sends packets of 9000 bytes, while iSCSI1 takes frames of 1514 bytes/,
    },
    'packets that were sent over the small member and lost': {
      host: set(1500, 9000),
      change: probed({ ...set(1500, 9000), subnets: [{ prefix: '10.0.0.0/8', mtu: 1500 }] }),
      severity: 'warning',
      message: /while pNIC2 takes frames of 1514 bytes/,
      evidence: { packetsLost: expect.arrayContaining([expect.stringContaining('9000 bytes')]) as never },
    },
  },
  staysSilent: {
    'large packets from end to end': { host: set(9000, 9000) },
    'larger adapters than vNICs': { host: set(9000, 1500) },
    'a maker who counts without the header': {
      host: set(9000, 9000),
      change: changeItems('NetAdapterAdvancedProperty', (item) =>
        item['RegistryKeyword'] === '*JumboPacket' && String(item['Name']).startsWith('pNIC')
          ? { ...item, RegistryValue: ['9000'] }
          : item,
      ),
    },
    'standard packets': { host: twoIscsiAdapters },
    'a setting that says less than what passes through the one adapter': {
      host: jumboAdapters,
      change: all(probed(jumboAdapters), saysLess),
    },
  },
  notApplicable: { 'no storage over the network': { host: {} } },
  notEvaluated: {
    'a driver without the setting': {
      host: set(1500, 9000),
      change: changeItems('NetAdapterAdvancedProperty', (item) =>
        item['RegistryKeyword'] === '*JumboPacket' ? undefined : item,
      ),
    },
    'packet sizes that are not told': {
      host: twoIscsiAdapters,
      change: withoutProperty('NetIPInterface', 'NlMtu'),
    },
  },
});
