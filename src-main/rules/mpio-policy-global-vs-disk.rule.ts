/** A default policy of MPIO that disks do not follow, because it reaches only disks that are claimed later. */
import { conclude } from './conclude.ts';
import { defineRule } from './define-rule.ts';
import {
  appliesToMultipathDisks,
  multipathDisks,
  multipathGap,
  ofMicrosoft,
  policyWords,
} from './multipath.ts';
import { lbPolicies, type LbPolicy } from '#shared/host/storage-records.ts';
import { listed } from './wording.ts';

export const rule = defineRule({
  id: 'mpio-policy-global-vs-disk',
  severities: ['info'],
  title: 'The disks follow the default policy of Multipath I/O',
  failureTitle: 'Disks do not follow the default policy of Multipath I/O',
  needs: ['Disk', ['MpioDisk', 'Mpclaim'], 'MSDSMGlobalDefaultLoadBalancePolicy'],
  fixes: ['mpio-policy-default', 'mpio-policy-of-disk'],
  appliesTo: appliesToMultipathDisks,
  evaluate: (facts) => {
    const reading = facts.snapshot.readings.MSDSMGlobalDefaultLoadBalancePolicy;
    const said = reading.status === 'ok' ? reading.records[0]?.policy : undefined;
    const general = lbPolicies.find((policy) => policy === said?.toUpperCase());
    if (general === undefined) {
      return said === undefined || /^none$/i.test(said)
        ? { notApplicable: 'No default policy of Multipath I/O is set on this host.' }
        : { notEvaluated: `The default policy ${said} is not one that is known.` };
    }
    return conclude(facts, {
      things: multipathDisks(facts.model),
      see: (disk) => {
        const apart = ofMicrosoft(disk);
        if (apart !== undefined) return apart;
        const { lbPolicy } = disk.mpio;
        if (lbPolicy === undefined) return { doubt: `The path policy of ${disk.name} is not known.` };
        return follows(general, lbPolicy) ? 'well' : { bad: disk };
      },
      report: (disks) => {
        const used = [...new Set(disks.flatMap(({ mpio }) => mpio.lbPolicy ?? []))];
        return {
          severity: 'info',
          message: `The default policy of Multipath I/O is ${policyWords[general]}, while ${listed(disks.map(({ name }) => name))} ${disks.length === 1 ? 'uses' : 'use'} ${listed(used.map((policy) => policyWords[policy]))}: the default reaches only disks that are claimed after it was set.`,
          subjects: disks,
          evidence: {
            defaultPolicy: general,
            disks: disks.map(({ number }) => number),
            policies: disks.map(({ mpio }) => mpio.lbPolicy ?? null),
          },
          advice:
            'Nothing to do where the disks are meant to differ. If the default was set in order to change these disks, set the policy of each disk as well (mpclaim -l -d).',
        };
      },
      none: 'No disk of this host is held by the Microsoft DSM.',
      gap: multipathGap(facts),
      isForGuests: true,
    });
  },
});

/** On arrays with unequal paths the default round robin becomes round robin with subset by itself. */
function follows(general: LbPolicy, ofDisk: LbPolicy): boolean {
  return general === ofDisk || (general === 'RR' && ofDisk === 'RRWS');
}
