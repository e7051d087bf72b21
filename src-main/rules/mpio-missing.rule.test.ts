import { all, changeItems, failed, testRule, withoutProperty } from '../testing/rule-cases.ts';
import { iqn, oneSessionOfTwo, session, smbTwoAdapters, twoIscsiAdapters } from '../testing/storage-hosts.ts';
import { rule } from './mpio-missing.rule.ts';

const { mpio: _, ...withoutMpio } = twoIscsiAdapters;
const twice = {
  ...withoutMpio,
  features: ['Hyper-V'],
  iscsi: {
    ...twoIscsiAdapters.iscsi,
    sessions: [
      session('10.0.10.11', '10.0.10.101', { disks: [1] }),
      session('10.0.20.11', '10.0.20.101', { disks: [2] }),
    ],
  },
  disks: [
    { number: 1, uniqueId: '6001405AA0000001' },
    { number: 2, uniqueId: '6001405AA0000001', isOffline: true },
  ],
} as const;
const apart = {
  ...twice,
  disks: [
    { number: 1, uniqueId: '6001405AA0000001' },
    { number: 2, uniqueId: '6001405AA0000002' },
  ],
} as const;

testRule(rule, {
  reports: {
    'a disk that Windows shows twice': {
      host: twice,
      severity: 'error',
      message:
        /^Multipath I\/O is not installed, yet 2 iSCSI sessions lead to iqn\.1991-05\.com\.contoso:array1: Disk 1 and Disk 2 are one and the same disk by UniqueId/,
      subjects: [iqn, 'Disk 1', 'Disk 2'],
      evidence: { isMultipathInstalled: false, sessions: 2, diskNumbers: [1, 2], offlineDiskNumbers: [2] },
      advice: /Install the feature Multipath-IO/,
    },
    'several sessions to one target whose disks are not known': {
      host: twice,
      change: withoutProperty('IscsiSession', 'DiskNumbers'),
      severity: 'error',
      message: /shows a disk once for each session/,
    },
    'several sessions to one target whose disks have no id': {
      host: apart,
      change: changeItems('Disk', (disk) => ({ ...disk, UniqueId: null })),
      severity: 'error',
      message: /shows a disk once for each session/,
    },
    'client Windows, which never has it': {
      host: { ...twice, windows: { release: '2022', isClient: true } },
      severity: 'error',
      message: /^Client Windows has no Multipath I\/O/,
      advice: /one session for each target/,
    },
    'a host whose features cannot be asked, but whose MPIO says it is not there': {
      host: twice,
      change: all(failed('WindowsFeature', 'cmdlet-missing'), failed('MpioDisk', 'feature-missing')),
      severity: 'error',
      message: /not installed/,
    },
  },
  staysSilent: {
    'MPIO that holds the disk': { host: twoIscsiAdapters },
    'one session: nothing to join': {
      host: { ...withoutMpio, features: ['Hyper-V'], iscsi: oneSessionOfTwo.iscsi },
    },
    'several connections in one session': {
      host: {
        ...withoutMpio,
        features: ['Hyper-V'],
        iscsi: {
          ...twoIscsiAdapters.iscsi,
          sessions: [
            {
              iqn,
              disks: [1],
              connections: [
                { from: '10.0.10.11', to: '10.0.10.101' },
                { from: '10.0.20.11', to: '10.0.20.101' },
              ],
            },
          ],
        },
      },
    },
    'sessions that lead to different disks': { host: apart },
    'a feature that waits for a restart': {
      host: twice,
      change: changeItems('WindowsFeature', (feature) =>
        feature['Name'] === 'Multipath-IO'
          ? { ...feature, Installed: false, InstallState: 'InstallPending' }
          : feature,
      ),
    },
    'sessions that bring no disk': {
      host: {
        ...twice,
        iscsi: { ...twice.iscsi, sessions: twice.iscsi.sessions.map((one) => ({ ...one, disks: [] })) },
        disks: [],
      },
    },
  },
  notApplicable: {
    'a host without iSCSI': { host: smbTwoAdapters },
    'Fibre Channel': {
      host: {
        windows: { release: '2019' },
        computer: { name: 'HV01' },
        features: ['Hyper-V'],
        adapters: [{ name: 'LAN' }],
        disks: [
          { number: 1, busType: 'Fibre Channel', uniqueId: '60A1' },
          { number: 2, busType: 'Fibre Channel', uniqueId: '60A1' },
        ],
      },
    },
  },
  notEvaluated: {
    'a host that says nothing about its features': {
      host: twice,
      change: all(failed('WindowsFeature'), failed('MpioDisk')),
      reason: /WindowsFeature could not be read/,
    },
    'denied disks': { host: twice, change: failed('Disk'), reason: /Disk could not be read/ },
    'a stopped initiator': { host: twice, change: failed('IscsiSession', 'service-stopped') },
  },
});
