/** IP addresses, each at the interface that holds it. */
import type { Address } from '#shared/host/host-model.ts';
import type { Snapshot } from '#shared/host/snapshot.ts';
import type { Interfaces } from './adapters.ts';
import { groupBy, known, recordsOf } from './joins.ts';
import type { Ledger } from './joins.ts';
import { ipKey, isLinkLocalIp, isLoopbackIp, withoutZone, zoneOf } from './ip.ts';

export interface Addresses {
  readonly all: readonly Address[];
  /** By id of the interface. */
  readonly byInterface: ReadonlyMap<string, readonly Address[]>;
  /** The address row that holds this address in working order; undefined where none or more than one does. */
  readonly holding: (ipAddress: string) => Address | undefined;
  /** Whether this is an address of the host itself. */
  readonly isOwn: (ipAddress: string) => boolean;
}

function isBroken(address: Address): boolean {
  return /^(invalid|duplicate|tentative)$/i.test(address.state ?? '');
}

export function findAddresses(snapshot: Snapshot, interfaces: Interfaces, ledger: Ledger): Addresses {
  const { NetIPAddress, SmbMultichannelConnection, SmbClientNetworkInterface } = snapshot.readings;
  const all = (recordsOf(NetIPAddress) ?? []).map((record): Address => {
    const found = interfaces.byIndex(record.interfaceIndex);
    const ipAddress = withoutZone(record.ipAddress);
    // Indices change when an adapter is switched off and on; the GUID stays.
    const holder = found === undefined ? `#${record.interfaceIndex}` : found.interfaceGuid;
    const address: Address = {
      kind: 'address',
      id: ledger.idFor('address', `${holder}/${ipAddress.toLowerCase()}`),
      name: ipAddress,
      ipAddress,
      family: record.family,
      interfaceIndex: record.interfaceIndex,
      ...known({
        prefixLength: record.prefixLength,
        state: record.state,
        origin: record.prefixOrigin,
        interfaceId: found?.id,
      }),
    };
    // Loopback and the hidden cluster adapter are never listed; their addresses have no place on a path.
    if (found === undefined && !isLoopbackIp(ipAddress) && !isLinkLocalIp(ipAddress)) {
      const alias = record.interfaceAlias === undefined ? '' : ` (${record.interfaceAlias})`;
      ledger.leaveUnjoined(
        address,
        `The interface ${record.interfaceIndex}${alias} that holds ${ipAddress} is not among the network adapters.`,
      );
    }
    return address;
  });
  const byIp = groupBy(all, (address) => ipKey(address.ipAddress));
  const own = new Set(byIp.keys());
  for (const channel of recordsOf(SmbMultichannelConnection) ?? []) {
    if (channel.clientIpAddress !== undefined) own.add(ipKey(channel.clientIpAddress));
  }
  for (const { ipAddresses } of recordsOf(SmbClientNetworkInterface) ?? []) {
    for (const ipAddress of ipAddresses ?? []) own.add(ipKey(ipAddress));
  }
  return {
    all,
    byInterface: groupBy(all, (address) => address.interfaceId),
    holding: (ipAddress) => {
      const zone = zoneOf(ipAddress);
      const holders = (byIp.get(ipKey(ipAddress)) ?? []).filter(
        (address) => zone === undefined || address.interfaceIndex === zone,
      );
      if (holders.length === 1) return holders[0];
      const working = holders.filter((address) => !isBroken(address));
      return working.length === 1 ? working[0] : undefined;
    },
    isOwn: (ipAddress) => isLoopbackIp(ipAddress) || own.has(ipKey(ipAddress)),
  };
}
