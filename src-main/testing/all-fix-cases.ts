/** Every row of the tables of fixes, for tests that ask something of each fix. */
import type { FixCase } from './fix-cases.ts';
import { convergedLbfo, iscsiOnTeam } from './storage-hosts.ts';
import { networkFixCases } from './network-fix-cases.ts';
import { networkPathCases } from './network-path-cases.ts';
import { storageFixCases } from './storage-fix-cases.ts';
import { teamNicCases } from './team-nic-cases.ts';

const allFixCases: readonly FixCase[] = [
  ...storageFixCases,
  ...networkFixCases,
  ...networkPathCases,
  ...teamNicCases,
];

/** The first row of each fix. */
export const oneCaseOfEachFix: readonly FixCase[] = [
  ...Map.groupBy(allFixCases, ({ fix }) => fix).values(),
].flatMap((same) => same.slice(0, 1));

/** Those rows and every one that needs a secret. */
export const casesInEngine: readonly FixCase[] = allFixCases.filter(
  (one) => oneCaseOfEachFix.includes(one) || one.secrets !== undefined,
);

/** Hosts for the fixes that only a person carries out, by the lines of their plan. */
export const casesByHand: readonly Pick<FixCase, 'fix' | 'finding' | 'host'>[] = [
  { fix: 'iscsi-vnics-on-team', finding: 'iscsi-on-team', host: iscsiOnTeam },
  {
    fix: 'team-nic-all-vlans',
    finding: 'team-nic-not-default',
    host: {
      ...convergedLbfo,
      lbfoTeams: convergedLbfo.lbfoTeams.map((team) => ({
        ...team,
        // As Windows names it.
        teamNics: [{ name: 'Team1 - VLAN 20', vlanId: 20 }],
      })),
    },
  },
];
