/**
 * Which sessions make sense between this host's addresses and a target's portals. One-to-one where both have several:
 * each address and each portal is used once; many to one where one side has a single end. Only pairs within one subnet
 * count: isolated storage subnets are never expected to meet.
 */
import { entityOf } from '#shared/entity.ts';
import type { Address, HostModel, IscsiSession, IscsiTarget } from '#shared/host/host-model.ts';
import type { Snapshot } from '#shared/host/snapshot.ts';
import type { PairCell, PairInitiator, Pairing, PairPortal, PairState } from '#shared/pairing.ts';
import { counted } from '#shared/units.ts';
import { isLinkLocalIp, isLoopbackIp, ipKey } from './ip.ts';
import { nameKey } from './joins.ts';
import { addressById, addressesOnLinkTo, interfaceById, portalById, sessionById, wayOut } from './walks.ts';
import type { HostInterface } from './walks.ts';

/** Two addresses with the same key leave by the same link: the only adapter, the mapped member, or the interface itself. */
function linkOf(model: HostModel, found: HostInterface): string {
  const { adapters } = wayOut(model, found);
  const mapped = found.kind === 'vnic' ? found.mappedMember?.adapterId : undefined;
  const only = adapters.length === 1 ? adapters[0] : adapters.find(({ id }) => id === mapped);
  return only?.id ?? found.id;
}

/** A session where it stands in the grid, or why it stands nowhere. */
type Placed =
  | { readonly session: IscsiSession; readonly addressId: string; readonly portalId: string }
  | { readonly session: IscsiSession; readonly because: string };

function place(session: IscsiSession): Placed[] {
  if (session.isOffloaded) {
    return [{ session, because: 'An iSCSI adapter (HBA) with an address of its own carries it.' }];
  }
  if (session.isLoopback) return [{ session, because: 'The target is on this very host.' }];
  const placed = session.connections.flatMap(({ addressId, targetPortalId }) =>
    addressId === undefined || targetPortalId === undefined
      ? []
      : [{ session, addressId, portalId: targetPortalId }],
  );
  return placed.length > 0
    ? placed
    : [{ session, because: 'Between which address and which portal it runs is not known.' }];
}

interface Ends {
  readonly initiator: PairInitiator;
  readonly address: Address;
  readonly interface: HostInterface;
  readonly portal: PairPortal;
}

/** A pair that could hold a session, before it is known which of them are expected. */
interface OpenPair {
  readonly initiatorId: string;
  readonly portalId: string;
  readonly link: string;
}

/**
 * Pairs that are expected beside those in use: none for an end that is used, and for the rest each link with the portal
 * that is used least, then each portal that is still unused with the link that is used least.
 */
function pairsToAdd(open: readonly OpenPair[], inUse: readonly OpenPair[]): ReadonlySet<OpenPair> {
  const added = new Set<OpenPair>();
  const uses = (of: (pair: OpenPair) => string, key: string): number =>
    [...inUse, ...added].filter((pair) => of(pair) === key).length;
  const byLink = (pair: OpenPair): string => pair.link;
  const byPortal = (pair: OpenPair): string => pair.portalId;
  for (const [own, other] of [
    [byLink, byPortal],
    [byPortal, byLink],
  ] as const) {
    for (const key of new Set(open.map(own))) {
      if (uses(own, key) > 0) continue;
      const reach = open.filter((pair) => own(pair) === key);
      if (own === byLink && isEnough(reach, [...inUse, ...added])) continue;
      const [best] = reach.toSorted((a, b) => uses(other, other(a)) - uses(other, other(b)));
      if (best !== undefined) added.add(best);
    }
  }
  return added;
}

/** As many links in use as there are portals in reach: one-to-one leaves nothing to add. To one portal all may go. */
function isEnough(reach: readonly OpenPair[], used: readonly OpenPair[]): boolean {
  const portals = new Set(reach.map(({ portalId }) => portalId));
  const links = new Set(used.flatMap(({ link, portalId }) => (portals.has(portalId) ? [link] : [])));
  return portals.size > 1 && links.size >= portals.size;
}

