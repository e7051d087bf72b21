import { testRule, withoutProperty } from '../testing/rule-cases.ts';
import { convergedLbfo, convergedSet, iscsiOnTeam } from '../testing/storage-hosts.ts';
import { rule } from './team-nic-not-default.rule.ts';

const withVlan = {
  ...convergedLbfo,
  lbfoTeams: [
    {
      name: 'Team1',
      teamingMode: 'SwitchIndependent',
      lbAlgorithm: 'HyperVPort',
      members: ['pNIC1', 'pNIC2'],
      teamNics: [{ name: 'Team1', vlanId: 20 }],
    },
  ],
} as const;

testRule(rule, {
  reports: {
    'a VLAN on the team NIC under the vSwitch': {
      host: withVlan,
      severity: 'warning',
      message:
        /^Team1, the NIC of team Team1 under a vSwitch, is in VLAN 20: the vSwitch gets the frames of this VLAN alone\.$/,
    },
    'the same with storage in a VLAN of its own': {
      host: {
        ...withVlan,
        vnics: [
          { name: 'Management', vswitch: 'Converged' },
          { name: 'iSCSI1', vswitch: 'Converged', vlanId: 10 },
          { name: 'iSCSI2', vswitch: 'Converged', vlanId: 10 },
        ],
      },
      severity: 'error',
      message:
        /although vEthernet \(iSCSI1\) and vEthernet \(iSCSI2\) should carry storage in a VLAN of their own/,
    },
  },
  staysSilent: { 'a team NIC without a VLAN': { host: convergedLbfo } },
  notApplicable: {
    'a team without a vSwitch': { host: iscsiOnTeam },
    'an embedded team': { host: convergedSet },
  },
  notEvaluated: {
    'a VLAN that is not told': { host: convergedLbfo, change: withoutProperty('NetLbfoTeamNic', 'VlanID') },
  },
});
