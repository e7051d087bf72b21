/** Files as the product did not write them: bent in their structure, emptied of facts, or damaged as bytes. */
import type { Capture, Observation } from '../../src-main/shared/capture.ts';
import type { Random } from './random.ts';

/** What hosts, people and attackers put where a value was expected. */
export const oddValues: readonly [unknown, ...unknown[]] = [
  null,
  undefined,
  '',
  0,
  -1,
  1e308,
  2 ** 53,
  NaN,
  true,
  [],
  {},
  [[]],
  'x'.repeat(5_000),
  '\u0000\u001b[2J\u202e',
  '<img src=x onerror=alert(1)>',
  "'; Remove-Item C:\\ #",
  '=cmd|calc',
  '__proto__',
  '10.0.0.1/33',
  'ffff:ffff',
  '-0',
  '９９',
  'İ',
  '{ "__proto__": 1 }',
  { __proto__: null, constructor: 'x' },
];

interface Place {
  readonly parent: Record<string, unknown> | unknown[];
  readonly key: string;
}

function placesIn(value: unknown, found: Place[] = []): Place[] {
  if (typeof value !== 'object' || value === null) return found;
  for (const key of Object.keys(value)) {
    found.push({ parent: value as Record<string, unknown>, key });
    placesIn((value as Record<string, unknown>)[key], found);
  }
  return found;
}

function set({ parent, key }: Place, value: unknown): void {
  (parent as Record<string, unknown>)[key] = value;
}

function get({ parent, key }: Place): unknown {
  return (parent as Record<string, unknown>)[key];
}

function remove({ parent, key }: Place): void {
  if (Array.isArray(parent)) parent.splice(Number(key), 1);
  else Reflect.deleteProperty(parent, key);
}

/**
 * A copy with one to six places bent: values replaced, taken out, swapped, doubled. Most of them below `inner`, where
 * that is named.
 */
export function bend(document: object, random: Random, inner?: string): unknown {
  const copy = structuredClone(document) as Record<string, unknown>;
  for (let count = 1 + random.number(6); count > 0; count -= 1) {
    const root = inner === undefined || random.number(10) === 0 ? copy : copy[inner];
    const [first, ...rest] = placesIn(root);
    if (first === undefined) break;
    const place = random.pick([first, ...rest]);
    const other = random.pick([first, ...rest]);
    switch (random.number(5)) {
      case 0:
        // A copy: what is bent later must not change the list.
        set(place, structuredClone(random.pick(oddValues)));
        break;
      case 1:
        remove(place);
        break;
      case 2: {
        // One inside the other would make a ring, which no JSON has.
        const value = structuredClone(get(other));
        set(other, structuredClone(get(place)));
        set(place, value);
        break;
      }
      case 3:
        if (Array.isArray(place.parent)) place.parent.push(structuredClone(get(place)));
        else place.parent[`${place.key}2`] = structuredClone(get(place));
        break;
      default: {
        const value = get(place);
        if (typeof value === 'string') set(place, value.slice(random.number(value.length + 1)));
        else if (typeof value === 'number') set(place, value * random.pick([-1, 0.5, 1e9, 256]));
        else if (Array.isArray(value)) set(place, value[0]);
      }
    }
  }
  return copy;
}

/** A copy in which some of what the host answered is lost, as it is on a bad day: nothing else is changed. */
export function lose(capture: Capture, random: Random): Capture {
  const lost: Observation = {
    status: 'failed',
    durationMs: 1,
    error: { kind: random.pick(['timed-out', 'access-denied', 'exited', 'bad-output']), message: 'Lost.' },
  };
  const share = 1 + random.number(4);
  const observations = Object.fromEntries(
    Object.entries(capture.observations).flatMap(([name, observation]) => {
      if (random.number(8) >= share) return [[name, observation]];
      return random.number(3) === 0 ? [] : [[name, lost]];
    }),
  );
  return { ...capture, observations };
}

/** The bytes of a file after a bad cable, a full disk, an editor or somebody who means it. */
export function damage(bytes: Buffer, random: Random): Buffer {
  let damaged = Buffer.from(bytes);
  for (let count = 1 + random.number(8); count > 0; count -= 1) {
    const at = random.number(damaged.length + 1);
    switch (random.number(5)) {
      case 0:
        if (at < damaged.length) damaged[at] = random.number(256);
        break;
      case 1:
        damaged = damaged.subarray(0, at);
        break;
      case 2:
        damaged = Buffer.concat([damaged.subarray(0, at), damaged.subarray(at + random.number(200))]);
        break;
      case 3: {
        const piece = damaged.subarray(at, at + random.number(200));
        damaged = Buffer.concat([damaged.subarray(0, at), piece, damaged.subarray(at)]);
        break;
      }
      default:
        damaged = Buffer.concat([
          damaged.subarray(0, at),
          Buffer.from(
            random.pick(['"', '{', ']', '\\', ',', '\u0000', '[['.repeat(500), '"__proto__":', '\ufeff']),
          ),
          damaged.subarray(at),
        ]);
    }
  }
  return damaged;
}
