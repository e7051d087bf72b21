import { failed, testRule, withoutProperty } from '../testing/rule-cases.ts';
import { fileServer, onePair, smbTwoAdapters, smbWith, twoIscsiAdapters } from '../testing/storage-hosts.ts';
import { rule } from './multichannel-off.rule.ts';

const off = smbWith({ selected: onePair }, { isMultichannelEnabled: false });

testRule(rule, {
  reports: {
    'two interfaces that could share': {
      host: off,
      severity: 'warning',
      message:
        'SMB Multichannel is switched off on this host: storage on FS01 uses one interface, while 2 interfaces of the same class (SMB1 and SMB2) could share it.',
      subjects: ['FS01'],
      evidence: { isMultichannelEnabled: false, interfacesOfBestClass: ['SMB1', 'SMB2'] },
    },
    'one interface, where only the connections are fewer': {
      host: {
        ...off,
        adapters: [
          { name: 'LAN', speed: 1e9 },
          { name: 'SMB1', speed: 10e9, rss: true },
        ],
        addresses: [{ interface: 'SMB1', address: '10.0.30.11/24' }],
      },
      severity: 'info',
      message: /spread over processor cores/,
    },
  },
  staysSilent: { 'Multichannel on': { host: smbTwoAdapters } },
  notApplicable: {
    'a host without SMB storage': { host: twoIscsiAdapters },
    'a server that speaks SMB 2': {
      host: smbWith(
        { shares: [{ ...fileServer.shares[0], dialect: '2.1' }] },
        { isMultichannelEnabled: false },
      ),
    },
    'administrative shares alone': {
      host: { ...smbWith({ shares: [{ name: 'IPC$' }] }, { isMultichannelEnabled: false }), vms: [] },
    },
  },
  notEvaluated: {
    'a denied configuration': { host: off, change: failed('SmbClientConfiguration') },
    'a setting that is not told': {
      host: off,
      change: withoutProperty('SmbClientConfiguration', 'EnableMultiChannel'),
    },
  },
});
