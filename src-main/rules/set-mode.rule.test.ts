import { testRule, withoutProperty } from '../testing/rule-cases.ts';
import { convergedLbfo, convergedSet, twoIscsiAdapters } from '../testing/storage-hosts.ts';
import { rule } from './set-mode.rule.ts';

const dynamic = {
  ...convergedSet,
  vswitches: [{ name: 'Converged', uplink: { set: ['pNIC1', 'pNIC2'], lbAlgorithm: 'Dynamic' } }],
} as const;

testRule(rule, {
  reports: {
    'Dynamic with 10 Gbit/s': {
      host: dynamic,
      severity: 'info',
      message: /^The embedded team Converged \(members of 10 Gb\/s\) spreads by Dynamic/,
      subjects: ['Converged'],
    },
  },
  staysSilent: {
    'Hyper-V port': { host: convergedSet },
    'Dynamic with 1 Gbit/s': { host: { ...dynamic, adapters: [{ name: 'pNIC1' }, { name: 'pNIC2' }] } },
  },
  notApplicable: {
    'an LBFO team': { host: convergedLbfo },
    'storage beside the team': { host: twoIscsiAdapters },
  },
  notEvaluated: {
    'an algorithm that is not told': {
      host: dynamic,
      change: withoutProperty('VMSwitchTeam', 'LoadBalancingAlgorithm'),
    },
  },
});
