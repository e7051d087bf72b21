/** Disks with several optimized paths of which the policy uses one. */
import { conclude, type Seen } from './conclude.ts';
import { defineRule, type HostFacts } from './define-rule.ts';
import {
  appliesToMultipathDisks,
  leadsToOwnHost,
  multipathDisks,
  multipathGap,
  ofMicrosoft,
  type MultipathDisk,
} from './multipath.ts';
import { counted, listed } from './wording.ts';

export const rule = defineRule({
  id: 'mpio-failover-only',
  severities: ['warning'],
  title: 'Multipath I/O uses the optimized paths that it has',
  failureTitle: 'Failover only leaves optimized paths idle',
  needs: ['Disk', ['MpioDisk', 'Mpclaim']],
  fixes: ['mpio-policy-of-disk'],
  appliesTo: appliesToMultipathDisks,
  evaluate: (facts) =>
    conclude(facts, {
      things: multipathDisks(facts.model),
      see: (disk) => see(facts, disk),
      report: (disks) => {
        const [first, ...others] = disks;
        const paths = disks.map(optimizedPaths);
        const fewest = Math.min(...paths);
        return {
          severity: 'warning',
          message: `${listed(disks.map(({ name }) => name))} ${disks.length === 1 ? 'uses' : 'use'} failover only: one path carries everything, while ${counted(fewest, 'path')}${disks.length === 1 ? '' : ' or more each'} ${fewest === 1 ? 'is' : 'are'} active and optimized.`,
          subjects: [first, ...others],
          evidence: { disks: disks.map(({ number }) => number), optimizedPaths: paths, policy: 'FOO' },
          advice:
            "Ask the array's vendor for the policy to use; round robin (with subset on arrays with unequal paths) uses all optimized paths. Set it for each disk: a change of the default reaches only disks that are claimed later.",
        };
      },
      none: 'No disk of this host is held by the Microsoft DSM.',
      gap: multipathGap(facts),
      isForGuests: true,
    }),
});

function see({ model, settings }: HostFacts, disk: MultipathDisk): Seen<MultipathDisk> {
  const apart = ofMicrosoft(disk);
  if (apart !== undefined) return apart;
  const { lbPolicy, paths } = disk.mpio;
  if (lbPolicy === undefined) return { doubt: `The path policy of ${disk.name} is not known.` };
  if (lbPolicy !== 'FOO' || settings?.profile?.policies?.includes('FOO') === true) return 'well';
  const isLocal = leadsToOwnHost(model, disk);
  if (isLocal === true) return 'well';
  if (optimizedPaths(disk) >= 2) {
    return isLocal === undefined
      ? { doubt: `Whether a path of ${disk.name} ends on this very host is not known.` }
      : { bad: disk };
  }
  return paths.length === 0 || paths.some(({ state }) => state === undefined)
    ? { doubt: `The states of the paths of ${disk.name} are not known.` }
    : 'well';
}

function optimizedPaths({ mpio }: MultipathDisk): number {
  return mpio.paths.filter(({ state }) => state === 'Active/Optimized').length;
}
