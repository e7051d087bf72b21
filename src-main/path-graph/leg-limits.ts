/** The slowest hop of one leg, the best of several, and the mapping and the links at the far end that they rest on. */
import { entityOf } from '#shared/entity.ts';
import type { Adapter, Entity, HostModel } from '#shared/host/host-model.ts';
import type { Leg } from './legs.ts';

/** One leg that streams of a target take. */
export interface CarriedLeg {
  readonly leg: Leg;
  /** TCP or RDMA connections over it. */
  readonly connections: number;
  readonly isRdma: boolean;
  /** bit/s of the links behind the portal, where they are known: several are one address in front of a team. */
  readonly portalLinks?: readonly number[];
}

interface KnownLimit {
  readonly bitsPerSecond: number;
  readonly limitedBy: readonly Entity[];
}
interface UnknownLimit {
  readonly unknownBecause: string;
  /** It meets no wire, so the host's wires say nothing about it. */
  readonly isOffWire?: true;
}
export type LegLimit = KnownLimit | UnknownLimit;

export function isKnownLimit(limit: LegLimit): limit is KnownLimit {
  return 'bitsPerSecond' in limit;
}

export function uniqueEntities(entities: readonly Entity[]): readonly Entity[] {
  return [...new Map(entities.map((one) => [one.id, entityOf(one)])).values()];
}

/** The member that a team mapping prefers, while it is active. */
export function mappedAdapter({ endpoint, way }: Leg): Adapter | undefined {
  if (endpoint?.kind !== 'vnic') return undefined;
  return way?.adapters.find((adapter) => adapter.id === endpoint.mappedMember?.adapterId);
}

/** bit/s of an adapter behind its slot. Undefined where Windows reports no speed. */
function reachOf(adapter: Adapter): number | undefined {
  return typeof adapter.speedBitsPerSecond === 'number'
    ? Math.min(adapter.speedBitsPerSecond, adapter.cardSlot?.bitsPerSecond ?? Infinity)
    : undefined;
}

/** The slowest hop of one leg. A stream takes one member of a team at any instant: at best the fastest active one. */
export function limitOf({ leg, portalLinks }: CarriedLeg): LegLimit {
  const { endpoint, way } = leg;
  if (leg.unknownBecause !== undefined) return { unknownBecause: leg.unknownBecause };
  if (endpoint === undefined || way === undefined) {
    return { unknownBecause: 'The network adapter that the stream leaves by is not known.' };
  }
  if (way.isInternal) {
    return {
      unknownBecause: `${endpoint.name} is on a vSwitch without an uplink: its traffic meets no wire.`,
      isOffWire: true,
    };
  }
  const guest = way.adapters.find((adapter) => adapter.role === 'guest');
  if (guest !== undefined) {
    return {
      unknownBecause: `${guest.name} is a virtual machine's NIC: the speed that it reports is nominal.`,
    };
  }
  const mapped = mappedAdapter(leg);
  const choice = mapped === undefined ? way.adapters : [mapped];
  const speeds = choice.flatMap((adapter) => reachOf(adapter) ?? []);
  if (speeds.length < choice.length) {
    const silent = choice.filter(({ speedBitsPerSecond }) => typeof speedBitsPerSecond !== 'number');
    return {
      unknownBecause: `${silent
        .map(({ name }) => name)
        .sort()
        .join(', ')}: no link speed is reported.`,
    };
  }
  if (speeds.length === 0) return { unknownBecause: `No active adapter is known under ${endpoint.name}.` };
  const fastest = Math.max(...speeds);
  // Whether the fastest member may carry it hangs on the mapping, unless all are alike.
  if (endpoint.kind === 'vnic' && endpoint.mappedMember === undefined && Math.min(...speeds) < fastest) {
    return {
      unknownBecause: `The members under ${endpoint.name} differ in speed, and which of them it is mapped to could not be read.`,
    };
  }
  const caps: (readonly [bitsPerSecond: number, hops: readonly Entity[]])[] = [
    [fastest, choice.filter((adapter) => reachOf(adapter) === fastest)],
  ];
  if (endpoint.kind === 'vnic' && typeof endpoint.maximumBandwidthBitsPerSecond === 'number') {
    caps.push([endpoint.maximumBandwidthBitsPerSecond, [endpoint]]);
  }
  if (leg.portal !== undefined && portalLinks !== undefined && portalLinks.length > 0) {
    caps.push([Math.max(...portalLinks), [leg.portal]]);
  }
  const bitsPerSecond = Math.min(...caps.map(([cap]) => cap));
  return {
    bitsPerSecond,
    limitedBy: caps.flatMap(([cap, hops]) => (cap === bitsPerSecond ? hops : [])),
  };
}

/** The fastest wire of the host: no leg over it can be faster, known or not. Undefined where a speed is missing. */
export function fastestWire(model: HostModel): number | undefined {
  const speeds: number[] = [];
  for (const adapter of model.adapters) {
    if (adapter.role === 'other' || !adapter.isUp) continue;
    if (adapter.role === 'guest' || typeof adapter.speedBitsPerSecond !== 'number') return undefined;
    speeds.push(adapter.speedBitsPerSecond);
  }
  return speeds.length === 0 ? undefined : Math.max(...speeds);
}

/** Of several reasons always the same one, whatever order the host answers in. */
export function firstReason(limits: readonly LegLimit[]): string | undefined {
  return limits.flatMap((limit) => (isKnownLimit(limit) ? [] : [limit.unknownBecause])).toSorted()[0];
}

/**
 * The best of several legs. A leg that is not known may be the best one, so the answer is known only if no wire of the
 * host could beat it.
 */
export function bestOf(limits: readonly LegLimit[], wire: number | undefined): LegLimit {
  const knownLimits = limits.filter(isKnownLimit);
  const unknowns = limits.filter((limit) => !isKnownLimit(limit));
  const reason = firstReason(unknowns);
  const bound = unknowns.some((limit) => 'isOffWire' in limit) ? undefined : wire;
  const best = Math.max(...knownLimits.map((limit) => limit.bitsPerSecond));
  if (reason !== undefined && (knownLimits.length === 0 || bound === undefined || best < bound)) {
    return { unknownBecause: reason };
  }
  return {
    bitsPerSecond: best,
    limitedBy: uniqueEntities(
      knownLimits.flatMap((limit) => (limit.bitsPerSecond === best ? limit.limitedBy : [])),
    ),
  };
}
