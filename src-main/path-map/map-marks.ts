/** What the map marks beside the tracks: what holds a target back, what everything depends on, what is selected. */
import type { TargetCeilings } from '#shared/path-graph.ts';
import type { MapContent } from './map-content.ts';

/** Names of the targets that a hop holds back at best (the min cut of what is possible), by the id of the hop. */
function limitedTargets(targets: readonly TargetCeilings[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { name, limitedBy } of targets) {
    for (const { id } of limitedBy) found.set(id, [...(found.get(id) ?? []), name]);
  }
  return found;
}

/** Stations whose hops hold the same targets back. */
export interface Limit {
  readonly stationIds: ReadonlySet<string>;
  readonly targets: readonly string[];
}

/** What is framed: the stations with a hop that holds a target back, those of the same targets together. */
export function limitsOf(content: MapContent, targets: readonly TargetCeilings[]): readonly Limit[] {
  const byHop = limitedTargets(targets);
  const found = new Map<string, { stationIds: Set<string>; targets: readonly string[] }>();
  for (const { id, column, hops } of content.stations) {
    const names = [...new Set(hops.flatMap((hop) => byHop.get(hop.id) ?? []))].sort();
    if (names.length === 0) continue;
    const key = [column, ...names].join('\n');
    const there = found.get(key);
    if (there === undefined) found.set(key, { stationIds: new Set([id]), targets: names });
    else there.stationIds.add(id);
  }
  return [...found.values()];
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
