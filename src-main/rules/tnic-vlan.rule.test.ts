import { testRule, withoutProperty } from '../testing/rule-cases.ts';
import { convergedLbfo, convergedSet, iscsiOnTeam } from '../testing/storage-hosts.ts';
import { rule } from './tnic-vlan.rule.ts';

const teamNics = (...vlans: readonly (number | undefined)[]) => ({
  ...iscsiOnTeam,
  lbfoTeams: [
    {
      ...iscsiOnTeam.lbfoTeams[0],
      name: 'Team1',
      members: ['NIC1', 'NIC2', 'NIC3', 'NIC4'],
      teamingMode: 'SwitchIndependent' as const,
      lbAlgorithm: 'Dynamic' as const,
      teamNics: vlans.map((vlanId, at) => ({
        name: at === 0 ? 'Team1' : `Team1 - ${at}`,
        ...(vlanId !== undefined && { vlanId }),
      })),
    },
  ],
});

testRule(rule, {
  reports: {
    'two team NICs without a VLAN': {
      host: teamNics(undefined, undefined),
      severity: 'warning',
      message: 'Team1 and Team1 - 1 of team Team1 have no VLAN: only one of them gets the untagged frames.',
    },
  },
  staysSilent: { 'one without a VLAN, two with one': { host: teamNics(undefined, 10, 20) } },
  notApplicable: {
    'one team NIC': { host: iscsiOnTeam },
    'a team under a vSwitch': { host: convergedLbfo },
    'an embedded team': { host: convergedSet },
  },
  notEvaluated: {
    'VLANs that are not told': {
      host: teamNics(undefined, 10),
      change: withoutProperty('NetLbfoTeamNic', 'VlanID'),
    },
  },
});
