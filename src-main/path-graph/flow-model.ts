/**
 * From the legs that carry a target's streams to what they get: the links on their way with a capacity each, the
 * choices that teams have, and the figures at worst, at best and as placed now, for one direction.
 */
import type { Adapter, Entity, HostModel, Team } from '#shared/host/host-model.ts';
import type { Ceiling, Direction, DirectionCeilings, HeldBack } from '#shared/path-graph.ts';
import type { CarriedLeg } from './leg-limits.ts';
import { mappedAdapter } from './leg-limits.ts';
import type { Leg } from './legs.ts';
import { wordsFor } from './held-back.ts';
import type { LinkMeaning, MeantProblem, UnitMeaning } from './meant-problem.ts';
import type { Sharing, Use } from './path-policy.ts';
import { aloneRange, bestEqualShares, bestFlow, worstEqualShares, worstFlow } from './placements.ts';
import type { Placed, PlacedStream, PlacementLink, PlacementProblem, Unit } from './placements.ts';
import { placementRow } from './placement-rules.ts';
import type { Together } from './placement-rules.ts';
import { addressesOnLinkTo } from './walks.ts';

/** A session or an interface pair, with the connections that it carries its traffic over. */
export interface Carrier {
  readonly route: Entity;
  readonly legs: readonly CarriedLeg[];
  /** Several connections of one session do not go in turn: the figures over several such sessions are bounds. */
  readonly isUneven?: boolean;
}

type Mode = 'worst' | 'best' | 'now';

/** Active members of a team taken otherwise than the host shows them (after a failover), by id of the team. */
type MembersInstead = ReadonlyMap<string, readonly Adapter[]>;

export interface FlowFacts {
  readonly model: HostModel;
  readonly membersInstead?: MembersInstead;
}

