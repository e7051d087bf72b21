/** Thins a line to what its pixels can show: of the points that share a pixel, the lowest and the highest. */

export function isGap(value: number): boolean {
  return Number.isNaN(value);
}

export interface Reduced {
  readonly places: Float64Array;
  readonly values: Float64Array;
}

/**
 * The line as it is where it has no more than two points a pixel; else, of each run of points within one pixel and
 * without a gap, its first, lowest, highest and last. A gap stays a gap.
 *
 * @param places in pixels, rising.
 */
export function reduceToPixels(places: Float64Array, values: Float64Array): Reduced {
  const count = Math.min(places.length, values.length);
  const width = (places[count - 1] ?? 0) - (places[0] ?? 0);
  if (count <= 2 * width) return { places, values };
  const keptPlaces: number[] = [];
  const keptValues: number[] = [];
  const keep = (index: number): void => {
    keptPlaces.push(places[index] ?? 0);
    keptValues.push(values[index] ?? Number.NaN);
  };
  let at = 0;
  while (at < count) {
    if (isGap(values[at] ?? Number.NaN)) {
      keep(at);
      at += 1;
      continue;
    }
    const pixel = Math.floor(places[at] ?? 0);
    let [low, high, last] = [at, at, at];
    for (let next = at + 1; next < count; next += 1) {
      const value = values[next] ?? Number.NaN;
      if (isGap(value) || Math.floor(places[next] ?? 0) !== pixel) break;
      if (value < (values[low] ?? 0)) low = next;
      if (value > (values[high] ?? 0)) high = next;
      last = next;
    }
    for (const index of [...new Set([at, Math.min(low, high), Math.max(low, high), last])]) keep(index);
    at = last + 1;
  }
  return { places: Float64Array.from(keptPlaces), values: Float64Array.from(keptValues) };
}
