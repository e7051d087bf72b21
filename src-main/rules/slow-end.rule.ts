/** A file server whose interfaces are slower than those of the host. */
import { formatBitsPerSecond } from '#shared/units.ts';
import { interfaceById, wayOut } from '../path-graph/walks.ts';
import { distinctSpeeds } from './adapter-facts.ts';
import { conclude } from './conclude.ts';
import { defineRule } from './define-rule.ts';
import { appliesToStorageInterfaces, storageInterfaces } from './interface-uses.ts';
import { isStorageChannel, judgedServers } from './smb-storage.ts';

export const rule = defineRule({
  id: 'slow-end',
  severities: ['info'],
  title: 'File servers are as fast as the host',
  failureTitle: 'The file server is the slow end',
  needs: ['NetAdapter', 'SmbConnection', 'SmbMultichannelConnection'],
  fixes: [],
  appliesTo: appliesToStorageInterfaces,
  evaluate: (facts) =>
    conclude(facts, {
      things: judgedServers(facts.model),
      see: (server) => {
        const used = server.channels.filter(
          (channel) => channel.isSelected && !channel.isFailed && isStorageChannel(server, channel),
        );
        if (used.length === 0) return 'not-about';
        const ends = used.map(({ serverLinkBitsPerSecond }) => serverLinkBitsPerSecond ?? undefined);
        const own = used.map(({ clientInterfaceId }) => {
          const found = interfaceById(facts.model, clientInterfaceId);
          return found === undefined ? undefined : distinctSpeeds(wayOut(facts.model, found).adapters).at(-1);
        });
        if (ends.includes(undefined) || own.includes(undefined)) {
          return { doubt: `The speed of some interfaces between this host and ${server.name} is not known.` };
        }
        const far = Math.max(...ends.map((speed) => speed ?? 0));
        const near = Math.max(...own.map((speed) => speed ?? 0));
        return far < near ? { bad: { server, far, near } } : 'well';
      },
      report: (bad) =>
        bad.map(({ server, far, near }) => ({
          severity: 'info',
          message: `The interfaces of ${server.name} run at ${formatBitsPerSecond(far)}, those of this host at ${formatBitsPerSecond(near)}: the server is the slow end, and faster adapters in this host gain nothing with it.`,
          subjects: [server],
          evidence: { server: server.name, serverBitsPerSecond: far, hostBitsPerSecond: near },
          advice:
            'If storage is too slow, look at the server first. If it is fast enough, leave both as they are.',
        })),
      none: 'No file server holds storage of this host.',
      gap: storageInterfaces(facts).gap,
      isForGuests: true,
    }),
});
