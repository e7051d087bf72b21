/**
 * Over what the traffic of a scenario goes: each demand as streams, each stream with all that counts its bytes.
 *
 * A stream is one TCP connection and takes one member of a team. Which one follows from the team: what its algorithm
 * hashes on the way out; on the way in the switch decides, which sends to the port where it saw the MAC address unless
 * it knows of the team, and hashes for itself then.
 */
import { dashed, hexOf } from './identities.ts';
import type { Machine } from './machine.ts';
import type { SimInterface, SimVSwitch } from './network-layout.ts';
import type { ScenarioDemand } from './scenario.ts';
import type { SimMpioDisk, SimMpioPath, SimSession } from './storage-layout.ts';

export type Way = 'in' | 'out';

/** A demand of the scenario, or that of a load. */
export interface Demand extends ScenarioDemand {
  /** Of a load: it wants the same all the time, and each of so many readers has one request under way. */
  readonly readers?: number;
}

/** Part of a demand in one direction. */
export interface Stream {
  readonly demand: Demand;
  readonly way: Way;
  /** Of the demand, 0 to 1. */
  readonly share: number;
  /** Requests are dealt to the streams of its demand in strict turn, so that the slowest sets the pace of all. */
  readonly isInTurn: boolean;
  /** Cables that it passes, which carry no more than they can. */
  readonly cables: readonly SimInterface[];
  /** Names of the counters that count its bytes, see {@link counterName}. */
  readonly counters: readonly string[];
}

/** What is counted, and of which thing. */
export type Counted =
  'interface' | 'rdma' | 'session' | 'connection' | 'path' | 'share' | 'disk' | 'vm' | 'load';

/** What the readers of a load got is counted under this key. */
export const loadKey = 'readers';

export function counterName(counted: Counted, key: string, way: Way): string {
  return `${counted}|${key}|${way}`;
}

/** The key of one path of one disk. */
export function pathKey(disk: number, path: SimMpioPath): string {
  return `${disk}/${path.id}`;
}

const ways: readonly Way[] = ['in', 'out'];

function pick<T>(from: readonly T[], seed: string): T | undefined {
  return from[Number.parseInt(hexOf(seed, 8), 16) % Math.max(1, from.length)];
}

/** The two ends of a stream, as far as a hash can see them. */
interface Ends {
  readonly source: string;
  readonly target: string;
  /** What tells connections between the same two addresses apart. */
  readonly connection: string;
}

/** What a team or a switch hashes to find a member. */
function hashed(algorithm: string, port: string, { source, target, connection }: Ends): string {
  switch (algorithm) {
    case 'HyperVPort':
      return port;
    // The address of the other end stands for its MAC address.
    case 'MacAddresses':
      return `${port}|${target}`;
    case 'IPAddresses':
      return `${source}|${target}`;
    default:
      return `${source}|${target}|${connection}`;
  }
}

interface Members {
  readonly active: readonly SimInterface[];
  readonly algorithm: string;
  readonly teamingMode: 'SwitchIndependent' | 'Static' | 'Lacp';
  /** The member with the MAC address of the team; of a vSwitch each port has an address of its own. */
  readonly primary: SimInterface | undefined;
}

function memberOf(
  { active, algorithm, teamingMode, primary }: Members,
  way: Way,
  port: string,
  ends: Ends,
  home: SimInterface | undefined,
): SimInterface | undefined {
  const ownHome = home ?? primary ?? pick(active, port);
  if (way === 'in') {
    return teamingMode === 'SwitchIndependent' ? ownHome : pick(active, `${hashed('', port, ends)}|in`);
  }
  return algorithm === 'HyperVPort' ? ownHome : pick(active, hashed(algorithm, port, ends));
}

/** The one member in whose queues an address is; undefined where several have it. */
function queueHome(
  machine: Machine,
  members: readonly SimInterface[],
  mac: string,
): SimInterface | undefined {
  const holding = members.filter((member) =>
    (machine.network.queues.get(member.name.toLowerCase()) ?? []).some((queue) => queue.mac === dashed(mac)),
  );
  return holding.length === 1 ? holding[0] : undefined;
}

