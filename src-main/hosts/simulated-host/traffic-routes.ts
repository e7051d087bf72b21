/** Over what the traffic of a scenario goes: each demand as streams, each stream with all that counts its bytes. */
import { dashed, hexOf } from './identities.ts';
import type { Machine } from './machine.ts';
import type { SimInterface, SimVSwitch } from './network-layout.ts';
import type { ScenarioDemand } from './scenario.ts';
import type { SimDisk, SimMpioPath, SimSession } from './storage-layout.ts';

export type Way = 'in' | 'out';

/** Part of a demand in one direction. */
export interface Stream {
  readonly demand: ScenarioDemand;
  readonly way: Way;
  /** Of the demand, 0 to 1. */
  readonly share: number;
  /** Cables that it passes, which carry no more than they can. */
  readonly cables: readonly SimInterface[];
  /** Names of the counters that count its bytes, see {@link counterName}. */
  readonly counters: readonly string[];
}

/** What is counted, and of which thing. */
export type Counted = 'interface' | 'rdma' | 'session' | 'path' | 'share' | 'disk' | 'vm';

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

/** The member of a team that a stream takes: by the queue of its MAC address where there is one, else by a hash. */
function memberOf(
  machine: Machine,
  members: readonly SimInterface[],
  mac: string,
  seed: string,
): SimInterface | undefined {
  const holding = members.filter((member) =>
    (machine.network.queues.get(member.name.toLowerCase()) ?? []).some((queue) => queue.mac === dashed(mac)),
  );
  return holding.length === 1 ? holding[0] : pick(members, seed);
}

function belowVSwitch(
  machine: Machine,
  vswitch: SimVSwitch,
  mac: string,
  seed: string,
): readonly SimInterface[] {
  const [uplink] = vswitch.uplinks;
  const teamNic = uplink?.kind === 'team-nic' ? [uplink] : [];
  const up = vswitch.members.filter((member) => member.isUp);
  const member = memberOf(machine, up, mac, seed);
  return member === undefined ? teamNic : [...teamNic, member];
}

/** Every interface that counts a stream that leaves by this one, down to the cable. `seed`: what the team's hash sees. */
function interfacesBelow(
  machine: Machine,
  from: SimInterface,
  way: Way,
  seed: string,
): readonly SimInterface[] {
  const vnic = machine.network.vnics.find((entry) => entry.interface === from);
  if (vnic !== undefined) return [from, ...belowVSwitch(machine, vnic.vswitch, from.mac, seed)];
  const team = machine.network.teams.find((entry) => entry.nics.some((nic) => nic.interface === from));
  if (team === undefined) return [from];
  const active = team.members.filter(({ state }) => state === 'Active').map(({ adapter }) => adapter);
  // A switch that knows nothing of the team sends to the port where it saw the address of the team.
  const member =
    way === 'in' && team.scenario.teamingMode === 'SwitchIndependent'
      ? active[0]
      : pick(active, `${seed}|${way}`);
  return member === undefined ? [from] : [from, member];
}

interface Leg {
  readonly share: number;
  readonly from: SimInterface | undefined;
  readonly seed: string;
  readonly isRdma: boolean;
  /** Beside those of the interfaces. */
  readonly counted: readonly (readonly [Counted, string])[];
}

function legsOfSession(
  machine: Machine,
  session: SimSession,
  share: number,
  counted: Leg['counted'],
): readonly Leg[] {
  const { connections } = session;
  return connections.map(({ source, targetAddress, targetPort, id }) => ({
    share: share / connections.length,
    from: machine.network.addresses.find(({ prefix }) => prefix.address === source?.address)?.interface,
    seed: `${source?.address}|${source?.port}|${targetAddress}|${targetPort}|${id}`,
    isRdma: false,
    counted: [...counted, ['session', session.id] as const],
  }));
}

