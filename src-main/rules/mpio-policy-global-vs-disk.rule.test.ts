import { failed, testRule, withoutProperty } from '../testing/rule-cases.ts';
import { fibreChannel, smbTwoAdapters, twoIscsiAdapters } from '../testing/storage-hosts.ts';
import { rule } from './mpio-policy-global-vs-disk.rule.ts';

const general = (globalPolicy: 'FOO' | 'RR' | 'LQD') => ({
  ...twoIscsiAdapters,
  mpio: { ...twoIscsiAdapters.mpio, globalPolicy },
});

testRule(rule, {
  reports: {
    'a default that the disk does not follow': {
      host: general('LQD'),
      severity: 'info',
      message:
        'The default policy of Multipath I/O is least queue depth, while Disk 1 uses round robin: the default reaches only disks that are claimed after it was set.',
      subjects: ['Disk 1'],
      evidence: { defaultPolicy: 'LQD', policies: ['RR'] },
    },
  },
  staysSilent: {
    'a disk with the default policy': { host: general('RR') },
    'round robin, which becomes one with subset on unequal paths': {
      host: { ...fibreChannel, mpio: { ...fibreChannel.mpio, globalPolicy: 'RR' } },
    },
  },
  notApplicable: {
    'no default': { host: twoIscsiAdapters, reason: /No default policy/ },
    'a host without MPIO': { host: smbTwoAdapters },
    "a vendor's module": {
      host: {
        ...twoIscsiAdapters,
        mpio: { globalPolicy: 'LQD', disks: [{ disk: 1, policy: 'RR', dsm: 'PowerPath DSM' }] },
      },
    },
  },
  notEvaluated: {
    'a default that was denied': {
      host: general('LQD'),
      change: failed('MSDSMGlobalDefaultLoadBalancePolicy'),
    },
    'a policy that is not told': {
      host: general('LQD'),
      change: withoutProperty('MpioDisk', 'LoadBalancePolicy'),
    },
  },
});
