/** A default route on a storage interface beside the one for everything else. */
import { addressesOnLinkTo } from '../path-graph/walks.ts';
import { conclude } from './conclude.ts';
import { defineRule, type HostFacts } from './define-rule.ts';
import {
  appliesToStorageInterfaces,
  defaultRouteIndices,
  storageInterfaces,
  type StorageInterface,
} from './interface-uses.ts';
import { listed } from './wording.ts';

export const rule = defineRule({
  id: 'storage-default-gateway',
  severities: ['warning', 'info'],
  title: 'Storage interfaces have no default gateway of their own',
  failureTitle: 'A storage interface has a default gateway beside that of another',
  needs: ['NetAdapter', 'NetIPAddress', 'NetRoute'],
  fixes: [],
  appliesTo: appliesToStorageInterfaces,
  evaluate: (facts) => {
    const holders = defaultRouteIndices(facts);
    const { inUse, gap } = storageInterfaces(facts);
    const storage = new Set(inUse.map(({ interface: { interfaceIndex } }) => interfaceIndex));
    const isElsewhere = [...holders].some((index) => !storage.has(index));
    return conclude(facts, {
      things: inUse,
      see: (one) => (isElsewhere && holders.has(one.interface.interfaceIndex) ? { bad: one } : 'well'),
      report: (bad) => {
        const interfaces = bad.map((one) => one.interface);
        const names = interfaces.map(({ name }) => name);
        const isRouted = bad.every((one) => isRoutedOnly(facts, one));
        return {
          severity: isRouted ? 'info' : 'warning',
          message: `${listed(names)} ${names.length === 1 ? 'carries' : 'carry'} storage and ${names.length === 1 ? 'has' : 'have'} a default gateway beside that of another interface: ${isRouted ? 'its storage is behind a router, where a route to that subnet alone would do' : 'other traffic of the host may leave by the storage network, and answers by the wrong way'}.`,
          subjects: [interfaces[0] ?? facts.model.host, ...interfaces.slice(1)],
          evidence: { interfaces: names, isStorageRouted: isRouted },
          advice: isRouted
            ? 'Replace the default route by a route to the subnet of the storage.'
            : 'Remove the gateway from the storage interface, from a place that does not reach the host through it.',
        };
      },
      none: 'No interface of this host carries storage.',
      gap,
      rests: ['NetRoute'],
      isForGuests: true,
    });
  },
});

/** True where every portal that the interface leads to is outside the subnets of this host. */
function isRoutedOnly({ model }: HostFacts, { sessions, channels }: StorageInterface): boolean {
  const remote = [
    ...sessions.flatMap(({ connections }) => connections.flatMap(({ targetAddress }) => targetAddress ?? [])),
    ...channels.flatMap(({ serverIpAddress }) => serverIpAddress ?? []),
  ];
  return remote.length > 0 && remote.every((address) => addressesOnLinkTo(model, address).length === 0);
}
