/** How a group of iSCSI disks is reached, and what further ways to it the host has: shared by the rules on sessions. */
import type { Adapter, Disk, Entity, HostModel, IscsiSession } from '#shared/host/host-model.ts';
import { isLinkLocalIp, parseIp } from '../path-graph/ip.ts';
import {
  addressesOnLinkTo,
  interfaceById,
  interfacesOf,
  sessionsByDiskGroup,
  targetById,
  usableInitiatorInterfaces,
  wayOut,
  wiredSessions,
  type DiskGroup,
  type HostInterface,
} from '../path-graph/walks.ts';
import type { HostFacts, RuleFinding, RuleOutcome } from './define-rule.ts';
import { anyGapOf, fineIfRead, isAnswered } from './readings.ts';
import { distinctById, listed } from './wording.ts';

/** When rules about connected iSCSI sessions apply: asked always, since a stopped initiator is an answer too. */
export const appliesToWiredSessions = { needs: [], notApplicable: withoutWiredSessions } as const;

function withoutWiredSessions(facts: HostFacts): string | undefined {
  const { model, snapshot } = facts;
  if (anyGapOf(snapshot, 'IscsiSession') !== undefined) return withoutInitiator(facts);
  if (wiredSessions(model).length > 0) return undefined;
  if (model.sessions.some((session) => session.isConnected !== false && session.isOffloaded)) {
    return 'The iSCSI sessions of this host run on adapters with an initiator and addresses of their own.';
  }
  if (model.sessions.some((session) => session.isConnected !== false)) {
    return 'The iSCSI sessions of this host lead to targets on this very host.';
  }
  return 'This host has no connected iSCSI session.';
}

/** As above, for a rule that any connected session concerns. */
export const appliesToSessions = {
  needs: [],
  notApplicable: (facts: HostFacts): string | undefined => {
    if (anyGapOf(facts.snapshot, 'IscsiSession') !== undefined) return withoutInitiator(facts);
    return facts.model.sessions.some(({ isConnected }) => isConnected !== false)
      ? undefined
      : 'This host has no connected iSCSI session.';
  },
} as const;

/**
 * A stopped initiator has no sessions to ask for, and on most hosts it is stopped because they use no iSCSI: so where it
 * is not meant to start by itself and no disk is an iSCSI disk. Otherwise sessions are unknown.
 */
export function withoutInitiator({ model, snapshot }: HostFacts): string | undefined {
  const { IscsiSession, Service } = snapshot.readings;
  if (IscsiSession.status !== 'unavailable' || IscsiSession.error.kind !== 'service-stopped')
    return undefined;
  const initiator =
    Service.status === 'ok'
      ? Service.records.find(({ name }) => name.toLowerCase() === 'msiscsi')
      : undefined;
  const isLeftStopped =
    initiator?.status === 'Stopped' && /^(?:manual|disabled)$/i.test(initiator.startType ?? '');
  if (!isLeftStopped || anyGapOf(snapshot, 'Disk') !== undefined) return undefined;
  return model.disks.every(({ busType }) => busType !== undefined && busType.toLowerCase() !== 'iscsi')
    ? 'The iSCSI initiator service is stopped, and no disk of this host is an iSCSI disk.'
    : undefined;
}

/** A virtual machine: how its adapters are made redundant is decided on its host. */
export function isGuest(model: HostModel): boolean {
  return (
    model.host.isVirtualMachine ??
    (model.adapters.some(({ role }) => role === 'guest') &&
      !model.adapters.some(({ role }) => role === 'physical'))
  );
}

/**
 * Disks with the connected sessions that lead to them. A session that names no disk while an iSCSI disk belongs to no
 * session may well be the one that brings it: such sessions are grouped by target, as where disks could not be read.
 */
export function diskGroups(model: HostModel): readonly DiskGroup[] {
  const claimed = new Set(model.sessions.flatMap(({ diskNumbers }) => diskNumbers ?? []));
  const isAnyUnclaimed = model.disks.some(
    ({ busType, number }) => busType?.toLowerCase() === 'iscsi' && !claimed.has(number),
  );
  return sessionsByDiskGroup(model).map((group) =>
    group.joinedBy === 'no-disk' && isAnyUnclaimed ? { ...group, joinedBy: 'iqn' } : group,
  );
}

/** Those of them with a session over this host's adapters. */
export interface WiredGroup extends DiskGroup {
  readonly wired: readonly [IscsiSession, ...IscsiSession[]];
}

export function wiredGroups(model: HostModel): readonly WiredGroup[] {
  const wiredIds = new Set(wiredSessions(model).map(({ id }) => id));
  return diskGroups(model).flatMap((group) => {
    const [first, ...others] = group.sessions.filter(({ id }) => wiredIds.has(id));
    return first === undefined ? [] : [{ ...group, wired: [first, ...others] }];
  });
}

/** Paths that a session offers: its connections. Undefined where the host does not say how many it has. */
export function connectionCount(session: IscsiSession): number | undefined {
  const known = Math.max(session.connections.length, session.numberOfConnections ?? 0);
  return known === 0 ? undefined : known;
}

