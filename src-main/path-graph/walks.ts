/**
 * Ways through the model that rules, graph and ceilings share: what stands under an interface, which members carry,
 * which sessions lead to one disk. Every function takes the model first and answers from it alone; lookups are kept
 * once for each model, so that asking for every object of a large host stays linear.
 */
import type {
  Adapter,
  Address,
  Disk,
  Entity,
  HostModel,
  IscsiConnection,
  IscsiSession,
  IscsiTarget,
  SmbChannel,
  SmbServer,
  TargetPortal,
  Team,
  TeamMember,
  TeamNic,
  VNic,
  VSwitch,
} from '#shared/host/host-model.ts';
import { isLinkLocalIp, isLoopbackIp, parseIp, prefixContains, prefixOf } from './ip.ts';
import type { IpNumber, IpPrefix } from './ip.ts';

/** Whatever can hold an address: a NIC, the NIC that a team presents, a vNIC of the management OS. */
export type HostInterface = Adapter | TeamNic | VNic;

interface Lookups {
  readonly interfaces: ReadonlyMap<string, HostInterface>;
  readonly teams: ReadonlyMap<string, Team>;
  readonly vswitches: ReadonlyMap<string, VSwitch>;
  readonly addresses: ReadonlyMap<string, Address>;
  readonly targets: ReadonlyMap<string, IscsiTarget>;
  readonly portals: ReadonlyMap<string, TargetPortal>;
  readonly sessions: ReadonlyMap<string, IscsiSession>;
  readonly addressesByIp: ReadonlyMap<string, Address>;
  readonly disksByNumber: ReadonlyMap<number, Disk>;
  readonly sessionsByTarget: ReadonlyMap<string, readonly IscsiSession[]>;
  readonly sessionsByInterface: ReadonlyMap<string, readonly IscsiSession[]>;
}

const lookupsOf = new WeakMap<HostModel, Lookups>();

function byId<T extends Entity>(entities: readonly T[]): ReadonlyMap<string, T> {
  return new Map(entities.map((entity) => [entity.id, entity]));
}

/** Each session at every interface that it leaves by, or whose address its login named. */
function sessionsByInterface({ sessions, addresses }: HostModel): ReadonlyMap<string, IscsiSession[]> {
  const found = new Map<string, IscsiSession[]>();
  const holders = Map.groupBy(addresses, ({ ipAddress }) => ipAddress);
  for (const session of sessions) {
    const bound =
      session.boundAddress === undefined || session.boundAddress === null
        ? []
        : (holders.get(session.boundAddress) ?? []);
    for (const id of new Set([...session.connections, ...bound].map(({ interfaceId }) => interfaceId))) {
      if (id === undefined) continue;
      const there = found.get(id);
      if (there === undefined) found.set(id, [session]);
      else there.push(session);
    }
  }
  return found;
}

function lookups(model: HostModel): Lookups {
  let found = lookupsOf.get(model);
  if (found === undefined) {
    found = {
      interfaces: byId(interfacesOf(model)),
      teams: byId(model.teams),
      vswitches: byId(model.vswitches),
      addresses: byId(model.addresses),
      targets: byId(model.targets),
      portals: byId(model.targetPortals),
      sessions: byId(model.sessions),
      // The first of several that are the same.
      addressesByIp: new Map(model.addresses.map((one) => [one.ipAddress, one] as const).reverse()),
      disksByNumber: new Map(model.disks.map((one) => [one.number, one] as const).reverse()),
      sessionsByTarget: Map.groupBy(model.sessions, ({ targetId }) => targetId),
      sessionsByInterface: sessionsByInterface(model),
    };
    lookupsOf.set(model, found);
  }
  return found;
}

/** Adapters, team NICs and vNICs of the host in one list. */
export function interfacesOf(model: HostModel): readonly HostInterface[] {
  return [...model.adapters, ...model.teamNics, ...model.vnics];
}

