/** The host's end of a connection: the address it leaves from and the interface that holds it. */
import type { IscsiConnection } from '#shared/host/host-model.ts';
import type { Snapshot } from '#shared/host/snapshot.ts';
import type { FoundInterface, Interfaces } from './adapters.ts';
import type { Addresses } from './addresses.ts';
import { groupBy, recordsOf } from './joins.ts';
import { ipKey, isUnspecified, parseIp, prefixContains, prefixOf, withoutZone } from './ip.ts';
import type { TakeRoute } from './routing.ts';

export type LocalEnd = Pick<
  IscsiConnection,
  'localAddress' | 'localAddressSource' | 'interfaceId' | 'addressId'
>;

export type FindLocalEnd = (connection: {
  /** As the login bound it; null or `0.0.0.0` binds nothing. */
  readonly boundAddress?: string | null | undefined;
  readonly localPort?: number | undefined;
  readonly remoteAddress?: string | undefined;
  readonly remotePort?: number | undefined;
}) => LocalEnd;

/** The iSCSI service may give the port with its two bytes in network order. */
function swapped(port: number): number {
  return ((port & 0xff) << 8) | (port >> 8);
}

function socketKey(address: string, port: number): string {
  return `${ipKey(address)}|${port}`;
}

export function findLocalEnds(
  snapshot: Snapshot,
  interfaces: Interfaces,
  addresses: Addresses,
  takeRoute: TakeRoute,
): FindLocalEnd {
  const { NetTCPConnection, NetIPAddress } = snapshot.readings;
  const established = (recordsOf(NetTCPConnection) ?? []).filter(
    (row) => row.state === undefined || /^established$/i.test(row.state),
  );
  const byRemote = groupBy(established, (row) => socketKey(row.remoteAddress, row.remotePort));
  // Without the host's own addresses a route to this very host cannot be told from one to a neighbour.
  const canRoute = NetIPAddress.status === 'ok';

  const at = (localAddress: string, source: 'bound' | 'tcp'): LocalEnd => {
    const holder = addresses.holding(localAddress);
    return {
      localAddress: withoutZone(localAddress),
      localAddressSource: source,
      ...(holder !== undefined && {
        addressId: holder.id,
        ...(holder.interfaceId !== undefined && { interfaceId: holder.interfaceId }),
      }),
    };
  };

  /** Windows sends from the address whose subnet holds the next hop; an interface with one address leaves no choice. */
  const sourceOn = (found: FoundInterface, nextHop: string): LocalEnd => {
    const hop = parseIp(nextHop);
    const own = (addresses.byInterface.get(found.id) ?? []).filter(
      (address) => address.family === hop?.family,
    );
    const onLink = own.filter((address) => {
      const prefix =
        address.prefixLength === undefined ? undefined : prefixOf(address.ipAddress, address.prefixLength);
      return prefix !== undefined && hop !== undefined && prefixContains(prefix, hop);
    });
    const candidates = onLink.length > 0 ? onLink : own;
    const only = candidates.length === 1 ? candidates[0] : undefined;
    return {
      interfaceId: found.id,
      localAddressSource: 'route',
      ...(only !== undefined && { localAddress: only.ipAddress, addressId: only.id }),
    };
  };

  return ({ boundAddress, localPort, remoteAddress, remotePort }) => {
    if (boundAddress && !isUnspecified(boundAddress)) return at(boundAddress, 'bound');
    if (remoteAddress === undefined) return {};
    const fits =
      (remotePort === undefined ? undefined : byRemote.get(socketKey(remoteAddress, remotePort))) ?? [];
    const fitting = localPort
      ? fits.filter((row) => row.localPort === localPort || row.localPort === swapped(localPort))
      : fits;
    const leaving = new Map(
      fitting.map((row) => [`${ipKey(row.localAddress)}%${row.localAddress}`, row.localAddress]),
    );
    if (leaving.size > 1) return {};
    const [only] = leaving.values();
    if (only !== undefined) return at(only, 'tcp');
    const taken = canRoute ? takeRoute(remoteAddress) : undefined;
    const found = interfaces.byIndex(taken?.interfaceIndex);
    return taken === undefined || found === undefined ? {} : sourceOn(found, taken.nextHop ?? remoteAddress);
  };
}
