/** SMB Multichannel that uses one pair of interfaces although both ends have more of the same kind. */
import type { SmbChannel } from '#shared/host/host-model.ts';
import { formatBitsPerSecond } from '#shared/units.ts';
import { interfaceById } from '../path-graph/walks.ts';
import { defineRule, type HostFacts, type RuleFinding } from './define-rule.ts';
import { isAnswered } from './readings.ts';
import { clientEnd, explanationOf, serverEnd, stuckServers, type Stuck } from './smb-idle-pairs.ts';
import { judgedServers, storageIsOpen, withoutStorageServers } from './smb-storage.ts';
import { listed } from './wording.ts';

export const rule = defineRule({
  id: 'smb-single-channel',
  severities: ['warning'],
  title: 'SMB Multichannel uses the interface pairs it has',
  failureTitle: 'SMB uses one pair of interfaces of several',
  needs: ['SmbConnection', 'SmbMultichannelConnection', 'NetAdapter'],
  fixes: ['smb-channels-refresh'],
  appliesTo: {
    needs: ['SmbConnection', 'SmbMultichannelConnection'],
    notApplicable: withoutStorageServers,
  },
  evaluate: (facts) => {
    const servers = judgedServers(facts.model);
    if (servers.length === 0) return storageIsOpen(facts);
    const verdicts = stuckServers(facts);
    // Where a setting holds the server to one pair, the rule on that setting reports it.
    const stuck = verdicts.flatMap((verdict) =>
      typeof verdict !== 'string' && explanationOf(facts, verdict.server) === undefined ? [verdict] : [],
    );
    if (stuck.length > 0) return stuck.map((one) => findingFor(facts, one));
    const doubt = verdicts.find((verdict) => typeof verdict === 'string');
    return doubt === undefined ? [] : { notEvaluated: doubt };
  },
});

function findingFor(facts: HostFacts, { server, used, usedClass, idle }: Stuck): RuleFinding {
  const { model } = facts;
  const clientName = (pair: SmbChannel): string => clientEnd(facts, pair);
  const idleClients = [...new Set(idle.map(clientName))];
  const idleServers = [...new Set(idle.map(serverEnd))];
  const why = reasonFor(facts, idle);
  const speed = usedClass.clientBitsPerSecond;
  const kind = `${usedClass.type === 'plain' ? 'without RSS or RDMA' : `with ${usedClass.type}`}${speed === null ? '' : `, ${formatBitsPerSecond(speed)}`}`;
  const clientInterfaces = [used, ...idle].flatMap(
    (pair) => interfaceById(model, pair.clientInterfaceId) ?? [],
  );
  return {
    severity: 'warning',
    message: `SMB to ${server.name} uses one pair of interfaces, ${clientName(used)} to ${serverEnd(used)}, while ${listed(idleClients)} and ${listed(idleServers)} of the same class (${kind}) carry nothing: ${why.said}.`,
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
  idle: readonly SmbChannel[],
): { readonly cause: string; readonly said: string; readonly advice: string } {
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
