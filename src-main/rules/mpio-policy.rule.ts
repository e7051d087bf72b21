/** The path policy of each disk, where it is not the same for all or uses less than all paths: shown, never blamed. */
import type { LbPolicy } from '#shared/host/storage-records.ts';
import { conclude } from './conclude.ts';
import { defineRule, type HostFacts, type RuleFinding } from './define-rule.ts';
import {
  appliesToMultipathDisks,
  leadsToOwnHost,
  livePaths,
  multipathDisks,
  multipathGap,
  policyWords,
  type MultipathDisk,
} from './multipath.ts';
import { listed } from './wording.ts';

/** Policies that put sequential or all traffic on one path. */
const oneAtATime: readonly LbPolicy[] = ['FOO', 'WP', 'LB'];

export const rule = defineRule({
  id: 'mpio-policy',
  severities: ['info'],
  title: 'All disks use one policy over all their paths',
  failureTitle: 'How Multipath I/O uses the paths of each disk',
  needs: ['Disk', ['MpioDisk', 'Mpclaim']],
  fixes: ['mpio-policy-of-disk'],
  appliesTo: appliesToMultipathDisks,
  evaluate: (facts) => {
    const policies = new Set(multipathDisks(facts.model).map(({ mpio }) => mpio.lbPolicy));
    return conclude(facts, {
      things: multipathDisks(facts.model),
      see: (disk) => {
        const { lbPolicy } = disk.mpio;
        if (lbPolicy === undefined) return { doubt: `The path policy of ${disk.name} is not known.` };
        if (!disk.mpio.isMicrosoftDsm && disk.mpio.dsmName !== undefined) return { bad: disk };
        const isShared = livePaths(disk) > 1 && leadsToOwnHost(facts.model, disk) !== true;
        const tells = policies.size > 1 || (isShared && oneAtATime.includes(lbPolicy)) || isUneven(disk);
        return tells ? { bad: disk } : 'well';
      },
      report: (disks) => findingFor(facts, disks),
      none: 'Multipath I/O holds no disk of this host.',
      gap: multipathGap(facts),
      isForGuests: true,
    });
  },
});

/** Round robin over optimized and other paths alike: the others make it slower. */
function isUneven({ mpio }: MultipathDisk): boolean {
  return (
    mpio.lbPolicy === 'RR' &&
    mpio.paths.some(({ state }) => state === 'Active/Optimized') &&
    mpio.paths.some(({ state }) => state === 'Active/Unoptimized')
  );
}

function findingFor(_: HostFacts, disks: readonly [MultipathDisk, ...MultipathDisk[]]): RuleFinding {
  const byPolicy = Map.groupBy(disks, ({ mpio }) => wordsOf(mpio.lbPolicy));
  const parts = [...byPolicy].map(
    ([words, same]) =>
      `${listed(same.map(({ name }) => name))} ${same.length === 1 ? 'uses' : 'use'} ${words}`,
  );
  const uneven = disks.filter(isUneven).map(({ name }) => name);
  const vendors = disks.flatMap(({ mpio }) =>
    !mpio.isMicrosoftDsm && mpio.dsmName !== undefined ? [mpio.dsmName] : [],
  );
  return {
    severity: 'info',
    message: `${parts.join('; ')}${uneven.length === 0 ? '' : `; ${listed(uneven)} ${uneven.length === 1 ? 'takes' : 'take'} paths that are not optimized in turn as well`}${vendors.length === 0 ? '' : `; ${listed(vendors)} sets its policies itself`}.`,
    subjects: disks,
    evidence: {
      disks: disks.map(({ number }) => number),
      policies: disks.map(({ mpio }) => mpio.lbPolicy ?? null),
      modules: [...new Set(disks.flatMap(({ mpio }) => mpio.dsmName ?? []))],
    },
    advice:
      "Compare with what the array's vendor asks for. Failover only and weighted paths use one path, least blocks keeps sequential traffic on the last one; round robin uses all in turn. A policy is set for each disk.",
  };
}

function wordsOf(policy: LbPolicy | undefined): string {
  return policy === undefined ? 'a policy that is not known' : policyWords[policy];
}
