/**
 * What the counters of a simulated host read at any moment: a function of time alone, so that asking twice gives the
 * same. Second by second the demands swing, and cables carry no more than they can. Where the host changes, its
 * counters go on from where they stood.
 */
import { demandsOf } from './demands.ts';
import { loadDemand, quietLatencySeconds, type SimLoad } from './load-demand.ts';
import type { Machine } from './machine.ts';
import { streamsOf, type Demand, type Stream, type Way } from './traffic-routes.ts';

export interface TrafficSoFar {
  /** Bytes since the beginning, by the name of their counter. */
  readonly bytes: (counter: string) => number;
  /** Requests that ended since the beginning, and how long they waited in 100 ns. */
  readonly requests: (disk: number, way: Way) => { readonly count: number; readonly waiting: number };
  /** Requests that ended since the beginning over a path, by the name of its counter of bytes. */
  readonly pathRequests: (counter: string) => number;
  /** Requests under way. */
  readonly queue: (disk: number, way: Way) => number;
}

export interface Traffic {
  /** `seconds` after the beginning. */
  readonly at: (seconds: number) => TrafficSoFar;
}

/** Of what a cable carries, this part is left for the bytes that adapters count. */
const usableShare = 0.985;
/** By how much streams of one demand differ from each other within a second. */
const unevenness = 0.12;
const requestBytes = 65_536;

/** 0 to 1, the same for the same second and seed. */
function noise(second: number, seed: number): number {
  let mixed = (Math.imul(second + 1, 0x9e3779b1) ^ Math.imul(seed + 1, 0x85ebca6b)) >>> 0;
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d) >>> 0;
  mixed = Math.imul(mixed ^ (mixed >>> 12), 0x297a2d39) >>> 0;
  return ((mixed ^ (mixed >>> 15)) >>> 0) / 4_294_967_296;
}

/** What is wanted of the average in one second. */
function swing(demand: Demand, second: number, seed: number): number {
  if (demand.readers !== undefined) return 1;
  if (second < (demand.from ?? 0) || second >= (demand.until ?? Infinity)) return 0;
  const { wave = 0.25, waveSeconds = 90 } = demand;
  const turn = 2 * Math.PI * (second / waveSeconds + noise(0, seed));
  return Math.max(0, 1 + wave * Math.sin(turn) + 0.16 * (noise(second, seed) - 0.5));
}

/** Requests of one disk in one direction. */
interface Requests {
  readonly count: number;
  /** In 100 ns. */
  readonly waiting: number;
}

interface Flow {
  readonly stream: Stream;
  readonly seed: number;
  /** Places of its counters. */
  readonly counters: readonly number[];
  /** Places of the cables that it passes, in its direction. */
  readonly cables: readonly number[];
  readonly requestBytes: number;
  /** Where its requests are counted, if it goes to a disk: there, and on the path that it takes. */
  readonly requests: readonly string[];
  /** Flows of one group are dealt requests in strict turn: none is faster than the slowest. */
  readonly group: string | undefined;
}

/** What a second brought, or all seconds together. */
interface Counts {
  readonly bytes: Float64Array;
  readonly requests: Map<string, Requests>;
}

/** Where counting goes on. */
interface Beginning {
  readonly seconds: number;
  readonly soFar: TrafficSoFar;
}

