/** Storage interfaces that register their addresses in DNS. */
import { conclude } from './conclude.ts';
import { defineRule } from './define-rule.ts';
import { appliesToStorageInterfaces, defaultRouteIndices, storageInterfaces } from './interface-uses.ts';
import { listed } from './wording.ts';

export const rule = defineRule({
  id: 'storage-dns',
  severities: ['info'],
  title: 'Storage interfaces stay out of DNS',
  failureTitle: 'Storage interfaces register their addresses in DNS',
  needs: ['NetAdapter', 'NetRoute', 'DnsClient'],
  fixes: ['storage-dns-off'],
  appliesTo: appliesToStorageInterfaces,
  evaluate: (facts) => {
    const { DnsClient } = facts.snapshot.readings;
    const rows = new Map(
      DnsClient.status === 'ok'
        ? DnsClient.records.map(({ interfaceIndex, registersAddresses }) => [
            interfaceIndex,
            registersAddresses,
          ])
        : [],
    );
    const holdsDefault = defaultRouteIndices(facts);
    return conclude(facts, {
      things: storageInterfaces(facts).inUse.map((one) => one.interface),
      see: (found) => {
        // The interface with the way out to everything else is the one that others should find.
        if (holdsDefault.has(found.interfaceIndex)) return 'not-about';
        const registers = rows.get(found.interfaceIndex);
        if (registers === undefined)
          return { doubt: `Whether ${found.name} registers itself in DNS is not known.` };
        return registers ? { bad: found } : 'well';
      },
      report: ([first, ...others]) => {
        const names = [first, ...others].map(({ name }) => name);
        return {
          severity: 'info',
          message: `${listed(names)} ${names.length === 1 ? 'carries' : 'carry'} storage and ${names.length === 1 ? 'registers its address' : 'register their addresses'} in DNS: others may then reach this host by the storage network.`,
          subjects: [first, ...others],
          evidence: { interfaces: names },
          advice:
            'Switch the registration off for these interfaces (Set-DnsClient -RegisterThisConnectionsAddress $false) and see to old records. It disturbs nothing.',
        };
      },
      none: 'The storage of this host leaves by the interface with the default route.',
      gap: storageInterfaces(facts).gap,
      rests: ['NetRoute', 'DnsClient'],
      isForGuests: true,
    });
  },
});
