/** All storage adapters in one slot: one card whose failure takes every path. */
import { conclude } from './conclude.ts';
import { defineRule } from './define-rule.ts';
import { appliesToStorageInterfaces, storageCarriers, storageInterfaces } from './interface-uses.ts';
import { listed } from './wording.ts';

export const rule = defineRule({
  id: 'same-card',
  severities: ['info'],
  title: 'Storage adapters are on more than one card',
  failureTitle: 'All storage adapters are on one card',
  needs: ['NetAdapter', 'NetAdapterHardwareInfo'],
  fixes: [],
  appliesTo: appliesToStorageInterfaces,
  evaluate: (facts) => {
    const ports = storageCarriers(facts).flatMap(({ adapter }) =>
      adapter.role === 'physical' ? [adapter] : [],
    );
    const [first, ...others] = ports;
    return conclude(facts, {
      things: first === undefined || others.length === 0 ? [] : [[first, ...others] as const],
      see: (all) => {
        const cards = all.map(({ cardSlot }) => cardSlot?.card);
        if (new Set(cards.filter((card) => card !== undefined)).size > 1) return 'well';
        const unknown = all.filter(({ cardSlot }) => cardSlot === undefined).map(({ name }) => name);
        return unknown.length > 0 ? { doubt: `The card of ${listed(unknown)} is not known.` } : { bad: all };
      },
      report: ([all]) => ({
        severity: 'info',
        message: `${listed(all.map(({ name }) => name))} are ports of one card: if it fails, every path to storage over the network fails with it.`,
        subjects: all,
        evidence: { adapters: all.map(({ name }) => name), card: all[0].cardSlot?.card ?? null },
        advice:
          'If another slot is free, take one path over a second card at the next service; the ports as such are used well.',
      }),
      none: 'Storage leaves by fewer than two physical adapters.',
      gap: storageInterfaces(facts).gap,
    });
  },
});
