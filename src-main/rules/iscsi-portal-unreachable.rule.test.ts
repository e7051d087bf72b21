import { rule } from './iscsi-portal-unreachable.rule.ts';
import { changeItems, failed, testRule } from '../testing/rule-cases.ts';
import { iqn, smbTwoAdapters, twoIscsiAdapters } from '../testing/storage-hosts.ts';

const withPortal = (address: string) => ({
  ...twoIscsiAdapters,
  iscsi: {
    ...twoIscsiAdapters.iscsi,
    targets: [{ iqn, portals: ['10.0.10.101', '10.0.20.101', address] }],
  },
});
const isolated = {
  ...withPortal('172.16.5.101'),
  addresses: [
    { interface: 'iSCSI1', address: '10.0.10.11/24' },
    { interface: 'iSCSI2', address: '10.0.20.11/24' },
  ],
};

testRule(rule, {
  reports: {
    'a portal with an address that it gave itself': {
      host: withPortal('169.254.10.1'),
      severity: 'info',
      message: `${iqn} offers 169.254.10.1, which no address and no route of this host leads to.`,
      subjects: [iqn],
      advice: /Nothing to do/,
    },
    'the same where a favourite names no portal': {
      host: withPortal('169.254.10.1'),
      change: changeItems('IscsiPersistentLogin', (item) => ({ ...item, TargetPortal: null })),
      severity: 'warning',
      message: /a favourite login may use it/,
    },
    'a portal without a route to it': {
      host: isolated,
      severity: 'info',
      message: /172\.16\.5\.101/,
    },
  },
  staysSilent: {
    'portals in the subnets of this host': { host: twoIscsiAdapters },
    'a portal behind the default route': { host: withPortal('172.16.5.101') },
  },
  notApplicable: { 'a host without iSCSI': { host: smbTwoAdapters } },
  notEvaluated: {
    'denied routes': { host: isolated, change: failed('NetRoute') },
    'denied targets': { host: isolated, change: failed('IscsiTarget') },
  },
});
