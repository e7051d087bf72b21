/**
 * What the path map shows, before anything has a place: columns, stations, lines.
 *
 * A line is a route, or a bundle of routes where there are too many to follow. A station is a hop, or several hops of
 * one column that a bundle cannot tell apart. See docs/architecture.md for where the map stands.
 */
import type { Check } from '#shared/finding.ts';
import type { Entity, EntityKind } from '#shared/host/host-model.ts';
import type { Link, Route } from '#shared/path-graph.ts';
import { shortName } from '#shared/short-name.ts';

/** Columns from the host's end to the storage's. A host shows those it has. */
export const columnNames = [
  'storage',
  'session',
  'address',
  'endpoint',
  'vswitch',
  'team',
  'adapter',
  'network',
  'portal',
  'target',
] as const;
export type ColumnName = (typeof columnNames)[number];

export interface ContentStation {
  readonly id: string;
  readonly column: ColumnName;
  readonly kind: EntityKind;
  /** The hops that it stands for; one, unless a bundle gathers several. */
  readonly hops: readonly Entity[];
  readonly name: string;
  readonly isUp: boolean | undefined;
  /** The bundle that it stands for, where it gathers adapters that no route uses. */
  readonly bundleId?: string;
}

export interface ContentLine {
  readonly id: string;
  readonly name: string;
  readonly routeIds: readonly string[];
  readonly targetId: string;
  /** It carries nothing now. */
  readonly isStandby: boolean;
  /** Why part of its way is not known, one sentence for each cause. */
  readonly unknownBecause: readonly string[];
  /** Stations left of the network that it certainly runs through, by column. */
  readonly stops: ReadonlyMap<ColumnName, string>;
}

/** A track that no line certainly takes: a member that a team may choose, or one that nothing uses. */
export interface ContentTrack {
  readonly from: string | undefined;
  readonly to: string;
  readonly kind: 'possible' | 'idle';
  /** Lines that may take it. */
  readonly lineIds: readonly string[];
}

export interface MapContent {
  readonly columns: readonly ColumnName[];
  readonly stations: readonly ContentStation[];
  readonly lines: readonly ContentLine[];
  readonly tracks: readonly ContentTrack[];
  /** Bundles that can be opened, with the number of the routes or idle adapters in each. */
  readonly bundles: ReadonlyMap<string, number>;
}

/** Above this many routes the map gathers them into bundles: more lines than this cannot be told apart. */
export const mostSingleLines = 12;
/** Of a host that large, more idle adapters than this stand in one station. */
const mostSingleIdle = 4;
const idleBundle = 'bundle:idle';

const columnOfKind: Readonly<Partial<Record<EntityKind, ColumnName>>> = {
  disk: 'storage',
  share: 'storage',
  session: 'session',
  channel: 'session',
  path: 'session',
  address: 'address',
  vnic: 'endpoint',
  'team-nic': 'endpoint',
  vswitch: 'vswitch',
  team: 'team',
  adapter: 'adapter',
  'target-portal': 'portal',
  target: 'target',
};

const pluralOf: Readonly<Record<ColumnName, string>> = {
  storage: 'disks',
  session: 'sessions',
  address: 'addresses',
  endpoint: 'vNICs',
  vswitch: 'vSwitches',
  team: 'teams',
  adapter: 'NICs',
  network: 'networks',
  portal: 'portals',
  target: 'targets',
};

/** Stops of one route by column; several hops where it leads to several disks or shares. */
type RouteStops = ReadonlyMap<ColumnName, readonly Entity[]>;

function stopsOf(
  route: Route,
  hopsById: ReadonlyMap<string, Entity>,
  storageOf: ReadonlyMap<string, readonly string[]>,
): RouteStops {
  const stops = new Map<ColumnName, Entity[]>();
  const storage = (storageOf.get(route.id) ?? []).filter((id) => !route.hopIds.includes(id));
  for (const id of [...storage, ...route.hopIds]) {
    const hop = hopsById.get(id);
    const column = hop === undefined ? undefined : columnOfKind[hop.kind];
    if (hop === undefined || column === undefined) continue;
    // The team NIC under a vSwitch is the team's own door: the team stands for it.
    if (hop.kind === 'team-nic' && stops.has('vswitch')) continue;
    const there = stops.get(column);
    if (there === undefined) stops.set(column, [hop]);
    else there.push(hop);
  }
  const now =
    route.egress.nowAdapterId ??
    (route.egress.adapterIds.length === 1 ? route.egress.adapterIds[0] : undefined);
  const adapter = now === undefined ? undefined : hopsById.get(now);
  if (adapter !== undefined) stops.set('adapter', [adapter]);
  return stops;
}

/** Disks and shares that a route leads to: a route names the one, the links name all. */
function storageByRoute(
  links: readonly Link[],
  hopsById: ReadonlyMap<string, Entity>,
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { from, to } of links) {
    if (columnOfKind[hopsById.get(from)?.kind ?? 'host'] !== 'storage') continue;
    const there = found.get(to);
    if (there === undefined) found.set(to, [from]);
    else there.push(from);
  }
  return found;
}

