import { changeItems, failed, testRule, withoutProperty } from '../testing/rule-cases.ts';
import { onePair, smbTwoAdapters, smbWith, twoIscsiAdapters } from '../testing/storage-hosts.ts';
import { rule } from './channel-not-selected.rule.ts';

/** Three pairs, so that two are left when one failed. */
const three = {
  ...smbTwoAdapters,
  adapters: [...smbTwoAdapters.adapters, { name: 'SMB3', speed: 10e9, rss: true }],
  addresses: [...smbTwoAdapters.addresses, { interface: 'SMB3', address: '10.0.50.11/24' }],
};
const interfaces = ['10.0.30.21', '10.0.40.21', '10.0.50.21'].map((address) => ({
  address,
  speed: 10e9,
  rss: true,
}));
const failedPair = {
  ...three,
  smb: smbWith({
    interfaces,
    selected: [
      ['SMB1', '10.0.30.21'],
      ['SMB2', '10.0.40.21'],
    ],
    failed: [['SMB3', '10.0.50.21']],
  }).smb,
} as const;

testRule(rule, {
  reports: {
    'a pair that failed': {
      host: failedPair as never,
      severity: 'warning',
      message:
        'SMB to FS01 marks 1 pair of interfaces as failed, although both ends stand in one subnet: SMB3 to 10.0.50.21.',
      subjects: ['FS01'],
      evidence: { failedPairs: 1 },
      advice: /port 445/,
    },
    'a pair that failed once and works': {
      host: smbTwoAdapters,
      change: changeItems('SmbMultichannelConnection', (item, index) => ({
        ...item,
        FailureCount: index === 0 ? 2 : 0,
      })),
      severity: 'info',
      message: /after 2 failures/,
    },
  },
  staysSilent: {
    'every pair in use': { host: smbTwoAdapters },
    'pairs that SMB did not choose': { host: smbWith({ selected: onePair }) },
  },
  notApplicable: {
    'a host without SMB storage': { host: twoIscsiAdapters },
    'SMB down to one pair, of which smb-single-channel tells': {
      host: smbWith({ selected: onePair, failed: [['SMB2', '10.0.40.21']] }),
    },
  },
  notEvaluated: {
    'denied channels': { host: smbTwoAdapters, change: failed('SmbMultichannelConnection') },
    'pairs that do not say whether they failed': {
      host: smbTwoAdapters,
      change: withoutProperty('SmbMultichannelConnection', 'Failed'),
    },
  },
});
