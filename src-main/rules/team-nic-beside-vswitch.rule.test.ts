import { failed, testRule } from '../testing/rule-cases.ts';
import { convergedLbfo, convergedSet, iscsiOnTeam } from '../testing/storage-hosts.ts';
import { rule } from './team-nic-beside-vswitch.rule.ts';

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
    'management on a team NIC beside the vSwitch': {
      host: withAddress,
      severity: 'error',
      message:
        /^Team1 - VLAN 42 \(10\.0\.42\.10\) is a NIC of team Team1 beside the vSwitch on the same team/,
      subjects: ['Team1 - VLAN 42', 'Team1'],
    },
  },
  staysSilent: {
    'management on a vNIC': { host: convergedLbfo },
    'a further team NIC without an address, which another rule reports': { host: withFurther },
  },
  notApplicable: {
    'a team without a vSwitch': { host: iscsiOnTeam },
    'an embedded team': { host: convergedSet },
  },
  notEvaluated: {
    'team NICs that could not be read': { host: withAddress, change: failed('NetLbfoTeamNic') },
  },
});