export function interfaceById(model: HostModel, id: string | undefined): HostInterface | undefined {
  return id === undefined ? undefined : lookups(model).interfaces.get(id);
}

/** Undefined also where the id is that of a team NIC or a vNIC. */
export function adapterById(model: HostModel, id: string | undefined): Adapter | undefined {
  const found = interfaceById(model, id);
  return found?.kind === 'adapter' ? found : undefined;
}

function teamById(model: HostModel, id: string | undefined): Team | undefined {
  return id === undefined ? undefined : lookups(model).teams.get(id);
}

function vswitchById(model: HostModel, id: string | undefined): VSwitch | undefined {
  return id === undefined ? undefined : lookups(model).vswitches.get(id);
}

export function addressById(model: HostModel, id: string | undefined): Address | undefined {
  return id === undefined ? undefined : lookups(model).addresses.get(id);
}

export function addressWithIp(model: HostModel, ipAddress: string | undefined): Address | undefined {
  return ipAddress === undefined ? undefined : lookups(model).addressesByIp.get(ipAddress);
}

export function diskNumbered(model: HostModel, number: number): Disk | undefined {
  return lookups(model).disksByNumber.get(number);
}

/** Connected or not, in the order of the model. */
export function sessionsOfTarget(model: HostModel, targetId: string): readonly IscsiSession[] {
  return lookups(model).sessionsByTarget.get(targetId) ?? [];
}

/** Sessions that leave by an interface, or whose login named an address of it; connected or not. */
export function sessionsAt(model: HostModel, { id }: HostInterface): readonly IscsiSession[] {
  return lookups(model).sessionsByInterface.get(id) ?? [];
}

export function targetById(model: HostModel, id: string | undefined): IscsiTarget | undefined {
  return id === undefined ? undefined : lookups(model).targets.get(id);
}

export function portalById(model: HostModel, id: string | undefined): TargetPortal | undefined {
  return id === undefined ? undefined : lookups(model).portals.get(id);
}

export function sessionById(model: HostModel, id: string | undefined): IscsiSession | undefined {
  return id === undefined ? undefined : lookups(model).sessions.get(id);
}

/** The interface that a connection or a channel leaves by; undefined where that is not known. */
export function endpointOf(model: HostModel, end: IscsiConnection | SmbChannel): HostInterface | undefined {
  return interfaceById(model, end.kind === 'connection' ? end.interfaceId : end.clientInterfaceId);
}

/** The vSwitch that a vNIC of the management OS is plugged into. A NIC or a team NIC stands under a vSwitch, not on one. */
function switchUnder(model: HostModel, endpoint: HostInterface): VSwitch | undefined {
  return endpoint.kind === 'vnic' ? vswitchById(model, endpoint.vswitchId) : undefined;
}

/** The team that decides where traffic of this interface goes: of a team NIC, or of the vSwitch under a vNIC. */
export function teamUnder(model: HostModel, endpoint: HostInterface): Team | undefined {
  if (endpoint.kind === 'team-nic') return teamById(model, endpoint.teamId);
  const uplink = switchUnder(model, endpoint)?.uplink;
  return uplink !== undefined && 'teamId' in uplink ? teamById(model, uplink.teamId) : undefined;
}

/** All members of a team that are joined to an adapter, in the team's order, whatever their state. */
export function memberAdapters(model: HostModel, team: Team): readonly Adapter[] {
  return team.members.flatMap((member) => adapterById(model, member.adapterId) ?? []);
}

/** LBFO has standby and failed members: with neither state nor mode told, an adapter with a link may be one of them. */
function isRoleKnown(team: Team, member: TeamMember): boolean {
  return team.technology === 'set' || member.state !== undefined || member.mode !== undefined;
}

/**
 * The members known to carry traffic now: not failed, not waiting as standby, link up. Where the team does not state a
 * member's state, its mode and the link decide; where LBFO states neither, the member is not counted.
 */
