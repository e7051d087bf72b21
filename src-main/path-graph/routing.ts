/** Which way a packet to an address leaves: longest prefix first, then the lowest metric. */
import type { NetRouteRecord } from '#shared/host/network-records.ts';
import type { Snapshot } from '#shared/host/snapshot.ts';
import type { Interfaces } from './adapters.ts';
import { recordsOf } from './joins.ts';
import { isUnspecified, networkBits, parseIp, parsePrefix } from './ip.ts';

interface RouteTaken {
  readonly interfaceIndex: number;
  /** The router, or undefined where the destination is on the link itself. */
  readonly nextHop?: string;
}

/** Undefined where no route fits, two are equally good, or routes could not be read. */
export type TakeRoute = (destination: string) => RouteTaken | undefined;

type Family = 'IPv4' | 'IPv6';

export function readRoutes(snapshot: Snapshot, interfaces: Interfaces): TakeRoute {
  const { NetRoute, NetIPInterface } = snapshot.readings;
  const metrics = new Map(
    (recordsOf(NetIPInterface) ?? []).map((row) => [`${row.family} ${row.interfaceIndex}`, row.metric]),
  );
  const metricOf = (route: NetRouteRecord, family: Family): number | undefined => {
    const ofInterface = route.interfaceMetric ?? metrics.get(`${family} ${route.interfaceIndex}`);
    return route.routeMetric === undefined || ofInterface === undefined
      ? undefined
      : route.routeMetric + ofInterface;
  };

  // One table for each prefix length, so that a lookup costs the number of lengths and not of routes.
  const tables: Record<Family, Map<number, Map<bigint, NetRouteRecord[]>>> = {
    IPv4: new Map(),
    IPv6: new Map(),
  };
  for (const route of recordsOf(NetRoute) ?? []) {
    const prefix = parsePrefix(route.destinationPrefix);
    if (prefix === undefined || interfaces.byIndex(route.interfaceIndex)?.isUp === false) continue;
    const lengths = tables[prefix.family];
    const networks = lengths.get(prefix.length) ?? new Map<bigint, NetRouteRecord[]>();
    lengths.set(prefix.length, networks);
    const there = networks.get(prefix.network);
    if (there === undefined) networks.set(prefix.network, [route]);
    else there.push(route);
  }
  const lengthsOf: Record<Family, readonly number[]> = {
    IPv4: [...tables.IPv4.keys()].sort((a, b) => b - a),
    IPv6: [...tables.IPv6.keys()].sort((a, b) => b - a),
  };

  const best = (routes: readonly NetRouteRecord[], family: Family): NetRouteRecord | undefined => {
    const [first, ...others] = routes;
    if (first === undefined || others.every((route) => route.interfaceIndex === first.interfaceIndex))
      return first;
    const ranked = routes.map((route) => ({ route, metric: metricOf(route, family) }));
    if (ranked.some(({ metric }) => metric === undefined)) return undefined;
    const lowest = Math.min(...ranked.map(({ metric }) => metric ?? Infinity));
    const winners = ranked.filter(({ metric }) => metric === lowest).map(({ route }) => route);
    const winner = winners[0];
    return winners.every((route) => route.interfaceIndex === winner?.interfaceIndex) ? winner : undefined;
  };

  return (destination) => {
    const ip = parseIp(destination);
    if (ip === undefined) return undefined;
    for (const length of lengthsOf[ip.family]) {
      const routes = tables[ip.family].get(length)?.get(networkBits(ip, length));
      if (routes === undefined) continue;
      const taken = best(routes, ip.family);
      if (taken === undefined) return undefined;
      const { interfaceIndex, nextHop } = taken;
      return { interfaceIndex, ...(nextHop !== undefined && !isUnspecified(nextHop) && { nextHop }) };
    }
    return undefined;
  };
}
