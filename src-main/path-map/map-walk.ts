/** Where the arrow keys lead from a station: along the tracks to the left and right, across them up and down. */
import type { MapContent } from './map-content.ts';
import type { PlacedMap, PlacedStation } from './map-place.ts';

const steps = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End'] as const;
export type Step = (typeof steps)[number];

export function isStep(key: string): key is Step {
  return steps.some((step) => step === key);
}

function isJoined(content: MapContent, a: PlacedStation, b: PlacedStation): boolean {
  return (
    a.lineIds.some((id) => b.lineIds.includes(id)) ||
    content.tracks.some(
      ({ from, to }) =>
        (from === a.station.id && to === b.station.id) || (from === b.station.id && to === a.station.id),
    )
  );
}

function nearest(
  from: PlacedStation,
  candidates: readonly PlacedStation[],
  axis: 'x' | 'y',
): PlacedStation | undefined {
  const other = axis === 'x' ? 'y' : 'x';
  return [...candidates].sort(
    (a, b) =>
      Math.abs(a[axis] - from[axis]) - Math.abs(b[axis] - from[axis]) ||
      Math.abs(a[other] - from[other]) - Math.abs(b[other] - from[other]),
  )[0];
}

/**
 * The station that a key leads to; undefined where there is none. Left and right keep to a track where one leads on,
 * Home and End go to its ends, up and down stay in the column.
 */
export function walk(
  map: PlacedMap,
  content: MapContent,
  from: PlacedStation,
  step: Step,
): PlacedStation | undefined {
  if (step === 'ArrowUp' || step === 'ArrowDown') {
    const way = step === 'ArrowDown' ? 1 : -1;
    return nearest(
      from,
      map.stations.filter(({ x, y }) => x === from.x && (y - from.y) * way > 0),
      'y',
    );
  }
  const way = step === 'ArrowRight' || step === 'End' ? 1 : -1;
  const beyond = map.stations.filter(({ x }) => (x - from.x) * way > 0);
  const joined = beyond.filter((other) => isJoined(content, from, other));
  const pool = joined.length > 0 ? joined : beyond;
  if (step === 'ArrowLeft' || step === 'ArrowRight') return nearest(from, pool, 'x');
  const end = pool.reduce((far, { x }) => ((x - far) * way > 0 ? x : far), from.x);
  return nearest(
    from,
    pool.filter(({ x }) => x === end),
    'y',
  );
}
