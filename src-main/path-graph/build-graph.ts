/** From the model to the path graph: hops, the links between them, and the routes that run over them. */
import type { Disk, Entity, HostModel, IscsiSession, SmbServer } from '#shared/host/host-model.ts';
import type { MpioPathRecord } from '#shared/host/storage-records.ts';
import type { Snapshot } from '#shared/host/snapshot.ts';
import type { Hop, LinkCertainty, PathGraph, Route, RouteEgress } from '#shared/path-graph.ts';
import { addIdleLinks } from './idle-links.ts';
import { legOfChannel, legsOfSession } from './legs.ts';
import type { Leg } from './legs.ts';
import { multipathTargets, pathServers } from './targets.ts';
import { adapterById, interfaceById, targetById } from './walks.ts';

const weight: Record<LinkCertainty, number> = { idle: 0, possible: 1, now: 2, certain: 3 };

interface DraftLink {
  readonly from: string;
  readonly to: string;
  certainty: LinkCertainty;
  readonly evidence: Set<string>;
  readonly routeIds: Set<string>;
}

function hopOf(model: HostModel, entity: Entity): Hop {
  const { id, kind, name } = entity;
  const found = interfaceById(model, id);
  switch (kind) {
    case 'adapter': {
      const adapter = adapterById(model, id);
      // The speed that a virtual machine's NIC reports is nominal: the wire belongs to the host below.
      const speed = adapter?.role === 'guest' ? null : (adapter?.speedBitsPerSecond ?? undefined);
      return {
        id,
        kind,
        name,
        ...(speed !== undefined && { capacityBitsPerSecond: speed }),
        ...(adapter !== undefined && { isUp: adapter.isUp }),
      };
    }
    case 'vnic': {
      const cap = found?.kind === 'vnic' ? found.maximumBandwidthBitsPerSecond : undefined;
      return {
        id,
        kind,
        name,
        ...(cap !== undefined && { capacityBitsPerSecond: cap }),
        ...(found !== undefined && { isUp: found.isUp }),
      };
    }
    case 'team-nic':
      return {
        id,
        kind,
        name,
        capacityBitsPerSecond: null,
        ...(found !== undefined && { isUp: found.isUp }),
      };
    case 'vm-nic':
    case 'target-portal':
    case 'target':
    case 'share':
    case 'disk':
    case 'path':
      return { id, kind, name };
    case 'host':
    case 'team':
    case 'vswitch':
    case 'address':
    case 'session':
    case 'connection':
    case 'channel':
    case 'service':
      return { id, kind, name, capacityBitsPerSecond: null };
  }
}

function uniqueIds(entities: readonly Entity[]): readonly string[] {
  return [...new Set(entities.map(({ id }) => id))];
}

/** What the legs of one route may leave by, taken together. */
function egressOf(legs: readonly Leg[]): RouteEgress {
  const teamIds = new Set(legs.flatMap((leg) => leg.way?.team?.id ?? []));
  const adapterIds = uniqueIds(legs.flatMap((leg) => leg.way?.adapters ?? []));
  const places = legs.map((leg) => leg.way?.now);
  const first = places[0];
  const isOnePlace = first !== undefined && places.every((place) => place?.adapter.id === first.adapter.id);
  const [teamId] = teamIds;
  return {
    adapterIds,
    ...(teamIds.size === 1 && teamId !== undefined && { teamId }),
    ...(isOnePlace && { nowAdapterId: first.adapter.id, nowEvidence: first.evidence }),
  };
}

function isStandbyPath(path: MpioPathRecord): boolean {
  return path.state === 'Standby' || path.state === 'Unavailable' || path.state === 'Failed';
}

