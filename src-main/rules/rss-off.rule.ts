/** Receive side scaling switched off on a fast adapter that SMB storage uses over TCP. */
import { recordOf } from './adapter-facts.ts';
import { conclude } from './conclude.ts';
import { defineRule } from './define-rule.ts';
import { appliesToStorageInterfaces, storageInterfaces } from './interface-uses.ts';
import { rdmaInUse } from './rdma-facts.ts';
import { listed } from './wording.ts';

export const rule = defineRule({
  id: 'rss-off',
  severities: ['warning'],
  title: 'Fast adapters of SMB storage spread what they receive over processors',
  failureTitle: 'Receive side scaling is off on an adapter of SMB storage',
  needs: ['NetAdapter', 'NetAdapterRss'],
  fixes: ['rss-on'],
  appliesTo: appliesToStorageInterfaces,
  thresholds: {
    fromGigabits: { value: 10, unit: 'Gbit/s', says: 'Below this speed one processor keeps up.' },
  },
  evaluate: (facts, { fromGigabits }) => {
    const overRdma = new Set(rdmaInUse(facts).map(({ interface: { id } }) => id));
    return conclude(facts, {
      // Under a vSwitch or in a team it is off by design, and vNICs are another matter.
      things: storageInterfaces(facts).inUse.flatMap(({ interface: found, channels }) =>
        found.kind === 'adapter' &&
        found.role === 'physical' &&
        channels.length > 0 &&
        !overRdma.has(found.id)
          ? [found]
          : [],
      ),
      see: (adapter) => {
        const rss = recordOf(facts, 'NetAdapterRss', adapter);
        if (rss === undefined) return 'not-about';
        const speed = adapter.speedBitsPerSecond;
        if (typeof speed !== 'number') return { doubt: `The speed of ${adapter.name} is not known.` };
        if (speed < fromGigabits * 1e9) return 'not-about';
        return !rss.enabled || (rss.receiveQueues !== undefined && rss.receiveQueues < 2)
          ? { bad: adapter }
          : 'well';
      },
      report: ([first, ...others]) => {
        const names = [first, ...others].map(({ name }) => name);
        return {
          severity: 'warning',
          message: `Receive side scaling is off, or has one queue, on ${listed(names)}: SMB opens one connection per interface there instead of several, and one processor handles all that comes in.`,
          subjects: [first, ...others],
          evidence: { adapters: names },
          advice: 'Switch it on (Enable-NetAdapterRss), one adapter at a time; that restarts it.',
        };
      },
      none: 'No SMB storage leaves over TCP by a fast adapter that can do receive side scaling.',
      gap: storageInterfaces(facts).gap,
      rests: ['NetAdapterRss'],
    });
  },
});
