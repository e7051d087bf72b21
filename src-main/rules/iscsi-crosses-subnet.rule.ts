/** iSCSI that passes a router on its way to the target. */
import {
  addressesOnLinkTo,
  addressWithIp,
  interfaceById,
  portalById,
  targetById,
  wiredSessions,
} from '../path-graph/walks.ts';
import type { Address, HostModel, IscsiSession } from '#shared/host/host-model.ts';
import { parseIp, prefixContains, prefixOf } from '../path-graph/ip.ts';
import { conclude, type Seen } from './conclude.ts';
import { defineRule, type HostFacts } from './define-rule.ts';
import { appliesToWiredSessions, sessionSubjects } from './iscsi-paths.ts';
import { counted, distinctById, listed } from './wording.ts';

interface Routed {
  readonly session: IscsiSession;
  readonly from: string;
  readonly to: string;
  /** Names of interfaces that stand in the subnet of a portal of the target. */
  readonly direct: readonly string[];
}

export const rule = defineRule({
  id: 'iscsi-crosses-subnet',
  severities: ['warning', 'info'],
  title: 'iSCSI sessions stay within their subnet',
  failureTitle: 'iSCSI sessions pass a router',
  needs: ['IscsiSession', 'IscsiConnection', 'NetIPAddress', 'NetAdapter'],
  fixes: ['iscsi-replace-sessions'],
  appliesTo: appliesToWiredSessions,
  evaluate: (facts) =>
    conclude(facts, {
      things: wiredSessions(facts.model),
      see: (session) => see(facts, session),
      report: (routed) =>
        [...Map.groupBy(routed, ({ direct }) => direct.length > 0)].flatMap(([isDirect, same]) => {
          const [first, ...others] = same.map(({ session }) => session);
          if (first === undefined) return [];
          const ways = [...new Set(same.map(({ from, to }) => `${from} to ${to}`))];
          const direct = [...new Set(same.flatMap((one) => one.direct))];
          return [
            {
              severity: isDirect ? ('warning' as const) : ('info' as const),
              message: isDirect
                ? `${counted(same.length, 'iSCSI session')} ${same.length === 1 ? 'passes' : 'pass'} a router (${listed(ways)}), while ${listed(direct)} ${direct.length === 1 ? 'stands' : 'stand'} in the subnet of a portal of the same target.`
                : `${counted(same.length, 'iSCSI session')} ${same.length === 1 ? 'passes' : 'pass'} a router (${listed(ways)}): no interface of this host stands in a subnet of the target.`,
              subjects: sessionSubjects(facts.model, [first, ...others]),
              evidence: { sessions: same.length, ways, directInterfaces: direct },
              advice: isDirect
                ? 'Make the sessions from the address that shares a subnet with the portal, both ends named, and take the routed ones out afterwards.'
                : 'Nothing to do where the storage is meant to be routed, as in a cloud. The router is then part of each path: its speed and its faults count.',
            },
          ];
        }),
      none: 'This host has no connected iSCSI session.',
      isForGuests: true,
    }),
});

/** By the address itself, whatever else is the matter with it: a link-local one reaches its neighbours as well. */
function isInSubnetOf({ ipAddress, prefixLength }: Address, other: string): boolean {
  const prefix = prefixLength === undefined ? undefined : prefixOf(ipAddress, prefixLength);
  const ip = parseIp(other);
  return prefix !== undefined && ip !== undefined && prefixContains(prefix, ip);
}

function usableName(model: HostModel, interfaceId: string | undefined): string | undefined {
  const found = interfaceById(model, interfaceId);
  return found?.isUp === true && found.role !== 'other' ? found.name : undefined;
}

function see({ model }: HostFacts, session: IscsiSession): Seen<Routed> {
  const target = targetById(model, session.targetId);
  const portals = (target?.portalIds ?? []).flatMap((id) => portalById(model, id)?.address ?? []);
  for (const { localAddress, targetAddress } of session.connections) {
    if (localAddress === undefined || targetAddress === undefined) continue;
    const own = addressWithIp(model, localAddress);
    if (own?.prefixLength === undefined) continue;
    if (isInSubnetOf(own, targetAddress)) continue;
    const direct = distinctById(portals.flatMap((address) => addressesOnLinkTo(model, address)));
    return {
      bad: {
        session,
        from: localAddress,
        to: targetAddress,
        direct: [...new Set(direct.flatMap(({ interfaceId }) => usableName(model, interfaceId) ?? []))],
      },
    };
  }
  const isKnown =
    session.connections.length >= Math.max(1, session.numberOfConnections ?? 1) &&
    session.connections.every(({ localAddress, targetAddress }) => {
      return targetAddress !== undefined && addressWithIp(model, localAddress)?.prefixLength !== undefined;
    });
  return isKnown
    ? 'well'
    : { doubt: `Between which subnets the sessions to ${target?.name ?? session.name} run is not known.` };
}