/** Paths that the policy uses at once. */
function pathsInUse(disk: SimDisk): readonly SimMpioPath[] {
  const { policy, paths } = disk.mpio ?? { policy: 'RR', paths: [] };
  const optimised = paths.filter(({ state }) => state === 'Active/Optimized');
  const usable =
    optimised.length > 0 ? optimised : paths.filter(({ state }) => state === 'Active/Unoptimized');
  return policy === 'FOO' || policy === 'WP' ? usable.slice(0, 1) : usable;
}

function legsOfDisk(machine: Machine, number: number): readonly Leg[] {
  const disk = machine.storage.diskNumbered(number);
  if (disk === undefined)
    throw new Error(`The traffic is on disk ${number}, which the scenario does not have`);
  const ofDisk = ['disk', String(number)] as const;
  const sessions = machine.storage.sessions.filter(
    ({ isConnected, disks }) => isConnected && disks.includes(number),
  );
  const paths = pathsInUse(disk);
  if (paths.length > 0) {
    return paths.flatMap((path): readonly Leg[] => {
      const counted = [ofDisk, ['path', pathKey(number, path)] as const];
      const session = sessions.find(
        ({ scsi }) =>
          scsi.port === path.scsi.port && scsi.bus === path.scsi.bus && scsi.target === path.scsi.target,
      );
      const share = 1 / paths.length;
      return session === undefined
        ? [{ share, from: undefined, seed: '', isRdma: false, counted }]
        : legsOfSession(machine, session, share, counted);
    });
  }
  const [session] = sessions;
  return session === undefined
    ? [{ share: 1, from: undefined, seed: '', isRdma: false, counted: [ofDisk] }]
    : legsOfSession(machine, session, 1, [ofDisk]);
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
  return rows.map((row) => ({
    share: 1 / rows.length,
    from: row.client,
    seed: `${row.clientAddress}|${row.serverAddress}`,
    isRdma: row.clientRdma,
    counted,
  }));
}

function streamsOfVm(machine: Machine, demand: ScenarioDemand, vm: string): readonly Stream[] {
  const nics = machine.network.vmNics.filter((nic) => nic.vmName.toLowerCase() === vm.toLowerCase());
  if (nics.length === 0) throw new Error(`The traffic is on "${vm}", which has no network adapter`);
  return nics.flatMap((nic) =>
    ways.map((way) => {
      const passed = belowVSwitch(machine, nic.vswitch, nic.mac, `${vm}|${nic.adapterId}`);
      return streamOver(demand, way, 1 / nics.length, passed, [['vm', nic.adapterId]], false);
    }),
  );
}

function streamOver(
  demand: ScenarioDemand,
  way: Way,
  share: number,
  passed: readonly SimInterface[],
  counted: Leg['counted'],
  isRdma: boolean,
): Stream {
  return {
    demand,
    way,
    share,
    cables: passed.filter(({ kind }) => kind === 'physical' || kind === 'guest'),
    counters: [
      ...passed.map(({ guid }) => counterName('interface', guid, way)),
      ...(isRdma ? passed.map(({ guid }) => counterName('rdma', guid, way)) : []),
      ...counted.map(([what, key]) => counterName(what, key, way)),
    ],
  };
}

/** Throws where a demand is on something that the scenario does not have. */
export function streamsOf(machine: Machine): readonly Stream[] {
  return (machine.scenario.traffic?.demands ?? []).flatMap((demand) => {
    if ('vm' in demand.on) return streamsOfVm(machine, demand, demand.on.vm);
    const legs =
      'disk' in demand.on ? legsOfDisk(machine, demand.on.disk) : legsOfShare(machine, demand.on.share);
    return legs.flatMap(({ share, from, seed, isRdma, counted }) =>
      ways.map((way) => {
        const passed = from === undefined ? [] : interfacesBelow(machine, from, way, seed);
        return streamOver(demand, way, share, passed, counted, isRdma);
      }),
    );
  });
}
