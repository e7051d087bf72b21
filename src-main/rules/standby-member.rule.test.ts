import { failed, testRule } from '../testing/rule-cases.ts';
import { convergedSet, iscsiOnTeam, twoIscsiAdapters } from '../testing/storage-hosts.ts';
import { rule } from './standby-member.rule.ts';

const standby = {
  ...iscsiOnTeam,
  lbfoTeams: [
    {
      name: 'Team1',
      members: ['NIC1', { name: 'NIC2', mode: 'Standby' }],
      teamingMode: 'SwitchIndependent',
      lbAlgorithm: 'Dynamic',
    },
  ],
} as const;

testRule(rule, {
  reports: {
    'one active, one waiting': {
      host: standby,
      severity: 'info',
      message: /^Storage goes through team Team1 with NIC1 as its only active member, while NIC2 waits/,
      subjects: ['Team1'],
    },
  },
  staysSilent: { 'all members active': { host: iscsiOnTeam } },
  notApplicable: {
    'an embedded team, which has no standby': { host: convergedSet },
    'storage beside a team with a standby member': {
      host: {
        ...twoIscsiAdapters,
        adapters: [...twoIscsiAdapters.adapters, { name: 'V1' }, { name: 'V2' }],
        lbfoTeams: [{ ...standby.lbfoTeams[0], members: ['V1', { name: 'V2', mode: 'Standby' }] }],
      },
    },
  },
  notEvaluated: { 'members that could not be read': { host: standby, change: failed('NetLbfoTeamMember') } },
});