export function activeMembers(model: HostModel, team: Team): readonly Adapter[] {
  return team.members.flatMap((member) => {
    const adapter = adapterById(model, member.adapterId);
    if (adapter?.isUp !== true || !isRoleKnown(team, member)) return [];
    return (member.state ?? member.mode ?? 'Active') === 'Active' ? [adapter] : [];
  });
}

/** What stands between an interface and the wire. */
export interface WayOut {
  /** From the interface to the last hop that is certain: vSwitch, team NIC under it, team; an adapter only if it is the one. */
  readonly hops: readonly Entity[];
  /** The team that chooses among `adapters`, where one does. */
  readonly team?: Team;
  /** Active physical (or guest) adapters that may carry the traffic. Empty: no wire, or none known (`unknownBecause`). */
  readonly adapters: readonly Adapter[];
  /** The one of `adapters` that the host shows the traffic on now, and how that is known. */
  readonly now?: { readonly adapter: Adapter; readonly evidence: string };
  /** A vSwitch without an uplink: traffic never leaves the host. */
  readonly isInternal: boolean;
  /** Why `adapters` is empty although there should be a wire, in one sentence. */
  readonly unknownBecause?: string;
  /** There is no link: whatever goes this way is cut. Not the same as not known. */
  readonly isDown?: true;
}

function placementOf(team: Team, vnic: VNic, active: readonly Adapter[]): WayOut['now'] {
  const mapped = active.find((adapter) => adapter.id === vnic.mappedMember?.adapterId);
  if (mapped !== undefined) {
    return { adapter: mapped, evidence: `team mapping of ${vnic.name} to ${mapped.name}` };
  }
  const seen = vnic.seenOnAdapterIds ?? [];
  if (seen.length !== 1) return undefined;
  const adapter = active.find(({ id }) => id === seen[0]);
  if (adapter === undefined) return undefined;
  const address = vnic.macAddress ?? 'its MAC address';
  return {
    adapter,
    evidence: `${address} is in the hardware queues of ${adapter.name} only (team ${team.name})`,
  };
}

function throughTeam(model: HostModel, team: Team, above: readonly Entity[], vnic?: VNic): WayOut {
  const areRolesKnown = team.members.every((member) => isRoleKnown(team, member));
  const adapters = areRolesKnown ? activeMembers(model, team) : [];
  const only = adapters.length === 1 ? adapters[0] : undefined;
  const now = vnic === undefined ? undefined : placementOf(team, vnic, adapters);
  const areMembersKnown =
    areRolesKnown && team.members.every(({ adapterId }) => adapterById(model, adapterId));
  return {
    hops: [...above, team, ...(only === undefined ? [] : [only])],
    team,
    adapters,
    ...(now !== undefined && { now }),
    isInternal: false,
    ...(adapters.length === 0 && team.members.length > 0 && areMembersKnown && { isDown: true }),
    ...(adapters.length === 0 && {
      unknownBecause:
        team.members.length === 0
          ? `The members of team ${team.name} are not known.`
          : !areRolesKnown
            ? `Which members of team ${team.name} are active could not be read.`
            : `No member of team ${team.name} is known to be active.`,
    }),
  };
}

/** Straight onto one adapter, which carries only while it has a link. */
function ontoAdapter(above: readonly Entity[], adapter: Adapter): WayOut {
  const unknownBecause =
    adapter.role === 'other'
      ? `${adapter.name} is not an adapter with a wire of its own.`
      : adapter.isUp
        ? undefined
        : `${adapter.name} has no link.`;
  return {
    hops: [...above, adapter],
    adapters: unknownBecause === undefined ? [adapter] : [],
    isInternal: false,
    ...(unknownBecause !== undefined && { unknownBecause }),
    ...(adapter.role !== 'other' && !adapter.isUp && { isDown: true }),
  };
}

