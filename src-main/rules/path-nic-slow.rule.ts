/** An adapter on a storage path that came up slower than storage needs. */
import { formatBitsPerSecond } from '#shared/units.ts';
import { conclude } from './conclude.ts';
import { defineRule } from './define-rule.ts';
import { appliesToStorageInterfaces, storageCarriers, storageInterfaces } from './interface-uses.ts';
import { listed } from './wording.ts';

const bits = 1e9;

export const rule = defineRule({
  id: 'path-nic-slow',
  severities: ['warning'],
  title: 'Adapters of storage paths are fast enough',
  failureTitle: 'A storage path runs over a slow adapter',
  needs: ['NetAdapter'],
  fixes: [],
  appliesTo: appliesToStorageInterfaces,
  thresholds: {
    minimumGigabits: {
      value: 1,
      unit: 'Gbit/s',
      says: 'A link below this speed is called slow where storage leaves by it.',
    },
  },
  evaluate: (facts, { minimumGigabits }) =>
    conclude(facts, {
      things: storageCarriers(facts).filter(({ adapter }) => adapter.role === 'physical' && adapter.isUp),
      see: ({ adapter, interfaces }) => {
        const speed = adapter.speedBitsPerSecond;
        if (typeof speed !== 'number') return { doubt: `The speed of ${adapter.name} is not known.` };
        return speed < minimumGigabits * bits ? { bad: { adapter, interfaces, speed } } : 'well';
      },
      report: (bad) => ({
        severity: 'warning',
        message: `${listed(bad.map(({ adapter, speed }) => `${adapter.name} (${formatBitsPerSecond(speed)})`))} ${bad.length === 1 ? 'carries' : 'carry'} storage at less than ${minimumGigabits} Gb/s.`,
        subjects: [bad[0].adapter, ...bad.slice(1).map(({ adapter }) => adapter)],
        evidence: {
          adapters: bad.map(({ adapter }) => adapter.name),
          bitsPerSecond: bad.map(({ speed }) => speed),
          minimumBitsPerSecond: minimumGigabits * bits,
          interfaces: bad.flatMap(({ interfaces }) => interfaces.map(({ name }) => name)),
        },
        advice:
          'A link that should be faster has fallen back: see the cable, the transceiver and the speed set on either end. If the port can do no more, move storage to a faster one.',
      }),
      none: 'Storage leaves by no physical adapter with a link.',
      gap: storageInterfaces(facts).gap,
    }),
});
