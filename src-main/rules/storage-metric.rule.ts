/** iSCSI sessions without an initiator address where two interfaces lead to the portal at the same price. */
import { addressesOnLinkTo, interfaceById, wiredSessions, type HostInterface } from '../path-graph/walks.ts';
import { familyOf, ipInterfaceOf } from './address-facts.ts';
import { conclude } from './conclude.ts';
import { defineRule } from './define-rule.ts';
import { storageInterfaces } from './interface-uses.ts';
import { appliesToWiredSessions } from './iscsi-paths.ts';
import { distinctById, listed } from './wording.ts';

export const rule = defineRule({
  id: 'storage-metric',
  severities: ['info'],
  title: 'Sessions without an initiator address have one cheapest way',
  failureTitle: 'A session without an initiator address has two ways at the same price',
  needs: ['NetAdapter', 'NetIPAddress', 'NetIPInterface', 'IscsiSession', 'IscsiConnection'],
  fixes: [],
  appliesTo: appliesToWiredSessions,
  evaluate: (facts) =>
    conclude(facts, {
      things: wiredSessions(facts.model),
      see: (session) => {
        if (session.boundAddress === undefined)
          return { doubt: `The initiator address of ${session.name} is not known.` };
        if (session.boundAddress !== null) return 'not-about';
        const portals = session.connections.flatMap(({ targetAddress }) => targetAddress ?? []);
        if (portals.length === 0) return { doubt: `The portal of ${session.name} is not known.` };
        const ways = distinctById(
          portals.flatMap((portal) =>
            addressesOnLinkTo(facts.model, portal).flatMap(
              ({ interfaceId }) => interfaceById(facts.model, interfaceId) ?? [],
            ),
          ),
        ).filter(({ isUp }) => isUp);
        if (ways.length < 2) return 'well';
        const prices = ways.map((found) => ipInterfaceOf(facts, found, familyOf(facts, found))?.metric);
        if (prices.includes(undefined))
          return { doubt: `The metric of ${listed(ways.map(({ name }) => name))} is not known.` };
        const cheapest = Math.min(...prices.map((price) => price ?? 0));
        const [first, second, ...others] = ways.filter((_, at) => prices[at] === cheapest);
        return first === undefined || second === undefined
          ? 'well'
          : { bad: { session, ways: [first, second, ...others] as const, cheapest } };
      },
      report: (bad) => {
        const ways: readonly HostInterface[] = distinctById(bad.flatMap((one) => one.ways));
        const names = ways.map(({ name }) => name);
        return {
          severity: 'info',
          message: `${bad.length === 1 ? 'An iSCSI session names' : `${bad.length} iSCSI sessions name`} no initiator address, and ${listed(names)} lead to the portal at the same metric: which of them carries ${bad.length === 1 ? 'it' : 'them'} is up to Windows.`,
          subjects: [bad[0].ways[0], ...ways.slice(1), ...bad.map(({ session }) => session)],
          evidence: { interfaces: names, metric: bad[0].cheapest, sessions: bad.length },
          advice:
            'Make the sessions again with explicit initiator and portal addresses, the new one before the old one goes.',
        };
      },
      none: 'Every iSCSI session of this host names its initiator address.',
      gap: storageInterfaces(facts).gap,
      isForGuests: true,
    }),
});
