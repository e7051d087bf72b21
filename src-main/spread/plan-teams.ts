/** The members of each team, for what the host receives and sends apart, and the storage vNICs on each vSwitch. */
import { entityOf } from '#shared/entity.ts';
import type { HostModel, Team } from '#shared/host/host-model.ts';
import type { Snapshot } from '#shared/host/snapshot.ts';
import { listed } from '#shared/listed.ts';
import type { Direction } from '#shared/path-graph.ts';
import { counted } from '#shared/units.ts';
import { placementRow, type Together } from '../path-graph/placement-rules.ts';
import {
  activeMembers,
  channelsInUse,
  memberAdapters,
  storageEndpoints,
  teamUnder,
  wayOut,
  type HostInterface,
  type StorageEndpoint,
} from '../path-graph/walks.ts';
import { linksUnder } from './links.ts';
import type { DirectionPlan, GroupPlan, PlannedPath } from './plan.ts';

/** What goes over a team, as far as it can be counted. */
interface TeamLoad {
  readonly team: Team;
  readonly storage: readonly StorageEndpoint[];
  /** Ports of the vSwitch on it, or the NICs that it presents. */
  readonly ports: number;
  /** Adapters of virtual machines on its vSwitch. */
  readonly guests: number;
}

const directions: readonly Direction[] = ['read', 'write'];

function loadOf(model: HostModel, snapshot: Snapshot, team: Team): TeamLoad {
  const vswitch = model.vswitches.find(({ id }) => id === team.vswitchId);
  const { VMNetworkAdapter: reading } = snapshot.readings;
  const records = reading.status === 'ok' ? reading.records : [];
  const guests =
    vswitch === undefined
      ? 0
      : records.filter(({ isManagementOs, switchName }) => !isManagementOs && switchName === vswitch.name)
          .length;
  const own =
    vswitch === undefined
      ? team.teamNicIds.length
      : model.vnics.filter(({ vswitchId }) => vswitchId === vswitch.id).length;
  return {
    team,
    storage: storageEndpoints(model).filter(
      ({ interface: found }) => teamUnder(model, found)?.id === team.id,
    ),
    ports: own + guests,
    guests,
  };
}

/** Connections as pairs of what a hash sees of them. */
function pairsOf(
  model: HostModel,
  { storage }: TeamLoad,
): { readonly connections: number; readonly addresses: number } {
  const seen = new Set<string>();
  let connections = 0;
  for (const { interface: own, sessions, channels } of storage) {
    for (const { connections: all } of sessions) {
      for (const { interfaceId, localAddress, targetAddress } of all) {
        if (interfaceId !== own.id) continue;
        connections += 1;
        seen.add(`${localAddress ?? own.id} ${targetAddress ?? ''}`);
      }
    }
    for (const { currentChannels, clientIpAddress, serverIpAddress } of channels) {
      connections += Math.max(1, currentChannels ?? 1);
      seen.add(`${clientIpAddress ?? own.id} ${serverIpAddress ?? ''}`);
    }
  }
  return { connections, addresses: seen.size };
}

function flowsOf(model: HostModel, load: TeamLoad, together: Together): NonNullable<DirectionPlan['flows']> {
  const { connections, addresses } = pairsOf(model, load);
  switch (together) {
    case 'team':
      return { count: 1, noun: 'flow' };
    case 'port':
      return { count: load.ports, noun: 'switch port' };
    case 'connection':
      return { count: connections + load.guests, noun: 'connection' };
    case 'addresses':
      return { count: addresses + load.guests, noun: 'pair of addresses' };
    case 'macs':
      return { count: load.storage.length + load.guests, noun: 'pair of MAC addresses' };
  }
}

/** Why one member may carry everything, as far as the configuration shows it. */
function oneBecause(model: HostModel, load: TeamLoad, together: Together | undefined): string | undefined {
  const { team, storage } = load;
  if (together === 'team') {
    return `Team ${team.name} is switch independent and spreads by address hash: the physical switch knows one of its members, and everything that the host receives arrives there.`;
  }
  const placed = storage.flatMap(({ interface: own }) => {
    const { now } = wayOut(model, own);
    return now === undefined ? [] : [{ own, ...now }];
  });
  for (const [member, here] of Map.groupBy(placed, ({ adapter }) => adapter)) {
    if (here.length >= 2) {
      return `${listed(here.map(({ own }) => own.name))} stand on the same member, ${member.name} (${here[0]?.evidence ?? ''}).`;
    }
  }
  if (together === undefined) return undefined;
  const { count, noun } = flowsOf(model, load, together);
  if (count > 1) return undefined;
  if (together === 'addresses' || together === 'macs') {
    return `Team ${team.name} places by a hash of addresses, and there is one ${noun} to place.`;
  }
  return together === 'port'
    ? `Team ${team.name} keeps everything of one port on one member, and there is one port.`
    : `One stream uses one member of team ${team.name} at a time, and one is known.`;
}

