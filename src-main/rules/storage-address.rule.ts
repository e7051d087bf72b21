/** An address that storage leaves from and that is not a proper one: self-given, or not yet or no longer valid. */
import { isLinkLocalIp } from '../path-graph/ip.ts';
import { allAddresses } from './address-facts.ts';
import { conclude } from './conclude.ts';
import { defineRule, type HostFacts } from './define-rule.ts';
import { appliesToStorageInterfaces, storageInterfaces, type StorageInterface } from './interface-uses.ts';
import { listed } from './wording.ts';

export const rule = defineRule({
  id: 'storage-address',
  severities: ['warning'],
  title: 'Storage leaves from proper addresses',
  failureTitle: 'Storage leaves from an address that is not a proper one',
  needs: ['NetAdapter', 'NetIPAddress'],
  fixes: [],
  appliesTo: appliesToStorageInterfaces,
  evaluate: (facts) =>
    conclude(facts, {
      things: storageInterfaces(facts).inUse,
      see: (storage) => {
        const used = usedAddresses(facts, storage);
        if (used.length === 0) return { doubt: `The addresses of ${storage.interface.name} are not known.` };
        // Duplicate is a fault of its own: duplicate-address.
        const odd = used.filter(
          ({ ipAddress, family, state }) =>
            (family === 'IPv4' && isLinkLocalIp(ipAddress)) ||
            /^(?:tentative|invalid|deprecated)$/i.test(state ?? ''),
        );
        if (odd.length > 0) return { bad: { found: storage.interface, odd } };
        return used.some(({ state }) => state === undefined)
          ? { doubt: `The state of the addresses of ${storage.interface.name} is not known.` }
          : 'well';
      },
      report: (bad) => {
        const said = bad.flatMap(({ found, odd }) =>
          odd.map(
            ({ ipAddress, state }) =>
              `${ipAddress} on ${found.name} (${isLinkLocalIp(ipAddress) ? 'self-given' : (state ?? '')})`,
          ),
        );
        return {
          severity: 'warning',
          message: `Storage leaves from ${listed(said)}: such an address can change or go away, and the sessions from it with it.`,
          subjects: [bad[0].found, ...bad.slice(1).map(({ found }) => found)],
          evidence: { addresses: said, isOwnedByNetworkAtc: hasIntent(facts) },
          advice: hasIntent(facts)
            ? 'Network ATC owns the settings of this host: see whether its storage intent is provisioned (Get-NetIntentStatus) before you set anything by hand.'
            : 'Give the interface a fixed address in the subnet of its storage, without a gateway, then renew the sessions from it.',
        };
      },
      none: 'No interface of this host carries storage.',
      gap: storageInterfaces(facts).gap,
      isForGuests: true,
    }),
});

/** Those of the interface that its sessions or channels name; all where they name none. */
function usedAddresses(facts: HostFacts, { interface: found, sessions, channels }: StorageInterface) {
  const named = new Set([
    ...sessions.flatMap(({ connections }) => connections.flatMap(({ localAddress }) => localAddress ?? [])),
    ...channels.flatMap(({ clientIpAddress }) => clientIpAddress ?? []),
  ]);
  const all = allAddresses(facts, found);
  const used = all.filter(({ ipAddress }) => named.has(ipAddress));
  return used.length > 0 ? used : all.filter(({ family }) => family === 'IPv4');
}

function hasIntent({ snapshot }: HostFacts): boolean {
  const { NetIntent } = snapshot.readings;
  return NetIntent.status === 'ok' && NetIntent.records.length > 0;
}
