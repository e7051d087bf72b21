/**
 * What each network interface of the host is there for, with the reason: worked out from what uses it now, then from
 * routes and cluster roles, from its name only where nothing else speaks; what the person says counts before all.
 */
import type { Adapter, IscsiSession, SmbChannel, Team } from '#shared/host/host-model.ts';
import {
  addressesOnLinkTo,
  adapterById,
  interfacesOf,
  memberAdapters,
  storageEndpoints,
  teamUnder,
  wayOut,
  wiredSessions,
  type HostInterface,
} from '../path-graph/walks.ts';
import type { InterfaceUse, UseSource } from '#shared/interface-use.ts';
import { roleNamed, type TrafficRole } from '#shared/traffic-role.ts';
import type { HostFacts } from './define-rule.ts';
import { localEnds, withoutInitiator } from './iscsi-paths.ts';
import { anyGapOf, type Gap } from './readings.ts';
import { isStorageChannel, judgedServers, withoutStorageServers } from './smb-storage.ts';
import { listed } from './wording.ts';

export interface UsedInterface {
  readonly interface: HostInterface;
  readonly uses: readonly InterfaceUse[];
}

/** An interface that storage traffic leaves by now, and by which physical adapters. */
export interface StorageInterface {
  readonly interface: HostInterface;
  readonly sessions: readonly IscsiSession[];
  readonly channels: readonly SmbChannel[];
  /** Team that decides which adapter carries it. */
  readonly team?: Team;
  /** Active physical adapters that may carry it. */
  readonly adapters: readonly Adapter[];
}

export interface StorageInterfaces {
  readonly inUse: readonly StorageInterface[];
  /** What is missing for the list to be whole. */
  readonly gap?: Gap;
}

/** A physical adapter that storage traffic may leave by: up or not. */
export interface StorageCarrier {
  readonly adapter: Adapter;
  readonly team?: Team;
  readonly interfaces: readonly [HostInterface, ...HostInterface[]];
}

const markedSo = 'was marked so by you';

const cache = new WeakMap<HostFacts, StorageInterfaces>();

/** Interfaces with a role `storage` that the person gave count as well, in use or not. */
export function storageInterfaces(facts: HostFacts): StorageInterfaces {
  let found = cache.get(facts);
  if (found === undefined) {
    found = findStorageInterfaces(facts);
    cache.set(facts, found);
  }
  return found;
}

/** When rules about storage interfaces apply. */
export const appliesToStorageInterfaces = {
  needs: [],
  notApplicable: (facts: HostFacts): string | undefined => {
    const { inUse, gap } = storageInterfaces(facts);
    return inUse.length === 0 && gap === undefined
      ? 'No network interface of this host carries storage traffic.'
      : undefined;
  },
} as const;

/** Each adapter once, in the order of the model; a team's members all belong to it, whatever their state. */
export function storageCarriers(facts: HostFacts): readonly StorageCarrier[] {
  const found = new Map<
    string,
    { adapter: Adapter; team?: Team; interfaces: [HostInterface, ...HostInterface[]] }
  >();
  for (const { interface: above, team } of storageInterfaces(facts).inUse) {
    for (const adapter of adaptersUnder(facts, above)) {
      const there = found.get(adapter.id);
      if (there !== undefined) there.interfaces.push(above);
      else found.set(adapter.id, { adapter, ...(team !== undefined && { team }), interfaces: [above] });
    }
  }
  return facts.model.adapters.flatMap(({ id }) => found.get(id) ?? []);
}

function adaptersUnder({ model }: HostFacts, above: HostInterface): readonly Adapter[] {
  if (above.kind === 'adapter') return [above];
  const team = teamUnder(model, above);
  if (team !== undefined) return memberAdapters(model, team);
  const { hops, adapters } = wayOut(model, above);
  return adapters.length > 0 ? adapters : hops.flatMap(({ id }) => adapterById(model, id) ?? []);
}

function findStorageInterfaces(facts: HostFacts): StorageInterfaces {
  const { model, settings } = facts;
  const servers = new Map(judgedServers(model).map((server) => [server.id, server]));
  const inUse = storageEndpoints(model).flatMap(
    ({ interface: found, sessions, channels }): StorageInterface[] => {
      const own = channels.filter((channel) => {
        const server = servers.get(channel.serverId);
        return server !== undefined && isStorageChannel(server, channel);
      });
      const told = settings?.roles?.[found.id];
      const carries = sessions.length + own.length > 0;
      if (told === undefined ? !carries : !told.includes('storage')) return [];
      return [asStorage(facts, found, sessions, own)];
    },
  );
  const seen = new Set(inUse.map(({ interface: { id } }) => id));
  const told = interfacesOf(model).filter(
    ({ id }) => !seen.has(id) && settings?.roles?.[id]?.includes('storage') === true,
  );
  const gap = gapOfTraffic(facts);
  return {
    inUse: [...inUse, ...told.map((found) => asStorage(facts, found, [], []))],
    ...(gap !== undefined && { gap }),
  };
}

function asStorage(
  { model }: HostFacts,
  found: HostInterface,
  sessions: readonly IscsiSession[],
  channels: readonly SmbChannel[],
): StorageInterface {
  const { adapters, team } = wayOut(model, found);
  return { interface: found, sessions, channels, adapters, ...(team !== undefined && { team }) };
}

