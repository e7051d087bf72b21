/** Interfaces that lead to one target with different packet sizes. */
import type { Entity } from '#shared/host/host-model.ts';
import { targetById, type HostInterface } from '../path-graph/walks.ts';
import { mtuOf } from './address-facts.ts';
import { conclude } from './conclude.ts';
import { defineRule, type HostFacts } from './define-rule.ts';
import { appliesToStorageInterfaces, storageInterfaces } from './interface-uses.ts';
import { pairTexts, probesOf } from './packet-probes.ts';
import { listed } from './wording.ts';

export const rule = defineRule({
  id: 'jumbo-partial',
  severities: ['warning'],
  title: 'Interfaces to one target send packets of one size',
  failureTitle: 'Interfaces to one target send packets of different sizes',
  needs: ['NetAdapter', 'NetIPInterface'],
  fixes: [],
  appliesTo: appliesToStorageInterfaces,
  evaluate: (facts) =>
    conclude(facts, {
      things: endpointsByTarget(facts),
      see: ({ targets, interfaces }) => {
        const sizes = interfaces.map((found) => ({ found, mtu: mtuOf(facts, found) }));
        if (new Set(sizes.flatMap(({ mtu }) => mtu ?? [])).size > 1) return { bad: { targets, sizes } };
        if (sizes.some(({ mtu }) => mtu === undefined)) {
          return { doubt: `The packet size of ${listed(interfaces.map(({ name }) => name))} is not known.` };
        }
        return interfaces.length < 2 ? 'not-about' : 'well';
      },
      report: (bad) =>
        bad.map(({ targets, sizes }) => {
          const said = sizes.map(
            ({ found, mtu }) => `${found.name}: ${mtu === undefined ? 'not known' : `${mtu} bytes`}`,
          );
          const sent = sizes.map(({ found }) => probesOf(facts, found));
          const lost = sent.flatMap(({ tooBig }) => tooBig);
          const passed = sent.flatMap((one) => one.passed);
          const [first, ...others] = sizes.map(({ found }): Entity => found);
          return {
            severity: 'warning',
            message: `Interfaces to ${listed(targets.map(({ name }) => name))} send packets of different sizes (${listed(said)}): the paths differ in speed, and if the larger size is not carried from end to end, one of them hangs under load.`,
            subjects: [first ?? facts.model.host, ...others, ...targets],
            evidence: {
              sizes: said,
              targets: targets.map(({ name }) => name),
              ...(passed.length > 0 && { packetsPassed: pairTexts(passed) }),
              ...(lost.length > 0 && { packetsLost: pairTexts(lost) }),
            },
            advice:
              'Set one size on all interfaces to a target, the one that every switch and the array carry.',
          };
        }),
      none: 'No target of this host is reached by several interfaces.',
      gap: storageInterfaces(facts).gap,
      rests: ['NetIPInterface'],
    }),
});

/** Targets and file servers that the same interfaces lead to are one entry. */
function endpointsByTarget(
  facts: HostFacts,
): readonly { readonly targets: readonly Entity[]; readonly interfaces: readonly HostInterface[] }[] {
  const servers = new Map(facts.model.smbServers.map((server) => [server.id, server]));
  const byTarget = new Map<string, { target: Entity; interfaces: Map<string, HostInterface> }>();
  for (const { interface: found, sessions, channels } of storageInterfaces(facts).inUse) {
    const reached: readonly (Entity | undefined)[] = [
      ...sessions.map(({ targetId }) => targetById(facts.model, targetId)),
      ...channels.map(({ serverId }) => servers.get(serverId)),
    ];
    for (const target of reached) {
      if (target === undefined) continue;
      const there = byTarget.get(target.id) ?? { target, interfaces: new Map<string, HostInterface>() };
      there.interfaces.set(found.id, found);
      byTarget.set(target.id, there);
    }
  }
  const groups = new Map<string, { targets: Entity[]; interfaces: readonly HostInterface[] }>();
  for (const { target, interfaces } of byTarget.values()) {
    const key = [...interfaces.keys()].sort().join(' ');
    const there = groups.get(key);
    if (there === undefined) groups.set(key, { targets: [target], interfaces: [...interfaces.values()] });
    else there.targets.push(target);
  }
  return [...groups.values()];
}
