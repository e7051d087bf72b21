import { failed, testRule } from '../testing/rule-cases.ts';
import { convergedLbfo, convergedSet, twoIscsiAdapters } from '../testing/storage-hosts.ts';
import { rule } from './converged-members.rule.ts';

const oneMember = {
  ...convergedSet,
  adapters: [{ name: 'pNIC1', speed: 10e9 }],
  vswitches: [{ name: 'Converged', uplink: { set: ['pNIC1'] } }],
  vnics: convergedSet.vnics.map(({ name, vswitch }) => ({ name, vswitch })),
} as const;
const standby = {
  ...convergedLbfo,
  lbfoTeams: [
    {
      name: 'Team1',
      teamingMode: 'SwitchIndependent',
      lbAlgorithm: 'HyperVPort',
      members: ['pNIC1', { name: 'pNIC2', mode: 'Standby' }],
    },
  ],
} as const;

testRule(rule, {
  reports: {
    'two storage vNICs over one member': {
      host: oneMember,
      severity: 'warning',
      message:
        /^2 storage vNICs \(vEthernet \(iSCSI1\) and vEthernet \(iSCSI2\)\) share 1 active member of team Converged \(pNIC1\): they are one path in fact\.$/,
      subjects: ['Converged', 'vEthernet (iSCSI1)', 'vEthernet (iSCSI2)'],
    },
    'two storage vNICs while the other member has no link': {
      host: {
        ...convergedSet,
        adapters: [
          { name: 'pNIC1', speed: 10e9 },
          { name: 'pNIC2', speed: 10e9, status: 'Disconnected' },
        ],
      },
      severity: 'warning',
      message: /share 1 active member of team Converged \(pNIC1\): they are one path in fact\.$/,
      evidence: { membersWithoutLink: ['pNIC2'] },
      advice: /^Bring the link of pNIC2 back/,
    },
    'two storage vNICs while the other member waits': {
      host: standby,
      severity: 'warning',
      message: /1 active member of team Team1 \(pNIC1\)/,
    },
  },
  staysSilent: { 'a member for each': { host: convergedSet }, 'the same over LBFO': { host: convergedLbfo } },
  notApplicable: {
    'adapters without a team': { host: twoIscsiAdapters },
  },
  notEvaluated: { 'a team that could not be read': { host: convergedSet, change: failed('VMSwitchTeam') } },
});