/** From an interface down to the physical adapters that may carry its traffic. */
export function wayOut(model: HostModel, endpoint: HostInterface): WayOut {
  if (endpoint.kind === 'adapter') return ontoAdapter([], endpoint);
  if (endpoint.kind === 'team-nic') {
    const team = teamById(model, endpoint.teamId);
    return team === undefined
      ? {
          hops: [endpoint],
          adapters: [],
          isInternal: false,
          unknownBecause: `The team under ${endpoint.name} is not known.`,
        }
      : throughTeam(model, team, [endpoint]);
  }
  const vswitch = vswitchById(model, endpoint.vswitchId);
  if (vswitch === undefined) {
    return {
      hops: [endpoint],
      adapters: [],
      isInternal: false,
      unknownBecause: `The vSwitch under ${endpoint.name} is not known.`,
    };
  }
  const above = [endpoint, vswitch];
  if (vswitch.uplink === undefined) {
    const isInternal = vswitch.switchType === 'Internal' || vswitch.switchType === 'Private';
    return {
      hops: above,
      adapters: [],
      isInternal,
      ...(!isInternal && { unknownBecause: `The uplink of vSwitch ${vswitch.name} is not known.` }),
    };
  }
  if ('adapterId' in vswitch.uplink) {
    const adapter = adapterById(model, vswitch.uplink.adapterId);
    return adapter === undefined
      ? {
          hops: above,
          adapters: [],
          isInternal: false,
          unknownBecause: `The uplink of vSwitch ${vswitch.name} is not known.`,
        }
      : ontoAdapter(above, adapter);
  }
  const team = teamById(model, vswitch.uplink.teamId);
  const teamNic = interfaceById(model, vswitch.uplink.teamNicId);
  if (team === undefined) {
    return {
      hops: above,
      adapters: [],
      isInternal: false,
      unknownBecause: `The team under vSwitch ${vswitch.name} is not known.`,
    };
  }
  return throughTeam(model, team, teamNic === undefined ? above : [...above, teamNic], endpoint);
}

/** Sessions that are connected, run over this host's own adapters and reach another machine: what path rules judge. */
export function wiredSessions(model: HostModel): readonly IscsiSession[] {
  return model.sessions.filter(
    (session) => session.isConnected !== false && !session.isOffloaded && !session.isLoopback,
  );
}

/**
 * File servers other than this host that hold at least one storage share, or that a cluster instance of SMB (CSV, SBL,
 * SR) reaches: those show their channels, and not always their shares.
 */
export function storageServers(model: HostModel): readonly SmbServer[] {
  return model.smbServers.filter((server) => !server.isLoopback && holdsStorage(server));
}

export function holdsStorage(server: SmbServer): boolean {
  return (
    server.shares.some((share) => share.isStorage) ||
    server.channels.some((channel) => channel.smbInstance !== 'Default')
  );
}

/** The interface pairs that SMB uses: selected and not failed. */
export function channelsInUse(server: SmbServer): readonly SmbChannel[] {
  return server.channels.filter((channel) => channel.isSelected && !channel.isFailed);
}

/** An interface that storage traffic leaves by, with what leaves by it. */
export interface StorageEndpoint {
  readonly interface: HostInterface;
  readonly sessions: readonly IscsiSession[];
  readonly channels: readonly SmbChannel[];
}

/**
 * The interfaces that {@link wiredSessions} and the channels in use to {@link storageServers} leave by, in the order of
 * {@link interfacesOf}. A connection whose interface is not known is in none of them.
 */
