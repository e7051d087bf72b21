/** The address of the management interface lies in a subnet of storage. */
import { parseIp, prefixContains, prefixOf } from '../path-graph/ip.ts';
import { interfacesOf } from '../path-graph/walks.ts';
import { ownAddresses } from './address-facts.ts';
import { conclude } from './conclude.ts';
import { defineRule } from './define-rule.ts';
import { appliesToStorageInterfaces, defaultRouteIndices, storageInterfaces } from './interface-uses.ts';
import { listed } from './wording.ts';

export const rule = defineRule({
  id: 'mgmt-overlaps-storage',
  severities: ['warning', 'info'],
  title: 'Management is in another subnet than storage',
  failureTitle: 'Management is in a subnet of storage',
  needs: ['NetAdapter', 'NetIPAddress', 'NetRoute'],
  fixes: [],
  appliesTo: appliesToStorageInterfaces,
  evaluate: (facts) => {
    const { inUse, gap } = storageInterfaces(facts);
    const storage = new Set(inUse.map(({ interface: { id } }) => id));
    const holders = defaultRouteIndices(facts);
    const management = interfacesOf(facts.model).filter(
      ({ id, interfaceIndex, isUp }) => isUp && holders.has(interfaceIndex) && !storage.has(id),
    );
    const addresses = management.flatMap((found) =>
      ownAddresses(facts, found).map(({ ipAddress }) => ({ found, ipAddress })),
    );
    return conclude(facts, {
      things: inUse,
      see: ({ interface: found, sessions }) => {
        const own = ownAddresses(facts, found);
        if (own.some(({ prefixLength }) => prefixLength === undefined)) {
          return { doubt: `The subnet of ${found.name} is not known.` };
        }
        const prefixes = own.flatMap(
          ({ ipAddress, prefixLength = 0 }) => prefixOf(ipAddress, prefixLength) ?? [],
        );
        const inside = addresses.filter(({ ipAddress }) => {
          const ip = parseIp(ipAddress);
          return ip !== undefined && prefixes.some((prefix) => prefixContains(prefix, ip));
        });
        const [first] = inside;
        return first === undefined
          ? 'well'
          : { bad: { found, first, isUnbound: sessions.some(({ boundAddress }) => boundAddress === null) } };
      },
      report: (bad) => {
        const isUnbound = bad.some((one) => one.isUnbound);
        const names = bad.map(({ found }) => found.name);
        const { found: other, ipAddress } = bad[0].first;
        return {
          severity: isUnbound ? 'warning' : 'info',
          message: `${other.name} (${ipAddress}), which holds the default route, is in the subnet of ${listed(names)}, which ${names.length === 1 ? 'carries' : 'carry'} storage${isUnbound ? ': a session without an initiator address may leave by either' : '; the sessions name their addresses, so they keep to their interfaces'}.`,
          subjects: [bad[0].found, ...bad.slice(1).map(({ found }) => found), other],
          evidence: {
            storage: names,
            management: other.name,
            address: ipAddress,
            hasUnboundSession: isUnbound,
          },
          advice: isUnbound
            ? 'Name initiator addresses on all sessions, or move management to a subnet of its own.'
            : 'Leave it if it was planned so; a subnet of its own for storage keeps other traffic out.',
        };
      },
      none: 'No interface of this host carries storage.',
      gap,
      rests: ['NetRoute', 'NetIPAddress'],
      isForGuests: true,
    });
  },
});
