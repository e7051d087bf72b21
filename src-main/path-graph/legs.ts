/** Legs: one TCP connection or interface pair each, from the host's address over the way out to the far end. */
import type {
  Entity,
  HostModel,
  IscsiConnection,
  IscsiSession,
  SmbChannel,
  SmbServer,
} from '#shared/host/host-model.ts';
import { ipKey } from './ip.ts';
import { addressById, endpointOf, portalById, wayOut } from './walks.ts';
import type { HostInterface, WayOut } from './walks.ts';

export interface Leg {
  /** The address it leaves from, where it is known. */
  readonly address?: Entity;
  readonly endpoint?: HostInterface;
  readonly way?: WayOut;
  /** The portal, or the server's interface. */
  readonly portal?: Entity;
  /** bit/s of the server's interface as the server reports it (SMB). */
  readonly portalBitsPerSecond?: number;
  /** Why the way to the wire is not known, in one sentence. */
  readonly unknownBecause?: string;
}

function over(model: HostModel, endpoint: HostInterface): Pick<Leg, 'endpoint' | 'way' | 'unknownBecause'> {
  const way = wayOut(model, endpoint);
  return { endpoint, way, ...(way.unknownBecause !== undefined && { unknownBecause: way.unknownBecause }) };
}

function legOfConnection(model: HostModel, connection: IscsiConnection): Leg {
  const address = addressById(model, connection.addressId);
  const portal = portalById(model, connection.targetPortalId);
  const endpoint = endpointOf(model, connection);
  return {
    ...(address !== undefined && { address }),
    ...(portal !== undefined && { portal }),
    ...(endpoint === undefined
      ? {
          unknownBecause:
            connection.localAddress === undefined
              ? `The address that the connection to ${portal?.name ?? 'the target'} leaves from is not known.`
              : `No one network adapter of the host holds ${connection.localAddress}.`,
        }
      : over(model, endpoint)),
  };
}

/** The connections of a session as legs; a session whose connections are not known is one leg that says so. */
export function legsOfSession(model: HostModel, session: IscsiSession): readonly Leg[] {
  if (session.isOffloaded) {
    return session.connections.map((connection): Leg => {
      const portal = portalById(model, connection.targetPortalId);
      return {
        ...(portal !== undefined && { portal }),
        unknownBecause: 'An iSCSI adapter (HBA) with an address of its own carries the session.',
      };
    });
  }
  if (session.isLoopback) {
    return session.connections.map((connection): Leg => {
      const portal = portalById(model, connection.targetPortalId);
      return {
        ...(portal !== undefined && { portal }),
        unknownBecause: 'A path ends on this very host: no wire limits it.',
      };
    });
  }
  const legs = session.connections.map((connection) => legOfConnection(model, connection));
  const missing = Math.max(session.numberOfConnections ?? 1, 1) - legs.length;
  return missing > 0
    ? [...legs, { unknownBecause: `Not all connections of session ${session.name} are known.` }]
    : legs;
}

/** The server's end of an interface pair. */
function serverInterface(channel: SmbChannel): Entity {
  const address = channel.serverIpAddress;
  return address === undefined
    ? {
        kind: 'target-portal',
        id: `target-portal:${channel.serverId}/#${channel.serverInterfaceIndex}`,
        name: `interface ${channel.serverInterfaceIndex} of the server`,
      }
    : { kind: 'target-portal', id: `target-portal:smb/${ipKey(address)}`, name: address };
}

export function legOfChannel(model: HostModel, channel: SmbChannel): Leg {
  const endpoint = endpointOf(model, channel);
  const address = clientAddress(model, channel, endpoint);
  return {
    ...(address !== undefined && { address }),
    portal: serverInterface(channel),
    ...(typeof channel.serverLinkBitsPerSecond === 'number' && {
      portalBitsPerSecond: channel.serverLinkBitsPerSecond,
    }),
    ...(endpoint === undefined
      ? { unknownBecause: `The network adapter under the pair ${channel.name} is not known.` }
      : over(model, endpoint)),
  };
}

function clientAddress(
  model: HostModel,
  channel: SmbChannel,
  endpoint: HostInterface | undefined,
): Entity | undefined {
  const { clientIpAddress } = channel;
  if (clientIpAddress === undefined || endpoint === undefined) return undefined;
  const key = ipKey(clientIpAddress);
  return endpoint.addressIds
    .flatMap((id) => addressById(model, id) ?? [])
    .find((address) => ipKey(address.ipAddress) === key);
}

/** A leg of which only the host's end is known. */
export function legOfInterface(model: HostModel, endpoint: HostInterface, address?: Entity): Leg {
  return { ...(address !== undefined && { address }), ...over(model, endpoint) };
}

/** Whether SMB reaches the server with at least one pair in use. */
export function hasChannelsInUse(server: SmbServer): boolean {
  return server.channels.some((channel) => channel.isSelected && !channel.isFailed);
}

/** Hops that the leg certainly passes: address, interface, vSwitch, team, the one adapter, portal. */
export function certainHops(leg: Leg): readonly Entity[] {
  return [
    ...(leg.address === undefined ? [] : [leg.address]),
    ...(leg.way?.hops ?? (leg.endpoint === undefined ? [] : [leg.endpoint])),
    ...(leg.portal === undefined ? [] : [leg.portal]),
  ];
}
