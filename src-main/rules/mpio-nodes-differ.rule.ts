/** Nodes that share disks and treat them in different ways: judged where two looks lie side by side. */
import { defineRule } from './define-rule.ts';

export const rule = defineRule({
  id: 'mpio-nodes-differ',
  severities: ['warning'],
  title: 'The nodes of a cluster treat their shared disks alike',
  failureTitle: 'Two nodes treat the disks they share differently',
  needs: ['MpioDisk', 'MPIOSetting', 'MSDSMAutomaticClaimSettings', 'MSDSMGlobalDefaultLoadBalancePolicy'],
  fixes: [],
  // Asked before `needs`: one host alone has no answer, whatever of it could be read.
  appliesTo: {
    needs: [],
    notApplicable: () => 'One host alone is looked at: "switchyard diff" compares the captures of two nodes.',
  },
  evaluate: () => [],
});