export function storageEndpoints(model: HostModel): readonly StorageEndpoint[] {
  const sessions = new Map<string, Set<IscsiSession>>();
  const channels = new Map<string, Set<SmbChannel>>();
  const add = <T>(to: Map<string, Set<T>>, id: string | undefined, what: T): void => {
    if (id === undefined) return;
    const there = to.get(id);
    if (there === undefined) to.set(id, new Set([what]));
    else there.add(what);
  };
  for (const session of wiredSessions(model)) {
    for (const connection of session.connections) add(sessions, connection.interfaceId, session);
  }
  for (const server of storageServers(model)) {
    for (const channel of channelsInUse(server)) add(channels, channel.clientInterfaceId, channel);
  }
  return interfacesOf(model).flatMap((found) => {
    const used = {
      sessions: [...(sessions.get(found.id) ?? [])],
      channels: [...(channels.get(found.id) ?? [])],
    };
    return used.sessions.length + used.channels.length === 0 ? [] : [{ interface: found, ...used }];
  });
}

/** Addresses that traffic may be sent from: not loopback, not invalid, duplicate or still tentative. */
function isUsableAddress(address: Address): boolean {
  return (
    !isLoopbackIp(address.ipAddress) &&
    (address.state === undefined || /^(preferred|deprecated)$/i.test(address.state))
  );
}

interface OnLink {
  readonly prefix: IpPrefix;
  readonly address: Address;
}

const onLinkOf = new WeakMap<HostModel, readonly OnLink[]>();

function onLinkPrefixes(model: HostModel): readonly OnLink[] {
  let found = onLinkOf.get(model);
  if (found === undefined) {
    found = model.addresses.flatMap((address) => {
      if (address.prefixLength === undefined || address.interfaceId === undefined) return [];
      if (!isUsableAddress(address) || isLinkLocalIp(address.ipAddress)) return [];
      const prefix = prefixOf(address.ipAddress, address.prefixLength);
      return prefix === undefined ? [] : [{ prefix, address }];
    });
    onLinkOf.set(model, found);
  }
  return found;
}

const onLinkToOf = new WeakMap<HostModel, Map<string, readonly Address[]>>();

/** Own addresses whose subnet holds `remoteAddress`. Self-given addresses (169.254/16, fe80::/10) reach nothing here. */
export function addressesOnLinkTo(model: HostModel, remoteAddress: string): readonly Address[] {
  const known = onLinkToOf.get(model) ?? new Map<string, readonly Address[]>();
  onLinkToOf.set(model, known);
  let found = known.get(remoteAddress);
  if (found === undefined) {
    const remote: IpNumber | undefined = parseIp(remoteAddress);
    found =
      remote === undefined
        ? []
        : onLinkPrefixes(model).flatMap(({ prefix, address }) =>
            prefixContains(prefix, remote) ? [address] : [],
          );
    known.set(remoteAddress, found);
  }
  return found;
}

/**
 * Interfaces that could hold a session to the target: up, not of role `other`, and with a usable address in the subnet
 * of one of the target's portals, or already carrying one of its sessions (a routed target). In the order of
 * {@link interfacesOf}.
 */
export function usableInitiatorInterfaces(model: HostModel, target: IscsiTarget): readonly HostInterface[] {
  const usable = new Set<string>();
  for (const portalId of target.portalIds) {
    const portal = portalById(model, portalId);
    if (portal === undefined) continue;
    for (const { interfaceId } of addressesOnLinkTo(model, portal.address)) {
      if (interfaceId !== undefined) usable.add(interfaceId);
    }
  }
  for (const sessionId of target.sessionIds) {
    for (const connection of sessionById(model, sessionId)?.connections ?? []) {
      if (connection.interfaceId !== undefined) usable.add(connection.interfaceId);
    }
  }
  return interfacesOf(model).filter((found) => usable.has(found.id) && found.isUp && found.role !== 'other');
}

/** A session whose target is this host itself, or a machine on it that it reaches over an internal vSwitch: no wire. */
export function staysOnHost(model: HostModel, { isLoopback, connections }: IscsiSession): boolean {
  if (isLoopback) return true;
  return (
    connections.length > 0 &&
    connections.every(({ interfaceId }) => {
      const found = interfaceById(model, interfaceId);
      return found !== undefined && wayOut(model, found).isInternal;
    })
  );
}