/** Why two ends can never hold a session together, or undefined. */
function impossible(model: HostModel, { address, interface: found, portal }: Ends): string | undefined {
  if (isLoopbackIp(portal.address)) return 'The portal is a loopback address.';
  if (isLinkLocalIp(portal.address))
    return 'The portal has a link-local address, which no other link reaches.';
  if (!found.isUp) return `${found.name} has no link.`;
  if (!addressesOnLinkTo(model, portal.address).some(({ id }) => id === address.id)) {
    return `${portal.address} is not in the subnet of ${address.ipAddress}.`;
  }
  return undefined;
}

/** `snapshot`, where given, tells whether the host could say which portals the target offers. */
export function pairingOf(model: HostModel, target: IscsiTarget, snapshot?: Snapshot): Pairing {
  const sessions = target.sessionIds.flatMap((id) => sessionById(model, id) ?? []);
  const places = sessions.flatMap(place);
  const placed = places.flatMap((one) => ('addressId' in one ? [one] : []));
  const portals = target.portalIds.flatMap((id): PairPortal[] => {
    const portal = portalById(model, id);
    return portal === undefined
      ? []
      : [{ id: portal.id, kind: 'target-portal', name: portal.name, address: portal.address }];
  });
  const addressIds = new Set([
    ...placed.map(({ addressId }) => addressId),
    ...portals.flatMap(({ address }) => addressesOnLinkTo(model, address).map(({ id }) => id)),
  ]);
  const rows = model.addresses.flatMap((address) => {
    const found = addressIds.has(address.id) ? interfaceById(model, address.interfaceId) : undefined;
    if (found === undefined || found.role === 'other') return [];
    const initiator: PairInitiator = {
      id: address.id,
      kind: 'address',
      name: address.ipAddress,
      interface: entityOf(found),
      ...(address.prefixLength !== undefined && { prefixLength: address.prefixLength }),
    };
    return [{ address, initiator, interface: found, link: linkOf(model, found) }];
  });

  const keyOf = (initiatorId: string, portalId: string): string => `${initiatorId} ${portalId}`;
  const sessionsAt = Map.groupBy(placed, ({ addressId, portalId }) => keyOf(addressId, portalId));
  const isConnected = ({ session }: { readonly session: IscsiSession }): boolean =>
    session.isConnected !== false;
  const pairs = rows.flatMap((row) =>
    portals.map((portal) => {
      const there = sessionsAt.get(keyOf(row.initiator.id, portal.id)) ?? [];
      return {
        ends: { ...row, portal },
        there,
        connected: new Set(there.filter(isConnected).map(({ session }) => session.id)).size,
        cannot: impossible(model, { ...row, portal }),
        open: { initiatorId: row.initiator.id, portalId: portal.id, link: row.link } satisfies OpenPair,
      };
    }),
  );
  // Two portals of one address are one end of the way.
  const portalEnd = new Map(portals.map(({ id, address }) => [id, ipKey(address)]));
  const linkPair = ({ link, portalId }: OpenPair): string => `${link} ${portalEnd.get(portalId) ?? portalId}`;
  const inUse = pairs.filter(({ connected }) => connected > 0).map(({ open }) => open);
  const down = pairs.filter(
    ({ connected, there, cannot }) => connected === 0 && there.length > 0 && cannot === undefined,
  );
  const linksInUse = new Set(inUse.map(linkPair));
  const free = pairs.filter(
    ({ connected, cannot, open }) =>
      connected === 0 && cannot === undefined && !linksInUse.has(linkPair(open)),
  );
  const toAdd = pairsToAdd(
    // A session that is there and not connected is the first choice.
    free.toSorted((a, b) => b.there.length - a.there.length).map(({ open }) => open),
    inUse,
  );

  const seen = new Map<string, string>();
  const cells = pairs.map(({ ends, there, connected, cannot, open }): PairCell => {
    const { initiator, portal } = ends;
    const first = seen.get(linkPair(open));
    if (connected > 0 && first === undefined)
      seen.set(linkPair(open), `${initiator.name} and ${portal.name}`);
    const cell = (state: PairState, because: string): PairCell => ({
      initiatorId: initiator.id,
      portalId: portal.id,
      state,
      because,
      sessions: there.map(({ session }) => entityOf(session)),
    });
    if (connected > 1) {
      return cell(
        'repeated',
        `${counted(connected, 'session')} run over this pair; ${connected - 1} of them ${connected === 2 ? 'adds' : 'add'} nothing.`,
      );
    }
    if (connected === 1 && first !== undefined) {
      return cell('adds-nothing', `The session runs over the same links as the one between ${first}.`);
    }
    if (connected === 1) {
      return cell(
        'paired',
        cannot === undefined ? 'One session.' : `One session, by way of a router: ${lowerFirst(cannot)}`,
      );
    }
    if (there.length > 0) return cell('down', cannot ?? 'The session is there and not connected.');
    if (cannot !== undefined) return cell('impossible', cannot);
    if (linksInUse.has(linkPair(open))) {
      return cell('adds-nothing', 'A session here would run over the same links as one that is there.');
    }
    if (toAdd.has(open))
      return cell('missing', 'A session here would use a link or a portal that none uses now.');
    return cell(
      'optional',
      'Enough sessions use the links and portals here; one more would survive one more double failure. Follow the vendor.',
    );
  });
  const unplaced = places.flatMap((one) =>
    'because' in one ? [{ session: entityOf(one.session), because: one.because }] : [],
  );
  const missing = [...toAdd].length;
  const expected = linksInUse.size + missing;
  const paired = new Set(placed.filter(isConnected).map(({ session }) => session.id)).size;
  return {
    targetId: target.id,
    name: target.name,
    initiators: rows.map(({ initiator }) => initiator),
    portals,
    cells,
    ...(expected > 0 && { expectedSessions: expected }),
    pairedSessions: paired,
    unplaced,
    text: answerText({
      isEmpty: rows.length === 0 || portals.length === 0,
      expected,
      paired,
      missing,
      useless: paired - linksInUse.size,
      unplaced: unplaced.length,
      down: down.length,
    }),
    notes: notesOn(target, placed, model, snapshot),
  };
}

