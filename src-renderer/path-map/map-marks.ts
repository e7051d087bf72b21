/** What the map marks beside the tracks: what holds a target back, what everything depends on, what is selected. */
import type { TargetCeilings } from '#shared/path-graph.ts';
import type { MapContent } from './map-content.ts';

/** Names of the targets whose single stream one hop alone limits, by its id. Equal links limit no more than each other. */
export function limitedTargets(targets: readonly TargetCeilings[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { name, singleStreamLimitedBy } of targets) {
    const [only, ...others] = singleStreamLimitedBy;
    if (only === undefined || others.length > 0) continue;
    found.set(only.id, [...(found.get(only.id) ?? []), name]);
  }
  return found;
}

/** Hops that every route of some target depends on. */
export function pointsOfFailure(targets: readonly TargetCeilings[]): ReadonlySet<string> {
  return new Set(targets.flatMap((target) => target.singlePointsOfFailure.map(({ id }) => id)));
}

/** Lines through the selected hops and routes; undefined where nothing is selected that the map shows. */
export function linesThrough(
  content: MapContent,
  selected: ReadonlySet<string>,
): ReadonlySet<string> | undefined {
  if (selected.size === 0) return undefined;
  const stations = new Set(
    content.stations.filter(({ hops }) => hops.some(({ id }) => selected.has(id))).map(({ id }) => id),
  );
  const lit = content.lines.filter(
    (line) =>
      line.routeIds.some((id) => selected.has(id)) || [...line.stops.values()].some((id) => stations.has(id)),
  );
  const possible = content.tracks.filter(({ to }) => stations.has(to)).flatMap(({ lineIds }) => lineIds);
  return lit.length + stations.size === 0 ? undefined : new Set([...lit.map(({ id }) => id), ...possible]);
}
