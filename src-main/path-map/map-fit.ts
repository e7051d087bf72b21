/** Fits the map into the room that it has: spread out where there is much, drawn together where there is little. */
import type { MapContent } from './map-content.ts';
import type { MapOrder } from './map-order.ts';
import { placeMap, slotGapAtLeast, type PlacedMap, type PlaceOptions } from './map-place.ts';

interface Room extends Pick<PlaceOptions, 'fontPx' | 'details' | 'limits'> {
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
}

export interface FittedMap {
  readonly map: PlacedMap;
  readonly zoom: number;
  /** The whole map is in the room; where not, it would be too small to read, and scrolls. */
  readonly isWhole: boolean;
}

/** Below this the labels are too small to read. */
export const smallestFit = 0.76;
/** Further apart, stations of one column look unrelated. */
const mostSlotGap = 84;

/** From the loosest to the tightest. */
const layouts = [
  { squeeze: 0, longestDiagonal: 64, shortestGap: 26 },
  { squeeze: 0.4, longestDiagonal: 44, shortestGap: 16 },
  { squeeze: 1, longestDiagonal: 44, shortestGap: 10 },
  { squeeze: 1, longestDiagonal: 24, shortestGap: 8 },
] as const;
/** Tried in turn once the size is settled: the longer a diagonal, the calmer the line. */
const diagonals = [180, 120, 90, 64, 44];

/** How much larger than written the map gets at most: a large screen is looked at from further away. */
function largestFit({ width, height }: Room): number {
  return Math.min(2, Math.max(1.1, Math.min(width / 1050, height / 620)));
}

/** The loosest layout that can be read at its full size, or else the largest. Same content, order and room, same picture. */
export function fitMap(content: MapContent, order: MapOrder, room: Room): FittedMap {
  const { width, height, ...given } = room;
  const largest = largestFit(room);
  let best: { options: PlaceOptions; map: PlacedMap; zoom: number } | undefined;
  for (const layout of layouts) {
    const options = { ...given, ...layout };
    const map = placeMap(content, order, options);
    // What is too high to be read as a whole scrolls: then only the width has to fit.
    const zoom = Math.min(largest, width / map.width, Math.max(smallestFit, height / map.height));
    // A tighter layout has to make the whole noticeably larger, unless the looser one cannot be read.
    const worth = best === undefined ? 0 : best.zoom * (best.zoom < smallestFit ? 1 : 1.04);
    if (zoom > worth) best = { options, map, zoom };
    if (zoom >= 1 || zoom < width / map.width) break;
  }
  if (best === undefined) throw new Error('There is always a layout.');
  const zoom = Math.max(smallestFit, best.zoom);
  const rows = Math.max(1, ...order.columns.map(({ groups }) => groups.length));
  const spareHeight = Math.max(0, height / zoom - best.map.height);
  const slotGap = Math.min(mostSlotGap, slotGapAtLeast + Math.floor((spareHeight / rows) * 0.8));
  let map = best.map;
  const shortest = best.options.longestDiagonal ?? 0;
  for (const longestDiagonal of [...diagonals.filter((length) => length > shortest), shortest]) {
    const spread = placeMap(content, order, {
      ...best.options,
      longestDiagonal,
      slotGap,
      width: width / zoom,
    });
    // Straightened again with more room between them, stations may ask for more height than was spare.
    const isTooHigh = spread.height * zoom > height && best.map.height * zoom <= height;
    if (isTooHigh || spread.width * zoom > width) continue;
    map = spread;
    break;
  }
  return { map, zoom, isWhole: map.width * zoom <= width + 1 && map.height * zoom <= height + 1 };
}
