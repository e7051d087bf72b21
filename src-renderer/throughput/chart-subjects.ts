/** Whose series the chart shows: what is selected, or the adapters that storage goes over. */
import type { Check } from '#shared/finding.ts';
import type { Entity } from '#shared/host/host-model.ts';
import { shortName } from '#shared/short-name.ts';

export interface Shown {
  readonly title: string;
  /** Series of these are asked for. */
  readonly subjectIds: readonly string[];
  /** The target that is selected, or that all selected routes lead to: its ceilings count. */
  readonly targetId?: string;
}

export type ChartFacts = Pick<Check, 'graph' | 'model' | 'targets'>;

/** Physical adapters that any route to storage leaves or may leave by; all that have a cable where there is no route. */
export function storageAdapters({ graph, model }: ChartFacts): Shown {
  const used = new Set(graph.routes.flatMap(({ egress }) => egress.adapterIds));
  const adapters = model.adapters.filter(({ role }) => role === 'physical' || role === 'guest');
  const storage = adapters.filter(({ id }) => used.has(id));
  return storage.length > 0
    ? { title: 'Storage adapters', subjectIds: storage.map(({ id }) => id) }
    : { title: 'Network adapters', subjectIds: adapters.map(({ id }) => id) };
}

function membersOf({ model }: ChartFacts, teamId: string): readonly string[] {
  const team = model.teams.find(({ id }) => id === teamId);
  return (team?.members ?? []).flatMap(({ adapterId }) => adapterId ?? []);
}

/** Things that are counted, behind one that is selected. A thing that is counted itself stands for itself. */
function countedBehind(facts: ChartFacts, id: string): readonly string[] {
  const { model, graph, targets } = facts;
  const target = targets.find((one) => one.id === id);
  if (target !== undefined) return target.routeIds;
  const team = membersOf(facts, id);
  if (team.length > 0) return team;
  const vswitch = model.vswitches.find((one) => one.id === id);
  if (vswitch?.uplink !== undefined) {
    const { uplink } = vswitch;
    return 'adapterId' in uplink ? [uplink.adapterId] : membersOf(facts, uplink.teamId);
  }
  const address = model.addresses.find((one) => one.id === id);
  if (address?.interfaceId !== undefined) return [address.interfaceId];
  const portal = model.targetPortals.find((one) => one.id === id);
  if (portal !== undefined) {
    return graph.routes.filter(({ hopIds }) => hopIds.includes(id)).map((route) => route.id);
  }
  return [id];
}

const kindOfRoute = { iscsi: 'session', smb: 'channel', disk: 'path' } as const;

function entityOf({ graph, targets }: ChartFacts, id: string): Entity | undefined {
  const target = targets.find((one) => one.id === id);
  if (target !== undefined) {
    return { id, kind: target.kind === 'disk' ? 'disk' : 'target', name: target.name };
  }
  const route = graph.routes.find((one) => one.id === id);
  if (route !== undefined) return { id, kind: kindOfRoute[route.kind], name: route.name };
  return graph.hops.find((one) => one.id === id);
}

/** Undefined where nothing is selected. */
export function selectedSubjects(given: ChartFacts, ids: ReadonlySet<string>): Shown | undefined {
  if (ids.size === 0) return undefined;
  const selected = [...ids];
  const names = selected.flatMap((id) => {
    const entity = entityOf(given, id);
    return entity === undefined ? [] : [shortName(entity)];
  });
  const [first, ...others] = names;
  const isTarget = given.targets.some(({ id }) => id === selected[0]);
  const title =
    first === undefined
      ? 'What is selected'
      : others.length > 0
        ? `${first} and ${others.length} more`
        : isTarget
          ? `Routes to ${first}`
          : first;
  const targetIds = new Set(
    selected.map(
      (id) => given.targets.find((target) => target.id === id || target.routeIds.includes(id))?.id,
    ),
  );
  const [targetId] = targetIds;
  return {
    title,
    subjectIds: [...new Set(selected.flatMap((id) => countedBehind(given, id)))],
    ...(targetIds.size === 1 && targetId !== undefined ? { targetId } : {}),
  };
}
