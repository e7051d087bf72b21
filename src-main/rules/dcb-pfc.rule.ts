/** RoCE in use for storage without priority flow control. */
import { recordOf } from './adapter-facts.ts';
import { conclude } from './conclude.ts';
import { defineRule } from './define-rule.ts';
import { appliesToStorageInterfaces, storageInterfaces } from './interface-uses.ts';
import { isRoce, noRdmaInUse, rdmaAdapters } from './rdma-facts.ts';
import { listed } from './wording.ts';

export const rule = defineRule({
  id: 'dcb-pfc',
  severities: ['warning'],
  title: 'RoCE for storage has priority flow control',
  failureTitle: 'RoCE carries storage without priority flow control',
  needs: ['NetAdapter', 'NetAdapterAdvancedProperty', 'NetAdapterQos'],
  fixes: [],
  appliesTo: appliesToStorageInterfaces,
  evaluate: (facts) =>
    conclude(facts, {
      things: rdmaAdapters(facts),
      see: (adapter) => {
        const roce = isRoce(facts, adapter);
        if (roce === undefined) return { doubt: `Which kind of RDMA ${adapter.name} uses is not known.` };
        if (!roce) return 'not-about';
        const qos = recordOf(facts, 'NetAdapterQos', adapter);
        if (qos === undefined)
          return { doubt: `Whether ${adapter.name} has priority flow control is not known.` };
        if (!qos.enabled) return { bad: adapter };
        if (qos.pausedPriorities === undefined)
          return { doubt: `Whether ${adapter.name} has priority flow control is not known.` };
        return qos.pausedPriorities?.includes(true) === true ? 'well' : { bad: adapter };
      },
      report: ([first, ...others]) => {
        const names = [first, ...others].map(({ name }) => name);
        return {
          severity: 'warning',
          message: `${listed(names)} ${names.length === 1 ? 'carries' : 'carry'} SMB storage over RoCE without priority flow control in force: a switch port that fills up drops frames, and RoCE recovers from that slowly.`,
          subjects: [first, ...others],
          evidence: { adapters: names },
          advice:
            'Set priority flow control for the priority of SMB Direct on the adapters and on every switch between, then watch for dropped frames. On a small, uncongested network it may never show.',
        };
      },
      none: noRdmaInUse,
      gap: storageInterfaces(facts).gap,
      rests: ['NetAdapterQos', 'NetAdapterAdvancedProperty'],
    }),
});
