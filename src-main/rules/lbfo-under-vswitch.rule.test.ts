import { failed, testRule } from '../testing/rule-cases.ts';
import { convergedLbfo, convergedSet, iscsiOnTeam } from '../testing/storage-hosts.ts';
import { rule } from './lbfo-under-vswitch.rule.ts';

const on = (release: '2012' | '2016' | '2019' | '2022' | '2025') => ({
  ...convergedLbfo,
  windows: { release },
});

testRule(rule, {
  reports: {
    'Server 2019': {
      host: on('2019'),
      severity: 'info',
      message: /^vSwitch Converged stands on the LBFO team Team1: it works on Server 2019, but is deprecated/,
      subjects: ['Converged', 'Team1'],
    },
    'Server 2022, after an upgrade': {
      host: on('2022'),
      severity: 'error',
      message: /refuses this/,
      advice: /Switch Embedded Teaming/,
    },
    'Server 2025': { host: on('2025'), severity: 'error', message: /refuses this/ },
  },
  staysSilent: { 'Server 2012 R2': { host: convergedLbfo }, 'Server 2012': { host: on('2012') } },
  notApplicable: {
    'an embedded team': { host: convergedSet },
    'a team without a vSwitch': { host: { ...iscsiOnTeam, windows: { release: '2022' } } },
  },
  notEvaluated: { 'teams that could not be read': { host: on('2022'), change: failed('NetLbfoTeam') } },
});