/** Pure and linear in the number of hops and routes. */
export function buildGraph(model: HostModel, snapshot: Snapshot): PathGraph {
  const hops = new Map<string, Hop>();
  const links = new Map<string, DraftLink>();
  const routes: Route[] = [];

  const addHop = (entity: Entity): void => {
    if (!hops.has(entity.id)) hops.set(entity.id, hopOf(model, entity));
  };
  const addLink = (
    from: Entity,
    to: Entity,
    certainty: LinkCertainty,
    more: { readonly routeId?: string; readonly evidence?: string | undefined } = {},
  ): void => {
    addHop(from);
    addHop(to);
    const key = `${from.id} > ${to.id}`;
    const link = links.get(key) ?? {
      from: from.id,
      to: to.id,
      certainty,
      evidence: new Set<string>(),
      routeIds: new Set<string>(),
    };
    links.set(key, link);
    if (weight[certainty] > weight[link.certainty]) link.certainty = certainty;
    if (more.evidence !== undefined) link.evidence.add(more.evidence);
    if (more.routeId !== undefined) link.routeIds.add(more.routeId);
  };
  const addChain = (chain: readonly Entity[], routeId: string): void => {
    chain.forEach((hop, index) => {
      const next = chain[index + 1];
      if (next === undefined) addHop(hop);
      else addLink(hop, next, 'certain', { routeId });
    });
  };

  /** The stretch from `start` over the leg's way out to its far end. */
  const addLeg = (routeId: string, start: Entity, leg: Leg, target: Entity): void => {
    const near = [start, ...(leg.address === undefined ? [] : [leg.address]), ...(leg.way?.hops ?? [])];
    const far = [...(leg.portal === undefined ? [] : [leg.portal]), target];
    const team = leg.way?.team;
    const isChoice = team !== undefined && (leg.way?.adapters.length ?? 0) > 1;
    const isKnown = leg.way !== undefined && leg.way.adapters.length > 0;
    addChain(near, routeId);
    addChain(far, routeId);
    const [firstFar] = far;
    const lastNear = near.at(-1);
    if (firstFar === undefined || lastNear === undefined) return;
    if (!isChoice) {
      // Where the way ends unknown the line still reaches the target, over a stretch nobody can name.
      addLink(lastNear, firstFar, isKnown ? 'certain' : 'possible', { routeId });
      return;
    }
    const { adapters = [], now } = leg.way ?? {};
    for (const adapter of adapters) {
      const isNow = adapter.id === now?.adapter.id;
      const more = { routeId, evidence: isNow ? now.evidence : undefined };
      addLink(team, adapter, isNow ? 'now' : 'possible', more);
      addLink(adapter, firstFar, isNow ? 'now' : 'possible', more);
    }
  };

  const addRoute = (
    start: Entity,
    kind: 'iscsi' | 'smb',
    legs: readonly Leg[],
    target: Entity,
    more: {
      readonly before?: Entity;
      readonly isStandby: boolean;
      readonly unknownBecause?: string | undefined;
    },
  ): void => {
    const endpoints = new Set(legs.map((leg) => leg.endpoint?.id));
    const [endpointId] = endpoints;
    const unknownBecause = more.unknownBecause ?? legs.flatMap((leg) => leg.unknownBecause ?? []).sort()[0];
    // Stage by stage, so that the hops of a session with several connections stay in the order of the way.
    const stages = [
      ...(more.before === undefined ? [] : [more.before]),
      start,
      ...legs.flatMap((leg) => leg.address ?? []),
      ...legs.flatMap((leg) => leg.way?.hops ?? []),
      ...legs.flatMap((leg) => leg.portal ?? []),
      target,
    ];
    if (more.before !== undefined) addLink(more.before, start, 'certain', { routeId: start.id });
    for (const leg of legs) addLeg(start.id, start, leg, target);
    if (legs.length === 0) addLink(start, target, 'possible', { routeId: start.id });
    routes.push({
      id: start.id,
      kind,
      name: start.name,
      targetId: target.id,
      hopIds: uniqueIds(stages),
      egress: egressOf(legs),
      ...(endpoints.size === 1 && endpointId !== undefined && { endpointId }),
      ...(unknownBecause !== undefined && { unknownBecause }),
      isStandby: more.isStandby,
    });
  };

  const diskByNumber = new Map(model.disks.map((disk) => [disk.number, disk]));
  const addSession = (session: IscsiSession): void => {
    const target = targetById(model, session.targetId);
    if (target === undefined) return;
    const disks = (session.diskNumbers ?? []).flatMap((number) => diskByNumber.get(number) ?? []);
    const [only, another] = disks;
    for (const disk of disks) addLink(disk, session, 'certain', { routeId: session.id });
    addRoute(session, 'iscsi', legsOfSession(model, session), target, {
      ...(only !== undefined && another === undefined && { before: only }),
      isStandby: session.isConnected === false,
      unknownBecause: session.isLoopback ? 'The target is on this very host: no wire is used.' : undefined,
    });
  };

  const addServer = (server: SmbServer): void => {
    addHop(server);
    for (const channel of server.channels.filter(({ isSelected }) => isSelected)) {
      addRoute(channel, 'smb', [legOfChannel(model, channel)], server, {
        isStandby: channel.isFailed,
        unknownBecause: server.isLoopback ? 'The server is this very host: no wire is used.' : undefined,
      });
    }
    for (const share of server.shares.filter(({ isStorage }) => isStorage)) {
      for (const channel of server.channels.filter(({ isSelected }) => isSelected)) {
        addLink(share, channel, 'certain', { routeId: channel.id });
      }
    }
  };

  const addMultipathDisk = (disk: Disk): void => {
    addHop(disk);
    for (const path of disk.mpio?.paths ?? []) {
      const entity: Entity = {
        kind: 'path',
        id: `path:${disk.id}/${path.pathId.toLowerCase()}`,
        name: path.pathId,
      };
      addLink(entity, disk, 'certain', { routeId: entity.id });
      routes.push({
        id: entity.id,
        kind: 'disk',
        name: path.pathId,
        targetId: disk.id,
        hopIds: [entity.id, disk.id],
        egress: { adapterIds: [] },
        unknownBecause: `${disk.busType ?? 'The bus of the disk'} does not run over a network adapter of this host.`,
        isStandby: isStandbyPath(path),
      });
    }
  };

  for (const session of model.sessions) addSession(session);
  for (const server of pathServers(model, snapshot)) addServer(server);
  for (const disk of multipathTargets(model)) addMultipathDisk(disk);
  addIdleLinks(model, routes, hops, addLink);

  return {
    hops: [...hops.values()],
    links: [...links.values()].map(({ evidence, routeIds, ...link }) => ({
      ...link,
      ...(link.certainty === 'now' && evidence.size > 0 && { evidence: [...evidence].sort().join('; ') }),
      routeIds: [...routeIds],
    })),
    routes,
  };
}
