import { changeItems, testRule, withoutProperty } from '../testing/rule-cases.ts';
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

testRule(rule, {
  reports: {
    'large packets over a member that takes none': {
      host: set(1500, 9000),
      severity: 'warning',
      message:
        /^vEthernet \(iSCSI1\) sends packets of 9000 bytes, while pNIC2 takes frames of 1514 bytes; vEthernet \(iSCSI2\)/,
      subjects: ['vEthernet (iSCSI1)', 'vEthernet (iSCSI2)', 'pNIC2'],
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
