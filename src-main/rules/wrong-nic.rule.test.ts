import { failed, testRule } from '../testing/rule-cases.ts';
import { iqn, oneWayOnly, session, smbTwoAdapters, twoIscsiAdapters } from '../testing/storage-hosts.ts';
import { rule } from './wrong-nic.rule.ts';

const host = (from: string, storageSpeed = 10e9) => ({
  ...oneWayOnly,
  adapters: [
    { name: 'LAN', speed: 1e9 },
    { name: 'iSCSI1', speed: storageSpeed },
  ],
  addresses: [
    { interface: 'LAN', address: '10.0.10.10/24', gateway: '10.0.10.1' },
    { interface: 'iSCSI1', address: '10.0.10.11/24' },
  ],
  iscsi: { targets: [{ iqn, portals: ['10.0.10.101'] }], sessions: [session(from, '10.0.10.101')] },
});

testRule(rule, {
  reports: {
    'iSCSI over management while the storage adapter is idle': {
      host: host('10.0.10.10'),
      severity: 'warning',
      message:
        /^Storage leaves by LAN, which holds the default route, while iSCSI1 is in the same subnet as the storage, at least as fast, and idle\.$/,
      subjects: ['LAN', 'iSCSI1'],
    },
  },
  staysSilent: {
    'iSCSI over the storage adapter': { host: host('10.0.10.11') },
    'the idle adapter is slower': { host: host('10.0.10.10', 1e8) },
    'the idle adapter has no link': {
      host: {
        ...host('10.0.10.10'),
        adapters: [{ name: 'LAN' }, { name: 'iSCSI1', speed: 10e9, status: 'Disconnected' }],
      },
    },
    'one adapter for everything': {
      host: {
        ...oneWayOnly,
        adapters: [{ name: 'iSCSI1' }],
        addresses: [{ interface: 'iSCSI1', address: '10.0.10.11/24', gateway: '10.0.10.1' }],
      },
    },
    'adapters of their own': { host: twoIscsiAdapters },
    'SMB over its own adapters': { host: smbTwoAdapters },
  },
  notApplicable: { 'no storage over the network': { host: {} } },
  notEvaluated: { 'routes that could not be read': { host: host('10.0.10.10'), change: failed('NetRoute') } },
});