/**
 * Disks that the same sessions lead to. `joinedBy` says what the group rests on: `disk` is certain; `iqn` means that the
 * disks behind a session of that target could not be read, so all its sessions stand together; `no-disk` means that the
 * host answered that these sessions bring none.
 */
export interface DiskGroup {
  readonly joinedBy: 'disk' | 'iqn' | 'no-disk';
  /** Two rows with one UniqueId are both here: one disk that MPIO does not hold. Empty unless joined by disk. */
  readonly disks: readonly Disk[];
  readonly sessions: readonly IscsiSession[];
  readonly targetIds: readonly string[];
}

/**
 * Connected sessions (also offloaded and loopback ones) grouped by the disk they lead to; disks that exactly the same
 * sessions lead to are one group. A disk reached over several targets (one IQN for each port or node) is one group.
 */
export function sessionsByDiskGroup(model: HostModel): readonly DiskGroup[] {
  const known = diskGroupsOf.get(model) ?? groupByDisk(model);
  diskGroupsOf.set(model, known);
  return known;
}

const diskGroupsOf = new WeakMap<HostModel, readonly DiskGroup[]>();

function groupByDisk(model: HostModel): readonly DiskGroup[] {
  const connected = model.sessions.filter((session) => session.isConnected !== false);
  const unknownTargets = new Set(
    connected.flatMap((session) => (session.diskNumbers === undefined ? [session.targetId] : [])),
  );
  const diskByNumber = new Map(model.disks.map((disk) => [disk.number, disk]));

  interface Lun {
    readonly disks: Map<number, Disk>;
    readonly sessions: Map<string, IscsiSession>;
  }
  const luns = new Map<string, Lun>();
  const apart = new Map<string, { joinedBy: 'iqn' | 'no-disk'; sessions: IscsiSession[] }>();
  const putApart = (joinedBy: 'iqn' | 'no-disk', session: IscsiSession): void => {
    const key = `${joinedBy} ${session.targetId}`;
    const there = apart.get(key);
    if (there === undefined) apart.set(key, { joinedBy, sessions: [session] });
    else there.sessions.push(session);
  };
  for (const session of connected) {
    if (session.diskNumbers === undefined || unknownTargets.has(session.targetId)) putApart('iqn', session);
    else if (session.diskNumbers.length === 0) putApart('no-disk', session);
    else {
      for (const number of session.diskNumbers) {
        const disk = diskByNumber.get(number);
        const uniqueId = disk?.uniqueId?.trim().toLowerCase();
        const key = uniqueId === undefined || uniqueId === '' ? `#${number}` : uniqueId;
        const lun = luns.get(key) ?? {
          disks: new Map<number, Disk>(),
          sessions: new Map<string, IscsiSession>(),
        };
        if (disk !== undefined) lun.disks.set(number, disk);
        lun.sessions.set(session.id, session);
        luns.set(key, lun);
      }
    }
  }

  const groups = new Map<string, { disks: Disk[]; sessions: readonly IscsiSession[] }>();
  for (const lun of luns.values()) {
    const key = [...lun.sessions.keys()].sort().join('\n');
    const there = groups.get(key);
    if (there === undefined)
      groups.set(key, { disks: [...lun.disks.values()], sessions: [...lun.sessions.values()] });
    else there.disks.push(...lun.disks.values());
  }
  const finished = (
    joinedBy: DiskGroup['joinedBy'],
    disks: readonly Disk[],
    sessions: readonly IscsiSession[],
  ) => ({
    joinedBy,
    disks,
    sessions,
    targetIds: [...new Set(sessions.map((session) => session.targetId))],
  });
  return [
    ...[...groups.values()].map(({ disks, sessions }) => finished('disk', disks, sessions)),
    ...[...apart.values()].map(({ joinedBy, sessions }) => finished(joinedBy, [], sessions)),
  ];
}
