import { changeItems, testRule, withoutProperty } from '../testing/rule-cases.ts';
import { convergedLbfo, convergedSet, iscsiOnTeam } from '../testing/storage-hosts.ts';
import { rule } from './vmq-processors.rule.ts';

const queues = (...from: readonly number[]) =>
  changeItems('NetAdapterVmq', (item, at) => ({
    ...item,
    BaseProcessorNumber: from[at] ?? 0,
    MaxProcessors: 8,
  }));
const minQueues = {
  ...convergedLbfo,
  lbfoTeams: [
    { name: 'Team1', members: ['pNIC1', 'pNIC2'], teamingMode: 'Lacp', lbAlgorithm: 'TransportPorts' },
  ],
} as const;

testRule(rule, {
  reports: {
    'members that overlap where each has queues of its own': {
      host: convergedLbfo,
      change: queues(2, 2),
      severity: 'info',
      message: /on processors that overlap \(pNIC1: 8 from 2 and pNIC2: 8 from 2\)/,
      subjects: ['Team1', 'pNIC1', 'pNIC2'],
    },
    'members that differ where each queue is on every member': {
      host: minQueues,
      change: queues(2, 18),
      severity: 'info',
      message: /on processors that differ/,
    },
  },
  staysSilent: {
    'members apart': { host: convergedLbfo, change: queues(2, 18) },
    'members alike in the other mode': { host: minQueues, change: queues(2, 2) },
    '1 Gbit/s': {
      host: { ...convergedLbfo, adapters: [{ name: 'pNIC1' }, { name: 'pNIC2' }] },
      change: queues(2, 2),
    },
  },
  notApplicable: {
    'Server 2019': { host: { ...convergedLbfo, windows: { release: '2019' } }, reason: /by itself/ },
    'an embedded team': { host: convergedSet },
    'a team without a vSwitch': { host: iscsiOnTeam },
  },
  notEvaluated: {
    'processors that are not told': {
      host: convergedLbfo,
      change: withoutProperty('NetAdapterVmq', 'BaseProcessorNumber'),
    },
  },
});
