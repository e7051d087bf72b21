import { rule } from './iscsi-crosses-subnet.rule.ts';
import { failed, testRule, withoutProperty } from '../testing/rule-cases.ts';
import { convergedSet, iqn, session, smbTwoAdapters, twoIscsiAdapters } from '../testing/storage-hosts.ts';

const routed = {
  ...twoIscsiAdapters,
  iscsi: {
    targets: [{ iqn, portals: ['10.0.10.101', '10.0.20.101'] }],
    sessions: [session('10.0.10.11', '10.0.20.101'), session('10.0.20.11', '10.0.20.101')],
  },
};
const cloud = {
  ...twoIscsiAdapters,
  iscsi: {
    targets: [{ iqn, portals: ['172.16.5.101'] }],
    sessions: [session('10.0.10.11', '172.16.5.101')],
  },
};

testRule(rule, {
  reports: {
    'a session into another subnet while an adapter stands there': {
      host: routed,
      severity: 'warning',
      message:
        '1 iSCSI session passes a router (10.0.10.11 to 10.0.20.101), while iSCSI1 and iSCSI2 stand in the subnet of a portal of the same target.',
      subjects: [iqn],
    },
    'storage that is routed by design, as a note': {
      host: cloud,
      severity: 'info',
      message: /no interface of this host stands in a subnet of the target/,
      advice: /Nothing to do/,
    },
  },
  staysSilent: {
    'sessions within their subnets': { host: twoIscsiAdapters },
    'two VLANs with a subnet each': { host: convergedSet },
    'a cable between two ports that found link-local addresses': {
      host: {
        ...twoIscsiAdapters,
        addresses: [...twoIscsiAdapters.addresses, { interface: 'iSCSI2', address: '169.254.33.7/16' }],
        iscsi: {
          targets: [{ iqn, portals: ['10.0.10.101', '169.254.33.8'] }],
          sessions: [session('10.0.10.11', '10.0.10.101'), session('169.254.33.7', '169.254.33.8')],
        },
      },
    },
  },
  notApplicable: { 'a host without iSCSI': { host: smbTwoAdapters } },
  notEvaluated: {
    'denied connections': { host: routed, change: failed('IscsiConnection') },
    'addresses without a prefix': { host: routed, change: withoutProperty('NetIPAddress', 'PrefixLength') },
  },
});
