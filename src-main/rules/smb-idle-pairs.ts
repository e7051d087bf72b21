/** SMB servers that are reached by one pair of interfaces while equal ones are idle, and what holds them to it. */
import type { SmbChannel, SmbServer } from '#shared/host/host-model.ts';
import type { SmbMultichannelConstraintRecord } from '#shared/host/storage-records.ts';
import { channelsInUse, interfaceById, wayOut } from '../path-graph/walks.ts';
import type { HostFacts } from './define-rule.ts';
import {
  classOf,
  hasMultichannelDialect,
  isIdle,
  isSameClass,
  isStorageChannel,
  judgedServers,
  type PairClass,
} from './smb-storage.ts';

export interface Stuck {
  readonly server: SmbServer;
  readonly used: SmbChannel;
  readonly usedClass: PairClass;
  /** Pairs of the same class with another interface at both ends. */
  readonly idle: readonly [SmbChannel, ...SmbChannel[]];
}

/** Asked by several rules of one look, so found once. */
const found = new WeakMap<HostFacts, readonly (Stuck | string)[]>();

/** The servers that are stuck; a sentence for each of which that is not known. */
export function stuckServers(facts: HostFacts): readonly (Stuck | string)[] {
  let there = found.get(facts);
  if (there === undefined) {
    there = judgedServers(facts.model).flatMap((server) => judgeServer(facts, server));
    found.set(facts, there);
  }
  return there;
}

/** False also where that could not be asked. */
function isMultichannelOff({ snapshot }: HostFacts): boolean {
  const config = snapshot.readings.SmbClientConfiguration;
  return (
    config.status === 'ok' &&
    config.records.some(({ isMultichannelEnabled }) => isMultichannelEnabled === false)
  );
}

/** The constraints that were made for the server, under any of its names. */
export function constraintsOf(
  { snapshot }: HostFacts,
  server: SmbServer,
): readonly SmbMultichannelConstraintRecord[] {
  const constraints = snapshot.readings.SmbMultichannelConstraint;
  const names = new Set([server.name, ...server.aliases].map((name) => name.toLowerCase()));
  return constraints.status === 'ok'
    ? constraints.records.filter(({ serverName }) => names.has(serverName.toLowerCase()))
    : [];
}

/** What holds a server to one pair, where that is known: the rule of that name reports it. */
export function explanationOf(
  facts: HostFacts,
  server: SmbServer,
): 'multichannel-off' | 'smb-constraint' | undefined {
  if (isMultichannelOff(facts)) return 'multichannel-off';
  // A constraint governs the default instance alone.
  return constraintsOf(facts, server).length > 0 ? 'smb-constraint' : undefined;
}

/** Client and server end of a pair, as Windows names them. */
export function clientEnd({ model }: HostFacts, pair: SmbChannel): string {
  return (
    interfaceById(model, pair.clientInterfaceId)?.name ??
    pair.clientIpAddress ??
    `interface ${pair.clientInterfaceIndex}`
  );
}

export function serverEnd(pair: SmbChannel): string {
  return pair.serverIpAddress ?? `interface ${pair.serverInterfaceIndex}`;
}

/** A server by SMB instance: each instance (default, storage bus) has connections of its own. */
function judgeServer(facts: HostFacts, server: SmbServer): readonly (Stuck | string)[] {
  // Multichannel came with SMB 3.0, and it opens its further connections only when there is traffic.
  if (!hasMultichannelDialect(server) || isIdle(server)) return [];
  const instances = [
    ...new Set(
      server.channels
        .filter((channel) => isStorageChannel(server, channel))
        .map(({ smbInstance }) => smbInstance),
    ),
  ];
  return instances.flatMap((instance) => {
    const verdict = judge(
      facts,
      server,
      server.channels.filter(({ smbInstance }) => smbInstance === instance),
    );
    return verdict ?? [];
  });
}

function judge(
  facts: HostFacts,
  server: SmbServer,
  pairs: readonly SmbChannel[],
): Stuck | string | undefined {
  const { model } = facts;
  const inUse = channelsInUse({ ...server, channels: pairs });
  const [used] = inUse;
  if (used === undefined) return undefined;
  const isOnePair = inUse.every(
    (pair) =>
      pair.clientInterfaceIndex === used.clientInterfaceIndex &&
      pair.serverInterfaceIndex === used.serverInterfaceIndex,
  );
  if (!isOnePair) return undefined;
  const others = pairs.filter(
    (pair) =>
      pair.clientInterfaceIndex !== used.clientInterfaceIndex &&
      pair.serverInterfaceIndex !== used.serverInterfaceIndex &&
      hasOwnWire(facts, used, pair),
  );
  if (others.length === 0) return undefined;
  const usedClass = classOf(model, used);
  const classes = others.map((pair) => classOf(model, pair));
  if (usedClass === undefined || classes.includes(undefined)) {
    return `What the interfaces between this host and ${server.name} can do (RSS, RDMA) is not known.`;
  }
  const [first, ...more] = others.filter((pair) => {
    const itsClass = classOf(model, pair);
    return itsClass !== undefined && isSameClass(itsClass, usedClass);
  });
  return first === undefined ? undefined : { server, used, usedClass, idle: [first, ...more] };
}

/** False where the other pair would leave by the very adapter that is used already, or by an interface that is down. */
function hasOwnWire({ model }: HostFacts, used: SmbChannel, other: SmbChannel): boolean {
  const [one, two] = [used, other].map((pair) => interfaceById(model, pair.clientInterfaceId));
  if (two?.isUp === false) return false;
  if (one === undefined || two === undefined) return true;
  const ids = [...wayOut(model, one).adapters, ...wayOut(model, two).adapters].map(({ id }) => id);
  return ids.length === 0 || new Set(ids).size > 1;
}
