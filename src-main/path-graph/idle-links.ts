/** The tracks without a train: physical adapters that could carry storage and that no route uses. */
import type { Adapter, Entity, HostModel } from '#shared/host/host-model.ts';
import type { Hop, LinkCertainty, Route } from '#shared/path-graph.ts';
import { memberAdapters } from './walks.ts';

type AddLink = (from: Entity, to: Entity, certainty: LinkCertainty) => void;

/** Has a wire and a link: adapters without a cable, of other kinds or switched off carry nothing for anybody. */
function couldCarry(adapter: Adapter): boolean {
  return adapter.role !== 'other' && adapter.isUp;
}

/**
 * Members of a team on the map hang on their team, also standby and failed ones; every other adapter with a link hangs
 * on the host.
 */
export function addIdleLinks(
  model: HostModel,
  routes: readonly Route[],
  hops: ReadonlyMap<string, Hop>,
  addLink: AddLink,
): void {
  const used = new Set(routes.flatMap((route) => route.egress.adapterIds));
  const drawn = new Set<string>();
  for (const team of model.teams.filter(({ id }) => hops.has(id))) {
    for (const adapter of memberAdapters(model, team)) {
      if (used.has(adapter.id) || drawn.has(adapter.id)) continue;
      addLink(team, adapter, 'idle');
      drawn.add(adapter.id);
    }
  }
  for (const adapter of model.adapters) {
    if (!used.has(adapter.id) && !drawn.has(adapter.id) && couldCarry(adapter)) {
      addLink(model.host, adapter, 'idle');
    }
  }
}
