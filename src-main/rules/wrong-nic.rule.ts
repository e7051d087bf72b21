/** Storage that leaves by the management interface while a proper one for it is idle. */
import { addressesOnLinkTo, interfaceById, wayOut, type HostInterface } from '../path-graph/walks.ts';
import { distinctSpeeds } from './adapter-facts.ts';
import { conclude } from './conclude.ts';
import { defineRule, type HostFacts } from './define-rule.ts';
import {
  appliesToStorageInterfaces,
  defaultRouteIndices,
  storageInterfaces,
  type StorageInterface,
} from './interface-uses.ts';
import { distinctById, listed } from './wording.ts';

export const rule = defineRule({
  id: 'wrong-nic',
  severities: ['warning', 'info'],
  title: 'Storage leaves by the interfaces that are there for it',
  failureTitle: 'Storage leaves by the management interface while one for storage is idle',
  needs: ['NetAdapter', 'NetIPAddress', 'NetRoute'],
  fixes: [],
  appliesTo: appliesToStorageInterfaces,
  evaluate: (facts) => {
    const holders = defaultRouteIndices(facts);
    const { inUse, gap } = storageInterfaces(facts);
    return conclude(facts, {
      things: inUse,
      see: (storage) => {
        if (!holders.has(storage.interface.interfaceIndex)) return 'well';
        const idle = idleWays(facts, storage, holders);
        return idle.length === 0 ? 'well' : { bad: { storage, idle } };
      },
      report: (bad) =>
        bad.map(({ storage: { interface: used, sessions, channels }, idle }) => {
          const isBackup = facts.settings?.roles?.[used.id]?.includes('backup') === true;
          const names = idle.map(({ name }) => name);
          return {
            severity: isBackup ? 'info' : 'warning',
            message: `Storage leaves by ${used.name}, which holds the default route, while ${listed(names)} ${names.length === 1 ? 'is' : 'are'} in the same subnet as the storage, at least as fast, and idle.`,
            subjects: [used, ...idle],
            evidence: {
              used: used.name,
              idle: names,
              sessions: sessions.length,
              smbChannels: channels.length,
            },
            advice:
              sessions.length > 0
                ? 'Make sessions that name the idle interface as initiator, then remove the old ones, one path at a time.'
                : 'Hold SMB to the interfaces for storage (New-SmbMultichannelConstraint), or move management to another subnet.',
          };
        }),
      none: 'No interface of this host carries storage.',
      gap,
      rests: ['NetRoute', 'NetIPAddress'],
      isForGuests: true,
    });
  },
});

/** Interfaces without a default route and without storage, in the subnet of what this one leads to, on other adapters. */
function idleWays(
  facts: HostFacts,
  { interface: used, sessions, channels, adapters }: StorageInterface,
  holders: ReadonlySet<number>,
): readonly HostInterface[] {
  const { model } = facts;
  const busy = new Set(storageInterfaces(facts).inUse.map(({ interface: { id } }) => id));
  const remote = [
    ...sessions.flatMap(({ connections }) => connections.flatMap(({ targetAddress }) => targetAddress ?? [])),
    ...channels.flatMap(({ serverIpAddress }) => serverIpAddress ?? []),
  ];
  const speed = distinctSpeeds(adapters).at(-1);
  const onLink = remote.flatMap((address) =>
    addressesOnLinkTo(model, address).flatMap(({ interfaceId }) => interfaceById(model, interfaceId) ?? []),
  );
  return distinctById(onLink).filter((found) => {
    if (found.id === used.id || busy.has(found.id) || holders.has(found.interfaceIndex)) return false;
    if (!found.isUp || found.role === 'other') return false;
    const below = wayOut(model, found).adapters;
    const isApart = below.some(({ id }) => adapters.every((adapter) => adapter.id !== id));
    return isApart && speed !== undefined && (distinctSpeeds(below).at(-1) ?? 0) >= speed;
  });
}
