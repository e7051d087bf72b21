import { changeItems, failed, testRule, withoutProperty } from '../testing/rule-cases.ts';
import { fibreChannel, iqn, session, smbTwoAdapters, twoIscsiAdapters } from '../testing/storage-hosts.ts';
import { rule } from './lun-missing-vs-unhealthy.rule.ts';

const withState = (...states: string[]) =>
  changeItems('Disk', (item) => (item['Number'] === 1 ? { ...item, OperationalStatus: states } : item));

const withoutDisk = {
  ...twoIscsiAdapters,
  disks: [],
  mpio: { disks: [] },
  iscsi: {
    ...twoIscsiAdapters.iscsi,
    sessions: [session('10.0.10.11', '10.0.10.101', { disks: [] })],
  },
} as const;

testRule(rule, {
  reports: {
    'a disk that Windows lost touch with': {
      host: twoIscsiAdapters,
      change: withState('Lost Communication'),
      severity: 'error',
      message: 'Disk 1 is shown by the array and cannot be used: Windows says Lost Communication.',
      subjects: ['Disk 1'],
      advice: /Nothing needs to be mapped/,
    },
    'a disk of Fibre Channel in error': {
      host: fibreChannel,
      change: withState('Error'),
      severity: 'error',
      message: /Windows says Error/,
    },
    'a login that brings no disk': {
      host: withoutDisk,
      severity: 'info',
      message: /is connected and shows no disk/,
      subjects: [iqn],
      advice: /masking/,
    },
  },
  staysSilent: {
    'disks that work': { host: twoIscsiAdapters },
    'a disk that another node of the cluster holds': { host: twoIscsiAdapters, change: withState('Offline') },
    'one session without a disk beside one that brings it': {
      host: {
        ...twoIscsiAdapters,
        iscsi: {
          ...twoIscsiAdapters.iscsi,
          sessions: [...twoIscsiAdapters.iscsi.sessions, session('10.0.10.11', '10.0.10.101', { disks: [] })],
        },
      },
    },
  },
  notApplicable: { 'a host with file shares alone': { host: smbTwoAdapters } },
  notEvaluated: {
    'denied disks': { host: twoIscsiAdapters, change: failed('Disk') },
    'disks without a state': { host: twoIscsiAdapters, change: withoutProperty('Disk', 'OperationalStatus') },
    'sessions that do not say what they bring': {
      host: withoutDisk,
      change: withoutProperty('IscsiSession', 'DiskNumbers'),
    },
  },
});
