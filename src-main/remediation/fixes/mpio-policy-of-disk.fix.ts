/** The path policy of disks that the Microsoft DSM holds, each by its MPIO number. */
import type { Refusal } from '#shared/fix-plan.ts';
import type { Disk, DiskMultipath } from '#shared/host/host-model.ts';
import type { LbPolicy } from '#shared/host/storage-records.ts';
import { defineFix, type FixFacts, type FixRequest, type Step } from '../define-fix.ts';
import { needsMicrosoftDsm } from '../refusals.ts';

/** Codes of `mpclaim -l -d`. Source: the built-in help of mpclaim. */
const codes = { FOO: 1, RR: 2, RRWS: 3, LQD: 4, WP: 5, LB: 6 } as const;
type SettablePolicy = keyof typeof codes;

const words: Readonly<Record<SettablePolicy, string>> = {
  FOO: 'Fail over only',
  RR: 'Round robin over all paths',
  RRWS: 'Round robin over the optimized paths (with subset)',
  LQD: 'The path with the shortest queue',
  WP: 'Weighted paths',
  LB: 'Least blocks',
};

/** Policies that use several paths and need no further setting. */
const offered = ['RR', 'RRWS', 'LQD'] as const;

type HeldDisk = Disk & { readonly mpio: DiskMultipath };

function disksMeant({ model, finding }: FixRequest): readonly HeldDisk[] {
  const ids = new Set(finding.subjects.map(({ id }) => id));
  return model.disks.filter((disk): disk is HeldDisk => ids.has(disk.id) && disk.mpio !== undefined);
}

function isSettable(policy: LbPolicy | undefined): policy is SettablePolicy {
  return policy !== undefined && Object.hasOwn(codes, policy);
}

function areAllPathsOptimized(disks: readonly HeldDisk[]): boolean {
  return disks.every(({ mpio }) => mpio.paths.every(({ state }) => state !== 'Active/Unoptimized'));
}

function policyAnswered({ answers }: FixRequest): SettablePolicy | undefined {
  return offered.find((policy) => policy === answers['policy']);
}

function policyNow({ model }: FixFacts, id: string): LbPolicy | undefined {
  return model.disks.find((disk) => disk.id === id)?.mpio?.lbPolicy;
}

export const fix = defineFix({
  id: 'mpio-policy-of-disk',
  title: 'Set how Multipath I/O uses the paths of these disks',
  impact: 'path',
  needs: ['Disk'],
  order: 60,
  precheck: (request) => {
    const disks = disksMeant(request);
    const unknown = disks.filter(
      ({ mpio }) => mpio.isMicrosoftDsm && (mpio.mpioNumber === undefined || !isSettable(mpio.lbPolicy)),
    );
    return [
      ...needsMicrosoftDsm(disks),
      ...unknown.map(({ name }): Refusal => ({
        reason: 'fact-missing',
        message: `The MPIO number or the present policy of ${name} is not known, so there would be no way back.`,
        remedy: 'Look again as an administrator.',
      })),
    ];
  },
  choices: (request) => {
    const isEven = areAllPathsOptimized(disksMeant(request));
    const usual = offered.find((policy) => policy === request.finding.evidence['defaultPolicy']);
    return [
      {
        id: 'policy',
        question: 'Which policy shall the disks have?',
        type: 'one-of',
        options: offered.map((policy) => ({ value: policy, label: words[policy] })),
        proposal: usual ?? (isEven ? 'RR' : 'RRWS'),
        because:
          usual !== undefined
            ? 'It is the default policy of this host; the disks that were there first did not take it up.'
            : isEven
              ? "All paths are optimized, so all can take turns; the array's vendor may ask for another policy."
              : "Some paths are not optimized and would make round robin slower; the array's vendor may ask for another policy.",
      },
    ];
  },
  plan: (request) => {
    const policy = policyAnswered(request);
    if (policy === undefined) return [];
    return disksMeant(request).flatMap(({ id, name, mpio }): Step[] => {
      const { lbPolicy: before, mpioNumber } = mpio;
      if (mpioNumber === undefined || !isSettable(before) || before === policy) return [];
      const set = (to: SettablePolicy) =>
        ({ program: 'mpclaim', arguments: ['-l', '-d', String(mpioNumber), String(codes[to])] }) as const;
      return [
        {
          title: `${name} (MPIO disk ${mpioNumber}) gets the policy ${policy}; its requests are spread anew.`,
          commands: [set(policy)],
          changes: [{ of: { id, kind: 'disk', name }, property: 'LoadBalancePolicy', before, after: policy }],
          impact: 'path',
          verify: {
            says: `${name} has the policy ${policy}.`,
            observations: ['Disk', 'MpioDisk', 'Mpclaim'],
            differs: (now) => {
              const found = policyNow(now, id);
              return found === policy ? undefined : `Its policy is ${found ?? 'not known'}.`;
            },
          },
          undo: [set(before)],
        },
      ];
    });
  },
});