/** The interfaces that sessions leave by, and whether all of them are known. */
export interface LocalEnds {
  readonly interfaces: readonly HostInterface[];
  readonly addresses: readonly string[];
  readonly isComplete: boolean;
}

export function localEnds(model: HostModel, sessions: readonly IscsiSession[]): LocalEnds {
  const interfaces: HostInterface[] = [];
  const addresses: string[] = [];
  let isComplete = true;
  for (const session of sessions) {
    const connections = session.connections;
    if (connections.length < Math.max(1, session.numberOfConnections ?? 1)) isComplete = false;
    for (const connection of connections) {
      const leavesBy = interfaceById(model, connection.interfaceId);
      if (leavesBy === undefined) isComplete = false;
      else interfaces.push(leavesBy);
      if (connection.localAddress !== undefined) addresses.push(connection.localAddress);
    }
  }
  return { interfaces: distinctById(interfaces), addresses: [...new Set(addresses)], isComplete };
}

/** The portal addresses that sessions lead to. */
export function targetAddresses(sessions: readonly IscsiSession[]): readonly string[] {
  return [
    ...new Set(
      sessions.flatMap((session) => session.connections.flatMap(({ targetAddress }) => targetAddress ?? [])),
    ),
  ];
}

/** What a group of disks could be reached by. */
export interface Reach {
  /** The interfaces in use now. */
  readonly ends: LocalEnds;
  /** Interfaces not in use that are as fast as the used ones and in the subnet of a portal. */
  readonly spare: readonly HostInterface[];
  /** Interfaces that may be spare; whether they hold the default route could not be read. */
  readonly doubtfulSpare: readonly HostInterface[];
  /** Active physical adapters under the used and the spare interfaces. */
  readonly adapters: readonly Adapter[];
  /** Portal addresses on offer that these interfaces have a subnet in common with. */
  readonly portals: readonly string[];
  /** False where a target does not say which portals it offers. */
  readonly arePortalsKnown: boolean;
}

export function reachOf(facts: HostFacts, group: WiredGroup): Reach {
  const { model } = facts;
  const ends = localEnds(model, group.wired);
  const others = otherInterfaces(facts, group, ends);
  const isRouteKnown = isAnswered(facts.snapshot, 'NetRoute');
  const holdsDefault = defaultRouteHolders(facts);
  const usesDefault = ends.interfaces.some(({ interfaceIndex }) => holdsDefault.has(interfaceIndex));
  // The interface with the way out to everything else is the one for management, not a spare one for storage.
  const spare = isRouteKnown
    ? others.filter(({ interfaceIndex }) => usesDefault || !holdsDefault.has(interfaceIndex))
    : [];
  const inReach = new Set([...ends.interfaces, ...spare].map(({ id }) => id));
  const offered = offeredPortals(facts, group);
  return {
    ends,
    spare,
    doubtfulSpare: isRouteKnown ? [] : others,
    adapters: distinctById([...ends.interfaces, ...spare].flatMap((found) => wayOut(model, found).adapters)),
    portals: offered.addresses.filter((address) =>
      addressesOnLinkTo(model, address).some(({ interfaceId }) => inReach.has(interfaceId ?? '')),
    ),
    arePortalsKnown: offered.areKnown,
  };
}

/**
 * Interfaces that could carry a further session. Not team members (their addresses are a fault of their own), not an
 * LBFO team NIC beside sessions that are not on one, and nothing slower: a slower path in turn with a fast one costs.
 */
function otherInterfaces({ model }: HostFacts, group: WiredGroup, ends: LocalEnds): readonly HostInterface[] {
  const usable = new Set(
    group.targetIds.flatMap((targetId) => {
      const target = targetById(model, targetId);
      return target === undefined ? [] : usableInitiatorInterfaces(model, target).map(({ id }) => id);
    }),
  );
  for (const { id } of ends.interfaces) usable.delete(id);
  const isOnTeamNic = ends.interfaces.some(({ kind }) => kind === 'team-nic');
  const usedSpeed = fastest(model, ends.interfaces);
  return interfacesOf(model).filter((found) => {
    if (!usable.has(found.id)) return false;
    if (found.kind === 'adapter' && found.teamId !== undefined) return false;
    if (found.kind === 'team-nic' && !isOnTeamNic) return false;
    if (wayOut(model, found).adapters.length === 0) return false;
    const speed = fastest(model, [found]);
    return usedSpeed === undefined || (speed !== undefined && speed >= usedSpeed);
  });
}

/** bit/s of the fastest adapter that the interfaces lead to; undefined where none is known. */
function fastest(model: HostModel, interfaces: readonly HostInterface[]): number | undefined {
  const speeds = interfaces.flatMap((found) =>
    wayOut(model, found).adapters.flatMap(({ speedBitsPerSecond }) => speedBitsPerSecond ?? []),
  );
  return speeds.length === 0 ? undefined : Math.max(...speeds);
}

