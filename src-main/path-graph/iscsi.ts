/** iSCSI: sessions with their connections, the targets and portals they reach, and where each leaves the host. */
import type { IscsiConnection, IscsiSession, IscsiTarget, TargetPortal } from '#shared/host/host-model.ts';
import type { IscsiConnectionRecord, IscsiSessionRecord } from '#shared/host/storage-records.ts';
import type { Snapshot } from '#shared/host/snapshot.ts';
import type { Addresses } from './addresses.ts';
import type { FindLocalEnd, LocalEnd } from './connection-ends.ts';
import { findOnly, groupBy, known, nameKey, recordsOf } from './joins.ts';
import type { Ledger } from './joins.ts';
import { ipKey, isUnspecified, withoutZone } from './ip.ts';

export interface Iscsi {
  readonly sessions: readonly IscsiSession[];
  readonly targets: readonly IscsiTarget[];
  readonly targetPortals: readonly TargetPortal[];
}

const iscsiPort = 3260;

function portalKey(address: string, port: number): string {
  return `${ipKey(address)}|${port}`;
}

function portalName(address: string, port: number): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

function targetIdOf(nodeAddress: string): string {
  return `target:${nameKey(nodeAddress)}`;
}

/** The Microsoft software initiator sends through Windows; any other instance is an adapter with addresses of its own. */
function isOffloaded(record: IscsiSessionRecord): boolean {
  return (
    record.initiatorInstanceName !== undefined && !/^root\\iscsiprt\\/i.test(record.initiatorInstanceName)
  );
}

function bound(address: string | null | undefined): string | null | undefined {
  return address === undefined
    ? undefined
    : address === null || isUnspecified(address) || address === ''
      ? null
      : address;
}

/** `fffffa8005313020` of `fffffa8005313020-2`: the initiator's instance, the same in a session and its connections. */
function instancePart(identifier: string): string {
  return nameKey(identifier.split('-')[0] ?? '');
}

/**
 * Connections by key of their session. Where the host did not say which session a connection belongs to, it is joined
 * only if exactly one session fits: same initiator instance, no other bound address, and room for it.
 */
function joinConnections(
  sessions: readonly IscsiSessionRecord[],
  connections: readonly IscsiConnectionRecord[],
  ledger: Ledger,
): ReadonlyMap<string, readonly IscsiConnectionRecord[]> {
  const joined = new Map<string, IscsiConnectionRecord[]>(
    sessions.map((session) => [nameKey(session.sessionIdentifier), []]),
  );
  const leave = (connection: IscsiConnectionRecord, reason: string): void => {
    const { connectionIdentifier } = connection;
    ledger.leaveUnjoined(
      { kind: 'connection', id: `connection:${nameKey(connectionIdentifier)}`, name: connectionIdentifier },
      reason,
    );
  };
  const nameless: IscsiConnectionRecord[] = [];
  for (const connection of connections) {
    if (connection.sessionIdentifier === undefined) nameless.push(connection);
    else {
      const there = joined.get(nameKey(connection.sessionIdentifier));
      if (there === undefined) {
        leave(
          connection,
          `The session ${connection.sessionIdentifier} of connection ${connection.connectionIdentifier} is not listed.`,
        );
      } else there.push(connection);
    }
  }
  const roomIn = (session: IscsiSessionRecord): number =>
    (session.numberOfConnections ?? 1) - (joined.get(nameKey(session.sessionIdentifier))?.length ?? 0);
  const open = sessions.filter((session) => session.isConnected !== false && roomIn(session) > 0);
  const openByKey = new Map(open.map((session) => [nameKey(session.sessionIdentifier), session]));
  const openByInstance = groupBy(open, (session) => instancePart(session.sessionIdentifier));
  const proposals = groupBy(nameless, (connection) => {
    let only: string | undefined;
    const address = bound(connection.initiatorAddress);
    for (const session of openByInstance.get(instancePart(connection.connectionIdentifier)) ?? []) {
      const sessionAddress = bound(session.initiatorPortalAddress);
      if (address && sessionAddress && ipKey(address) !== ipKey(sessionAddress)) continue;
      if (only !== undefined) return '';
      only = nameKey(session.sessionIdentifier);
    }
    return only ?? '';
  });
  for (const [key, proposed] of proposals) {
    const session = openByKey.get(key);
    if (session !== undefined && proposed.length <= roomIn(session)) {
      joined.get(key)?.push(...proposed);
      continue;
    }
    for (const connection of proposed) {
      leave(
        connection,
        `The host did not say which session connection ${connection.connectionIdentifier} belongs to, and not exactly one fits.`,
      );
    }
  }
  return joined;
}

