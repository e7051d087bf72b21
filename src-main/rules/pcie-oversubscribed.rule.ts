/** Ports of one card that together are faster than the card's link to the processor. */
import type { Adapter } from '#shared/host/host-model.ts';
import { formatBitsPerSecond } from '#shared/units.ts';
import { totalBitsPerSecond } from './adapter-facts.ts';
import { conclude } from './conclude.ts';
import { defineRule, type HostFacts } from './define-rule.ts';
import { appliesToStorageInterfaces, storageCarriers, storageInterfaces } from './interface-uses.ts';
import { listed } from './wording.ts';

export const rule = defineRule({
  id: 'pcie-oversubscribed',
  severities: ['warning', 'info'],
  title: 'Every card can feed all of its ports',
  failureTitle: 'A card has faster ports than its slot can feed',
  needs: ['NetAdapter', 'NetAdapterHardwareInfo'],
  fixes: [],
  appliesTo: appliesToStorageInterfaces,
  evaluate: (facts) =>
    conclude(facts, {
      things: cards(facts),
      see: (thing) => {
        if (typeof thing === 'string')
          return { doubt: `The link of ${thing} to the processor is not known.` };
        const { ports, slot } = thing;
        const needed = totalBitsPerSecond(ports);
        if (needed === undefined)
          return { doubt: `The speed of ${listed(ports.map(({ name }) => name))} is not known.` };
        return needed > slot ? { bad: { ...thing, needed } } : 'well';
      },
      report: (bad) =>
        bad.map(({ ports, storage, slot, needed }) => {
          const stored = totalBitsPerSecond(storage) ?? 0;
          const names = ports.map(({ name }) => name);
          return {
            severity: storage.length > 1 && stored > slot ? 'warning' : 'info',
            message: `${listed(names)} sit on one card and add up to ${formatBitsPerSecond(needed)}, while its link to the processor carries ${formatBitsPerSecond(slot)} in each direction.`,
            subjects: [ports[0], ...ports.slice(1)],
            evidence: {
              ports: names,
              storagePorts: storage.map(({ name }) => name),
              portsBitsPerSecond: needed,
              slotBitsPerSecond: slot,
            },
            advice:
              'If storage needs the full speed of all ports at once, put the card into a wider or newer slot, or spread the ports of storage over two cards. See first that the card runs at the width and generation it could: a card that is not seated well falls back.',
          };
        }),
      none: 'Storage leaves by no physical adapter whose card is known.',
      gap: storageInterfaces(facts).gap,
    }),
});

interface Card {
  readonly ports: readonly [Adapter, ...Adapter[]];
  readonly storage: readonly Adapter[];
  /** bit/s in each direction. */
  readonly slot: number;
}

/** Cards with a storage port; where the card or its link is not told, the name of the port. */
function cards(facts: HostFacts): readonly (Card | string)[] {
  const ports = new Map<string, Adapter[]>();
  for (const adapter of facts.model.adapters) {
    const card = adapter.cardSlot?.card;
    if (card === undefined || adapter.role !== 'physical' || !adapter.isUp) continue;
    const there = ports.get(card);
    if (there === undefined) ports.set(card, [adapter]);
    else there.push(adapter);
  }
  const storage = new Map<string, Adapter[]>();
  const found: (Card | string)[] = [];
  for (const { adapter } of storageCarriers(facts)) {
    if (adapter.role !== 'physical' || !adapter.isUp) continue;
    const { card, bitsPerSecond } = adapter.cardSlot ?? {};
    if (card === undefined || bitsPerSecond === undefined) found.push(adapter.name);
    else storage.set(card, [...(storage.get(card) ?? []), adapter]);
  }
  for (const [card, carriers] of storage) {
    const [first, ...others] = ports.get(card) ?? [];
    const slot = first?.cardSlot?.bitsPerSecond;
    if (first !== undefined && slot !== undefined) {
      found.push({ ports: [first, ...others], storage: carriers, slot });
    }
  }
  return found;
}
