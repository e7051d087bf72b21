import { changeItems, testRule } from '../testing/rule-cases.ts';
import { convergedSet, iscsiOnTeam } from '../testing/storage-hosts.ts';
import { rule } from './mixed-speed-members.rule.ts';

const mixed = {
  ...iscsiOnTeam,
  adapters: [{ name: 'NIC1', speed: 10e9 }, { name: 'NIC2' }],
  lbfoTeams: [
    { name: 'Team1', members: ['NIC1', 'NIC2'], teamingMode: 'SwitchIndependent', lbAlgorithm: 'Dynamic' },
  ],
} as const;

testRule(rule, {
  reports: {
    '10 and 1 Gbit/s, both active': {
      host: mixed,
      severity: 'warning',
      message:
        /differ in speed \(NIC1: 10 Gb\/s and NIC2: 1 Gb\/s\): flows are placed without regard to it, so any of them may get 1 Gb\/s/,
      subjects: ['Team1', 'NIC1', 'NIC2'],
      evidence: { slowestBitsPerSecond: 1e9 },
    },
  },
  staysSilent: { 'four equal members': { host: iscsiOnTeam } },
  notApplicable: {
    'a slower member that waits as standby': {
      host: {
        ...mixed,
        lbfoTeams: [{ ...mixed.lbfoTeams[0], members: ['NIC1', { name: 'NIC2', mode: 'Standby' }] }],
      },
    },
    'an embedded team': { host: convergedSet },
  },
  notEvaluated: {
    'speeds that Windows does not give': {
      host: iscsiOnTeam,
      change: changeItems('NetAdapter', (item) => ({
        ...item,
        Speed: 4294967295,
        ReceiveLinkSpeed: 4294967295,
        LinkSpeed: '0 bps',
      })),
    },
  },
});
