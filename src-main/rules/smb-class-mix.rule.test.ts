import { failed, testRule, withoutProperty } from '../testing/rule-cases.ts';
import { fileServer, onePair, smbTwoAdapters, smbWith, twoIscsiAdapters } from '../testing/storage-hosts.ts';
import { rule } from './smb-class-mix.rule.ts';

const speeds = (one: number, two: number) => [
  { name: 'LAN', speed: 1e9 },
  { name: 'SMB1', speed: one, rss: true },
  { name: 'SMB2', speed: two, rss: true },
];
const slowInUse = {
  ...smbWith({
    selected: onePair,
    interfaces: [
      { address: '10.0.30.21', speed: 1e9, rss: true },
      { address: '10.0.40.21', speed: 10e9, rss: true },
    ],
  }),
  adapters: speeds(1e9, 10e9),
};

testRule(rule, {
  reports: {
    'the slower interface in use while the faster one reaches the server': {
      host: slowInUse,
      severity: 'warning',
      message:
        'SMB to FS01 uses SMB1 (RSS, 1 Gb/s), while SMB2 (RSS, 10 Gb/s) also reaches it and carries nothing.',
      subjects: ['FS01'],
      evidence: { isWorseClassUsed: true, otherInterfaces: ['SMB2'] },
    },
    'a slower storage interface that stays idle, as a note': {
      host: { ...smbWith({ selected: onePair }), adapters: speeds(10e9, 1e9) },
      severity: 'info',
      message: /SMB2 \(RSS, 1 Gb\/s\) stays idle, since SMB uses one class/,
      advice: /Nothing to do/,
    },
    'an interface without RSS in use beside one with it': {
      host: {
        ...smbWith({ selected: onePair }),
        adapters: [
          { name: 'LAN', speed: 1e9 },
          { name: 'SMB1', speed: 10e9, rss: false },
          { name: 'SMB2', speed: 10e9, rss: true },
        ],
      },
      severity: 'warning',
      message: /SMB1 \(without RSS or RDMA, 10 Gb\/s\)/,
    },
    'a slow interface that SMB prefers for its RSS to a fast one without': {
      host: {
        ...smbWith({ selected: onePair }),
        adapters: [
          { name: 'LAN', speed: 1e9 },
          { name: 'SMB1', speed: 1e9, rss: true },
          { name: 'SMB2', speed: 10e9, rss: false },
        ],
      },
      severity: 'warning',
      message:
        'SMB to FS01 uses SMB1 (RSS, 1 Gb/s), while SMB2 (without RSS or RDMA, 10 Gb/s) also reaches it and carries nothing.',
    },
  },
  staysSilent: {
    'interfaces of one class': { host: smbTwoAdapters },
    'one of two interfaces of the same class, which smb-single-channel reports': {
      host: smbWith({ selected: onePair }),
    },
    'slow management beside fast storage': {
      host: smbWith({
        interfaces: [...fileServer.interfaces, { address: '192.168.1.21', speed: 1e9, rss: true }],
      }),
    },
  },
  notApplicable: {
    'a host without SMB storage': { host: twoIscsiAdapters },
    'a constraint that chooses the interface': {
      host: {
        ...slowInUse,
        smb: {
          ...slowInUse.smb,
          servers: slowInUse.smb?.servers ?? [],
          constraints: [{ server: 'FS01', interface: 'SMB1' }],
        },
      },
    },
  },
  notEvaluated: {
    'denied channels': { host: slowInUse, change: failed('SmbMultichannelConnection') },
    'interfaces whose abilities are not told': {
      host: slowInUse,
      change: withoutProperty('SmbMultichannelConnection', 'ClientRSSCapable'),
    },
  },
});
