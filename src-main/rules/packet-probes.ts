/** Between which addresses packets of full size are worth sending, and what came of it for an interface. */
import type { PacketProbeRecord } from '#shared/host/network-records.ts';
import type { Snapshot } from '#shared/host/snapshot.ts';
import { packetVerdict, type PacketPair } from '#shared/packet-probe.ts';
import { isLoopbackIp, parseIp } from '../path-graph/ip.ts';
import { addressesOnLinkTo, type HostInterface } from '../path-graph/walks.ts';
import { allAddresses, ipInterfaceOf } from './address-facts.ts';
import type { HostFacts } from './define-rule.ts';
import { storageInterfaces, type StorageInterface } from './interface-uses.ts';

/** Pairs that packets are sent over in one go: three at once, a few seconds each. */
const mostPairs = 64;

interface Ends {
  readonly from: string;
  readonly to: string;
}

/**
 * Each storage interface's addresses with the ends that its sessions and channels have, then with the other portals in
 * its subnet; one pair of every interface before the second of any. Pairs in use that cannot be tried, or that are too
 * many, come with the reason.
 */
export function packetPairs(facts: HostFacts): readonly PacketPair[] {
  const { model } = facts;
  const own = new Set(model.addresses.map(({ ipAddress }) => ipAddress));
  const pairs = new Map<string, PacketPair>();
  let tried = 0;
  const add = (found: HostInterface, { from, to }: Ends, isInUse: boolean): void => {
    if (pairs.has(`${from} ${to}`)) return;
    const packetBytes = ipInterfaceOf(facts, found, 'IPv4')?.mtuBytes ?? null;
    const reason = whyNot(from, to, packetBytes, own) ?? (tried >= mostPairs ? tooMany : undefined);
    if (reason === undefined) tried += 1;
    else if (!isInUse) return;
    pairs.set(`${from} ${to}`, { from, to, packetBytes, ...(reason !== undefined && { reason }) });
  };
  const ends = storageInterfaces(facts).inUse.map((one) => ({
    found: one.interface,
    used: endsInUse(one),
    beside: model.targetPortals.flatMap(({ address }) =>
      addressesOnLinkTo(model, address).flatMap(({ interfaceId, ipAddress }): readonly Ends[] =>
        interfaceId === one.interface.id ? [{ from: ipAddress, to: address }] : [],
      ),
    ),
  }));
  for (const kind of ['used', 'beside'] as const) {
    const longest = Math.max(0, ...ends.map((one) => one[kind].length));
    for (let at = 0; at < longest; at += 1) {
      for (const one of ends) {
        const next = one[kind][at];
        if (next !== undefined) add(one.found, next, kind === 'used');
      }
    }
  }
  return [...pairs.values()];
}

function endsInUse({ interface: { id }, sessions, channels }: StorageInterface): readonly Ends[] {
  const iscsi = sessions
    .flatMap(({ connections }) => connections)
    .filter(({ interfaceId }) => interfaceId === id)
    .map(({ localAddress, targetAddress }) => ({ from: localAddress, to: targetAddress }));
  const smb = channels.map(({ clientIpAddress, serverIpAddress }) => ({
    from: clientIpAddress,
    to: serverIpAddress,
  }));
  return [...iscsi, ...smb].flatMap(({ from, to }) =>
    from === undefined || to === undefined ? [] : [{ from, to }],
  );
}

const tooMany = `more than ${mostPairs} pairs`;
/** The least that every way carries; smaller says nothing that a ping needs. */
const leastBytes = 576;

function whyNot(
  from: string,
  to: string,
  packetBytes: number | null,
  own: ReadonlySet<string>,
): string | undefined {
  if (parseIp(from)?.family !== 'IPv4' || parseIp(to)?.family !== 'IPv4') {
    return 'IPv6: Windows sends such echoes over IPv4 alone';
  }
  if (own.has(to) || isLoopbackIp(to)) return 'an address of this host';
  if (packetBytes === null) return 'the packet size of the interface is not known';
  return packetBytes < leastBytes ? 'the interface sends small packets only' : undefined;
}

export interface InterfaceProbes {
  /** Pairs over which full packets do not pass while smaller ones do. */
  readonly tooBig: readonly PacketProbeRecord[];
  readonly passed: readonly PacketProbeRecord[];
  /** Why nothing was told, in a sentence; undefined where something was. */
  readonly doubt?: string;
}

const cache = new WeakMap<Snapshot, ReadonlyMap<string, readonly PacketProbeRecord[]>>();

function recordsFrom({ snapshot }: HostFacts, address: string): readonly PacketProbeRecord[] {
  let found = cache.get(snapshot);
  if (found === undefined) {
    const { PacketProbe } = snapshot.readings;
    const records = PacketProbe.status === 'ok' ? PacketProbe.records : [];
    found = Map.groupBy(records, ({ sourceAddress }) => sourceAddress);
    cache.set(snapshot, found);
  }
  return found.get(address) ?? [];
}

/** What came of packets that were sent from an interface. */
export function probesOf(facts: HostFacts, found: HostInterface): InterfaceProbes {
  const from = allAddresses(facts, found).flatMap(({ ipAddress }) => recordsFrom(facts, ipAddress));
  const byVerdict = Map.groupBy(from, packetVerdict);
  const [tooBig = [], passed = []] = [byVerdict.get('too-big'), byVerdict.get('passed')];
  if (tooBig.length + passed.length > 0) return { tooBig, passed };
  const reason = from.find((one) => one.reason !== undefined)?.reason;
  const doubt = byVerdict.has('no-answer')
    ? `No end that ${found.name} leads to answered echoes, which says nothing of its packets.`
    : `Nothing was sent from ${found.name}${reason === undefined ? '' : `: ${reason}`}.`;
  return { tooBig, passed, doubt };
}

/** More say nothing new. */
const pairsShown = 6;

/** `10.0.10.11 to 10.0.10.101: 9000 bytes`, the first of them. */
export function pairTexts(probes: readonly PacketProbeRecord[]): readonly string[] {
  const texts = probes.map(
    ({ sourceAddress, destinationAddress, packetBytes }) =>
      `${sourceAddress} to ${destinationAddress}: ${packetBytes ?? 0} bytes`,
  );
  const more = texts.length - pairsShown;
  return more > 1 ? [...texts.slice(0, pairsShown), `and ${more} more`] : texts;
}