/** Coarser and coarser ways to gather routes; the first that leaves few enough lines is taken. */
const bundleKeys: readonly ((route: Route, stops: RouteStops) => string)[] = [
  (route, stops) =>
    [route.kind, route.targetId, keyOf(stops, 'endpoint'), egressKey(route), String(route.isStandby)].join(
      '\n',
    ),
  (route) => [route.kind, route.targetId, egressKey(route), String(route.isStandby)].join('\n'),
  (route) => [route.kind, egressKey(route), String(route.isStandby)].join('\n'),
  (route) => [route.kind, route.egress.teamId ?? egressKey(route), String(route.isStandby)].join('\n'),
];

function keyOf(stops: RouteStops, column: ColumnName): string {
  return (stops.get(column) ?? []).map(({ id }) => id).join('\t');
}

function egressKey({ egress }: Route): string {
  return egress.nowAdapterId ?? [...egress.adapterIds].sort().join('\t');
}

interface Gathered {
  readonly id: string;
  readonly routes: readonly Route[];
}

function gather(
  routes: readonly Route[],
  stops: ReadonlyMap<string, RouteStops>,
  opened: ReadonlySet<string>,
): readonly Gathered[] {
  const single = routes.map((route) => ({ id: route.id, routes: [route] }));
  if (routes.length <= mostSingleLines) return single;
  let bundles: readonly Gathered[] = single;
  for (const keyFor of bundleKeys) {
    const groups = new Map<string, Route[]>();
    for (const route of routes) {
      const key = keyFor(route, stops.get(route.id) ?? new Map<ColumnName, Entity[]>());
      const there = groups.get(key);
      if (there === undefined) groups.set(key, [route]);
      else there.push(route);
    }
    bundles = [...groups.values()].map((group) => ({
      // Named by its first route: opening it and closing it again leaves the others where they were.
      id: group.length === 1 ? (group[0] as Route).id : `bundle:${(group[0] as Route).id}`,
      routes: group,
    }));
    if (bundles.length <= mostSingleLines) break;
  }
  return bundles.flatMap((bundle) =>
    opened.has(bundle.id) ? bundle.routes.map((route) => ({ id: route.id, routes: [route] })) : [bundle],
  );
}

/** Hops of one column that some line cannot tell apart stand in one station: the classes of that relation. */
class Classes {
  readonly #parent = new Map<string, string>();

