/**
 * Which thing of the host a counter instance belongs to. Windows writes names into instances with some characters
 * replaced, so names are compared in that form; where two things fit, neither is taken.
 */
import { entityOf } from '#shared/entity.ts';
import type { Entity, HostModel, NetInterface } from '#shared/host/host-model.ts';
import type { CounterRow } from '#shared/sample.ts';
import type { InstanceKind } from './counters.ts';
import { readCount, type InstanceReading } from './instances.ts';

/** Which Windows disk an MPIO instance is; the model does not keep these names. */
export interface MpioInstance {
  readonly instanceName: string;
  readonly diskNumber?: number;
}

export type Attribution =
  | { readonly subject: Entity }
  /** One sentence. */
  | { readonly reason: string };

/** `others`: all instances of its class that were read with it, where one alone does not tell what it is. */
export type Attribute = (
  kind: InstanceKind,
  reading: InstanceReading,
  others?: readonly InstanceReading[],
) => Attribution;

/** A name as performance counters write it. */
export function instanceNameOf(name: string): string {
  return name
    .replaceAll('(', '[')
    .replaceAll(')', ']')
    .replace(/[#/\\]/g, '_');
}

function keyOf(name: string): string {
  return instanceNameOf(name).toLowerCase();
}

function textIn(row: CounterRow, property: string): string {
  const value = row[property];
  return typeof value === 'string' ? value : '';
}

/** `fffffa8005313020-4000013700000001` as two numbers; the text has leading zeros in some places and not in others. */
function sessionParts(
  identifier: string,
): { readonly adapter: bigint; readonly session: bigint } | undefined {
  const match = /^([0-9a-f]{1,16})-([0-9a-f]{1,16})$/i.exec(identifier);
  if (match === null) return undefined;
  return { adapter: BigInt(`0x${match[1]}`), session: BigInt(`0x${match[2]}`) };
}

function compareNumbers(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function inOrder(numbers: readonly bigint[]): readonly bigint[] {
  return [...new Set(numbers)].sort(compareNumbers);
}

/** Of two connections. */
function isOfSameSession(a: InstanceReading, b: InstanceReading): boolean {
  const sessionIn = ({ name }: InstanceReading): string => name.replace(/:\d+$/, '').toLowerCase();
  return (
    sessionIn(a) === sessionIn(b) &&
    ['USID', 'UniqueAdapterId'].every((part) => readCount(a.row[part]) === readCount(b.row[part]))
  );
}

/** Of a connection within its session: its own property, or the end of `<target>_<session>:<connection>`. */
function connectionNumber({ name, row }: InstanceReading): bigint | undefined {
  return readCount(row['CID']) ?? readCount(/:(\d+)$/.exec(name)?.[1]);
}

/** A disk's PnP name without the number that WMI puts behind it. */
function deviceKey(instanceName: string): string {
  return instanceName.replace(/_\d+$/, '').toLowerCase();
}

/** Joins instances to the things of `model`. */
export function attributeTo(model: HostModel, mpio: readonly MpioInstance[]): Attribute {
  const interfaces: readonly NetInterface[] = [...model.adapters, ...model.teamNics, ...model.vnics];
  const shares = model.smbServers.flatMap((server) =>
    server.shares.map((share) => ({
      share,
      names: server.aliases.map((alias) => `\\${alias}\\${share.shareName}`.toLowerCase()),
    })),
  );
  const diskNumbers = new Map(
    mpio.flatMap(({ instanceName, diskNumber }) =>
      diskNumber === undefined ? [] : [[deviceKey(instanceName), diskNumber] as const],
    ),
  );

  const one = (found: readonly Entity[], nothing: string, several: string): Attribution => {
    const [only, ...others] = found;
    if (only === undefined) return { reason: nothing };
    return others.length > 0 ? { reason: several } : { subject: entityOf(only) };
  };

  const findInterface = ({ name, row }: InstanceReading): Attribution => {
    const guid = /^\{([0-9a-f-]{36})\}/i.exec(textIn(row, 'InstanceID'))?.[1]?.toLowerCase();
    const byGuid = interfaces.filter(
      ({ interfaceGuid }) => interfaceGuid.replace(/[{}]/g, '').toLowerCase() === guid,
    );
    if (byGuid.length === 1) return one(byGuid, '', '');
    const exact = interfaces.filter(({ description }) => description.toLowerCase() === name.toLowerCase());
    if (exact.length === 1) return one(exact, '', '');
    let fitting = interfaces.filter(({ description }) => keyOf(description) === keyOf(name));
    if (fitting.length > 1) {
      const speed = readCount(row['CurrentBandwidth']);
      const sameSpeed = fitting.filter(
        ({ speedBitsPerSecond }) => speed !== undefined && readCount(speedBitsPerSecond) === speed,
      );
      if (sameSpeed.length === 1) fitting = sameSpeed;
    }
    return one(
      fitting,
      'No network adapter of the host has this description.',
      'Several network adapters have this description once counters have written it, so which of them it is cannot be told.',
    );
  };

  const sessionsOf = ({ name, row }: InstanceReading) => {
    const session = readCount(row['USID']);
    const adapter = readCount(row['UniqueAdapterId']);
    // `<target>_<session>` and `<target>_<session>:<connection>`.
    const tail = /_([0-9a-fx]+)(?::\d+)?$/i.exec(name)?.[1] ?? '';
    const candidates =
      session === undefined
        ? [readCount(tail), readCount(`0x${tail.replace(/^0x/i, '')}`)].filter((id) => id !== undefined)
        : [session];
    return model.sessions.filter(({ sessionIdentifier }) => {
      const parts = sessionParts(sessionIdentifier);
      if (parts === undefined || !candidates.includes(parts.session)) return false;
      return adapter === undefined || parts.adapter === adapter;
    });
  };

  const findSession = (reading: InstanceReading): Attribution =>
    one(
      sessionsOf(reading),
      'No iSCSI session of the host has this number.',
      'Several iSCSI sessions have this number, each of another initiator, and the counter does not say which it is.',
    );

  /**
   * The number of a counter tells the connections of a session apart (CID), the list of connections has another one,
   * and both are given out in the order in which connections are made. That the orders agree is not confirmed by any
   * source: it decides which of them is called by which address, and not how evenly they share.
   */
  const findConnection = (reading: InstanceReading, others: readonly InstanceReading[]): Attribution => {
    const session = findSession(reading);
    if ('reason' in session) return session;
    const { id } = session.subject;
    const connections = model.sessions.find((known) => known.id === id)?.connections ?? [];
    if (connections.length > 1) {
      const numbers = others.flatMap((other) =>
        isOfSameSession(other, reading) ? (connectionNumber(other) ?? []) : [],
      );
      const at = inOrder(numbers).indexOf(connectionNumber(reading) ?? -1n);
      const listed = connections.toSorted((a, b) =>
        compareNumbers(sessionParts(a.name)?.session ?? 0n, sessionParts(b.name)?.session ?? 0n),
      );
      const found = new Set(numbers).size === connections.length ? listed[at] : undefined;
      if (found !== undefined) return { subject: entityOf(found) };
    }
    return one(
      connections.map(entityOf),
      'The connections of its iSCSI session are not known.',
      'Its iSCSI session has several connections, and the counter does not say which of them it is; the session as a whole is shown.',
    );
  };

  const diskNumbered = (number: number | undefined) => model.disks.filter((disk) => disk.number === number);

  const findPath = ({ name, row }: InstanceReading): Attribution => {
    const [disk] = diskNumbered(diskNumbers.get(deviceKey(name)));
    const pathId = readCount(row['PathId']);
    if (disk === undefined) return { reason: 'No disk that MPIO holds has this name.' };
    const found = (disk.mpio?.paths ?? []).filter((path) => readCount(`0x${path.pathId}`) === pathId);
    return one(
      found.map((path) => ({
        kind: 'path' as const,
        id: `path:${disk.id}/${path.pathId.toLowerCase()}`,
        name: path.pathId,
      })),
      `${disk.name} has no path of this id.`,
      `${disk.name} has several paths of this id.`,
    );
  };

  const findShare = ({ name }: InstanceReading): Attribution => {
    const key = name.toLowerCase().replace(/^\\+/, '\\');
    return one(
      shares.filter(({ names }) => names.includes(key)).map(({ share }) => share),
      'The host uses no share of this name.',
      'Several shares have this name.',
    );
  };

  const findDisk = ({ name }: InstanceReading): Attribution =>
    one(
      diskNumbered(/^\d+(?= |$)/.test(name) ? Number.parseInt(name, 10) : undefined),
      'The host has no disk of this number.',
      'Several disks have this number.',
    );

  return (kind, reading, others = [reading]) => {
    switch (kind) {
      case 'interface':
        return findInterface(reading);
      case 'session':
        return findSession(reading);
      case 'connection':
        return findConnection(reading, others);
      case 'path':
        return findPath(reading);
      case 'share':
        return findShare(reading);
      case 'disk':
        return findDisk(reading);
      case 'vm-adapter':
        return findVirtualAdapter(reading.name);
    }
  };
}

const guid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
/** `<machine>_<adapter>_<GUID of the machine>--<GUID of the adapter>`. */
const ofMachine = new RegExp(`^(.+)_${guid}--(${guid})$`, 'i');

/** An adapter of a virtual machine, which the model does not have: its traffic is known, and whose it is. */
function findVirtualAdapter(name: string): Attribution {
  if (/__DEVICE_/i.test(name)) return { reason: 'The same traffic is counted at the adapter itself.' };
  if (/__TEAMNIC/i.test(name)) return { reason: 'The same traffic is counted at the team.' };
  const [, shown, adapter] = ofMachine.exec(name) ?? [];
  return shown === undefined || adapter === undefined
    ? { reason: 'It is neither an adapter of a virtual machine nor one of the host, by its name.' }
    : { subject: { id: `vm-nic:${adapter.toLowerCase()}`, kind: 'vm-nic', name: shown } };
}
