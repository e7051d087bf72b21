import { rule } from './default-portal.rule.ts';
import { failed, testRule, withoutProperty } from '../testing/rule-cases.ts';
import { iqn, oneWayOnly, session, smbTwoAdapters, twoIscsiAdapters } from '../testing/storage-hosts.ts';

const unbound = {
  ...oneWayOnly,
  iscsi: { ...oneWayOnly.iscsi, sessions: [session(null, '10.0.10.101')] },
};

testRule(rule, {
  reports: {
    'a session that names no address': {
      host: unbound,
      severity: 'info',
      message: /^1 iSCSI session to iqn\S+ names no address of this host and leaves from 10\.0\.10\.11 now/,
      subjects: [iqn],
      evidence: { addressesNow: ['10.0.10.11'] },
    },
  },
  staysSilent: { 'sessions that name theirs': { host: twoIscsiAdapters } },
  notApplicable: {
    'sessions that all went by one adapter, which one-initiator-address reports': {
      host: {
        ...twoIscsiAdapters,
        addresses: [
          { interface: 'iSCSI1', address: '10.0.10.11/24' },
          { interface: 'iSCSI2', address: '10.0.10.12/24' },
        ],
        iscsi: {
          targets: [{ iqn, portals: ['10.0.10.101', '10.0.10.102'] }],
          sessions: ['10.0.10.101', '10.0.10.102'].map((to) => ({
            iqn,
            disks: [1],
            connections: [{ from: null, leaves: '10.0.10.11', to }],
          })),
        },
      },
    },
    'a host without iSCSI': { host: smbTwoAdapters },
  },
  notEvaluated: {
    'denied sessions': { host: unbound, change: failed('IscsiSession') },
    'sessions that do not say': {
      host: unbound,
      change: withoutProperty('IscsiSession', 'InitiatorPortalAddress'),
    },
  },
});
