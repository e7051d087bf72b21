import { rule } from './portal-pairing.rule.ts';
import { failed, testRule } from '../testing/rule-cases.ts';
import {
  convergedSet,
  iqn,
  oneSessionOfTwo,
  session,
  smbTwoAdapters,
  twoIscsiAdapters,
} from '../testing/storage-hosts.ts';

const portals = ['10.0.10.101', '10.0.10.102', '10.0.20.101', '10.0.20.102'];
const halfPaired = {
  ...twoIscsiAdapters,
  iscsi: { ...twoIscsiAdapters.iscsi, targets: [{ iqn, portals }] },
};
const isolated = {
  ...twoIscsiAdapters,
  iscsi: {
    targets: [{ iqn, portals: ['10.0.10.101', '10.0.20.101', '172.16.5.101'] }],
    sessions: twoIscsiAdapters.iscsi.sessions,
  },
};

testRule(rule, {
  reports: {
    'portals that no session uses, one in each subnet': {
      host: halfPaired,
      severity: 'info',
      message: new RegExp(
        `^${iqn.replaceAll('.', '\\.')} is reached over 2 pairs of addresses .*; 10\\.0\\.10\\.11 to 10\\.0\\.10\\.102 and 10\\.0\\.20\\.11 to 10\\.0\\.20\\.102 would add`,
      ),
      subjects: [iqn],
      evidence: { missingPairs: ['10.0.10.11 to 10.0.10.102', '10.0.20.11 to 10.0.20.102'], sessions: 2 },
      advice: /Follow the vendor/,
    },
  },
  staysSilent: {
    'one session for each pair in two isolated subnets': { host: twoIscsiAdapters },
    'two VLANs with a subnet each over an embedded team': { host: convergedSet },
    'two adapters and two portals in one subnet, one to one': {
      host: {
        ...twoIscsiAdapters,
        addresses: [
          { interface: 'iSCSI1', address: '10.0.10.11/24' },
          { interface: 'iSCSI2', address: '10.0.10.12/24' },
        ],
        iscsi: {
          targets: [{ iqn, portals: ['10.0.10.101', '10.0.10.102'] }],
          sessions: [session('10.0.10.11', '10.0.10.101'), session('10.0.10.12', '10.0.10.102')],
        },
      },
    },
    'a portal in a subnet where this host is not': { host: isolated },
    'a portal in the subnet of management alone': {
      host: {
        ...twoIscsiAdapters,
        iscsi: {
          ...twoIscsiAdapters.iscsi,
          targets: [{ iqn, portals: ['10.0.10.101', '10.0.20.101', '192.168.1.101'] }],
        },
      },
    },
  },
  notApplicable: {
    "a vendor's module that makes its own sessions": {
      host: { ...halfPaired, mpio: { disks: [{ disk: 1, policy: 'VS', dsm: 'EqualLogic DSM' }] } },
    },
    'one session, which single-session reports': { host: oneSessionOfTwo },
    'a host without iSCSI': { host: smbTwoAdapters },
  },
  notEvaluated: { 'denied connections': { host: halfPaired, change: failed('IscsiConnection') } },
});
