import { failed, testRule } from '../testing/rule-cases.ts';
import { convergedLbfo, convergedSet, iscsiOnTeam } from '../testing/storage-hosts.ts';
import { rule } from './team-extra-interface.rule.ts';

const withFurther = {
  ...convergedLbfo,
  lbfoTeams: [
    {
      name: 'Team1',
      teamingMode: 'SwitchIndependent',
      lbAlgorithm: 'HyperVPort',
      members: ['pNIC1', 'pNIC2'],
      teamNics: [{ name: 'Team1' }, { name: 'Team1 - VLAN 42', vlanId: 42 }],
    },
  ],
} as const;
const withAddress = {
  ...withFurther,
  addresses: [...convergedLbfo.addresses, { interface: 'Team1 - VLAN 42', address: '10.0.42.10/24' }],
} as const;

testRule(rule, {
  reports: {
    'a team NIC with a VLAN beside the vSwitch': {
      host: withFurther,
      severity: 'warning',
      message: /^Team Team1 carries a vSwitch and has a further team NIC \(Team1 - VLAN 42\)/,
      subjects: ['Team1 - VLAN 42', 'Team1'],
    },
  },
  staysSilent: {
    'one team NIC under the vSwitch': { host: convergedLbfo },
    'a further team NIC with an address, which another rule reports': { host: withAddress },
  },
  notApplicable: {
    'a team without a vSwitch': { host: iscsiOnTeam },
    'an embedded team': { host: convergedSet },
  },
  notEvaluated: {
    'team NICs that could not be read': { host: withFurther, change: failed('NetLbfoTeamNic') },
  },
});