export function findIscsi(
  snapshot: Snapshot,
  addresses: Addresses,
  findLocalEnd: FindLocalEnd,
  ledger: Ledger,
): Iscsi {
  const readings = snapshot.readings;
  const sessionRecords = recordsOf(readings.IscsiSession) ?? [];
  const targetRecords = recordsOf(readings.IscsiTarget) ?? [];
  const connectionsOf = joinConnections(sessionRecords, recordsOf(readings.IscsiConnection) ?? [], ledger);

  const portals = new Map<
    string,
    { readonly portal: Omit<TargetPortal, 'targetIds'>; readonly targetIds: Set<string> }
  >();
  const portalAt = (address: string, port: number, targetId?: string): string => {
    const key = portalKey(address, port);
    let there = portals.get(key);
    if (there === undefined) {
      const shown = withoutZone(address);
      const name = portalName(shown, port);
      const id = ledger.idFor('target-portal', `${nameKey(shown)}:${port}`);
      there = { portal: { kind: 'target-portal', id, name, address: shown, port }, targetIds: new Set() };
      portals.set(key, there);
    }
    if (targetId !== undefined) there.targetIds.add(targetId);
    return there.portal.id;
  };

  const readConnection = (
    record: IscsiConnectionRecord,
    session: IscsiSessionRecord,
    sessionId: string,
    targetId: string,
  ): IscsiConnection => {
    const { targetAddress, targetPort = iscsiPort } = record;
    const isOnlyConnection = (session.numberOfConnections ?? 1) === 1;
    // What ends on this very host leaves by no interface, whatever the routes say.
    const staysHere = targetAddress !== undefined && addresses.isOwn(targetAddress);
    const end: LocalEnd =
      isOffloaded(session) || staysHere
        ? {}
        : findLocalEnd({
            boundAddress:
              bound(record.initiatorAddress) ??
              (isOnlyConnection ? bound(session.initiatorPortalAddress) : undefined),
            localPort: record.initiatorPort,
            remoteAddress: targetAddress,
            remotePort: targetPort,
          });
    const connection: IscsiConnection = {
      kind: 'connection',
      id: ledger.idFor('connection', nameKey(record.connectionIdentifier)),
      name: record.connectionIdentifier,
      sessionId,
      ...end,
      ...known({
        targetAddress,
        targetPort: record.targetPort,
        targetPortalId:
          targetAddress === undefined ? undefined : portalAt(targetAddress, targetPort, targetId),
      }),
    };
    if (!isOffloaded(session) && !staysHere && end.interfaceId === undefined) {
      ledger.leaveUnjoined(
        connection,
        end.localAddress === undefined
          ? `The address that the connection to ${targetAddress ?? 'its target'} leaves from is not known.`
          : `No one network adapter holds ${end.localAddress}, from which the connection to ${targetAddress ?? 'its target'} leaves.`,
      );
    }
    return connection;
  };

  const mcsPolicyOf = findOnly(recordsOf(readings.IscsiMcsPolicy) ?? [], ({ sessionIdentifier }) =>
    sessionIdentifier === undefined ? undefined : nameKey(sessionIdentifier),
  );
  const sessions = sessionRecords.map((record): IscsiSession => {
    const id = ledger.idFor('session', nameKey(record.sessionIdentifier));
    const targetId = targetIdOf(record.targetNodeAddress);
    const offloaded = isOffloaded(record);
    const boundAddress = bound(record.initiatorPortalAddress);
    const connectionRecords = connectionsOf.get(nameKey(record.sessionIdentifier)) ?? [];
    const reached = connectionRecords.flatMap(({ targetAddress }) => targetAddress ?? []);
    return {
      kind: 'session',
      id,
      name: record.sessionIdentifier,
      sessionIdentifier: record.sessionIdentifier,
      targetId,
      isOffloaded: offloaded,
      isLoopback: !offloaded && reached.length > 0 && reached.every((address) => addresses.isOwn(address)),
      connections: connectionRecords.map((connection) => readConnection(connection, record, id, targetId)),
      ...known({
        isConnected: record.isConnected,
        isPersistent: record.isPersistent,
        boundAddress,
        numberOfConnections: record.numberOfConnections,
        diskNumbers: record.diskNumbers,
        scsiAddresses: record.scsiAddresses,
        mcsPolicy: mcsPolicyOf(nameKey(record.sessionIdentifier))?.lbPolicy,
      }),
    };
  });

  const named = new Map<string, { nodeAddress: string; isConnected?: boolean; portalIds: Set<string> }>();
  for (const record of targetRecords) {
    const id = targetIdOf(record.nodeAddress);
    const there = named.get(id) ?? { nodeAddress: record.nodeAddress, portalIds: new Set<string>() };
    if (record.isConnected !== undefined) there.isConnected = record.isConnected;
    for (const { address, port } of record.portals ?? []) there.portalIds.add(portalAt(address, port, id));
    named.set(id, there);
  }
  for (const record of sessionRecords) {
    const id = targetIdOf(record.targetNodeAddress);
    if (!named.has(id))
      named.set(id, { nodeAddress: record.targetNodeAddress, portalIds: new Set<string>() });
  }
  const sessionsByTarget = groupBy(sessions, (session) => session.targetId);
  const targets = [...named].map(([id, { nodeAddress, isConnected, portalIds }]): IscsiTarget => {
    const own = sessionsByTarget.get(id) ?? [];
    for (const session of own) {
      for (const { targetPortalId } of session.connections) {
        if (targetPortalId !== undefined) portalIds.add(targetPortalId);
      }
    }
    return {
      kind: 'target',
      id,
      name: nodeAddress,
      nodeAddress,
      sessionIds: own.map((session) => session.id),
      portalIds: [...portalIds],
      ...known({ isConnected }),
    };
  });
  // Discovery portals are asked for targets and carry no data; those that no target offers have no target here.
  for (const record of recordsOf(readings.IscsiTargetPortal) ?? []) {
    portalAt(record.targetPortalAddress, record.targetPortalPort ?? iscsiPort);
  }
  return {
    sessions,
    targets,
    targetPortals: [...portals.values()].map(({ portal, targetIds }) => ({
      ...portal,
      targetIds: [...targetIds],
    })),
  };
}
