/** The path policy that Multipath I/O gives to disks it takes from now on. */
import { defineFix, type FixFacts, type FixRequest } from '../define-fix.ts';

const words = {
  RR: 'Round robin over all paths',
  LQD: 'The path with the shortest queue',
  FOO: 'Fail over only',
  LB: 'Least blocks',
  None: 'None: Windows chooses by the array',
} as const;
type DefaultPolicy = keyof typeof words;
const policies = Object.keys(words) as readonly DefaultPolicy[];

function policyNow({ snapshot }: FixFacts): DefaultPolicy | undefined {
  const { MSDSMGlobalDefaultLoadBalancePolicy: reading } = snapshot.readings;
  const said = reading.status === 'ok' ? reading.records[0]?.policy.toLowerCase() : undefined;
  return policies.find((policy) => policy.toLowerCase() === said);
}

/** What the disks that the Microsoft DSM holds have in common. */
function policyOfDisks({ model }: FixFacts): DefaultPolicy | undefined {
  const held = model.disks.flatMap(({ mpio }) => (mpio?.isMicrosoftDsm === true ? [mpio.lbPolicy] : []));
  const [first, ...others] = [...new Set(held.map((policy) => (policy === 'RRWS' ? 'RR' : policy)))];
  return others.length > 0 ? undefined : policies.find((policy) => policy === first);
}

function answered({ answers }: FixRequest): DefaultPolicy | undefined {
  return policies.find((policy) => policy === answers['default-policy']);
}

export const fix = defineFix({
  id: 'mpio-policy-default',
  title: 'Set the path policy of disks that come later',
  impact: 'none',
  needs: ['MSDSMGlobalDefaultLoadBalancePolicy'],
  order: 35,
  precheck: (facts) =>
    policyNow(facts) === undefined
      ? [
          {
            reason: 'fact-missing',
            message:
              'The default policy of Multipath I/O is not one that is known, so there would be no way back.',
            remedy: 'Set it by hand (Set-MSDSMGlobalDefaultLoadBalancePolicy).',
          },
        ]
      : [],
  choices: (request) => {
    const ofDisks = policyOfDisks(request);
    return [
      {
        id: 'default-policy',
        question: 'Which policy shall disks get that Multipath I/O takes from now on?',
        type: 'one-of',
        options: policies.map((value) => ({ value, label: words[value] })),
        proposal: ofDisks ?? 'RR',
        because:
          ofDisks === undefined
            ? 'Microsoft and most vendors ask for round robin; disks that are there keep theirs.'
            : 'All disks that are there have it, and keep it.',
      },
    ];
  },
  plan: (request) => {
    const before = policyNow(request);
    const after = answered(request);
    if (before === undefined || after === undefined || before === after) return [];
    const set = (policy: DefaultPolicy) =>
      ({ cmdlet: 'Set-MSDSMGlobalDefaultLoadBalancePolicy', parameters: { Policy: policy } }) as const;
    return [
      {
        title: `The default policy of Multipath I/O becomes ${after}; disks that are there keep theirs.`,
        commands: [set(after)],
        changes: [{ of: request.model.host, property: 'MSDSM default load balance policy', before, after }],
        impact: 'none',
        verify: {
          says: `The default policy is ${after}.`,
          observations: ['MSDSMGlobalDefaultLoadBalancePolicy'],
          differs: (now) =>
            policyNow(now) === after ? undefined : `The default policy is ${policyNow(now) ?? 'not known'}.`,
        },
        undo: [set(before)],
      },
    ];
  },
});
