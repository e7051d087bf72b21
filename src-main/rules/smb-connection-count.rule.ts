/** A very fast interface that SMB feeds with its default number of TCP connections. */
import { formatBitsPerSecond } from '#shared/units.ts';
import { channelsInUse } from '../path-graph/walks.ts';
import { conclude } from './conclude.ts';
import { defineRule } from './define-rule.ts';
import { clientEnd } from './smb-idle-pairs.ts';
import { speedOf } from './smb-reach.ts';
import {
  classOf,
  isStorageChannel,
  judgedServers,
  storageIsOpen,
  withoutStorageServers,
} from './smb-storage.ts';
import { counted, distinctById, listed } from './wording.ts';

export const rule = defineRule({
  id: 'smb-connection-count',
  severities: ['info'],
  title: 'SMB opens enough connections for the speed of the interfaces',
  failureTitle: 'SMB feeds a very fast interface with few connections',
  needs: ['SmbConnection', 'SmbMultichannelConnection', 'SmbClientConfiguration'],
  fixes: [],
  thresholds: {
    fastLink: {
      value: 100e9,
      unit: 'bit/s',
      says: 'From this speed on the number of connections is looked at.',
    },
    fewConnections: { value: 4, unit: 'connections', says: 'Up to so many for each interface count as few.' },
  },
  appliesTo: { needs: ['SmbConnection', 'SmbMultichannelConnection'], notApplicable: withoutStorageServers },
  evaluate: (facts, limits) => {
    const servers = judgedServers(facts.model);
    if (servers.length === 0) return storageIsOpen(facts);
    const config = facts.snapshot.readings.SmbClientConfiguration;
    const count = config.status === 'ok' ? config.records[0]?.connectionsPerRssInterface : undefined;
    return conclude(facts, {
      things: servers.flatMap((server) =>
        channelsInUse(server)
          .filter((pair) => isStorageChannel(server, pair))
          .map((pair) => ({ server, pair })),
      ),
      see: ({ server, pair }) => {
        const itsClass = classOf(facts.model, pair);
        if (itsClass === undefined) {
          return {
            doubt: `What the interfaces between this host and ${server.name} can do (RSS, RDMA) is not known.`,
          };
        }
        const speed = speedOf(itsClass);
        // RDMA moves the data without the processor, and opens its own number of connections.
        if (itsClass.type !== 'RSS') return 'not-about';
        if (speed === undefined) return { doubt: `The speed of ${clientEnd(facts, pair)} is not known.` };
        if (speed < limits.fastLink) return 'well';
        if (count === undefined)
          return { doubt: 'How many connections SMB opens for each interface is not known.' };
        return count > limits.fewConnections ? 'well' : { bad: { server, pair, speed } };
      },
      report: (bad) => {
        const names = bad.map(({ pair }) => clientEnd(facts, pair));
        const [first] = bad;
        return {
          severity: 'info',
          message: `SMB opens ${counted(count ?? 0, 'connection')} for each interface, also on ${listed(names)} with ${formatBitsPerSecond(first.speed)}: each runs on one processor core, so they may not fill the link.`,
          subjects: [first.server, ...distinctById(bad.map(({ pair }) => pair))],
          evidence: {
            connectionsPerInterface: count ?? null,
            interfaces: [...new Set(names)],
            bitsPerSecond: first.speed,
          },
          advice:
            'Measure first. If the link is not filled and single cores are busy, raise the number (Set-SmbClientConfiguration -ConnectionCountPerRssNetworkInterface) in small steps and measure again; RDMA is the better answer where both ends have it.',
        };
      },
      none: 'No SMB storage of this host uses TCP connections that RSS spreads.',
      isForGuests: true,
    });
  },
});
