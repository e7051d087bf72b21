import { failed, testRule } from '../testing/rule-cases.ts';
import { iqn, oneWayOnly, session, twoIscsiAdapters } from '../testing/storage-hosts.ts';
import { rule } from './storage-default-gateway.rule.ts';

const gateway = {
  ...twoIscsiAdapters,
  addresses: [
    ...twoIscsiAdapters.addresses.slice(0, 2),
    { interface: 'iSCSI2', address: '10.0.20.11/24', gateway: '10.0.20.1' },
  ],
} as const;

testRule(rule, {
  reports: {
    'a gateway on a storage interface beside that of management': {
      host: gateway,
      severity: 'warning',
      message:
        /^iSCSI2 carries storage and has a default gateway beside that of another interface: other traffic/,
      subjects: ['iSCSI2'],
    },
    'storage behind a router': {
      host: {
        ...gateway,
        iscsi: {
          targets: [{ iqn, portals: ['10.9.9.9'] }],
          sessions: [{ ...session('10.0.20.11', '10.9.9.9') }],
        },
      },
      severity: 'info',
      message: /its storage is behind a router/,
    },
  },
  staysSilent: {
    'one gateway, on management': { host: twoIscsiAdapters },
    'one interface for everything': {
      host: {
        ...oneWayOnly,
        adapters: [{ name: 'iSCSI1' }],
        addresses: [{ interface: 'iSCSI1', address: '10.0.10.11/24', gateway: '10.0.10.1' }],
      },
    },
  },
  notApplicable: { 'no storage over the network': { host: {} } },
  notEvaluated: { 'routes that could not be read': { host: gateway, change: failed('NetRoute') } },
});