function planDirection(model: HostModel, load: TeamLoad, direction: Direction): DirectionPlan {
  const { team } = load;
  const active = activeMembers(model, team);
  const paths = memberAdapters(model, team).map((adapter): PlannedPath => {
    const isActive = active.includes(adapter);
    const member = team.members.find(({ adapterId }) => adapterId === adapter.id);
    return {
      path: entityOf(adapter),
      over: [entityOf(adapter)],
      linkBitsPerSecond: adapter.speedBitsPerSecond ?? null,
      expected: isActive ? 'active' : 'idle',
      ...(!isActive && {
        expectedBecause: !adapter.isUp
          ? `${adapter.name} has no link.`
          : `${adapter.name} is ${(member?.state ?? member?.mode) === 'Standby' ? 'a standby member' : 'not an active member'} of team ${team.name}.`,
      }),
      weight: adapter.speedBitsPerSecond ?? 1,
      counters: [{ layer: 'interface', subjectIds: [adapter.id] }],
    };
  });
  const [above] = load.storage;
  const endpoint: HostInterface | undefined =
    above?.interface ??
    model.vnics.find(({ vswitchId }) => vswitchId !== undefined && vswitchId === team.vswitchId) ??
    model.teamNics.find(({ teamId }) => teamId === team.id);
  const isRdma = load.storage.some(({ channels }) =>
    channels.some(
      ({ clientRdmaCapable, serverRdmaCapable }) => clientRdmaCapable === true && serverRdmaCapable === true,
    ),
  );
  const row = endpoint === undefined ? undefined : placementRow(team, endpoint, isRdma);
  const together = row?.[direction];
  const one = oneBecause(model, load, together);
  return {
    sharing: active.length < 2 ? 'single' : 'hash',
    paths,
    ...(together !== undefined && { flows: flowsOf(model, load, together) }),
    ...(active.length === 1
      ? { oneBecause: `Team ${team.name} has one active member.` }
      : one !== undefined && { oneBecause: one }),
    ...(row !== undefined && { designBecause: `${row.name}.` }),
  };
}

function planTeam(
  model: HostModel,
  snapshot: Snapshot,
  team: Team,
  targetIdsOf: (endpoint: HostInterface) => readonly string[],
): GroupPlan | undefined {
  if (memberAdapters(model, team).length < 2) return undefined;
  const load = loadOf(model, snapshot, team);
  return {
    id: `team:${team.id}`,
    kind: 'team',
    subject: entityOf(team),
    targetIds: [...new Set(load.storage.flatMap(({ interface: own }) => targetIdsOf(own)))],
    expectation: `Team ${team.name} places each flow on one of ${counted(activeMembers(model, team).length, 'active member')} by ${team.lbAlgorithm ?? 'an algorithm that is not known'}${team.teamingMode === undefined ? '' : ` (${team.teamingMode})`}; it promises no even shares.`,
    directions: Object.fromEntries(
      directions.map((direction) => [direction, planDirection(model, load, direction)]),
    ) as Record<Direction, DirectionPlan>,
  };
}

/** The storage vNICs on each vSwitch that has at least two. */
function planVnics(
  model: HostModel,
  targetIdsOf: (endpoint: HostInterface) => readonly string[],
): readonly GroupPlan[] {
  const storage = storageEndpoints(model).flatMap(({ interface: own }) => (own.kind === 'vnic' ? [own] : []));
  return model.vswitches.flatMap((vswitch) => {
    const vnics = storage.filter(({ vswitchId }) => vswitchId === vswitch.id);
    if (vnics.length < 2) return [];
    const targets = vnics.map((vnic) => [...new Set(targetIdsOf(vnic))].sort().join('\n'));
    const expectation = `${listed(vnics.map(({ name }) => name))} carry storage through vSwitch ${vswitch.name}; how much each gets is decided by the disks and shares above.`;
    const direction: DirectionPlan = {
      sharing: 'open',
      paths: vnics.map((vnic): PlannedPath => ({
        path: entityOf(vnic),
        ...linksUnder(model, vnic),
        expected: 'open',
        weight: 1,
        counters: [{ layer: 'interface', subjectIds: [vnic.id] }],
      })),
      designBecause:
        new Set(targets).size > 1
          ? 'They lead to different targets.'
          : 'The paths above decide it, and are judged by themselves.',
    };
    return [
      {
        id: `vnics:${vswitch.id}`,
        kind: 'vnics' as const,
        subject: entityOf(vswitch),
        targetIds: [...new Set(vnics.flatMap((vnic) => [...targetIdsOf(vnic)]))],
        expectation,
        directions: { read: direction, write: direction },
      },
    ];
  });
}

export function planTeams(model: HostModel, snapshot: Snapshot): readonly GroupPlan[] {
  const servers = model.smbServers.flatMap((server) =>
    channelsInUse(server).map(({ clientInterfaceId }) => [clientInterfaceId, server.id] as const),
  );
  const targetIdsOf = (endpoint: HostInterface): readonly string[] => [
    ...model.sessions.flatMap(({ connections, targetId }) =>
      connections.some(({ interfaceId }) => interfaceId === endpoint.id) ? [targetId] : [],
    ),
    ...servers.flatMap(([interfaceId, id]) => (interfaceId === endpoint.id ? [id] : [])),
  ];
  return [
    ...model.teams.flatMap((team) => planTeam(model, snapshot, team, targetIdsOf) ?? []),
    ...planVnics(model, targetIdsOf),
  ];
}