/** Throws where a demand of the scenario, or the load, is on something that the machine does not have. */
export function trafficOf(machine: Machine, beginning?: Beginning, load?: SimLoad): Traffic {
  const demands: readonly Demand[] = [
    ...demandsOf(machine),
    ...(load === undefined ? [] : [loadDemand(machine, load)]),
  ];
  const placeOf = new Map<string, number>();
  const cablePlaces = new Map<string, number>();
  /** Bytes a second that each cable carries each way. */
  const usable: number[] = [];
  const flows = streamsOf(machine, demands).map((stream): Flow => {
    for (const counter of stream.counters) if (!placeOf.has(counter)) placeOf.set(counter, placeOf.size);
    const cables = stream.cables.map(({ guid, speed }) => {
      const key = `${guid}|${stream.way}`;
      const place = cablePlaces.get(key) ?? usable.push((speed / 8) * usableShare) - 1;
      cablePlaces.set(key, place);
      return place;
    });
    const number = demands.indexOf(stream.demand);
    return {
      stream,
      cables,
      seed: 2 * number + (stream.way === 'in' ? 0 : 1),
      requestBytes: stream.demand.readers === undefined ? requestBytes : (load?.blockBytes ?? requestBytes),
      counters: stream.counters.map((counter) => placeOf.get(counter) ?? 0),
      requests:
        'disk' in stream.demand.on
          ? [
              `${stream.demand.on.disk}|${stream.way}`,
              ...stream.counters.filter((name) => name.startsWith('path|')),
            ]
          : [],
      group: stream.isInTurn ? `${number}|${stream.way}` : undefined,
    };
  });
  const nothing = (): Counts => ({ bytes: new Float64Array(placeOf.size), requests: new Map() });

  const oneSecond = (second: number): Counts => {
    const load = new Float64Array(usable.length);
    const wanted = flows.map(({ stream, seed, cables }, index) => {
      // However evenly a policy deals requests out, they are not all of one size.
      const sizes = stream.demand.readers === undefined ? unevenness : 0;
      const own = 1 + sizes * (noise(second, seed + 1000 * (index + 1)) - 0.5);
      const rate = stream.demand[stream.way] * stream.share * own * swing(stream.demand, second, seed);
      for (const place of cables) load[place] = (load[place] ?? 0) + rate;
      return rate;
    });
    const fitting = usable.map((most, place) => most / Math.max(most, load[place] ?? 0));
    const slowest = new Map<string, number>();
    const parts = flows.map(({ cables, group }) => {
      let fits = 1;
      for (const place of cables) fits = Math.min(fits, fitting[place] ?? 1);
      if (group !== undefined) slowest.set(group, Math.min(slowest.get(group) ?? 1, fits));
      return fits;
    });
    const { bytes, requests } = nothing();
    for (const [index, { counters, requests: keys, group, requestBytes: size }] of flows.entries()) {
      const fits = (group === undefined ? undefined : slowest.get(group)) ?? parts[index] ?? 1;
      const rate = (wanted[index] ?? 0) * fits;
      for (const place of counters) bytes[place] = (bytes[place] ?? 0) + rate;
      if (keys.length === 0) continue;
      const count = rate / size;
      // What does not fit waits: the fuller the cable, the longer.
      const seconds = quietLatencySeconds * (1 + 24 * (1 - fits) + noise(second, index));
      for (const key of keys) addRequests(requests, key, count, count * seconds * 1e7);
    }
    return { bytes, requests };
  };

  const start = beginning?.seconds ?? 0;
  // Totals up to `reached`: an earlier moment is counted from the start again.
  let reached = start;
  let totals = nothing();
  /** The part of a second from `from` to `to`. */
  const addPart = (counts: Counts, from: number, to: number): void => {
    if (to > from) addTo(counts, oneSecond(Math.floor(from)), to - from);
  };
  return {
    at: (seconds) => {
      if (seconds < reached) {
        reached = start;
        totals = nothing();
      }
      for (let next = Math.floor(reached) + 1; next <= seconds; next += 1) {
        addPart(totals, reached, next);
        reached = next;
      }
      const now: Counts = { bytes: totals.bytes.slice(), requests: new Map(totals.requests) };
      addPart(now, reached, seconds);
      let thisSecond: Counts | undefined;
      const requests: TrafficSoFar['requests'] = (disk, way) => {
        const { count = 0, waiting = 0 } = now.requests.get(`${disk}|${way}`) ?? {};
        const before = beginning?.soFar.requests(disk, way) ?? { count: 0, waiting: 0 };
        return { count: before.count + count, waiting: before.waiting + waiting };
      };
      return {
        bytes: (counter) =>
          (beginning?.soFar.bytes(counter) ?? 0) + (now.bytes[placeOf.get(counter) ?? -1] ?? 0),
        requests,
        pathRequests: (counter) =>
          (beginning?.soFar.pathRequests(counter) ?? 0) + (now.requests.get(counter)?.count ?? 0),
        queue: (disk, way) => {
          thisSecond ??= oneSecond(Math.floor(seconds));
          const { waiting = 0 } = thisSecond.requests.get(`${disk}|${way}`) ?? {};
          return waiting / 1e7;
        },
      };
    },
  };
}

function addTo(totals: Counts, more: Counts, part: number): void {
  for (const [place, value] of more.bytes.entries()) {
    totals.bytes[place] = (totals.bytes[place] ?? 0) + value * part;
  }
  for (const [key, { count, waiting }] of more.requests) {
    addRequests(totals.requests, key, count * part, waiting * part);
  }
}

function addRequests(to: Map<string, Requests>, key: string, count: number, waiting: number): void {
  const there = to.get(key) ?? { count: 0, waiting: 0 };
  to.set(key, { count: there.count + count, waiting: there.waiting + waiting });
}
