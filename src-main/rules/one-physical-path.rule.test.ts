import { failed, testRule } from '../testing/rule-cases.ts';
import {
  convergedSet,
  fileServer,
  oneSessionOfTwo,
  oneWayOnly,
  iqn,
  session,
  smbTwoAdapters,
  twoIscsiAdapters,
} from '../testing/storage-hosts.ts';
import { rule } from './one-physical-path.rule.ts';

const smbOne = {
  ...smbTwoAdapters,
  adapters: [{ name: 'LAN' }, { name: 'SMB1', speed: 10e9 }],
  addresses: smbTwoAdapters.addresses.slice(0, 2),
  smb: { servers: [{ ...fileServer, interfaces: fileServer.interfaces.slice(0, 1) }] },
} as const;

testRule(rule, {
  reports: {
    'iSCSI over one adapter, nothing else there': {
      host: oneWayOnly,
      severity: 'info',
      message:
        /^All storage over the network leaves by iSCSI1: 10 Gb\/s is the limit for all sessions and channels together/,
      subjects: ['iSCSI1'],
      evidence: { bitsPerSecond: 10e9 },
    },
    'the other port of the card without a cable': {
      host: {
        ...oneWayOnly,
        adapters: [
          { name: 'LAN' },
          { name: 'iSCSI1', speed: 10e9, pci: [59, 0, 0, 2] },
          { name: 'Port 2', speed: 10e9, pci: [59, 0, 1, 2], status: 'Disconnected' },
        ],
      },
      severity: 'warning',
      message: /\(Port 2 could be a second way\)\.$/,
    },
    'virtual machines on a file server': {
      host: smbOne,
      severity: 'warning',
      message: /\(virtual machines live on it\)/,
    },
    'disks of a cluster': {
      host: {
        ...oneWayOnly,
        features: [...oneWayOnly.features, 'Failover-Clustering'],
        cluster: { name: 'CLU01' },
        disks: [{ number: 1, isClustered: true }],
      },
      severity: 'warning',
      message: /\(disks of the cluster are behind it\)/,
    },
  },
  staysSilent: {
    'two members under storage vNICs': { host: convergedSet },
    'two adapters for SMB': { host: smbTwoAdapters },
  },
  notApplicable: {
    'a second adapter that sessions leave unused, which another rule reports': { host: oneSessionOfTwo },
    'disks that a storage appliance on this very host holds as well': {
      host: {
        ...twoIscsiAdapters,
        iscsi: {
          targets: [{ iqn, portals: ['127.0.0.1', '10.0.10.101'] }],
          sessions: [session(null, '127.0.0.1'), session('10.0.10.11', '10.0.10.101')],
        },
        disks: [{ number: 1, isClustered: true }],
      },
    },
    'a second session that is lost, which another rule reports': {
      host: {
        ...twoIscsiAdapters,
        iscsi: {
          ...twoIscsiAdapters.iscsi,
          sessions: [
            session('10.0.10.11', '10.0.10.101'),
            session('10.0.20.11', '10.0.20.101', { isConnected: false }),
          ],
        },
      },
    },
    'a virtual machine': { host: { ...oneWayOnly, computer: { name: 'VM', model: 'Virtual Machine' } } },
    'no storage over the network': { host: {} },
  },
  notEvaluated: { 'sessions that could not be read': { host: oneWayOnly, change: failed('IscsiSession') } },
});
