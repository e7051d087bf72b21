/** What the figures of every target rest on, gathered once for the whole host. */
import type { Disk, HostModel, IscsiSession } from '#shared/host/host-model.ts';
import type { Snapshot } from '#shared/host/snapshot.ts';
import type { LbPolicy } from '#shared/host/storage-records.ts';
import type { PathGraph, ToldFacts } from '#shared/path-graph.ts';
import type { Carrier, FlowFacts } from './flow-model.ts';
import { ipKey } from './ip.ts';
import { isKnownAbsent } from './joins.ts';
import { fastestWire } from './leg-limits.ts';
import { legOfInterface } from './legs.ts';
import type { Leg } from './legs.ts';
import type { SmbSettings } from './smb-connections.ts';
import { readThrottles } from './throttles.ts';
import type { Throttles } from './throttles.ts';
import { addressById, interfaceById } from './walks.ts';

/** The rest of the host that a target's figures rest on. */
export interface Facts extends FlowFacts {
  readonly wire: number | undefined;
  readonly routeIdsByTarget: ReadonlyMap<string, readonly string[]>;
  readonly diskByNumber: ReadonlyMap<number, Disk>;
  readonly sessionsByDisk: ReadonlyMap<number, readonly IscsiSession[]>;
  /** Some disk of the host is held by MPIO over several paths. */
  readonly hasMultipathDisk: boolean;
  /** Whether MPIO said which disks it holds: where it did, a disk that it does not name is not held. */
  readonly areMpioDisksKnown: boolean;
  readonly globalPolicy?: LbPolicy;
  /** Of each session: several disks, and the target itself, ask for the same. */
  readonly carriers: Map<string, Carrier>;
  readonly smb: SmbSettings;
  readonly throttles: Throttles;
  /** The way of SMB where it lists no pairs: the same for every such server. */
  readonly smbWithoutPairs: Leg;
  /** bit/s of the links behind each address, by name of the target without case. */
  readonly told: ReadonlyMap<string, ReadonlyMap<string, readonly number[]>>;
}

export function toldLinks(
  told: Facts['told'],
  names: readonly string[],
  address: string | undefined,
): readonly number[] | undefined {
  if (address === undefined) return undefined;
  for (const name of names) {
    const links = told.get(name.toLowerCase())?.get(ipKey(address));
    if (links !== undefined) return links;
  }
  return undefined;
}

/**
 * Without interface pairs (Multichannel off, or an old server) SMB uses one TCP connection over the route. It is known
 * where every connection to a file server that no pair explains leaves by the same interface.
 */
function legWithoutPairs(model: HostModel, snapshot: Snapshot): Leg {
  const unknown = {
    unknownBecause:
      'SMB lists no interface pair in use to the server, and its connections do not tell one interface.',
  };
  const tcp = snapshot.readings.NetTCPConnection;
  if (tcp.status !== 'ok') return unknown;
  const own = new Set(model.addresses.map((address) => ipKey(address.ipAddress)));
  const explained = new Set(
    model.smbServers.flatMap((other) =>
      other.channels.flatMap(({ serverIpAddress }) =>
        serverIpAddress === undefined ? [] : [ipKey(serverIpAddress)],
      ),
    ),
  );
  const rows = tcp.records.filter(
    (row) =>
      row.remotePort === 445 &&
      (row.state === undefined || /^established$/i.test(row.state)) &&
      !own.has(ipKey(row.remoteAddress)) &&
      !explained.has(ipKey(row.remoteAddress)),
  );
  const locals = new Set(rows.map((row) => ipKey(row.localAddress)));
  const holders = model.addresses.filter((address) => locals.has(ipKey(address.ipAddress)));
  const interfaceIds = new Set(holders.map((address) => address.interfaceId));
  const [interfaceId] = interfaceIds;
  const found =
    interfaceIds.size === 1 && holders.length === locals.size ? interfaceById(model, interfaceId) : undefined;
  if (found === undefined) return unknown;
  return legOfInterface(model, found, holders.length === 1 ? addressById(model, holders[0]?.id) : undefined);
}

const policyWords: Readonly<Record<string, LbPolicy>> = { foo: 'FOO', rr: 'RR', lqd: 'LQD', lb: 'LB' };

function globalPolicyOf(snapshot: Snapshot): LbPolicy | undefined {
  const reading = snapshot.readings.MSDSMGlobalDefaultLoadBalancePolicy;
  return reading.status === 'ok'
    ? policyWords[reading.records[0]?.policy.trim().toLowerCase() ?? '']
    : undefined;
}

/** What was told of these addresses, in bit/s by address. */
export function toldOf(
  told: Facts['told'],
  names: readonly string[],
  addresses: readonly string[],
): ReadonlyMap<string, readonly number[]> {
  return new Map(
    addresses.flatMap((address) => {
      const links = toldLinks(told, names, address);
      return links === undefined ? [] : [[address, links] as const];
    }),
  );
}

export function gatherFacts(model: HostModel, graph: PathGraph, snapshot: Snapshot, told: ToldFacts): Facts {
  const routeIdsByTarget = new Map<string, string[]>();
  for (const route of graph.routes) {
    const there = routeIdsByTarget.get(route.targetId);
    if (there === undefined) routeIdsByTarget.set(route.targetId, [route.id]);
    else there.push(route.id);
  }
  const sessionsByDisk = new Map<number, IscsiSession[]>();
  for (const session of model.sessions) {
    if (session.isConnected === false) continue;
    for (const number of new Set(session.diskNumbers ?? [])) {
      const there = sessionsByDisk.get(number);
      if (there === undefined) sessionsByDisk.set(number, [session]);
      else there.push(session);
    }
  }
  const { MpioDisk, SmbClientConfiguration } = snapshot.readings;
  const settings = SmbClientConfiguration.status === 'ok' ? SmbClientConfiguration.records[0] : undefined;
  const globalPolicy = globalPolicyOf(snapshot);
  return {
    model,
    wire: fastestWire(model),
    routeIdsByTarget,
    diskByNumber: new Map(model.disks.map((disk) => [disk.number, disk])),
    sessionsByDisk,
    hasMultipathDisk: model.disks.some((disk) => (disk.mpio?.paths.length ?? 0) > 1),
    areMpioDisksKnown:
      isKnownAbsent(MpioDisk) || (MpioDisk.status === 'ok' && MpioDisk.itemErrors.length === 0),
    ...(globalPolicy !== undefined && { globalPolicy }),
    carriers: new Map(),
    smb: settings ?? {},
    throttles: readThrottles(model, snapshot),
    smbWithoutPairs: legWithoutPairs(model, snapshot),
    told: new Map(
      told.targets.map(({ id, portals }) => {
        const links = new Map<string, number[]>();
        for (const { address, bitsPerSecond } of portals) {
          const there = links.get(ipKey(address));
          if (there === undefined) links.set(ipKey(address), [bitsPerSecond]);
          else there.push(bitsPerSecond);
        }
        return [id.toLowerCase(), links];
      }),
    ),
  };
}
