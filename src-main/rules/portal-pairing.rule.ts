/** Portals of a target, or addresses of this host, that no session pairs, though others of the same target are. */
import { entityOf } from '#shared/entity.ts';
import type { Entity, IscsiTarget } from '#shared/host/host-model.ts';

import { targetById } from '../path-graph/walks.ts';
import { conclude } from './conclude.ts';
import { defineRule, type HostFacts } from './define-rule.ts';
import { appliesToWiredSessions, defaultRouteHolders, wiredGroups } from './iscsi-paths.ts';
import { pairingIn } from './pair-use.ts';
import { counted, distinctById, listed } from './wording.ts';

export const rule = defineRule({
  id: 'portal-pairing',
  severities: ['info'],
  title: 'Sessions pair the addresses of the host with the portals of the target',
  failureTitle: 'Some portals of the target have no session',
  needs: ['IscsiSession', 'IscsiConnection', 'IscsiTarget', 'NetAdapter', 'NetIPAddress', 'NetRoute'],
  fixes: ['iscsi-add-sessions'],
  appliesTo: appliesToWiredSessions,
  evaluate: (facts) => {
    const { model } = facts;
    const holdsDefault = defaultRouteHolders(facts);
    const indexOf = new Map(model.addresses.map(({ id, interfaceIndex }) => [id, interfaceIndex]));
    // One session alone is reported by single-session.
    const ids = wiredGroups(model).flatMap(({ wired, targetIds }) => (wired.length > 1 ? targetIds : []));
    return conclude(facts, {
      things: distinctById([...new Set(ids)].flatMap((id) => targetById(model, id) ?? [])),
      see: (target) => {
        if (isVendors(facts, target)) return 'not-about';
        const pairing = pairingIn(facts, target);
        const used = new Set(
          pairing.cells.flatMap(({ state, initiatorId }) =>
            state === 'paired' || state === 'repeated' ? [initiatorId] : [],
          ),
        );
        const missing = pairing.cells.filter(
          ({ state, initiatorId }) =>
            state === 'missing' &&
            (used.has(initiatorId) || !holdsDefault.has(indexOf.get(initiatorId) ?? -1)),
        );
        if (missing.length > 0) return { bad: { target, pairing, missing } };
        return pairing.unplaced.length > 0 && used.size === 0
          ? { doubt: `Between which addresses the sessions to ${target.name} run is not known.` }
          : 'well';
      },
      report: (bad) =>
        bad.map(({ target, pairing, missing }) => {
          const nameOf = new Map<string, string>([
            ...pairing.initiators.map(({ id, name }) => [id, name] as const),
            ...pairing.portals.map(({ id, address }) => [id, address] as const),
          ]);
          const pair = ({ initiatorId, portalId }: (typeof missing)[number]): string =>
            `${nameOf.get(initiatorId) ?? initiatorId} to ${nameOf.get(portalId) ?? portalId}`;
          const inUse = pairing.cells.filter(({ sessions }) => sessions.length > 0).map(pair);
          const portals = pairing.portals.filter(({ id }) => missing.some(({ portalId }) => portalId === id));
          const subjects: readonly [Entity, ...Entity[]] = [target, ...distinctById(portals.map(entityOf))];
          return {
            severity: 'info',
            message: `${target.name} is reached over ${counted(inUse.length, 'pair')} of addresses (${listed(inUse)}); ${listed(missing.map(pair))} would add ${missing.length === 1 ? 'a further one' : 'further ones'} over links or portals that no session uses.`,
            subjects,
            evidence: {
              target: target.name,
              pairsInUse: inUse,
              missingPairs: missing.map(pair),
              sessions: pairing.pairedSessions,
              expectedSessions: pairing.expectedSessions ?? null,
            },
            advice:
              'Follow the vendor on how many sessions to make. One for each pair uses every link once; all addresses with all portals survives one more double failure and doubles the paths.',
          };
        }),
      none: 'No target of this host has several sessions that are made by hand.',
      isForGuests: true,
    });
  },
});

/** The vendor's own module makes the sessions to its array, and pairs them as it sees fit. */
function isVendors({ model }: HostFacts, { id }: IscsiTarget): boolean {
  const numbers = new Set(
    model.sessions.flatMap(({ targetId, diskNumbers = [] }) => (targetId === id ? diskNumbers : [])),
  );
  const disks = model.disks.filter(({ number }) => numbers.has(number));
  return disks.length > 0 && disks.every(({ mpio }) => mpio?.dsmName !== undefined && !mpio.isMicrosoftDsm);
}
