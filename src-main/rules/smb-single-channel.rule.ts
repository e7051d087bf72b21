/** SMB Multichannel that uses one pair of interfaces although both ends have more of the same kind. */
import type { SmbChannel, SmbServer } from '#shared/host/host-model.ts';
import { channelsInUse, interfaceById, wayOut } from '../path-graph/walks.ts';
import { defineRule, type HostFacts, type RuleFinding } from './define-rule.ts';
import { isAnswered } from './readings.ts';
import {
  classOf,
  hasMultichannelDialect,
  isIdle,
  isStorageChannel,
  judgedServers,
  isSameClass,
  storageIsOpen,
  withoutStorageServers,
  type PairClass,
} from './smb-storage.ts';
import { formatBitsPerSecond } from '#shared/units.ts';
import { listed } from './wording.ts';

interface Stuck {
  readonly server: SmbServer;
  readonly used: SmbChannel;
  readonly usedClass: PairClass;
  /** Pairs of the same class with another interface at both ends. */
  readonly idle: readonly [SmbChannel, ...SmbChannel[]];
}

export const rule = defineRule({
  id: 'smb-single-channel',
  severities: ['warning'],
  title: 'SMB Multichannel uses the interface pairs it has',
  failureTitle: 'SMB uses one pair of interfaces of several',
  needs: ['SmbConnection', 'SmbMultichannelConnection', 'NetAdapter'],
  fixes: [],
  appliesTo: {
    needs: ['SmbConnection', 'SmbMultichannelConnection'],
    notApplicable: withoutStorageServers,
  },
  evaluate: (facts) => {
    const servers = judgedServers(facts.model);
    if (servers.length === 0) return storageIsOpen(facts);
    const verdicts = servers.flatMap((server) => judgeServer(facts, server));
    const stuck = verdicts.filter((verdict) => typeof verdict !== 'string');
    if (stuck.length > 0) return stuck.map((one) => findingFor(facts, one));
    const doubt = verdicts.find((verdict) => typeof verdict === 'string');
    return doubt === undefined ? [] : { notEvaluated: doubt };
  },
});

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

function findingFor(facts: HostFacts, { server, used, usedClass, idle }: Stuck): RuleFinding {
  const { model } = facts;
  const clientName = (pair: SmbChannel): string =>
    interfaceById(model, pair.clientInterfaceId)?.name ??
    pair.clientIpAddress ??
    `interface ${pair.clientInterfaceIndex}`;
  const serverName = (pair: SmbChannel): string =>
    pair.serverIpAddress ?? `interface ${pair.serverInterfaceIndex}`;
  const idleClients = [...new Set(idle.map(clientName))];
  const idleServers = [...new Set(idle.map(serverName))];
  const why = reasonFor(facts, server, idle);
  const speed = usedClass.clientBitsPerSecond;
  const kind = `${usedClass.type === 'plain' ? 'without RSS or RDMA' : `with ${usedClass.type}`}${speed === null ? '' : `, ${formatBitsPerSecond(speed)}`}`;
  const clientInterfaces = [used, ...idle].flatMap(
    (pair) => interfaceById(model, pair.clientInterfaceId) ?? [],
  );
  return {
    severity: 'warning',
    message: `SMB to ${server.name} uses one pair of interfaces, ${clientName(used)} to ${serverName(used)}, while ${listed(idleClients)} and ${listed(idleServers)} of the same class (${kind}) carry nothing: ${why.said}.`,
    subjects: [server, ...new Map([used, ...clientInterfaces].map((one) => [one.id, one])).values()],
    evidence: {
      server: server.name,
      pairsInUse: 1,
      clientInterface: clientName(used),
      serverAddress: used.serverIpAddress ?? null,
      idleClientInterfaces: idleClients,
      idleServerAddresses: idleServers,
      interfaceType: usedClass.type,
      clientBitsPerSecond: usedClass.clientBitsPerSecond,
      serverBitsPerSecond: usedClass.serverBitsPerSecond,
      failedPairs: idle.filter(({ isFailed }) => isFailed).length,
      cause: why.cause,
    },
    advice: why.advice,
  };
}

function reasonFor(
  { snapshot }: HostFacts,
  server: SmbServer,
  idle: readonly SmbChannel[],
): { readonly cause: string; readonly said: string; readonly advice: string } {
  const config = snapshot.readings.SmbClientConfiguration;
  if (
    config.status === 'ok' &&
    config.records.some(({ isMultichannelEnabled }) => isMultichannelEnabled === false)
  ) {
    return {
      cause: 'multichannel-off',
      said: 'Multichannel is switched off on this host',
      advice:
        'Switch Multichannel on (Set-SmbClientConfiguration -EnableMultiChannel $true) unless there is a reason against it, then look at the connections again.',
    };
  }
  const constraints = snapshot.readings.SmbMultichannelConstraint;
  const names = new Set([server.name, ...server.aliases].map((name) => name.toLowerCase()));
  const applied =
    constraints.status === 'ok'
      ? constraints.records.filter(({ serverName }) => names.has(serverName.toLowerCase()))
      : [];
  if (applied.length > 0) {
    const to = applied.map((one) => one.interfaceAlias ?? `interface ${one.interfaceIndex ?? '?'}`);
    return {
      cause: 'constraint',
      said: `a Multichannel constraint holds this server to ${listed(to)}`,
      advice:
        'If the constraint is no longer meant, extend it to the idle interface or remove it (New-, Remove-SmbMultichannelConstraint); if it is meant, leave it.',
    };
  }
  if (idle.some(({ isFailed }) => isFailed)) {
    return {
      cause: 'failed-pair',
      said: 'Windows has marked a pair between them as failed',
      advice:
        'See that the failed pair of addresses can reach each other (link, VLAN, firewall on port 445), then have SMB look again (Update-SmbMultichannelConnection).',
    };
  }
  const isAsked =
    isAnswered(snapshot, 'SmbMultichannelConstraint') && isAnswered(snapshot, 'SmbClientConfiguration');
  return {
    cause: 'unknown',
    said: isAsked ? 'Windows gives no reason' : 'why could not be read',
    advice:
      'Look once more under load: SMB opens further connections only when there is traffic. If it stays so, have SMB look again (Update-SmbMultichannelConnection) and check that both interfaces reach the server on port 445.',
  };
}
