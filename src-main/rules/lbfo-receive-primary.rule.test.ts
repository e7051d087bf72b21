import { testRule, withoutProperty } from '../testing/rule-cases.ts';
import { convergedLbfo, convergedSet, iscsiOnTeam } from '../testing/storage-hosts.ts';
import { rule } from './lbfo-receive-primary.rule.ts';

const mode = (
  teamingMode: 'SwitchIndependent' | 'Lacp',
  lbAlgorithm: 'TransportPorts' | 'MacAddresses' | 'Dynamic',
) => ({
  ...convergedLbfo,
  lbfoTeams: [{ name: 'Team1', members: ['pNIC1', 'pNIC2'], teamingMode, lbAlgorithm }],
});

testRule(rule, {
  reports: {
    'address hash under two storage vNICs': {
      host: mode('SwitchIndependent', 'TransportPorts'),
      severity: 'warning',
      message: /comes in by one of 2 members: at most 10 Gb\/s of 20 Gb\/s\.$/,
      subjects: ['Team1', 'vEthernet (iSCSI1)', 'vEthernet (iSCSI2)'],
      evidence: { oneMemberBitsPerSecond: 10e9, allMembersBitsPerSecond: 20e9 },
    },
    'MAC addresses': {
      host: mode('SwitchIndependent', 'MacAddresses'),
      severity: 'warning',
      message: /MacAddresses/,
    },
  },
  staysSilent: {
    'Hyper-V port': { host: convergedLbfo },
    Dynamic: { host: mode('SwitchIndependent', 'Dynamic') },
    'a team that agrees with the switch': { host: mode('Lacp', 'TransportPorts') },
  },
  notApplicable: {
    'an embedded team': { host: convergedSet },
    'iSCSI on the team NIC, which another rule reports': { host: iscsiOnTeam },
  },
  notEvaluated: {
    'a mode that is not told': {
      host: mode('SwitchIndependent', 'TransportPorts'),
      change: withoutProperty('NetLbfoTeam', 'TeamingMode'),
    },
  },
});
