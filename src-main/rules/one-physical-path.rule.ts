/** All storage over the network leaves by one physical adapter. */
import type { Adapter } from '#shared/host/host-model.ts';
import { formatBitsPerSecond } from '#shared/units.ts';
import { interfaceById, staysOnHost, wayOut } from '../path-graph/walks.ts';
import { conclude } from './conclude.ts';
import { defineRule, type HostFacts } from './define-rule.ts';
import {
  appliesToStorageInterfaces,
  defaultRouteIndices,
  storageInterfaces,
  type StorageInterface,
} from './interface-uses.ts';
import { reachOf, wiredGroups } from './iscsi-paths.ts';
import { judgedServers } from './smb-storage.ts';
import { listed } from './wording.ts';

export const rule = defineRule({
  id: 'one-physical-path',
  severities: ['warning', 'info'],
  title: 'Storage leaves by more than one physical adapter',
  failureTitle: 'All storage leaves by one physical adapter',
  needs: ['NetAdapter', 'NetIPAddress', 'NetRoute', 'Disk'],
  fixes: [],
  appliesTo: appliesToStorageInterfaces,
  evaluate: (facts) => {
    const { inUse, gap } = storageInterfaces(facts);
    const adapters = [
      ...new Map(inUse.flatMap((one) => one.adapters.map((adapter) => [adapter.id, adapter]))).values(),
    ];
    const [first] = adapters;
    return conclude(facts, {
      things: first === undefined ? [] : [first],
      see: (adapter) => {
        const isOpen = inUse.some(
          (one) => one.adapters.length === 0 && !wayOut(facts.model, one.interface).isInternal,
        );
        if (adapters.length > 1) return 'well';
        if (adapter.role !== 'physical') return 'not-about';
        if (isOpen) return { doubt: 'The adapters under some storage interfaces are not known.' };
        // A member without a link is the cause, and path-nic-down says so.
        if (inUse.some(({ team }) => (team?.members.length ?? 0) > 1)) return 'not-about';
        if (inUse.every((one) => hasLocalCopy(facts, one)) || hasLostSession(facts, inUse))
          return 'not-about';
        return isAboutSessions(facts) || isAboutChannels(facts, adapter) ? 'not-about' : { bad: adapter };
      },
      report: ([adapter]) => {
        const spare = spareFor(facts, adapter);
        const isForMachines = judgedServers(facts.model).length > 0;
        const isClustered = facts.model.disks.some(
          (disk) => disk.isClustered === true && (disk.sessionIds ?? []).length > 0,
        );
        const why = isForMachines
          ? 'virtual machines live on it'
          : isClustered
            ? 'disks of the cluster are behind it'
            : spare.length > 0
              ? `${listed(spare.map(({ name }) => name))} could be a second way`
              : undefined;
        const speed = adapter.speedBitsPerSecond;
        return {
          severity: why === undefined ? 'info' : 'warning',
          message: `All storage over the network leaves by ${adapter.name}${typeof speed === 'number' ? `: ${formatBitsPerSecond(speed)} is the limit for all sessions and channels together` : ''}, and this adapter, its cable and its switch port are a single point of failure${why === undefined ? '' : ` (${why})`}.`,
          subjects: [adapter, ...spare],
          evidence: {
            adapter: adapter.name,
            bitsPerSecond: speed ?? null,
            couldBeSecond: spare.map(({ name }) => name),
            carriesVirtualMachines: isForMachines,
            carriesClusterDisks: isClustered,
          },
          advice:
            'Give storage a second adapter with an address of its own, best on another card and another switch; MPIO or SMB Multichannel then use both. More sessions over this one adapter change nothing.',
        };
      },
      none: 'Storage leaves by no physical adapter that these facts show, or its sessions are judged by other rules.',
      gap,
      rests: ['NetRoute', 'Disk'],
    });
  },
});

/** Every disk behind these sessions is reached on this very host too (a storage appliance on it): no wire is its only way. */
function hasLocalCopy({ model }: HostFacts, { sessions, channels }: StorageInterface): boolean {
  if (sessions.length === 0 || channels.length > 0) return false;
  const own = new Set(
    model.sessions.flatMap((session) => (staysOnHost(model, session) ? (session.diskNumbers ?? []) : [])),
  );
  return sessions.every(
    ({ diskNumbers = [] }) => diskNumbers.length > 0 && diskNumbers.every((number) => own.has(number)),
  );
}

/** A session to the same storage is there and not connected: the second way is meant to be, and its loss is reported. */
function hasLostSession({ model }: HostFacts, inUse: readonly StorageInterface[]): boolean {
  const targets = new Set(inUse.flatMap(({ sessions }) => sessions.map(({ targetId }) => targetId)));
  return model.sessions.some(({ isConnected, targetId }) => isConnected === false && targets.has(targetId));
}

/** Another adapter or portal is in reach and sessions leave it unused: single-session and one-initiator-address say so. */
function isAboutSessions(facts: HostFacts): boolean {
  return wiredGroups(facts.model).some((group) => {
    const { adapters, portals } = reachOf(facts, group);
    return adapters.length > 1 || (group.wired.length === 1 && portals.length > 1);
  });
}

/** SMB knows another way of its own and leaves it unused: smb-single-channel says so. */
function isAboutChannels(facts: HostFacts, used: Adapter): boolean {
  const holders = defaultRouteIndices(facts);
  return judgedServers(facts.model).some(({ channels }) =>
    channels.some(({ clientInterfaceId }) => {
      const found = interfaceById(facts.model, clientInterfaceId);
      if (found === undefined || holders.has(found.interfaceIndex)) return false;
      return wayOut(facts.model, found).adapters.some(({ id }) => id !== used.id);
    }),
  );
}

/** Adapters that nothing uses and that could carry storage: as fast and up, or a port of the same card. */
function spareFor(facts: HostFacts, used: Adapter): readonly Adapter[] {
  const holders = defaultRouteIndices(facts);
  return facts.model.adapters.filter((adapter) => {
    if (adapter.id === used.id || adapter.role !== 'physical') return false;
    if (adapter.teamId !== undefined || adapter.vswitchId !== undefined) return false;
    if (holders.has(adapter.interfaceIndex)) return false;
    const isSibling = used.cardSlot !== undefined && adapter.cardSlot?.card === used.cardSlot.card;
    const isAsFast =
      adapter.isUp && (adapter.speedBitsPerSecond ?? 0) >= (used.speedBitsPerSecond ?? Infinity);
    return isSibling || isAsFast;
  });
}
