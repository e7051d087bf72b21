import { failed, testRule, withoutProperty } from '../testing/rule-cases.ts';
import {
  fibreChannel,
  iqn,
  session,
  smbTwoAdapters,
  twoIscsiAdapters,
  unequal,
} from '../testing/storage-hosts.ts';
import { rule } from './mpio-policy.rule.ts';

const policy = (name: 'WP' | 'LB' | 'LQD' | 'FOO' | 'VS', dsm?: string) => ({
  ...twoIscsiAdapters,
  mpio: { disks: [{ disk: 1, policy: name, ...(dsm !== undefined && { dsm }) }] },
});

testRule(rule, {
  reports: {
    'a policy that uses one path at a time': {
      host: policy('WP'),
      severity: 'info',
      message: 'Disk 1 uses weighted paths.',
      subjects: ['Disk 1'],
      evidence: { policies: ['WP'] },
    },
    'disks with different policies': {
      host: {
        ...twoIscsiAdapters,
        disks: [{ number: 1 }, { number: 2 }],
        iscsi: {
          ...twoIscsiAdapters.iscsi,
          sessions: twoIscsiAdapters.iscsi.sessions.map((one) => ({ ...one, disks: [1, 2] })),
        },
        mpio: {
          disks: [
            { disk: 1, policy: 'RR' },
            { disk: 2, policy: 'LQD' },
          ],
        },
      },
      severity: 'info',
      message: 'Disk 1 uses round robin; Disk 2 uses least queue depth.',
    },
    'round robin that takes unequal paths in turn': {
      host: { ...fibreChannel, mpio: { disks: [{ ...unequal, policy: 'RR' }] } },
      severity: 'info',
      message: /Disk 1 takes paths that are not optimized in turn as well/,
    },
    "a vendor's module": {
      host: policy('VS', 'EqualLogic DSM'),
      severity: 'info',
      message: /EqualLogic DSM sets its policies itself/,
    },
  },
  staysSilent: {
    'round robin for every disk': { host: twoIscsiAdapters },
    'round robin with subset over unequal paths': { host: fibreChannel },
    'least queue depth for every disk': { host: policy('LQD') },
    'weighted paths of an appliance on this very host': {
      host: {
        ...policy('WP'),
        iscsi: {
          targets: [{ iqn, portals: ['10.0.10.11', '10.0.20.101'] }],
          sessions: [session('10.0.10.11', '10.0.10.11'), session('10.0.20.11', '10.0.20.101')],
        },
      },
    },
  },
  notApplicable: { 'a host without MPIO': { host: smbTwoAdapters } },
  notEvaluated: {
    'a policy that is not told': {
      host: policy('WP'),
      change: withoutProperty('MpioDisk', 'LoadBalancePolicy'),
    },
    'a denied MPIO': { host: policy('WP'), change: failed('MpioDisk') },
  },
});