/** Indices of the interfaces that hold a default route; empty where routes could not be read. */
export function defaultRouteHolders({ snapshot }: HostFacts): ReadonlySet<number> {
  const routes = snapshot.readings.NetRoute;
  if (routes.status !== 'ok') return new Set();
  return new Set(
    routes.records
      .filter(({ destinationPrefix }) => destinationPrefix === '0.0.0.0/0' || destinationPrefix === '::/0')
      .map(({ interfaceIndex }) => interfaceIndex),
  );
}

/**
 * The portal addresses that the targets of a group offer, in the family that its sessions use. A session that was
 * redirected to an address not on offer reaches one of these, so its address is not a portal more.
 */
function offeredPortals(
  { model, snapshot }: HostFacts,
  group: WiredGroup,
): { readonly addresses: readonly string[]; readonly areKnown: boolean } {
  const reading = snapshot.readings.IscsiTarget;
  const records = reading.status === 'ok' ? reading.records : [];
  const used = targetAddresses(group.wired);
  const family = parseIp(used[0] ?? '')?.family ?? 'IPv4';
  let areKnown = true;
  const addresses = group.targetIds.flatMap((targetId) => {
    const iqn = targetById(model, targetId)?.nodeAddress.toLowerCase();
    const portals = records.find(({ nodeAddress }) => nodeAddress.toLowerCase() === iqn)?.portals;
    // A target that sessions reach offers a portal, whatever its list says.
    if (portals === undefined || portals.length === 0) areKnown = false;
    return (portals ?? []).map(({ address }) => address);
  });
  return {
    addresses: [...new Set(addresses)].filter(
      (address) => parseIp(address)?.family === family && !isLinkLocalIp(address),
    ),
    areKnown,
  };
}

/** Groups of sessions that leave the same ways unused, for the same reason: one finding. */
export interface UnusedWays {
  readonly groups: readonly [WiredGroup, ...WiredGroup[]];
  readonly reach: Reach;
}

/** `used`: the group uses what there is. `no-other`: there is nothing else to use. A sentence: why that is not known. */
type GroupVerdict = Reach | string;

/** Judges every group; a missing fact of one leaves the rule open only where no other group has a finding. */
export function judgeWiredGroups(
  facts: HostFacts,
  rule: {
    readonly judge: (facts: HostFacts, group: WiredGroup) => GroupVerdict;
    /** Groups with one cause are one finding. */
    readonly causeOf: (reach: Reach) => string;
    readonly findingFor: (facts: HostFacts, unused: UnusedWays) => RuleFinding;
  },
): RuleOutcome {
  const causes = new Map<string, UnusedWays>();
  let doubt: string | undefined;
  let isAnyWithoutOther = false;
  for (const group of wiredGroups(facts.model)) {
    const verdict = rule.judge(facts, group);
    if (verdict === 'used') continue;
    if (verdict === 'no-other') isAnyWithoutOther = true;
    else if (typeof verdict === 'string') doubt ??= verdict;
    else {
      const key = rule.causeOf(verdict);
      const there = causes.get(key);
      causes.set(key, { groups: there ? [...there.groups, group] : [group], reach: verdict });
    }
  }
  if (causes.size > 0) return [...causes.values()].map((unused) => rule.findingFor(facts, unused));
  if (doubt !== undefined) return { notEvaluated: doubt };
  if (!isAnyWithoutOther) return [];
  return fineIfRead(facts.snapshot, [
    'NetLbfoTeam',
    'NetLbfoTeamMember',
    'NetLbfoTeamNic',
    'VMSwitch',
    'VMSwitchTeam',
    'VMNetworkAdapter',
  ]);
}

/** `Disk 3`, ..., or the targets where the disks are not known. */
export function groupNames(model: HostModel, group: DiskGroup): readonly string[] {
  return group.disks.length > 0
    ? group.disks.map(({ number }) => `Disk ${number}`)
    : group.targetIds.map((id) => targetById(model, id)?.name ?? id);
}

export function targetNames(model: HostModel, group: DiskGroup): string {
  return listed(group.targetIds.map((id) => targetById(model, id)?.name ?? id));
}

/** Sessions first, then their targets: what findings on sessions point at. */
export function sessionSubjects(
  model: HostModel,
  sessions: readonly [IscsiSession, ...IscsiSession[]],
): readonly [Entity, ...Entity[]] {
  const targets = distinctById(sessions.flatMap(({ targetId }) => targetById(model, targetId) ?? []));
  return [...sessions, ...targets] as [Entity, ...Entity[]];
}

/** True unless it is open whether so many of the sessions are connected: a host may leave the state out. */
export function areSurelyConnected(sessions: readonly IscsiSession[], count: number): boolean {
  return (
    sessions.filter(({ isConnected, connections }) => isConnected === true || connections.length > 0)
      .length >= count
  );
}

/** The id by which two rows are known to be one disk; undefined where the host gives none. */
export function diskIdentity({ uniqueId }: Disk): string | undefined {
  const id = uniqueId?.trim().toLowerCase() ?? '';
  return id === '' ? undefined : id;
}
