/** An interface of SMB storage with RDMA switched on that SMB cannot use for it. */
import { recordOf } from './adapter-facts.ts';
import { conclude } from './conclude.ts';
import { defineRule } from './define-rule.ts';
import { appliesToStorageInterfaces, storageInterfaces } from './interface-uses.ts';
import { listed } from './wording.ts';

export const rule = defineRule({
  id: 'rdma-not-usable',
  severities: ['warning'],
  title: 'SMB can use RDMA where it is switched on',
  failureTitle: 'RDMA is switched on and SMB cannot use it',
  needs: ['NetAdapter', 'NetAdapterRdma', 'SmbClientNetworkInterface'],
  fixes: [],
  appliesTo: appliesToStorageInterfaces,
  evaluate: (facts) => {
    const { SmbClientNetworkInterface: reading } = facts.snapshot.readings;
    const rows = new Map(
      reading.status === 'ok' ? reading.records.map((row) => [row.interfaceIndex, row.isRdmaCapable]) : [],
    );
    return conclude(facts, {
      things: storageInterfaces(facts).inUse.flatMap(({ interface: found, channels }) =>
        channels.length > 0 && found.kind !== 'team-nic' ? [found] : [],
      ),
      see: (found) => {
        const rdma = recordOf(facts, 'NetAdapterRdma', found);
        if (rdma?.enabled !== true) return 'not-about';
        const isCapable = rows.get(found.interfaceIndex);
        if (isCapable === false || rdma.maxQueuePairs === 0)
          return { bad: { found, hasNoQueues: rdma.maxQueuePairs === 0 } };
        return isCapable === undefined
          ? { doubt: `Whether SMB can use RDMA on ${found.name} is not known.` }
          : 'well';
      },
      report: (bad) => {
        const names = bad.map(({ found }) => found.name);
        const hasNoQueues = bad.some((one) => one.hasNoQueues);
        return {
          severity: 'warning',
          message: `RDMA is switched on for ${listed(names)}, which ${names.length === 1 ? 'carries' : 'carry'} SMB storage, but ${hasNoQueues ? 'the driver offers no queue pairs for it' : 'SMB does not see it'}: the traffic goes over TCP.`,
          subjects: [bad[0].found, ...bad.slice(1).map(({ found }) => found)],
          evidence: { interfaces: names, hasNoQueuePairs: hasNoQueues },
          advice:
            'Update driver and firmware, see the setting of Network Direct in the driver and in the firmware, and restart the adapter. Under a vSwitch RDMA needs Server 2016 and an embedded team or a vSwitch made for it.',
        };
      },
      none: 'RDMA is switched on for no interface that carries SMB storage.',
      gap: storageInterfaces(facts).gap,
      rests: ['NetAdapterRdma', 'SmbClientNetworkInterface'],
      isForGuests: true,
    });
  },
});