/** What is missing for knowing which interfaces carry storage. */
function gapOfTraffic(facts: HostFacts): Gap | undefined {
  const { model, snapshot } = facts;
  const iscsi = withoutInitiator(facts) === undefined ? (['IscsiSession', 'IscsiConnection'] as const) : [];
  const smb = ['SmbConnection', 'SmbMultichannelConnection'] as const;
  const below = [
    'NetAdapter',
    'NetIPAddress',
    'NetLbfoTeam',
    'NetLbfoTeamMember',
    'NetLbfoTeamNic',
    'VMSwitch',
    'VMSwitchTeam',
    'VMNetworkAdapter',
  ] as const;
  for (const name of [...below, ...iscsi, ...smb]) {
    const gap = anyGapOf(snapshot, name);
    if (gap !== undefined) return gap;
  }
  if (withoutStorageServers(facts) === undefined) {
    const gap = judgedServers(model).length === 0 ? anyGapOf(snapshot, 'VMHardDiskDrive') : undefined;
    if (gap !== undefined) return gap;
  }
  const isOpen =
    !localEnds(model, wiredSessions(model)).isComplete ||
    judgedServers(model).some((server) =>
      server.channels.some(
        (channel) =>
          channel.isSelected && channel.clientInterfaceId === undefined && isStorageChannel(server, channel),
      ),
    );
  return isOpen
    ? {
        reason: 'The interface that some storage connections leave by is not known.',
        remedy: 'Look again while storage is in use.',
      }
    : undefined;
}

/** Interface indices that a default route leads out of. */
export function defaultRouteIndices({ snapshot }: HostFacts): ReadonlySet<number> {
  const routes = snapshot.readings.NetRoute;
  if (routes.status !== 'ok') return new Set();
  return new Set(
    routes.records
      .filter(({ destinationPrefix }) => destinationPrefix === '0.0.0.0/0' || destinationPrefix === '::/0')
      .map(({ interfaceIndex }) => interfaceIndex),
  );
}

/**
 * Every interface that is there for something, in the order of the model. Management controllers' NICs, radio, tunnels
 * and other virtual adapters are never part of it, nor is one that is down and that nothing uses.
 */
export function interfaceUses(facts: HostFacts): readonly UsedInterface[] {
  const { model, settings } = facts;
  const storage = new Map(storageInterfaces(facts).inUse.map((one) => [one.interface.id, one]));
  const holdsDefault = defaultRouteIndices(facts);
  const portals = portalSubnets(facts, holdsDefault);
  const clusters = clusterUses(facts);
  return interfacesOf(model).flatMap((found): UsedInterface[] => {
    const told = settings?.roles?.[found.id];
    const given = told?.filter((role) => role !== 'not-storage');
    if (told !== undefined && given !== undefined && !told.includes('not-storage')) {
      return given.length === 0
        ? []
        : [{ interface: found, uses: given.map((role) => ({ role, from: 'user', reason: markedSo })) }];
    }
    if (found.role === 'other') return [];
    const uses: InterfaceUse[] = (given ?? []).map((role) => ({ role, from: 'user', reason: markedSo }));
    const add = (role: TrafficRole, from: UseSource, reason: string): void => {
      if (role === 'storage' && told !== undefined) return;
      if (!uses.some((use) => use.role === role)) uses.push({ role, from, reason });
    };
    const traffic = storage.get(found.id);
    if (traffic !== undefined && traffic.sessions.length > 0) {
      add('storage', 'session', `carries iSCSI (${listed(traffic.sessions.map(({ name }) => name))})`);
    }
    if (traffic !== undefined && traffic.channels.length > 0) {
      add('storage', 'channel', 'carries SMB to a storage share or the storage bus of the cluster');
    }
    if (!found.isUp && uses.length === 0) return [];
    const portal = portals.get(found.id);
    if (portal !== undefined) {
      add('storage', 'portal-subnet', `has an address in the subnet of the iSCSI portal ${portal}`);
    }
    for (const [role, reason] of clusters.get(found.interfaceGuid) ?? []) add(role, 'cluster', reason);
    if (holdsDefault.has(found.interfaceIndex)) add('management', 'route', 'holds the default route');
    if (found.kind !== 'vnic' && found.vswitchId !== undefined) {
      add('vm', 'vswitch', 'is the uplink of a vSwitch');
    }
    const named = uses.length > 0 || found.addressIds.length === 0 ? undefined : roleNamed(found.name);
    if (named !== undefined) add(named, 'name', 'is named so, and nothing else says what it is for');
    return uses.length === 0 ? [] : [{ interface: found, uses }];
  });
}

/** Interface id to a portal in its subnet. The way out to everything else is not taken for one to storage. */
function portalSubnets({ model }: HostFacts, holdsDefault: ReadonlySet<number>): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { address } of model.targetPortals) {
    for (const { interfaceId, interfaceIndex } of addressesOnLinkTo(model, address)) {
      if (interfaceId !== undefined && !holdsDefault.has(interfaceIndex) && !found.has(interfaceId)) {
        found.set(interfaceId, address);
      }
    }
  }
  return found;
}

/** By InterfaceGuid: what the cluster lets each interface carry. */
function clusterUses({
  snapshot,
}: HostFacts): ReadonlyMap<string, readonly (readonly [TrafficRole, string])[]> {
  const { ClusterNetwork, ClusterNetworkInterface } = snapshot.readings;
  if (ClusterNetwork.status !== 'ok' || ClusterNetworkInterface.status !== 'ok') return new Map();
  const roles = new Map(ClusterNetwork.records.map(({ name, role }) => [name.toLowerCase(), role]));
  return new Map(
    ClusterNetworkInterface.records.flatMap(({ adapterGuid, network = '' }) => {
      const role = roles.get(network.toLowerCase());
      if (adapterGuid === undefined || (role !== 1 && role !== 3)) return [];
      const cluster = ['cluster', `is in the cluster network ${network}`] as const;
      return [
        [
          adapterGuid,
          role === 1
            ? [cluster]
            : [cluster, ['management', `is in the cluster network ${network}, which clients use`] as const],
        ] as const,
      ];
    }),
  );
}
