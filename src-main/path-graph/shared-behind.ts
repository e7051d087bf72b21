/** What several routes to a target share although they look apart, and what all of them depend on. */
import type { Entity, HostModel } from '#shared/host/host-model.ts';
import type { SharedBehind } from '#shared/path-graph.ts';
import type { Carrier } from './flow-model.ts';
import { uniqueEntities } from './leg-limits.ts';
import { certainHops } from './legs.ts';
import type { Leg } from './legs.ts';
import { memberAdapters } from './walks.ts';

/** Hops of a leg without which it is cut. The one active member of a team is none while another stands by. */
export function vitalHops(model: HostModel, leg: Leg): readonly Entity[] {
  const team = leg.way?.team;
  const standsBy =
    team === undefined
      ? []
      : memberAdapters(model, team).filter((adapter) => {
          const member = team.members.find(({ adapterId }) => adapterId === adapter.id);
          return adapter.isUp && (member?.state ?? member?.mode) === 'Standby';
        });
  return certainHops(leg).filter((hop) => hop.kind !== 'adapter' || standsBy.length === 0);
}

/** What every route has in common. `routes`: the vital hops of each. */
export function inAll(routes: readonly (readonly Entity[])[]): readonly Entity[] {
  const [first, ...others] = routes;
  const sets = others.map((hops) => new Set(hops.map(({ id }) => id)));
  return uniqueEntities((first ?? []).filter(({ id }) => sets.every((set) => set.has(id))));
}

function list(entities: readonly Entity[]): string {
  const names = entities.map(({ name }) => name).toSorted();
  if (names.length > 4) return `${names.length} routes`;
  return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}

interface Gathered {
  readonly shared: Entity;
  readonly between: Map<string, Entity>;
}

function gather(into: Map<string, Gathered>, shared: Entity | undefined, what: Entity): void {
  if (shared === undefined) return;
  const there = into.get(shared.id);
  if (there === undefined) into.set(shared.id, { shared, between: new Map([[what.id, what]]) });
  else there.between.set(what.id, what);
}

/**
 * Of interface pairs every combination is in use by design: there only what all of them share is told.
 */
export function sharedBehind(carriers: readonly Carrier[]): readonly SharedBehind[] {
  const adapters = new Map<string, Gathered>();
  const members = new Map<string, Gathered>();
  const portals = new Map<string, Gathered>();
  const cards = new Map<string, Map<string, Entity>>();
  for (const { route, legs } of carriers) {
    for (const { leg } of legs) {
      const { way, endpoint, portal } = leg;
      const [only, ...others] = way?.adapters ?? [];
      if (way?.team === undefined && only !== undefined && others.length === 0) gather(adapters, only, route);
      if (way?.team !== undefined && endpoint?.kind === 'vnic') {
        gather(members, others.length === 0 ? only : way.now?.adapter, endpoint);
      }
      gather(portals, portal, route);
      // A card can be named for certain only under adapters that certainly carry.
      const certain = others.length === 0 ? only : undefined;
      for (const adapter of certain === undefined ? (way?.adapters ?? []) : [certain]) {
        const { cardSlot } = adapter;
        if (cardSlot === undefined) continue;
        const key = cardSlot.slot === undefined ? cardSlot.card : `slot ${cardSlot.slot}`;
        const there = cards.get(key);
        if (there === undefined) cards.set(key, new Map([[adapter.id, adapter]]));
        else there.set(adapter.id, adapter);
      }
    }
  }
  const isSmb = carriers[0]?.route.kind === 'channel';
  const noun = isSmb ? 'interface pairs' : 'sessions';
  const several = (found: ReadonlyMap<string, Gathered>) =>
    [...found.values()]
      .filter(({ between }) => between.size > 1 && (!isSmb || between.size === carriers.length))
      .map(({ shared, between }) => ({
        shared: uniqueEntities([shared]),
        between: uniqueEntities([...between.values()]),
      }));
  return [
    ...several(adapters).map(({ shared, between }): SharedBehind => ({
      what: 'adapter',
      shared,
      between,
      sentence: `${between.length} ${noun} leave through ${list(shared)}.`,
    })),
    ...[...members.values()]
      .filter(({ between }) => between.size > 1)
      .map(({ shared, between }): SharedBehind => {
        const vnics = uniqueEntities([...between.values()]);
        return {
          what: 'member',
          shared: uniqueEntities([shared]),
          between: vnics,
          sentence: `${list(vnics)} are on ${shared.name} now, one member of the team.`,
        };
      }),
    ...[...cards.values()]
      .filter((ports) => ports.size > 1)
      .map((ports): SharedBehind => {
        const shared = uniqueEntities([...ports.values()]);
        return {
          what: 'card',
          shared,
          between: uniqueEntities(carriers.map(({ route }) => route)),
          sentence: `${list(shared)} are ports of one card.`,
        };
      }),
    ...several(portals).map(({ shared, between }): SharedBehind => ({
      what: 'portal',
      shared,
      between,
      sentence: `${between.length} ${noun} lead to the one address ${list(shared)}.`,
    })),
  ];
}
