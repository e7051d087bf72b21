/**
 * What has to last before it is told, and to be over for a while before it is taken back: a moment proves neither. Told
 * in buckets of some seconds, see {@link Buckets}.
 */
import type { Bucket } from './buckets.ts';

/** What was seen goes on across so many buckets that do not show it, once it has been told. */
const mostMissed = 3;

export interface Episode {
  readonly sinceMs: number;
  /** The end of the last bucket that showed it. */
  readonly untilMs: number;
  /** Mean over the buckets that showed it. */
  readonly mean: number;
  /** The same of what was told beside it; null where it never was. */
  readonly meanBeside: number | null;
}

interface Running {
  readonly sinceMs: number;
  untilMs: number;
  total: number;
  shownMs: number;
  totalBeside: number;
  besideMs: number;
  missed: number;
}

export class Episodes {
  readonly #tellsAfterMs: number;
  readonly #keepsEnded: boolean;
  readonly #now = new Map<string, Running>();
  /** The longest of each that is over. */
  readonly #ended = new Map<string, Running>();

  /** `keepsEnded`: a recording is told as a whole, a running host only as it is. */
  constructor(tellsAfterMs: number, keepsEnded: boolean) {
    this.#tellsAfterMs = tellsAfterMs;
    this.#keepsEnded = keepsEnded;
  }

  /** The bucket shows it, with this value, and another one that stands beside it. */
  show(key: string, { fromMs, toMs }: Pick<Bucket, 'fromMs' | 'toMs'>, value: number, beside?: number): void {
    const episode = this.#now.get(key) ?? {
      sinceMs: fromMs,
      untilMs: toMs,
      total: 0,
      shownMs: 0,
      totalBeside: 0,
      besideMs: 0,
      missed: 0,
    };
    const lengthMs = toMs - fromMs;
    episode.untilMs = toMs;
    episode.total += value * lengthMs;
    episode.shownMs += lengthMs;
    if (beside !== undefined) {
      episode.totalBeside += beside * lengthMs;
      episode.besideMs += lengthMs;
    }
    episode.missed = 0;
    this.#now.set(key, episode);
  }

  /** The bucket does not show it. True: it is not going on any more. */
  miss(key: string): boolean {
    const over = this.#now.get(key);
    if (over === undefined) return true;
    over.missed += 1;
    if (this.#isTold(over) && over.missed < mostMissed) return false;
    this.#now.delete(key);
    const before = this.#ended.get(key);
    if (this.#keepsEnded && (before === undefined || lengthOf(before) < lengthOf(over))) {
      this.#ended.set(key, over);
    }
    return true;
  }

  /** The longest, if one has lasted long enough to be told. */
  longest(key: string): Episode | undefined {
    const [longest] = [this.#now.get(key), this.#ended.get(key)]
      .filter((one) => one !== undefined)
      .toSorted((a, b) => lengthOf(b) - lengthOf(a));
    if (longest === undefined || !this.#isTold(longest)) return undefined;
    const { sinceMs, untilMs, total, shownMs, totalBeside, besideMs } = longest;
    return {
      sinceMs,
      untilMs,
      mean: total / shownMs,
      meanBeside: besideMs === 0 ? null : totalBeside / besideMs,
    };
  }

  #isTold(episode: Running): boolean {
    return lengthOf(episode) >= this.#tellsAfterMs;
  }
}

function lengthOf({ sinceMs, untilMs }: Pick<Running, 'sinceMs' | 'untilMs'>): number {
  return untilMs - sinceMs;
}
