/** Portals that a target offers and that this host can never reach. */
import type { Entity, IscsiTarget } from '#shared/host/host-model.ts';
import { isLinkLocalIp, isLoopbackIp, parseIp, parsePrefix, prefixContains } from '../path-graph/ip.ts';
import { addressesOnLinkTo, sessionById } from '../path-graph/walks.ts';
import { conclude } from './conclude.ts';
import { defineRule, type HostFacts } from './define-rule.ts';
import { appliesToWiredSessions } from './iscsi-paths.ts';
import { distinctById, listed } from './wording.ts';

export const rule = defineRule({
  id: 'iscsi-portal-unreachable',
  severities: ['warning', 'info'],
  title: 'This host can reach the portals that its targets offer',
  failureTitle: 'A target offers a portal that this host cannot reach',
  needs: ['IscsiSession', 'IscsiTarget', 'NetIPAddress', 'NetRoute'],
  fixes: [],
  appliesTo: appliesToWiredSessions,
  evaluate: (facts) => {
    const { model, snapshot } = facts;
    const reading = snapshot.readings.IscsiTarget;
    const offered = new Map(
      reading.status === 'ok'
        ? reading.records.map((one) => [one.nodeAddress.toLowerCase(), one.portals])
        : [],
    );
    const isRouted = routedTo(facts);
    return conclude(facts, {
      things: model.targets.filter(({ sessionIds }) =>
        sessionIds.some((id) => sessionById(model, id)?.isConnected !== false),
      ),
      see: (target) => {
        const portals = offered.get(target.nodeAddress.toLowerCase());
        if (portals === undefined) return { doubt: `Which portals ${target.name} offers is not known.` };
        const used = usedPortals(facts, target);
        const addresses = [...new Set(portals.map(({ address }) => address))].filter(
          (address) =>
            parseIp(address) !== undefined &&
            !isLoopbackIp(address) &&
            !used.has(address) &&
            (isLinkLocalIp(address) ||
              (addressesOnLinkTo(model, address).length === 0 && !isRouted(address))),
        );
        return addresses.length === 0 ? 'well' : { bad: { target, addresses } };
      },
      report: (bad) => {
        const mayBeTried = bad.filter((one) => isLoginLed(facts, one));
        const shown = mayBeTried.length > 0 ? mayBeTried : bad;
        const first = mayBeTried[0] ?? bad[0];
        const addresses = [...new Set(shown.flatMap((one) => one.addresses))];
        const names = shown.map(({ target }) => target.name);
        const portals = model.targetPortals.filter(({ address }) => addresses.includes(address));
        const subjects: readonly Entity[] = distinctById<Entity>([
          ...shown.map(({ target }) => target),
          ...portals,
        ]);
        return {
          severity: mayBeTried.length > 0 ? 'warning' : 'info',
          message: `${listed(names)} ${names.length === 1 ? 'offers' : 'offer'} ${listed(addresses)}, which no address and no route of this host leads to${mayBeTried.length > 0 ? ', and a favourite login may use it' : ''}.`,
          subjects: [first.target, ...subjects.filter(({ id }) => id !== first.target.id)],
          evidence: { targets: names, portals: addresses },
          advice:
            mayBeTried.length > 0
              ? 'Name the target portal in the favourite, so that Windows never tries the other; each try costs a time-out at the start. If the portal is not meant for hosts, take it out of the portal group on the array.'
              : 'Nothing to do while every login names its portal. If the portal is not meant for hosts, take it out of the portal group on the array.',
        };
      },
      none: 'This host has no connected iSCSI session.',
      isForGuests: true,
    });
  },
});

function usedPortals({ model }: HostFacts, { sessionIds }: IscsiTarget): ReadonlySet<string> {
  return new Set(
    sessionIds.flatMap(
      (id) => sessionById(model, id)?.connections.flatMap(({ targetAddress }) => targetAddress ?? []) ?? [],
    ),
  );
}

/** Any route, also the default one, counts: it may be slow, and it leads there. */
function routedTo({ snapshot }: HostFacts): (address: string) => boolean {
  const { NetRoute } = snapshot.readings;
  const prefixes =
    NetRoute.status === 'ok'
      ? NetRoute.records.flatMap(({ destinationPrefix }) => parsePrefix(destinationPrefix) ?? [])
      : [];
  return (address) => {
    const ip = parseIp(address);
    return ip !== undefined && prefixes.some((prefix) => prefixContains(prefix, ip));
  };
}

/** A favourite that names such a portal, or names none, so that Windows chooses. */
function isLoginLed(
  { snapshot }: HostFacts,
  { target, addresses }: { readonly target: IscsiTarget; readonly addresses: readonly string[] },
): boolean {
  const { IscsiPersistentLogin } = snapshot.readings;
  return (
    IscsiPersistentLogin.status === 'ok' &&
    IscsiPersistentLogin.records.some(
      ({ targetName, targetPortalAddress }) =>
        targetName.toLowerCase() === target.nodeAddress.toLowerCase() &&
        (targetPortalAddress === undefined || addresses.includes(targetPortalAddress)),
    )
  );
}