  find(id: string): string {
    let root = id;
    for (let next = this.#parent.get(root); next !== undefined; next = this.#parent.get(root)) root = next;
    return root;
  }

  join(a: string, b: string): void {
    const [rootA, rootB] = [this.find(a), this.find(b)];
    if (rootA !== rootB) this.#parent.set(rootA < rootB ? rootB : rootA, rootA < rootB ? rootA : rootB);
  }
}

function stationName(column: ColumnName, hops: readonly Entity[]): string {
  const [first] = hops;
  if (first === undefined) return '';
  if (hops.length === 1) return shortName(first);
  const noun = column === 'storage' && first.kind === 'share' ? 'shares' : pluralOf[column];
  return `${hops.length} ${noun}`;
}

/** The content of the map for one check. `opened` holds the bundles that the person has opened. */
export function mapContent(
  check: Pick<Check, 'graph' | 'model'>,
  opened: ReadonlySet<string> = new Set(),
): MapContent {
  const { graph } = check;
  const hopsById = new Map<string, Entity & { isUp?: boolean }>(graph.hops.map((hop) => [hop.id, hop]));
  const storageOf = storageByRoute(graph.links, hopsById);
  const stopsByRoute = new Map(graph.routes.map((route) => [route.id, stopsOf(route, hopsById, storageOf)]));
  const gathered = gather(graph.routes, stopsByRoute, opened);

  const classes = new Classes();
  const seen = new Map<string, { column: ColumnName; hop: Entity }>();
  for (const { routes } of gathered) {
    const byColumn = new Map<ColumnName, string>();
    for (const route of routes) {
      for (const [column, hops] of stopsByRoute.get(route.id) ?? []) {
        for (const hop of hops) {
          seen.set(hop.id, { column, hop });
          const first = byColumn.get(column);
          if (first === undefined) byColumn.set(column, hop.id);
          else classes.join(first, hop.id);
        }
      }
    }
  }

  const members = new Map<string, { column: ColumnName; hops: Entity[] }>();
  for (const [id, { column, hop }] of seen) {
    const root = classes.find(id);
    const there = members.get(root);
    if (there === undefined) members.set(root, { column, hops: [hop] });
    else there.hops.push(hop);
  }
  const stations: ContentStation[] = [...members].map(([id, { column, hops }]) => ({
    id,
    column,
    kind: (hops[0] as Entity).kind,
    hops,
    name: stationName(column, hops),
    isUp: upOf(hops.map((hop) => hopsById.get(hop.id)?.isUp)),
  }));

  const lines: ContentLine[] = gathered.map(({ id, routes }) => {
    const first = routes[0] as Route;
    const stops = new Map<ColumnName, string>();
    for (const route of routes) {
      for (const [column, hops] of stopsByRoute.get(route.id) ?? []) {
        if (hops[0] !== undefined) stops.set(column, classes.find(hops[0].id));
      }
    }
    return {
      id,
      name:
        routes.length === 1
          ? first.name
          : `${routes.length} ${first.kind === 'smb' ? 'channels' : first.kind === 'iscsi' ? 'sessions' : 'paths'}`,
      routeIds: routes.map((route) => route.id),
      targetId: first.targetId,
      isStandby: routes.every((route) => route.isStandby),
      unknownBecause: [...new Set(routes.flatMap(({ unknownBecause }) => unknownBecause ?? []))],
      stops,
    };
  });

  const present = new Set(stations.map(({ id }) => id));
  const tracks: ContentTrack[] = [];
  const addStation = (id: string): void => {
    const hop = hopsById.get(id);
    if (present.has(id) || seen.has(id) || hop === undefined) return;
    present.add(id);
    stations.push({ id, column: 'adapter', kind: hop.kind, hops: [hop], name: hop.name, isUp: hop.isUp });
  };
  const routesById = new Map(graph.routes.map((route) => [route.id, route]));
  const mayTake = new Map<string, { from: string; lineIds: string[] }>();
  for (const line of lines) {
    for (const routeId of line.routeIds) {
      const route = routesById.get(routeId);
      const team = route?.egress.teamId;
      if (route === undefined || team === undefined) continue;
      for (const adapterId of route.egress.adapterIds) {
        if (line.stops.get('adapter') === classes.find(adapterId)) continue;
        const key = `${classes.find(team)}\n${adapterId}`;
        const there = mayTake.get(key);
        if (there === undefined) mayTake.set(key, { from: classes.find(team), lineIds: [line.id] });
        else if (!there.lineIds.includes(line.id)) there.lineIds.push(line.id);
      }
    }
  }
  for (const [key, { from, lineIds }] of mayTake) {
    const to = key.slice(key.indexOf('\n') + 1);
    addStation(to);
    tracks.push({ from, to: classes.find(to), kind: 'possible', lineIds });
  }
  for (const link of graph.links) {
    if (link.certainty !== 'idle') continue;
    const [from, to] = [hopsById.get(link.from), hopsById.get(link.to)];
    if (to?.kind !== 'adapter' || seen.has(to.id)) continue;
    addStation(to.id);
    const teamStation = from === undefined ? undefined : classes.find(from.id);
    tracks.push({
      from: teamStation !== undefined && present.has(teamStation) ? teamStation : undefined,
      to: to.id,
      kind: 'idle',
      lineIds: [],
    });
  }
  for (const hop of graph.hops) {
    if (hop.kind !== 'adapter' || present.has(classes.find(hop.id))) continue;
    addStation(hop.id);
    tracks.push({ from: undefined, to: hop.id, kind: 'idle', lineIds: [] });
  }
  const isCrowded = graph.routes.length > mostSingleLines && !opened.has(idleBundle);
  const idle = isCrowded ? gatherIdle(stations, tracks) : undefined;
  const shown = idle ?? { stations, tracks };

  const used = new Set<ColumnName>(shown.stations.map(({ column }) => column));
  if (used.has('adapter')) used.add('network');
  return {
    columns: columnNames.filter((column) => used.has(column)),
    ...shown,
    lines,
    bundles: new Map([
      ...gathered.flatMap(({ id, routes }) => (routes.length > 1 ? [[id, routes.length] as const] : [])),
      ...shown.stations.flatMap(({ bundleId, hops }) =>
        bundleId === undefined ? [] : [[bundleId, hops.length] as const],
      ),
    ]),
  };
}

/** Adapters beside every track in one station; undefined where they are few. */
function gatherIdle(
  stations: readonly ContentStation[],
  tracks: readonly ContentTrack[],
): Pick<MapContent, 'stations' | 'tracks'> | undefined {
  const alone = new Set(tracks.flatMap(({ from, to }) => (from === undefined ? [to] : [])));
  if (alone.size <= mostSingleIdle) return undefined;
  const idle = stations.filter(({ id }) => alone.has(id));
  const hops = idle.flatMap((station) => station.hops);
  const id = hops.map((hop) => hop.id).sort()[0] ?? idleBundle;
  return {
    stations: [
      ...stations.filter((station) => !alone.has(station.id)),
      {
        id,
        column: 'adapter',
        kind: 'adapter',
        hops,
        name: `${hops.length} idle NICs`,
        isUp: upOf(idle.map(({ isUp }) => isUp)),
        bundleId: idleBundle,
      },
    ],
    tracks: [
      ...tracks.filter(({ to }) => !alone.has(to)),
      { from: undefined, to: id, kind: 'idle', lineIds: [] },
    ],
  };
}

/** Up only where all are known to be up; down where any is. */
function upOf(states: readonly (boolean | undefined)[]): boolean | undefined {
  if (states.includes(false)) return false;
  return states.every((state) => state === true) ? true : undefined;
}