function lowerFirst(sentence: string): string {
  return /^[A-Z][a-z]/.test(sentence) ? `${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}` : sentence;
}

function answerText(facts: {
  readonly isEmpty: boolean;
  readonly expected: number;
  readonly paired: number;
  readonly missing: number;
  readonly useless: number;
  readonly unplaced: number;
  readonly down: number;
}): string {
  const { expected, paired, missing, useless, unplaced } = facts;
  if (facts.isEmpty || expected === 0) {
    return unplaced > 0
      ? `${counted(unplaced, 'session')} of this target ${unplaced === 1 ? 'pairs' : 'pair'} no address of this host with a portal.`
      : 'No address of this host can be paired with a portal of this target.';
  }
  const make = `${counted(expected, 'session')} ${expected === 1 ? 'makes' : 'make'} sense`;
  const there = `${paired} ${paired === 1 ? 'is' : 'are'} there`;
  return [
    `${make}; ${there}.`,
    ...(missing > 0 ? [`${counted(missing, 'pair')} ${missing === 1 ? 'is' : 'are'} missing.`] : []),
    ...(facts.down > 0
      ? [`${counted(facts.down, 'session')} ${facts.down === 1 ? 'is' : 'are'} not connected.`]
      : []),
    ...(useless > 0 ? [`${counted(useless, 'session')} ${useless === 1 ? 'adds' : 'add'} nothing.`] : []),
  ].join(' ');
}

function notesOn(
  target: IscsiTarget,
  placed: readonly { readonly session: IscsiSession; readonly addressId: string }[],
  model: HostModel,
  snapshot: Snapshot | undefined,
): readonly string[] {
  const reading = snapshot?.readings.IscsiTarget;
  const record =
    reading?.status === 'ok'
      ? reading.records.find(({ nodeAddress }) => nameKey(nodeAddress) === nameKey(target.nodeAddress))
      : undefined;
  const unbound = placed.filter(({ session, addressId }) =>
    session.connections.some(
      (connection) =>
        connection.addressId === addressId &&
        connection.localAddressSource !== undefined &&
        connection.localAddressSource !== 'bound',
    ),
  );
  const addresses = new Set(
    unbound.flatMap(({ addressId }) => addressById(model, addressId)?.ipAddress ?? []),
  );
  return [
    ...(snapshot !== undefined && record?.portals === undefined
      ? ['Which portals the target offers could not be read; those that sessions use are shown.']
      : []),
    ...(unbound.length > 0
      ? [
          `${counted(new Set(unbound.map(({ session }) => session.id)).size, 'session')} bound to no address ${
            unbound.length === 1 ? 'stands' : 'stand'
          } where the routes put ${unbound.length === 1 ? 'it' : 'them'} now: ${[...addresses].join(', ')}.`,
        ]
      : []),
  ];
}
