/** The addresses of an interface that it was given, and what is told of them: shared by the rules on addresses. */
import type { Address } from '#shared/host/host-model.ts';
import type { NetIPInterfaceRecord } from '#shared/host/network-records.ts';
import type { Snapshot } from '#shared/host/snapshot.ts';
import { isLinkLocalIp, isLoopbackIp } from '../path-graph/ip.ts';
import { addressById, type HostInterface } from '../path-graph/walks.ts';
import type { HostFacts } from './define-rule.ts';

/** Without loopback and self-given addresses (169.254/16, fe80::/10). */
export function ownAddresses(facts: HostFacts, found: HostInterface): readonly Address[] {
  return allAddresses(facts, found).filter(
    ({ ipAddress }) => !isLinkLocalIp(ipAddress) && !isLoopbackIp(ipAddress),
  );
}

export function allAddresses({ model }: HostFacts, found: HostInterface): readonly Address[] {
  return found.addressIds.flatMap((id) => addressById(model, id) ?? []);
}

const cache = new WeakMap<Snapshot, ReadonlyMap<string, NetIPInterfaceRecord>>();

/** Get-NetIPInterface has one row for each interface and family. */
export function ipInterfaceOf(
  { snapshot }: HostFacts,
  found: HostInterface,
  family: 'IPv4' | 'IPv6',
): NetIPInterfaceRecord | undefined {
  let rows = cache.get(snapshot);
  if (rows === undefined) {
    const reading = snapshot.readings.NetIPInterface;
    const records = reading.status === 'ok' ? reading.records : [];
    rows = new Map(records.map((record) => [`${record.interfaceIndex} ${record.family}`, record]));
    cache.set(snapshot, rows);
  }
  return rows.get(`${found.interfaceIndex} ${family}`);
}

/** IPv4 where the interface has such an address, else IPv6. */
export function familyOf(facts: HostFacts, found: HostInterface): 'IPv4' | 'IPv6' {
  const own = ownAddresses(facts, found);
  return own.length > 0 && own.every(({ family }) => family === 'IPv6') ? 'IPv6' : 'IPv4';
}

/** The largest IP packet that an interface sends, in bytes; undefined where it is not told. */
export function mtuOf(facts: HostFacts, found: HostInterface): number | undefined {
  return ipInterfaceOf(facts, found, familyOf(facts, found))?.mtuBytes ?? undefined;
}
