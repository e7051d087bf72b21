/**
 * GUIDs, MAC addresses and other identities made from names, so that a scenario gives the same ones every time; and
 * what keeps them the same when the scenario changes.
 */
import { createHash } from 'node:crypto';

/** `digits` hex digits, lower case, at most 64. */
export function hexOf(seed: string, digits: number): string {
  return createHash('sha256').update(seed).digest('hex').slice(0, digits);
}

/** Lower case, without braces. */
export function guidOf(seed: string): string {
  const hex = hexOf(seed, 32);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

/** `{GUID}` in upper case, as the network cmdlets write it. */
export function bracedGuidOf(seed: string): string {
  return `{${guidOf(seed).toUpperCase()}}`;
}

/** Twelve hex digits, upper case; `prefix` are the six of the maker (00155D is Hyper-V's own). */
export function macOf(seed: string, prefix: string): string {
  return `${prefix}${hexOf(seed, 6)}`.toUpperCase();
}

/** `AABBCCDDEEFF` → `AA-BB-CC-DD-EE-FF`. */
export function dashed(mac: string): string {
  return (mac.match(/../g) ?? []).join('-');
}

/** The identities of one layout of a host, for the next one. */
export interface KnownIdentities {
  readonly taken: ReadonlyMap<string, string | number>;
  /** How many things have had this key so far, those that are gone included. */
  readonly made: ReadonlyMap<string, number>;
  /** The highest number of each family so far, so that none is given twice. */
  readonly highest: ReadonlyMap<string, number>;
}

/**
 * Gives each thing of a layout its identities. What the layout before already had keeps its own; what is new gets new
 * ones, also where it bears the name of something that is gone.
 */
export class IdentityRegister {
  private readonly before: KnownIdentities | undefined;
  private readonly taken = new Map<string, string | number>();
  private readonly made: Map<string, number>;
  private readonly highest: Map<string, number>;
  private readonly inUse = new Map<string, Set<string>>();

  constructor(before?: KnownIdentities) {
    this.before = before;
    this.made = new Map(before?.made);
    this.highest = new Map(before?.highest);
    for (const [place, value] of before?.taken ?? []) {
      if (typeof value === 'string') this.textsOf(place.slice(0, place.indexOf('|'))).add(value);
    }
  }

  /** `make` gets a suffix for its seed: empty for the first thing of that key. */
  text(family: string, key: string, make: (suffix: string) => string): string {
    const place = `${family}|${key.toLowerCase()}`;
    const known = this.before?.taken.get(place);
    if (typeof known === 'string') {
      this.taken.set(place, known);
      return known;
    }
    const count = (this.made.get(place) ?? 0) + 1;
    this.made.set(place, count);
    const text = make(count === 1 ? '' : `|${count}`);
    this.taken.set(place, text);
    this.textsOf(family).add(text);
    return text;
  }

  /** `usual` is its number on a host that has not been changed; later the next free one counts. */
  number(family: string, key: string, usual: number): number {
    const place = `${family}|${key.toLowerCase()}`;
    const known = this.before?.taken.get(place);
    const highest = this.highest.get(family);
    const number =
      typeof known === 'number'
        ? known
        : this.before === undefined || highest === undefined
          ? usual
          : highest + 1;
    this.taken.set(place, number);
    this.highest.set(family, Math.max(highest ?? number, number));
    return number;
  }

  /** Texts of a family that are in use: those of this layout, and those that the layout before still holds. */
  textsOf(family: string): Set<string> {
    const texts = this.inUse.get(family) ?? new Set<string>();
    this.inUse.set(family, texts);
    return texts;
  }

  close(): KnownIdentities {
    return { taken: this.taken, made: this.made, highest: this.highest };
  }
}

/** The identities of things that live on under another name. */
export function renameIdentities(
  known: KnownIdentities,
  renamed: readonly (readonly [from: string, to: string])[],
): KnownIdentities {
  if (renamed.length === 0) return known;
  const names = new Map(renamed.map(([from, to]) => [from.toLowerCase(), to.toLowerCase()]));
  const taken = new Map(
    [...known.taken].map(([place, value]) => {
      const cut = place.indexOf('|');
      const name = names.get(place.slice(cut + 1));
      return [name === undefined ? place : `${place.slice(0, cut)}|${name}`, value] as const;
    }),
  );
  return { ...known, taken };
}
