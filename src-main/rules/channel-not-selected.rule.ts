/** Pairs of interfaces that SMB gave up, although both ends stand in one subnet. */
import type { SmbChannel, SmbServer } from '#shared/host/host-model.ts';
import { conclude } from './conclude.ts';
import { defineRule, type HostFacts, type RuleFinding } from './define-rule.ts';
import { clientEnd, serverEnd, stuckServers } from './smb-idle-pairs.ts';
import { isOnLink } from './smb-reach.ts';
import { isStorageChannel, judgedServers, storageIsOpen, withoutStorageServers } from './smb-storage.ts';
import { counted, distinctById, listed } from './wording.ts';

interface GivenUp {
  readonly server: SmbServer;
  readonly pair: SmbChannel;
}

export const rule = defineRule({
  id: 'channel-not-selected',
  severities: ['warning', 'info'],
  title: 'SMB gave no pair of interfaces up',
  failureTitle: 'SMB gave a pair of interfaces up',
  needs: ['SmbConnection', 'SmbMultichannelConnection', 'NetAdapter', 'NetIPAddress'],
  fixes: ['smb-channels-refresh'],
  appliesTo: { needs: ['SmbConnection', 'SmbMultichannelConnection'], notApplicable: withoutStorageServers },
  evaluate: (facts) => {
    const servers = judgedServers(facts.model);
    if (servers.length === 0) return storageIsOpen(facts);
    // Where SMB is down to one pair, smb-single-channel names the failed one as its cause.
    const told = new Set(
      stuckServers(facts).flatMap((one) =>
        typeof one !== 'string' && one.idle.some(({ isFailed }) => isFailed) ? [one.server.id] : [],
      ),
    );
    const reading = facts.snapshot.readings.SmbMultichannelConnection;
    const isSaid = reading.status === 'ok' && reading.records.every(({ isFailed }) => isFailed !== undefined);
    return conclude(facts, {
      things: servers.flatMap((server) => server.channels.map((pair): GivenUp => ({ server, pair }))),
      see: ({ server, pair }) => {
        if (!isStorageChannel(server, pair) || told.has(server.id) || !isOnLink(facts, pair))
          return 'not-about';
        if (pair.isFailed || (pair.failureCount ?? 0) > 0) return { bad: { server, pair } };
        return isSaid ? 'well' : { doubt: 'Whether a pair of interfaces failed is not known.' };
      },
      report: (bad) =>
        [...Map.groupBy(bad, ({ server }) => server)].map(([server, ofServer]) =>
          findingFor(facts, server, ofServer),
        ),
      none: 'No pair of interfaces to a server that holds storage stands in one subnet.',
      isForGuests: true,
    });
  },
});

function findingFor(facts: HostFacts, server: SmbServer, bad: readonly GivenUp[]): RuleFinding {
  const failed = bad.filter(({ pair }) => pair.isFailed);
  const shown = failed.length > 0 ? failed : bad;
  const names = shown.map(({ pair }) => `${clientEnd(facts, pair)} to ${serverEnd(pair)}`);
  const times = shown.reduce((sum, { pair }) => sum + (pair.failureCount ?? 0), 0);
  return {
    severity: failed.length > 0 ? 'warning' : 'info',
    message:
      failed.length > 0
        ? `SMB to ${server.name} marks ${counted(names.length, 'pair')} of interfaces as failed, although both ends stand in one subnet: ${listed(names)}.`
        : `SMB to ${server.name} uses ${listed(names)} again after ${counted(times, 'failure')}.`,
    subjects: [server, ...distinctById(shown.map(({ pair }) => pair))],
    evidence: { server: server.name, pairs: names, failedPairs: failed.length, failures: times },
    advice:
      'See that both addresses of the pair reach each other: link, VLAN, firewall on port 445. Then have SMB look again (Update-SmbMultichannelConnection). A count alone tells of a restart of the server or the switch, and needs nothing if it does not grow.',
  };
}