function adaptersOf(leg: Leg, { membersInstead }: Pick<FlowFacts, 'membersInstead'>): readonly Adapter[] {
  const found = membersInstead?.get(leg.way?.team?.id ?? '') ?? leg.way?.adapters ?? [];
  return found.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** What the streams between two ends have in common for a hash over MAC addresses: behind a router all portals look alike. */
function macPair(model: HostModel, leg: Leg): string {
  const { endpoint, portal } = leg;
  const address = portal !== undefined && 'address' in portal ? String(portal.address) : (portal?.name ?? '');
  const isOnLink = addressesOnLinkTo(model, address).length > 0;
  return `${endpoint?.macAddress ?? endpoint?.id ?? ''} > ${isOnLink ? address : 'router'}`;
}

function unitKey(model: HostModel, team: Team, leg: Leg, together: Together, serial: string): string {
  const { endpoint } = leg;
  switch (together) {
    case 'team':
      return `team ${team.id}`;
    case 'port':
      // Team NICs of one team have one address, unless somebody gave them different ones.
      return `port ${team.id} ${endpoint?.kind === 'team-nic' ? (endpoint.macAddress ?? 'team') : (endpoint?.id ?? '')}`;
    case 'connection':
      return `connection ${serial}`;
    case 'addresses':
      return `addresses ${leg.address?.id ?? endpoint?.id ?? ''} > ${leg.portal?.id ?? ''}`;
    case 'macs':
      return `macs ${macPair(model, leg)}`;
  }
}

/**
 * The member whose address the team took for its own: what comes in for the team comes in there. Undefined where no one
 * active member has the address.
 */
function primaryMember(model: HostModel, team: Team, adapters: readonly Adapter[]): Adapter | undefined {
  const own = new Set(
    model.teamNics.flatMap(({ teamId, macAddress }) => (teamId === team.id ? (macAddress ?? []) : [])),
  );
  const [found, ...others] = adapters.filter(({ macAddress }) => own.has(macAddress ?? ''));
  return own.size === 1 && others.length === 0 ? found : undefined;
}

/** The members that a leg may be on, and what keeps it there. */
function placeOf(
  model: HostModel,
  leg: Leg,
  adapters: readonly Adapter[],
  isRdma: boolean,
  direction: Direction,
  mode: Mode,
): {
  readonly allowed: readonly Adapter[];
  readonly together?: Together;
  readonly isPinned: boolean;
  readonly isLoose: boolean;
} {
  const { endpoint, way } = leg;
  const team = way?.team;
  if (team === undefined || endpoint === undefined || adapters.length < 2) {
    return { allowed: adapters, isPinned: false, isLoose: false };
  }
  const row = placementRow(team, endpoint, isRdma);
  const mapping = row?.mapping[direction] ?? 'worst';
  const mapped = mappedAdapter(leg);
  const isKept = mapping === 'kept' || (mapping === 'worst' && mode === 'worst');
  if (isKept && mapped !== undefined && adapters.includes(mapped)) {
    return { allowed: [mapped], isPinned: true, isLoose: row === undefined };
  }
  const together = row?.[direction] ?? 'connection';
  const primary = together === 'team' ? primaryMember(model, team, adapters) : undefined;
  if (primary !== undefined) return { allowed: [primary], together, isPinned: false, isLoose: false };
  const now = way?.now?.adapter;
  if (mode === 'now' && together === 'port' && now !== undefined && adapters.includes(now)) {
    return { allowed: [now], together, isPinned: true, isLoose: row === undefined };
  }
  return { allowed: adapters, together, isPinned: false, isLoose: row === undefined };
}

/** The lowest figure that the ports of a card state for its link; Infinity where none does. */
function cardCapacity(adapters: readonly Adapter[]): number {
  return Math.min(...adapters.map(({ cardSlot }) => cardSlot?.bitsPerSecond ?? Infinity));
}

/** Legs whose adapters or speeds are not known must have been left out. */
function meantProblem(
  carriers: readonly Carrier[],
  direction: Direction,
  mode: Mode,
  facts: FlowFacts,
): MeantProblem {
  const links: { capacity: number; behind?: number }[] = [];
  const meanings: LinkMeaning[] = [];
  const linkByKey = new Map<string, number>();
  const linkFor = (key: string, make: () => LinkMeaning): number => {
    let link = linkByKey.get(key);
    if (link === undefined) {
      const meaning = make();
      link = links.push({ capacity: meaning.bitsPerSecond }) - 1;
      meanings.push(meaning);
      linkByKey.set(key, link);
    }
    return link;
  };
  const units: Unit[] = [];
  const unitMeanings: UnitMeaning[] = [];
  const unitByKey = new Map<string, number>();
  const unitFor = (key: string, make: () => { unit: Unit; meaning: UnitMeaning }): number => {
    let number = unitByKey.get(key);
    if (number === undefined) {
      const { unit, meaning } = make();
      number = units.push(unit) - 1;
      unitMeanings.push(meaning);
      unitByKey.set(key, number);
    }
    return number;
  };

  const cards = new Map<string, Set<Adapter>>();
  const streams: PlacedStream[] = [];
  let isLoose = false;
  let isOpen = false;
  let isSeen = true;
  for (const { route, legs } of carriers) {
    for (const [position, { leg, connections, isRdma, portalLinks }] of legs.entries()) {
      const { endpoint, portal, way } = leg;
      const adapters = adaptersOf(leg, facts);
      const place = placeOf(facts.model, leg, adapters, isRdma, direction, mode);
      const team = way?.team;
      isLoose ||= place.isLoose;
      isOpen ||= place.allowed.length > 1 || (place.isPinned && mode === 'now');
      isSeen &&= place.allowed.length === 1;
      for (const adapter of place.allowed) {
        const { cardSlot } = adapter;
        if (cardSlot === undefined) continue;
        const there = cards.get(cardSlot.card);
        if (there === undefined) cards.set(cardSlot.card, new Set([adapter]));
        else there.add(adapter);
      }
      const adapterLinks = place.allowed.map((adapter) =>
        linkFor(adapter.id, () => ({
          kind: 'adapter',
          entities: [adapter],
          bitsPerSecond: adapter.speedBitsPerSecond ?? 0,
          ...(team !== undefined && { team }),
          memberCount: adapters.length,
        })),
      );
      const farLinks =
        portal === undefined || portalLinks === undefined || portalLinks.length === 0
          ? undefined
          : portalLinks.map((bitsPerSecond, index) =>
              linkFor(`${portal.id} ${index}`, () => ({
                kind: 'portal',
                entities: [portal],
                bitsPerSecond,
                memberCount: portalLinks.length,
              })),
            );
      const cap = endpoint?.kind === 'vnic' ? endpoint.maximumBandwidthBitsPerSecond : undefined;
      const through =
        endpoint !== undefined && typeof cap === 'number'
          ? linkFor(`cap ${endpoint.id}`, () => ({
              kind: 'cap',
              entities: [endpoint],
              bitsPerSecond: cap,
              memberCount: 1,
            }))
          : undefined;
      // All that may choose goes onto one link at worst, so there one stream stands for all.
      const chooses =
        (place.allowed.length > 1 && place.together === 'connection') || (farLinks?.length ?? 1) > 1;
      const copies = mode !== 'worst' && chooses ? Math.max(connections, 1) : 1;
      for (let copy = 0; copy < copies; copy += 1) {
        const serial = `${route.id} ${position} ${copy}`;
        const near = unitFor(
          team === undefined || place.allowed.length === 1 || place.together === undefined
            ? `at ${adapterLinks.join(' ')}`
            : unitKey(facts.model, team, leg, place.together, serial),
          () => ({
            unit: { allowed: adapterLinks },
            meaning: {
              ...(team !== undefined && { team }),
              ...(place.together !== undefined && { together: place.together }),
              isPinned: place.isPinned,
              routes: new Set(),
              endpoints: new Set(),
            },
          }),
        );
        unitMeanings[near]?.routes.add(route.id);
        if (endpoint !== undefined) unitMeanings[near]?.endpoints.add(endpoint.id);
        const far =
          farLinks === undefined
            ? undefined
            : unitFor(farLinks.length === 1 ? `far ${farLinks.join(' ')}` : `far ${serial}`, () => ({
                unit: { allowed: farLinks },
                meaning: { isPinned: false, routes: new Set([route.id]), endpoints: new Set() },
              }));
        streams.push({
          near,
          share: 1 / (legs.length * copies),
          ...(far !== undefined && { far }),
          ...(through !== undefined && { through }),
        });
      }
      isOpen ||= (farLinks?.length ?? 1) > 1;
      isSeen &&= (farLinks?.length ?? 1) === 1;
    }
  }
  for (const [card, adapters] of cards) {
    const members = [...adapters];
    const capacity = cardCapacity(members);
    if (capacity >= members.reduce((sum, { speedBitsPerSecond }) => sum + (speedBitsPerSecond ?? 0), 0))
      continue;
    const behind = linkFor(`card ${card}`, () => ({
      kind: 'card',
      entities: members,
      bitsPerSecond: capacity,
      memberCount: members.length,
    }));
    for (const { id } of members) {
      const link = links[linkByKey.get(id) ?? -1];
      if (link !== undefined) link.behind = behind;
    }
  }
  return {
    links: links satisfies PlacementLink[],
    units,
    streams,
    meanings,
    unitMeanings,
    isLoose,
    isOpen,
    isSeen,
  };
}

/** `together` where the streams of one path do not go in turn: the lower figure is in turn, the higher together. */
function worstOf(problem: PlacementProblem, sharing: Sharing, isUneven: boolean): Placed {
  switch (sharing) {
    case 'together':
      return isUneven ? { ...worstEqualShares(problem), isBound: true } : worstFlow(problem);
    case 'in-turn':
      return isUneven ? { ...worstEqualShares(problem), isBound: true } : worstEqualShares(problem);
    case 'one':
      return aloneRange(problem).narrowest;
    case 'any':
      return { ...aloneRange(problem).narrowest, isBound: true };
  }
}

function bestOfPlacements(problem: PlacementProblem, sharing: Sharing, isUneven: boolean): Placed {
  switch (sharing) {
    case 'together':
      return isUneven ? { ...bestFlow(problem), isBound: true } : bestFlow(problem);
    case 'in-turn':
      return isUneven ? { ...bestFlow(problem), isBound: true } : bestEqualShares(problem);
    case 'one':
      return aloneRange(problem).widest;
    case 'any':
      return { ...bestFlow(problem), isBound: true };
  }
}

function asCeiling({ bitsPerSecond, isBound }: Placed): Ceiling {
  // Shares are fractions; a bit per second is as fine as anybody needs it.
  return { bitsPerSecond: Math.round(bitsPerSecond), ...(isBound && { isBound: true }) };
}

export type DirectionFigures = Omit<DirectionCeilings, 'oneCopy'>;

/** No team between host and wire tells reading from writing: the figures of one direction are those of the other. */
export function isSameBothWays({ paths }: Use<Carrier>, facts: FlowFacts): boolean {
  return paths.every(({ legs }) =>
    legs.every(({ leg, isRdma }) => {
      const { endpoint, way } = leg;
      if (way?.team === undefined || endpoint === undefined || adaptersOf(leg, facts).length < 2) return true;
      const row = placementRow(way.team, endpoint, isRdma);
      return row === undefined || (row.read === row.write && row.mapping.read === row.mapping.write);
    }),
  );
}

export function figuresOf(use: Use<Carrier>, direction: Direction, facts: FlowFacts): DirectionFigures {
  const { paths, sharing } = use;
  const isUneven = paths.length > 1 && paths.some((carrier) => carrier.isUneven === true);
  const atBest = meantProblem(paths, direction, 'best', facts);
  let best = bestOfPlacements(atBest, sharing, isUneven);
  const isDivided = sharing === 'together' || sharing === 'in-turn';
  // With nothing to choose there is one placement, at worst and at best.
  const isOnly = isDivided && !isUneven && !atBest.isOpen && !best.isBound;
  const atWorst = isOnly ? atBest : meantProblem(paths, direction, 'worst', facts);
  const worst = isOnly ? best : worstOf(atWorst, sharing, isUneven);
  const words = (problem: MeantProblem, placed: Placed, isWorst: boolean): HeldBack =>
    wordsFor(problem, placed, { routes: paths.map(({ route }) => route), sharing, direction, isWorst });
  if (atBest.isLoose) best = { ...best, isBound: true };
  // Whichever of several it is, where all give the same nothing is left open.
  const isSame = Math.round(best.bitsPerSecond) === Math.round(worst.bitsPerSecond);
  const exact = (placed: Placed): Placed => (isSame ? { ...placed, isBound: false } : placed);
  const seen = atBest.isOpen ? meantProblem(paths, direction, 'now', facts) : undefined;
  const possibleHeldBack = words(atBest, best, false);
  return {
    guaranteed: asCeiling(sharing === 'one' && !isSame ? { ...worst, isBound: true } : exact(worst)),
    possible: asCeiling(sharing === 'one' && !isSame ? { ...best, isBound: true } : exact(best)),
    guaranteedHeldBack: isOnly ? possibleHeldBack : words(atWorst, worst, true),
    possibleHeldBack,
    ...(seen?.isSeen === true && { now: asCeiling(bestOfPlacements(seen, sharing, isUneven)) }),
  };
}