function belowVSwitch(
  machine: Machine,
  vswitch: SimVSwitch,
  mac: string,
  way: Way,
  ends: Ends,
  mapped: SimInterface | undefined,
): readonly SimInterface[] {
  const [uplink] = vswitch.uplinks;
  const teamNic = uplink?.kind === 'team-nic' ? [uplink] : [];
  const team = machine.network.teams.find(({ nics }) => nics.some((nic) => nic.interface === uplink));
  const { uplink: wanted } = vswitch.scenario;
  const active =
    team === undefined
      ? vswitch.members.filter(({ isUp }) => isUp)
      : team.members.filter(({ state }) => state === 'Active').map(({ adapter }) => adapter);
  const set = wanted !== undefined && 'set' in wanted ? (wanted.lbAlgorithm ?? 'HyperVPort') : 'HyperVPort';
  const isMapped = mapped !== undefined && active.includes(mapped);
  const member = isMapped
    ? mapped
    : memberOf(
        {
          active,
          algorithm: team?.scenario.lbAlgorithm ?? set,
          teamingMode: team?.scenario.teamingMode ?? 'SwitchIndependent',
          primary: undefined,
        },
        way,
        mac,
        ends,
        queueHome(machine, active, mac),
      );
  return member === undefined ? teamNic : [...teamNic, member];
}

/** Every interface that counts a stream that leaves by this one, down to the cable. */
function interfacesBelow(
  machine: Machine,
  from: SimInterface,
  way: Way,
  ends: Ends,
): readonly SimInterface[] {
  const vnic = machine.network.vnics.find((entry) => entry.interface === from);
  if (vnic !== undefined) {
    return [from, ...belowVSwitch(machine, vnic.vswitch, from.mac, way, ends, vnic.mappedTo)];
  }
  const team = machine.network.teams.find((entry) => entry.nics.some((nic) => nic.interface === from));
  if (team === undefined) return [from];
  const active = team.members.filter(({ state }) => state === 'Active').map(({ adapter }) => adapter);
  const { lbAlgorithm, teamingMode } = team.scenario;
  const member = memberOf(
    { active, algorithm: lbAlgorithm, teamingMode, primary: active[0] },
    way,
    from.mac,
    ends,
    undefined,
  );
  return member === undefined ? [from] : [from, member];
}

interface Leg {
  readonly share: number;
  readonly from: SimInterface | undefined;
  readonly ends: Ends;
  readonly isInTurn: boolean;
  readonly isRdma: boolean;
  /** Beside those of the interfaces. */
  readonly counted: readonly (readonly [Counted, string])[];
}

const nowhere: Ends = { source: '', target: '', connection: '' };

function legsOfSession(
  machine: Machine,
  session: SimSession,
  leg: Pick<Leg, 'share' | 'isInTurn' | 'counted'>,
): readonly Leg[] {
  const { connections } = session;
  return connections.map(({ source, targetAddress, targetPort, id }) => ({
    share: leg.share / connections.length,
    // The connections of a session are dealt requests in turn unless the session says otherwise.
    isInTurn: leg.isInTurn || connections.length > 1,
    from: machine.network.addresses.find(({ prefix }) => prefix.address === source?.address)?.interface,
    ends: {
      source: source?.address ?? '',
      target: targetAddress,
      connection: `${source?.port}|${targetPort}`,
    },
    isRdma: false,
    counted: [...leg.counted, ['session', session.id] as const, ['connection', id] as const],
  }));
}

/**
 * Paths that the policy uses at once. One by the depth of queues takes the first path that has none, so that few readers
 * with one request each never reach the last paths.
 */
function pathsInUse({ policy, paths: all }: SimMpioDisk, readers = Infinity): readonly SimMpioPath[] {
  const paths = all.filter(({ isQuiet }) => !isQuiet);
  const optimised = paths.filter(({ state }) => state === 'Active/Optimized');
  const usable =
    optimised.length > 0 ? optimised : paths.filter(({ state }) => state === 'Active/Unoptimized');
  if (policy === 'FOO' || policy === 'WP') return usable.slice(0, 1);
  return policy === 'LQD' || policy === 'LB' ? usable.slice(0, readers) : usable;
}

function legsOfDisk(machine: Machine, number: number, readers: number | undefined): readonly Leg[] {
  const disk = machine.storage.diskNumbered(number);
  if (disk === undefined)
    throw new Error(`The traffic is on disk ${number}, which the scenario does not have`);
  const ofDisk = ['disk', String(number)] as const;
  const sessions = machine.storage.sessions.filter(
    ({ isConnected, disks }) => isConnected && disks.includes(number),
  );
  if (disk.mpio !== undefined) {
    const paths = pathsInUse(disk.mpio, readers);
    const isInTurn = disk.mpio.policy === 'RR' || disk.mpio.policy === 'RRWS';
    return paths.flatMap((path): readonly Leg[] => {
      const counted = [ofDisk, ['path', pathKey(number, path)] as const];
      const session = sessions.find(
        ({ scsi }) =>
          scsi.port === path.scsi.port && scsi.bus === path.scsi.bus && scsi.target === path.scsi.target,
      );
      const share = 1 / paths.length;
      return session === undefined
        ? [{ share, from: undefined, ends: nowhere, isInTurn, isRdma: false, counted }]
        : legsOfSession(machine, session, { share, isInTurn, counted });
    });
  }
  const [session] = sessions;
  return session === undefined
    ? [{ share: 1, from: undefined, ends: nowhere, isInTurn: false, isRdma: false, counted: [ofDisk] }]
    : legsOfSession(machine, session, { share: 1, isInTurn: false, counted: [ofDisk] });
}

