/** vNICs over which RoCE carries storage, whose switch port sets the priority of their frames back to 0. */
import { guidKey } from '../path-graph/joins.ts';
import { recordOf } from './adapter-facts.ts';
import { conclude } from './conclude.ts';
import { defineRule, type HostFacts } from './define-rule.ts';
import { appliesToStorageInterfaces, storageInterfaces } from './interface-uses.ts';
import { isRoce, rdmaInUse } from './rdma-facts.ts';
import { listed } from './wording.ts';

export const rule = defineRule({
  id: 'ieee-priority',
  severities: ['warning'],
  title: 'vNICs of RoCE keep the priority of their frames',
  failureTitle: 'A vNIC of RoCE loses the priority of its frames',
  needs: ['NetAdapter', 'NetAdapterAdvancedProperty', 'NetAdapterQos', 'VMNetworkAdapter'],
  fixes: [],
  appliesTo: appliesToStorageInterfaces,
  evaluate: (facts) => {
    const tags = tagsByInterface(facts);
    return conclude(facts, {
      things: rdmaInUse(facts).flatMap(({ interface: found, adapters }) =>
        found.kind === 'vnic' ? [{ vnic: found, adapters }] : [],
      ),
      see: ({ vnic, adapters }) => {
        const kinds = adapters.map((adapter) => isRoce(facts, adapter));
        if (!kinds.includes(true)) {
          return kinds.includes(undefined) || kinds.length === 0
            ? { doubt: `Which kind of RDMA carries ${vnic.name} is not known.` }
            : 'not-about';
        }
        const qos = adapters.map((adapter) => recordOf(facts, 'NetAdapterQos', adapter));
        // Where no priority pauses anything, none is worth keeping: dcb-pfc says that.
        const paused = qos.some(
          (one) => one?.enabled === true && one.pausedPriorities?.includes(true) === true,
        );
        if (!paused) {
          return qos.includes(undefined)
            ? { doubt: `Whether the adapters under ${vnic.name} have priority flow control is not known.` }
            : 'not-about';
        }
        const tag = tags.get(guidKey(vnic.interfaceGuid));
        if (tag === undefined) return { doubt: `Whether ${vnic.name} keeps priorities is not known.` };
        return tag === 'On' ? 'well' : { bad: vnic };
      },
      report: ([first, ...others]) => {
        const names = [first, ...others].map(({ name }) => name);
        return {
          severity: 'warning',
          message: `${listed(names)} ${names.length === 1 ? 'carries' : 'carry'} storage over RoCE, and the vSwitch sets the priority of what comes from ${names.length === 1 ? 'it' : 'them'} back to 0: flow control of the storage priority does not hold for these frames.`,
          subjects: [first, ...others],
          evidence: { vnics: names, ieeePriorityTag: 'Off' },
          advice:
            'Let the vNICs keep their priorities: Set-VMNetworkAdapter -ManagementOS -Name VNIC -IeeePriorityTag On, one after the other.',
        };
      },
      none: 'No storage of this host goes over RoCE from a vNIC with priority flow control under it.',
      gap: storageInterfaces(facts).gap,
      rests: ['NetAdapterQos', 'NetAdapterAdvancedProperty'],
    });
  },
});

function tagsByInterface({ snapshot }: HostFacts): ReadonlyMap<string, 'On' | 'Off' | undefined> {
  const { VMNetworkAdapter } = snapshot.readings;
  const records = VMNetworkAdapter.status === 'ok' ? VMNetworkAdapter.records : [];
  return new Map(
    records.flatMap(({ deviceId, ieeePriorityTag }) =>
      typeof deviceId === 'string' ? [[guidKey(deviceId), ieeePriorityTag]] : [],
    ),
  );
}
