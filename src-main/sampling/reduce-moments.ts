/** Fewer moments than there are, for whoever draws them: of each part of a window the least and the greatest value. */

export interface Reduction {
  readonly times: readonly number[];
  /** The values of one series at these times; NaN is a gap, which stays one only where a whole part is a gap. */
  readonly reduce: (values: Float64Array) => Float64Array;
}

/** `most`: at least 2. Undefined where there are no more moments than that. */
export function reduceMoments(times: Float64Array, most: number): Reduction | undefined {
  if (times.length <= most) return undefined;
  const parts = Math.floor(most / 2);
  const startOf = (part: number): number => Math.floor((part * times.length) / parts);
  return {
    times: Array.from({ length: 2 * parts }, (_, index) => {
      const start = startOf(index >> 1);
      const end = startOf((index >> 1) + 1);
      return times[index % 2 === 0 ? start : end - 1] ?? 0;
    }),
    reduce: (values) => {
      const reduced = new Float64Array(2 * parts).fill(Number.NaN);
      for (let part = 0; part < parts; part += 1) {
        let least = -1;
        let greatest = -1;
        for (let at = startOf(part); at < startOf(part + 1); at += 1) {
          const value = values[at] ?? Number.NaN;
          if (Number.isNaN(value)) continue;
          if (least < 0 || value < (values[least] ?? 0)) least = at;
          if (greatest < 0 || value > (values[greatest] ?? 0)) greatest = at;
        }
        if (least < 0) continue;
        reduced[2 * part] = values[Math.min(least, greatest)] ?? Number.NaN;
        reduced[2 * part + 1] = values[Math.max(least, greatest)] ?? Number.NaN;
      }
      return reduced;
    },
  };
}