function legsOfShare(machine: Machine, share: string): readonly Leg[] {
  const [, server = '', name = ''] = /^\\\\([^\\]+)\\(.+)$/.exec(share) ?? [];
  const known = machine.scenario.smb?.servers
    .find((entry) => entry.name.toLowerCase() === server.toLowerCase())
    ?.shares.find((entry) => entry.name.toLowerCase() === name.toLowerCase());
  if (known === undefined) throw new Error(`The traffic is on "${share}", which the scenario does not have`);
  const counted = [['share', share.toLowerCase()] as const];
  const rows = machine.storage.smbRows.filter(
    (row) =>
      row.server.toLowerCase() === server.toLowerCase() &&
      row.isSelected &&
      !row.isFailed &&
      row.instance === (known.instance ?? 'Default'),
  );
  // Requests go where a connection is free, so that a faster pair of interfaces takes more of them.
  const speeds = rows.map(({ clientSpeed, serverSpeed }) => Math.min(clientSpeed, serverSpeed));
  const all = speeds.reduce((sum, speed) => sum + speed, 0);
  return rows.flatMap((row, index) => {
    const connections = Math.max(1, row.currentChannels);
    const share = all === 0 ? 1 / rows.length : (speeds[index] ?? 0) / all;
    return Array.from({ length: connections }, (_, connection) => ({
      share: share / connections,
      from: row.client,
      ends: { source: row.clientAddress, target: row.serverAddress, connection: String(connection) },
      isInTurn: false,
      isRdma: row.clientRdma,
      counted,
    }));
  });
}

function streamsOfVm(machine: Machine, demand: Demand, vm: string): readonly Stream[] {
  const nics = machine.network.vmNics.filter((nic) => nic.vmName.toLowerCase() === vm.toLowerCase());
  if (nics.length === 0) throw new Error(`The traffic is on "${vm}", which has no network adapter`);
  // A virtual machine talks to many: a few connections for all of them.
  const clients = ['a', 'b', 'c', 'd'];
  return nics.flatMap((nic) =>
    ways.flatMap((way) =>
      clients.map((client) => {
        const ends = { source: nic.mac, target: `${vm}|${client}`, connection: client };
        const passed = belowVSwitch(machine, nic.vswitch, nic.mac, way, ends, undefined);
        const leg = { share: 1 / nics.length / clients.length, isInTurn: false, isRdma: false };
        return streamOver(demand, way, { ...leg, counted: [['vm', nic.adapterId]] }, passed);
      }),
    ),
  );
}

function streamOver(
  demand: Demand,
  way: Way,
  { share, isInTurn, counted, isRdma }: Pick<Leg, 'share' | 'isInTurn' | 'counted' | 'isRdma'>,
  passed: readonly SimInterface[],
): Stream {
  return {
    demand,
    way,
    share,
    isInTurn,
    cables: passed.filter(({ kind }) => kind === 'physical' || kind === 'guest'),
    counters: [
      ...passed.map(({ guid }) => counterName('interface', guid, way)),
      ...(isRdma ? passed.map(({ guid }) => counterName('rdma', guid, way)) : []),
      ...counted.map(([what, key]) => counterName(what, key, way)),
      ...(demand.readers === undefined ? [] : [counterName('load', loadKey, way)]),
    ],
  };
}

/** Throws where a demand is on something that the machine does not have. */
export function streamsOf(machine: Machine, demands: readonly Demand[]): readonly Stream[] {
  return demands.flatMap((demand) => {
    if ('vm' in demand.on) return streamsOfVm(machine, demand, demand.on.vm);
    const legs =
      'disk' in demand.on
        ? legsOfDisk(machine, demand.on.disk, demand.readers)
        : legsOfShare(machine, demand.on.share);
    return legs.flatMap((leg) =>
      ways.map((way) => {
        const passed = leg.from === undefined ? [] : interfacesBelow(machine, leg.from, way, leg.ends);
        return streamOver(demand, way, leg, passed);
      }),
    );
  });
}
