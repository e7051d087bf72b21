import { failed, testRule } from '../testing/rule-cases.ts';
import { convergedSet, iscsiOnTeam } from '../testing/storage-hosts.ts';
import { rule } from './lacp-member-out.rule.ts';

const lacp = (...members: readonly (string | { name: string; failure: string })[]) => ({
  ...iscsiOnTeam,
  lbfoTeams: [{ name: 'Team1', members, teamingMode: 'Lacp' as const, lbAlgorithm: 'Dynamic' as const }],
});
const out = (name: string) => ({ name, failure: 'LacpNegotiationIssue' });

testRule(rule, {
  reports: {
    'a member without an agreement': {
      host: lacp('NIC1', 'NIC2', 'NIC3', out('NIC4')),
      severity: 'warning',
      message: /^1 member of 4 of the LACP team Team1 \(NIC4\) has a link and no agreement with the switch/,
      subjects: ['Team1', 'NIC4'],
    },
    'no member with an agreement': {
      host: lacp(out('NIC1'), out('NIC2'), out('NIC3'), out('NIC4')),
      severity: 'error',
      message: /the team carries nothing/,
    },
  },
  staysSilent: { 'all members agreed': { host: lacp('NIC1', 'NIC2', 'NIC3', 'NIC4') } },
  notApplicable: {
    'a switch-independent team': { host: iscsiOnTeam },
    'an embedded team': { host: convergedSet },
  },
  notEvaluated: {
    'members that could not be read': {
      host: lacp('NIC1', 'NIC2', 'NIC3', 'NIC4'),
      change: failed('NetLbfoTeamMember'),
    },
  },
});
