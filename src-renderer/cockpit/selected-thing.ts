/** All that is known of one thing: its facts, the routes through it, its targets, its findings. */
import type { ObservationName } from '#shared/capture.ts';
import type { Check, Finding } from '#shared/finding.ts';
import type { Route, TargetCeilings } from '#shared/path-graph.ts';
import type { HostTable, TableRow } from '#shared/host-tables.ts';
import { shortName } from '#shared/short-name.ts';
import { cellText } from '#shared/table-cells.ts';

interface ThingFact {
  readonly label: string;
  readonly text: string;
  readonly isMissing: boolean;
}

interface ThingPart {
  readonly title: string;
  readonly facts: readonly ThingFact[];
}

export interface Thing {
  readonly id: string;
  readonly name: string;
  /** "Network adapter", as the table calls its rows. */
  readonly kind: string;
  readonly facts: readonly ThingFact[];
  /** What it consists of: the connections of a session, the places of an adapter in teams, the paths of a disk. */
  readonly parts: readonly ThingPart[];
  /** Routes that certainly run through it, and those that a team may send there. */
  readonly routes: readonly Route[];
  readonly possibleRoutes: readonly Route[];
  readonly targets: readonly TargetCeilings[];
  readonly findings: readonly Finding[];
  /** What the host itself said of it, and a word that its item holds. */
  readonly sources: readonly { readonly observation: ObservationName; readonly item: string }[];
}

const kinds: Readonly<Record<string, string>> = {
  adapters: 'Network adapter',
  teams: 'Team',
  'team-nics': 'Team NIC',
  vswitches: 'Virtual switch',
  vnics: 'Virtual adapter of the host',
  addresses: 'IP address',
  targets: 'iSCSI target',
  sessions: 'iSCSI session',
  portals: 'iSCSI portal',
  disks: 'Disk',
  servers: 'SMB server',
  channels: 'SMB interface pair',
  shares: 'SMB share',
};

/** Undefined: nothing of that id is on the host any more. */
export function selectedThing(
  check: Pick<Check, 'graph' | 'targets' | 'findings'>,
  tables: readonly HostTable[],
  id: string,
): Thing | undefined {
  const rows = tables.flatMap((table) =>
    table.rows.filter(({ entityId }) => entityId === id).map((row) => ({ table, row })),
  );
  const own = rows.find(({ table }) => table.isOfThings);
  const hop = check.graph.hops.find((candidate) => candidate.id === id);
  const route = check.graph.routes.find((candidate) => candidate.id === id);
  const subject = check.findings.flatMap(({ subjects }) => subjects).find((candidate) => candidate.id === id);
  const known = hop ?? route ?? subject ?? check.targets.find((target) => target.id === id);
  if (own === undefined && known === undefined) return undefined;
  const first = own?.table.columns[0];
  const through = check.graph.routes.filter((candidate) => runsThrough(candidate, id));
  const isSure = (candidate: Route): boolean =>
    !candidate.egress.adapterIds.includes(id) ||
    candidate.egress.adapterIds.length === 1 ||
    candidate.egress.nowAdapterId === id;
  const mayRun = through.filter(
    (candidate) => !isSure(candidate) && candidate.egress.nowAdapterId === undefined,
  );
  const routes = through.filter(isSure);
  const targetIds = new Set([id, ...[...routes, ...mayRun].map(({ targetId }) => targetId)]);
  return {
    id,
    name: known?.name ?? (own && first ? cellText(first, own.row) : id),
    kind:
      own === undefined ? (subject?.kind ?? hop?.kind ?? 'route') : (kinds[own.table.id] ?? own.table.title),
    facts: own === undefined ? [] : factsOf(own.table, own.row),
    parts: rows
      .filter(({ table }) => !table.isOfThings)
      .map(({ table, row }) => ({ title: table.title, facts: factsOf(table, row) })),
    routes,
    possibleRoutes: mayRun,
    targets: check.targets.filter((target) => targetIds.has(target.id)),
    findings: check.findings.filter(({ subjects }) => subjects.some((one) => one.id === id)),
    sources: sourcesOf(rows),
  };
}

function runsThrough({ id, targetId, hopIds, egress }: Route, thing: string): boolean {
  return id === thing || targetId === thing || hopIds.includes(thing) || egress.adapterIds.includes(thing);
}

function factsOf(table: HostTable, row: TableRow): ThingFact[] {
  return table.columns.map((column, index) => {
    const value = row.cells[index];
    return {
      label: column.title,
      text: cellText(column, row),
      isMissing: value === undefined || value === null,
    };
  });
}

function sourcesOf(rows: readonly { readonly table: HostTable; readonly row: TableRow }[]): Thing['sources'] {
  const words = new Map<ObservationName, string>();
  for (const { table, row } of rows) {
    for (const name of table.observations) if (!words.has(name)) words.set(name, row.rawWord);
  }
  return [...words].map(([observation, item]) => ({ observation, item }));
}

/** A route in a line: where it comes from and where it leads, as the map names it. */
export function routeText(route: Route, check: Pick<Check, 'targets'>): string {
  const kind = route.kind === 'iscsi' ? 'session' : route.kind === 'smb' ? 'channel' : 'path';
  const target = check.targets.find(({ id }) => id === route.targetId);
  const to =
    target === undefined ? '' : ` to ${shortName({ kind: 'target', id: target.id, name: target.name })}`;
  return `${shortName({ kind, id: route.id, name: route.name })}${to}${route.isStandby ? ', waiting' : ''}`;
}
