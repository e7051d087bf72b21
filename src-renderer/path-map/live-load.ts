/** What the newest rates put on the map: the width of its lines, and the figures under its stations. */
import type { ContentStation, MapContent } from '#path-map/map-content.ts';
import type { HostModel } from '#shared/host/host-model.ts';
import type { Column } from '#shared/table-cells.ts';
import type { LiveRate } from '#shared/live.ts';
import { formatBytesPerSecond } from '#shared/units.ts';

/** Bytes per second each way: in and read, out and written. */
export interface Load {
  readonly in: number;
  readonly out: number;
  /** What its links carry each way, where it has any and all are known. */
  readonly most?: number;
}

type Rates = ReadonlyMap<string, LiveRate>;

/** Undefined where one of them has no rate: a sum without it would be too little. */
function sumOf(ids: readonly string[], rates: Rates): Load | undefined {
  const known = ids.flatMap((id) => {
    const rate = rates.get(id);
    return rate === undefined || (rate.in === null && rate.out === null) ? [] : [rate];
  });
  if (known.length === 0 || known.length < ids.length) return undefined;
  return known.reduce<Load>(
    (sum, rate) => ({ in: sum.in + (rate.in ?? 0), out: sum.out + (rate.out ?? 0) }),
    { in: 0, out: 0 },
  );
}

/** By id of the line. */
export function lineLoads({ lines }: Pick<MapContent, 'lines'>, rates: Rates): ReadonlyMap<string, Load> {
  return new Map(
    lines.flatMap(({ id, routeIds }) => {
      const load = sumOf(routeIds, rates);
      return load === undefined ? [] : [[id, load] as const];
    }),
  );
}

/** Of each line that certainly leaves by one adapter, how full that line alone makes its link. */
export function routeLoads(
  content: Pick<MapContent, 'lines' | 'stations'>,
  rates: Rates,
  { adapters }: Pick<HostModel, 'adapters'>,
): ReadonlyMap<string, Load> {
  const speedOf = new Map(adapters.map(({ id, speedBitsPerSecond }) => [id, speedBitsPerSecond ?? 0]));
  const stations = new Map(content.stations.map((station) => [station.id, station]));
  const loads = lineLoads(content, rates);
  return new Map(
    content.lines.flatMap(({ id, stops }) => {
      const load = loads.get(id);
      if (load === undefined) return [];
      const [adapter, another] = stations.get(stops.get('adapter') ?? '')?.hops ?? [];
      const bits = adapter === undefined || another !== undefined ? 0 : (speedOf.get(adapter.id) ?? 0);
      return [[id, bits === 0 ? load : { ...load, most: bits / 8 }] as const];
    }),
  );
}

/** What a station's load is the sum of: what is counted on it, or of a target the routes that lead to it. */
function summedOn({ column, hops }: ContentStation, { lines }: Pick<MapContent, 'lines'>): readonly string[] {
  if (column !== 'target') return hops.map(({ id }) => id);
  return lines
    .filter(({ targetId }) => hops.some(({ id }) => id === targetId))
    .flatMap(({ routeIds }) => routeIds);
}

type Stations = Pick<MapContent, 'stations' | 'lines'>;

/** Stations that have a load while all that it is the sum of is counted. */
export function countedStations(content: Stations, counted: ReadonlySet<string>): ReadonlySet<string> {
  return new Set(
    content.stations.flatMap((station) => {
      const ids = summedOn(station, content);
      return ids.length > 0 && ids.every((id) => counted.has(id)) ? [station.id] : [];
    }),
  );
}

/** By id of the station. */
export function stationLoads(
  content: Stations,
  rates: Rates,
  { adapters }: Pick<HostModel, 'adapters'>,
): ReadonlyMap<string, Load> {
  const speedOf = new Map(adapters.map(({ id, speedBitsPerSecond }) => [id, speedBitsPerSecond ?? 0]));
  return new Map(
    content.stations.flatMap((station) => {
      const ids = summedOn(station, content);
      const load = sumOf(ids, rates);
      if (load === undefined) return [];
      const speeds = ids.map((id) => speedOf.get(id) ?? 0);
      const bits = speeds.includes(0) ? 0 : speeds.reduce((sum, speed) => sum + speed, 0);
      return [[station.id, bits === 0 ? load : { ...load, most: bits / 8 }] as const];
    }),
  );
}

/** The fullest that a line can be: the fastest link that storage goes over, in bytes per second. */
export function fullLine({ adapters }: Pick<HostModel, 'adapters'>, used: ReadonlySet<string>): number {
  return (
    Math.max(
      0,
      ...adapters.map(({ id, speedBitsPerSecond }) => (used.has(id) ? (speedBitsPerSecond ?? 0) : 0)),
    ) / 8
  );
}

const thinnest = 2;
const widest = 8;

/** CSS pixels. By the root, so that a tenth of a link can be told from nothing. */
export function lineWidth(load: Load, full: number): number {
  const rate = Math.max(load.in, load.out);
  const part = full > 0 ? Math.min(1, rate / full) : rate > 0 ? 0.25 : 0;
  return thinnest + (widest - thinnest) * Math.sqrt(part);
}

/** Next to nothing moves: no direction is worth showing. */
const still = 1000;

export function flowOf(load: Load): 'in' | 'out' | undefined {
  if (Math.max(load.in, load.out) < still) return undefined;
  return load.in >= load.out ? 'in' : 'out';
}

/** The fuller direction, 0 to 1 and a little above where counters count more than the link's payload. */
function useOf({ in: received, out, most }: Load): number | undefined {
  return most === undefined ? undefined : Math.max(received, out) / most;
}

function percentText(part: number): string {
  return `${part > 0 && part < 0.005 ? '<1' : Math.round(part * 100)} %`;
}

function percentOf(load: Load): string | undefined {
  const part = useOf(load);
  return part === undefined ? undefined : percentText(part);
}

/** Columns for the newest rates. What is not counted is unknown, not nothing. */
export function rateColumns<Row extends { readonly id: string }>(
  loads: ReadonlyMap<string, Load>,
): readonly Column<Row>[] {
  return [
    { id: 'in', title: 'In', value: ({ id }) => loads.get(id)?.in, format: formatBytesPerSecond, room: 11 },
    {
      id: 'out',
      title: 'Out',
      value: ({ id }) => loads.get(id)?.out,
      format: formatBytesPerSecond,
      room: 11,
    },
    {
      id: 'use',
      title: 'Of its link',
      value: ({ id }) => {
        const load = loads.get(id);
        return load && useOf(load);
      },
      format: percentText,
    },
  ];
}

/** Stands for any {@link loadText}: the map is laid out for it once, and figures change in place. */
export function roomForLoad(hasLink: boolean): string {
  return hasLink ? '000 MB/s 00 %' : '000 MB/s';
}

/** Between the two figures of {@link loadText}, where a line may break. */
export const between = ' · ';

/** The larger direction, and how full its link is. */
export function loadText(load: Load): string {
  return [formatBytesPerSecond(Math.max(load.in, load.out)), percentOf(load)]
    .filter((part) => part !== undefined)
    .join(between);
}

/** Both directions, for the tooltip. */
export function loadWords(load: Load): string {
  const percent = percentOf(load);
  const both = `${formatBytesPerSecond(load.in)} in, ${formatBytesPerSecond(load.out)} out`;
  return percent === undefined ? both : `${both}, ${percent} of its link`;
}
