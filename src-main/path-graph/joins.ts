/** How things of a snapshot are joined: keys without case, lookups that refuse two answers, ids that never repeat. */
import type { Entity, EntityKind, Unjoined } from '#shared/host/host-model.ts';
import type { Reading } from '#shared/host/snapshot.ts';

/** What the host answered, or undefined where it could not be asked. */
export function recordsOf<T>(reading: Reading<T>): readonly T[] | undefined {
  return reading.status === 'ok' ? reading.records : undefined;
}

/** The feature or this Windows does not have the thing at all: as good as an empty answer. */
export function isKnownAbsent(reading: Reading<unknown>): boolean {
  return (
    reading.status === 'unavailable' &&
    (reading.error.kind === 'feature-missing' || reading.error.kind === 'not-on-this-windows')
  );
}

/** The answer is complete: nothing is missing because one object could not be read. */
export function isWholeAnswer(reading: Reading<unknown>): boolean {
  return isKnownAbsent(reading) || (reading.status === 'ok' && reading.itemErrors.length === 0);
}

/** Windows compares names without case; cmdlets differ in it for the same adapter. */
export function nameKey(name: string): string {
  return name.toLowerCase();
}

export function guidKey(guid: string): string {
  return guid.replace(/[{}]/g, '').toLowerCase();
}

/** `AA-BB-CC-DD-EE-FF` in any spelling. An all-zero address is none. */
export function macKey(mac: string | null | undefined): string | undefined {
  const digits = mac?.replace(/[^0-9a-f]/gi, '').toLowerCase();
  return digits?.length === 12 && !/^0+$/.test(digits) ? digits : undefined;
}

export type Find<T> = (key: string | null | undefined) => T | undefined;

/** Finds the only thing with a key. Where two have it, neither is found: a join never guesses. */
export function findOnly<T>(things: Iterable<T>, keyOf: (thing: T) => string | undefined): Find<T> {
  const found = new Map<string, T | undefined>();
  for (const thing of things) {
    const key = keyOf(thing);
    if (key !== undefined && key !== '') found.set(key, found.has(key) ? undefined : thing);
  }
  return (key) => (key === null || key === undefined ? undefined : found.get(key));
}

export function groupBy<T>(
  things: Iterable<T>,
  keyOf: (thing: T) => string | undefined,
): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const thing of things) {
    const key = keyOf(thing);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [thing]);
    else group.push(thing);
  }
  return groups;
}

/** Facts that may be undefined, as properties that are there only where they are known. */
export type Known<T> = { readonly [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  readonly [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

export function known<T extends object>(facts: T): Known<T> {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as Known<T>;
}

/** What every step of the model shares: ids already given, and what could not be joined. */
export interface Ledger {
  /** An id from the kind and a key of the host. A key that comes a second time gets a number behind it. */
  readonly idFor: (kind: EntityKind, key: string) => string;
  readonly leaveUnjoined: (what: Entity, reason: string) => void;
  readonly unjoined: readonly Unjoined[];
}

export function openLedger(): Ledger {
  const given = new Map<string, number>();
  const unjoined: Unjoined[] = [];
  return {
    unjoined,
    idFor: (kind, key) => {
      const id = `${kind}:${key}`;
      const times = (given.get(id) ?? 0) + 1;
      given.set(id, times);
      return times === 1 ? id : `${id}~${times}`;
    },
    leaveUnjoined: ({ id, kind, name }, reason) => unjoined.push({ what: { id, kind, name }, reason }),
  };
}
