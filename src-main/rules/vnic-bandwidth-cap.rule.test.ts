import { failed, testRule } from '../testing/rule-cases.ts';
import { convergedSet, twoIscsiAdapters } from '../testing/storage-hosts.ts';
import { rule } from './vnic-bandwidth-cap.rule.ts';

const capped = (maximumBandwidth: number) => ({
  ...convergedSet,
  vnics: convergedSet.vnics.map((vnic) => (vnic.name === 'iSCSI1' ? { ...vnic, maximumBandwidth } : vnic)),
});

testRule(rule, {
  reports: {
    'a limit below the link': {
      host: capped(4e9),
      severity: 'info',
      message:
        'vEthernet (iSCSI1) (4 Gb/s of 10 Gb/s) is held below the link by a bandwidth limit: storage over it gets no more.',
      subjects: ['vEthernet (iSCSI1)'],
    },
  },
  staysSilent: {
    'no limit': { host: convergedSet },
    'a limit above the link': { host: capped(40e9) },
    'a limit on a vNIC without storage': {
      host: {
        ...convergedSet,
        vnics: convergedSet.vnics.map((vnic) =>
          vnic.name === 'Management' ? { ...vnic, maximumBandwidth: 1e9 } : vnic,
        ),
      },
    },
  },
  notApplicable: { 'adapters without a vSwitch': { host: twoIscsiAdapters } },
  notEvaluated: { 'vNICs that could not be read': { host: capped(4e9), change: failed('VMNetworkAdapter') } },
});
