/** The map as two tables: its routes with every hop, and its stations. */
import type { Check } from '#shared/finding.ts';
import { shortName } from '#shared/short-name.ts';
import type { Column } from '#shared/table-cells.ts';
import { columnTitle } from './column-titles.ts';
import { mapContent, type ColumnName, type ContentLine, type MapContent } from './map-content.ts';
import { limitsOf, pointsOfFailure } from './map-marks.ts';
import { kindWord, stationDetail } from './station-detail.ts';
import { stationStandings } from './station-state.ts';

export interface RouteRow {
  readonly id: string;
  readonly name: string;
  /** Names of the hops by column; several where it may take any of them. */
  readonly stops: ReadonlyMap<ColumnName, readonly string[]>;
  readonly state: string;
  /** Other routes through the same adapter. */
  readonly sharedWith: readonly string[];
}

export interface StationRow {
  readonly id: string;
  /** Of the hops that it stands for. */
  readonly ids: readonly string[];
  readonly name: string;
  readonly kind: string;
  readonly state: string;
  readonly routes: number;
  readonly marks: readonly string[];
}

interface TableColumn {
  readonly name: ColumnName;
  readonly title: string;
}

export interface MapTables {
  /** What the rows are of, by the same ids. */
  readonly content: MapContent;
  readonly columns: readonly TableColumn[];
  readonly routes: readonly RouteRow[];
  readonly stations: readonly StationRow[];
}

function stateOf({ isStandby, unknownBecause }: ContentLine): string {
  if (unknownBecause.length > 0) return `way not known: ${unknownBecause.join(' ')}`;
  return isStandby ? 'carries nothing now' : 'in use';
}

export function possibleAdapters(content: MapContent, lineId: string): string[] {
  const names = new Map(content.stations.map(({ id, hops }) => [id, hops.map(({ name }) => name)]));
  return content.tracks
    .filter(({ kind, lineIds }) => kind === 'possible' && lineIds.includes(lineId))
    .flatMap(({ to }) => names.get(to) ?? []);
}

/** Everything that the map shows, gathered in no bundle. */
export function mapTables(check: Check, closed: ReadonlySet<string>): MapTables {
  const content = mapContent(check, new Set(mapContent(check).bundles.keys()));
  const standings = stationStandings(check, content, closed);
  const stations = new Map(content.stations.map((station) => [station.id, station]));
  const limits = limitsOf(content, check.targets);
  const points = pointsOfFailure(check.targets);
  const byAdapter = Map.groupBy(content.lines, ({ stops }) => stops.get('adapter'));
  const columns = content.columns.filter((name) => name !== 'network');
  const routes = content.lines.map((line): RouteRow => {
    const stops = new Map<ColumnName, readonly string[]>();
    for (const name of columns) {
      const stop = stations.get(line.stops.get(name) ?? '');
      if (stop !== undefined) stops.set(name, stop.hops.map(shortName));
    }
    const adapter = line.stops.get('adapter');
    if (adapter === undefined) {
      const possible = possibleAdapters(content, line.id);
      if (possible.length > 0) stops.set('adapter', [`one of ${possible.join(', ')}`]);
    }
    const sharing = adapter === undefined ? [] : (byAdapter.get(adapter) ?? []);
    return {
      id: line.id,
      name: line.name,
      stops,
      state: stateOf(line),
      sharedWith: sharing.flatMap(({ id, name }) => (id === line.id ? [] : [name])),
    };
  });
  return {
    content,
    columns: columns.map((name) => ({ name, title: columnTitle(content, name) })),
    routes,
    stations: content.stations.map((station): StationRow => {
      const standing = standings.get(station.id) ?? { state: 'normal', words: '' };
      const through = content.lines.filter(({ stops }) => stops.get(station.column) === station.id).length;
      const held = limits.find(({ stationIds }) => stationIds.has(station.id));
      return {
        id: station.id,
        ids: station.hops.map(({ id }) => id),
        name: station.hops.length === 1 ? (station.hops[0]?.name ?? '') : station.name,
        kind: kindWord(station),
        state: stationDetail(check, station, standing),
        routes: through,
        marks: [
          ...(held === undefined ? [] : [`holds back ${held.targets.join(', ')}`]),
          ...(station.hops.some(({ id }) => points.has(id)) ? ['single point of failure'] : []),
        ],
      };
    }),
  };
}

/** Columns of the table of routes, for a host that has these columns on its map. */
export function routeColumns(stops: MapTables['columns']): readonly Column<RouteRow>[] {
  return [
    { id: 'name', title: 'Route', value: ({ name }) => name },
    ...stops.map(({ name, title }): Column<RouteRow> => ({
      id: name,
      title,
      value: (row) => row.stops.get(name) ?? null,
    })),
    { id: 'state', title: 'State', value: ({ state }) => state },
    { id: 'shared', title: 'Shares its NIC with', value: ({ sharedWith }) => sharedWith },
  ];
}

export const stationColumns: readonly Column<StationRow>[] = [
  { id: 'name', title: 'Name', value: ({ name }) => name },
  { id: 'kind', title: 'Kind', value: ({ kind }) => kind },
  { id: 'state', title: 'State', value: ({ state }) => (state === '' ? null : state) },
  { id: 'routes', title: 'Routes through it', value: ({ routes }) => routes },
  { id: 'marks', title: 'Marks', value: ({ marks }) => marks },
];
