/** What the counters of a simulated host read now, while it may become another one from call to call. */
import { demandsOf } from './demands.ts';
import { hexOf } from './identities.ts';
import type { SimLoad } from './load-demand.ts';
import type { Machine } from './machine.ts';
import { counterName, streamsOf, type Counted, type Way } from './traffic-routes.ts';
import { trafficOf, type Traffic, type TrafficSoFar } from './traffic.ts';

/** Ticks of the performance counters in a second. */
export const performanceFrequency = 10_000_000;
/** How long the host had been up when its counters were first looked at. */
const upSeconds = 86_400;

/** All counters at one moment. */
export interface CounterReading {
  /** Seconds since the host was started. */
  readonly uptime: number;
  /** Cumulative bytes. */
  readonly bytes: (what: Counted, key: string, way: Way) => number;
  /** Requests that ended over a path of MPIO. */
  readonly pathRequests: (path: string, way: Way) => number;
  /** Of a disk: requests that ended, 100 ns that they waited together, and how many are under way. */
  readonly requests: (
    disk: number,
    way: Way,
  ) => { readonly count: number; readonly waiting: number; readonly queue: number };
}

export interface Meter {
  /** `seconds` after the beginning. Looked at backwards, a host that changed meanwhile reads as it was after the change. */
  readonly read: (machine: Machine, seconds: number, load?: SimLoad) => CounterReading;
}

/** Leaves out what the machine no longer has: nobody moves anything there. */
function onlyThere(machine: Machine): Machine {
  const demands = demandsOf(machine).filter((demand) => {
    try {
      streamsOf(machine, [demand]);
      return true;
    } catch {
      return false;
    }
  });
  return { ...machine, scenario: { ...machine.scenario, traffic: { ...machine.scenario.traffic, demands } } };
}

/** What the load reads may be gone as well: it gets nothing then. */
function trafficWith(machine: Machine, beginning: Parameters<typeof trafficOf>[1], load?: SimLoad): Traffic {
  const there = onlyThere(machine);
  try {
    return trafficOf(there, beginning, load);
  } catch {
    return trafficOf(there, beginning);
  }
}

/** Throws where a demand of the scenario is on something that the first machine does not have. */
export function createMeter(first: Machine): Meter {
  let current = first;
  let loaded: SimLoad | undefined;
  let traffic: Traffic = trafficOf(first);
  const starts = new Map<string, number>();
  /** What comes with a later machine begins to count at zero. */
  let isFirst = true;

  /** What the counter read at the beginning: the host has been up for a while. */
  const startOf = (name: string): number => {
    const known = starts.get(name);
    if (known !== undefined) return known;
    const start = isFirst ? Number.parseInt(hexOf(`${first.scenario.computer.name}|${name}`, 11), 16) : 0;
    starts.set(name, start);
    return start;
  };
  return {
    read: (machine, seconds, load) => {
      if (machine !== current || load !== loaded) {
        isFirst &&= machine === current;
        const soFar = traffic.at(seconds);
        current = machine;
        loaded = load;
        traffic = trafficWith(machine, { seconds, soFar }, load);
      }
      const now: TrafficSoFar = traffic.at(seconds);
      return {
        uptime: upSeconds + seconds,
        bytes: (what, key, way) => {
          const name = counterName(what, key, way);
          return startOf(name) + Math.round(now.bytes(name));
        },
        pathRequests: (path, way) => {
          const name = counterName('path', path, way);
          return startOf(`requests|${name}`) + Math.round(now.pathRequests(name));
        },
        requests: (disk, way) => {
          const { count, waiting } = now.requests(disk, way);
          return {
            count,
            waiting: startOf(`waiting|${disk}|${way}`) + Math.round(waiting),
            queue: now.queue(disk, way),
          };
        },
      };
    },
  };
}
