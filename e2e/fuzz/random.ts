/** Numbers that look random and are the same for the same seed, so that what was found can be found again. */

export interface Random {
  /** From 0 up to, and without, `below`. */
  readonly number: (below: number) => number;
  readonly pick: <T>(list: readonly [T, ...T[]]) => T;
}

export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  // mulberry32: the seeds 1, 2, 3 ... give rows that have nothing to do with each other.
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const number = (below: number): number => Math.floor(next() * below);
  return { number, pick: (list) => list[number(list.length)] ?? list[0] };
}
