/** iSCSI sessions from an address that a DHCP server gave. */
import { addressById } from '../path-graph/walks.ts';
import { conclude } from './conclude.ts';
import { defineRule } from './define-rule.ts';
import { storageInterfaces } from './interface-uses.ts';
import { appliesToWiredSessions } from './iscsi-paths.ts';
import { listed } from './wording.ts';

export const rule = defineRule({
  id: 'storage-dhcp',
  severities: ['warning', 'info'],
  title: 'iSCSI leaves from fixed addresses',
  failureTitle: 'iSCSI leaves from an address given by DHCP',
  needs: ['NetAdapter', 'NetIPAddress', 'IscsiSession', 'IscsiConnection', 'Cluster'],
  fixes: [],
  appliesTo: appliesToWiredSessions,
  evaluate: (facts) =>
    conclude(facts, {
      things: storageInterfaces(facts).inUse.filter(({ sessions }) => sessions.length > 0),
      see: ({ interface: found, sessions }) => {
        const named = new Set(
          sessions.flatMap(({ connections }) =>
            connections.flatMap(({ localAddress }) => localAddress ?? []),
          ),
        );
        const used = found.addressIds.flatMap((id) => {
          const address = addressById(facts.model, id);
          return address !== undefined && named.has(address.ipAddress) ? [address] : [];
        });
        const given = used.filter(({ origin }) => /^dhcp$/i.test(origin ?? ''));
        if (given.length > 0) return { bad: { found, given } };
        return used.length === 0 || used.some(({ origin }) => origin === undefined)
          ? { doubt: `Where ${found.name} has its address from is not known.` }
          : 'well';
      },
      report: (bad) => {
        const isNode = facts.model.host.isClusterNode === true;
        const said = bad.flatMap(({ found, given }) =>
          given.map(({ ipAddress }) => `${ipAddress} on ${found.name}`),
        );
        return {
          severity: isNode ? 'warning' : 'info',
          message: `iSCSI leaves from ${listed(said)}, given by DHCP: when the lease brings another address, the sessions cannot be made again${isNode ? ', and the cluster loses its disks' : ''}.`,
          subjects: [bad[0].found, ...bad.slice(1).map(({ found }) => found)],
          evidence: { addresses: said, isClusterNode: isNode },
          advice: 'Set the address by hand, or reserve it for this adapter at the DHCP server.',
        };
      },
      none: 'No iSCSI session leaves by an interface of this host.',
      gap: storageInterfaces(facts).gap,
      isForGuests: true,
    }),
});
