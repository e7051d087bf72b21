import { testRule, withoutProperty } from '../testing/rule-cases.ts';
import { convergedLbfo, convergedSet, iscsiOnTeam } from '../testing/storage-hosts.ts';
import { rule } from './lb-mode-blocks.rule.ts';

testRule(rule, {
  reports: {
    'Hyper-V port without a vSwitch': {
      host: {
        ...iscsiOnTeam,
        lbfoTeams: [
          {
            ...iscsiOnTeam.lbfoTeams[0],
            name: 'Team1',
            members: ['NIC1', 'NIC2', 'NIC3', 'NIC4'],
            teamingMode: 'SwitchIndependent',
            lbAlgorithm: 'HyperVPort',
          },
        ],
      },
      severity: 'warning',
      message: /Team1 is one port, so all storage stays on one of 4 active members\.$/,
      subjects: ['Team1'],
    },
    'LACP under storage vNICs': {
      host: {
        ...convergedLbfo,
        lbfoTeams: [
          { name: 'Team1', members: ['pNIC1', 'pNIC2'], teamingMode: 'Lacp', lbAlgorithm: 'Dynamic' },
        ],
      },
      severity: 'info',
      message: /^Team Team1 depends on the switch \(Lacp\)/,
    },
  },
  staysSilent: {
    'Hyper-V port under a vSwitch': { host: convergedLbfo },
    'Dynamic on a team NIC': { host: iscsiOnTeam },
  },
  notApplicable: { 'an embedded team': { host: convergedSet } },
  notEvaluated: {
    'an algorithm that is not told': {
      host: iscsiOnTeam,
      change: withoutProperty('NetLbfoTeam', 'LoadBalancingAlgorithm'),
    },
  },
});
