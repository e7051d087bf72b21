/** What a step takes from the ways to storage while it runs, worked out from the path graph, and what it leaves behind. */
import { entityOf } from '#shared/entity.ts';
import { entitiesText } from '#shared/entity-text.ts';
import type { BlastRadius } from '#shared/fix-plan.ts';
import type { Entity, HostModel } from '#shared/host/host-model.ts';
import type { Snapshot } from '#shared/host/snapshot.ts';
import type { Route } from '#shared/path-graph.ts';
import { counted } from '#shared/units.ts';
import type { Change } from '#shared/what-if.ts';
import { buildGraph } from '../path-graph/build-graph.ts';
import { buildModel } from '../path-graph/build-model.ts';
import { ipKey } from '../path-graph/ip.ts';
import { holdsStorage } from '../path-graph/walks.ts';
import { applyChanges } from '../what-if/apply-changes.ts';
import type { FixFacts, Step } from './define-fix.ts';

export function factsOf(snapshot: Snapshot): FixFacts {
  const model = buildModel(snapshot);
  return { snapshot, model, graph: buildGraph(model, snapshot) };
}

/** The host when the changes are made; the same facts where there are none. */
export function factsAfter(facts: FixFacts, changes: readonly Change[]): FixFacts {
  if (changes.length === 0) return facts;
  const { snapshot } = applyChanges(facts.snapshot, changes);
  return snapshot === facts.snapshot ? facts : factsOf(snapshot);
}

function carrying({ graph }: FixFacts): readonly Route[] {
  return graph.routes.filter(({ isStandby }) => !isStandby);
}

const kindOfRoute = { iscsi: 'session', smb: 'channel', disk: 'path' } as const;

function entityOfRoute({ id, kind, name }: Route): Entity {
  return { id, kind: kindOfRoute[kind], name };
}

/** Everything that routes lead to, by id. */
function destinations({ targets, smbServers, disks }: HostModel): ReadonlyMap<string, Entity> {
  return new Map([...targets, ...smbServers, ...disks].map((one) => [one.id, entityOf(one)]));
}

function disksWithPaths({ model }: FixFacts): readonly Entity[] {
  const connected = new Set(
    model.sessions.filter(({ isConnected }) => isConnected !== false).map(({ id }) => id),
  );
  return model.disks.filter(({ sessionIds, mpio }) => {
    if (mpio !== undefined && mpio.paths.length > 0) {
      return mpio.paths.some(({ state }) => state !== 'Failed' && state !== 'Unavailable');
    }
    // A disk that nothing joins to sessions and paths is not reached over the network, or cannot be judged by it.
    return sessionIds === undefined || sessionIds.length === 0 || sessionIds.some((id) => connected.has(id));
  });
}

function sharesWithPaths(facts: FixFacts): readonly Entity[] {
  const reached = new Set(carrying(facts).map(({ targetId }) => targetId));
  return facts.model.smbServers
    .filter((server) => holdsStorage(server) && reached.has(server.id))
    .flatMap(({ shares }) => shares.filter(({ isStorage, openFiles }) => isStorage || (openFiles ?? 0) > 0))
    .map(entityOf);
}

function missing(before: readonly Entity[], after: readonly Entity[]): readonly Entity[] {
  const left = new Set(after.map(({ id }) => id));
  return before.filter(({ id }) => !left.has(id)).map(entityOf);
}

/** Whether one of the addresses is held by the host and reachable. */
export function holdsAddress({ model }: FixFacts, addresses: readonly string[]): boolean {
  const wanted = new Set(addresses.map(ipKey));
  const interfaces = [...model.adapters, ...model.vnics, ...model.teamNics];
  return model.addresses.some(({ ipAddress, interfaceId }) => {
    if (!wanted.has(ipKey(ipAddress))) return false;
    const holder = interfaces.find(({ id }) => id === interfaceId);
    return holder === undefined || holder.isUp;
  });
}

/**
 * `facts`: the host as the step meets it. `operator`: local addresses of the connections the person works over. What
 * stays gone after the step counts too, so that no step hides its harm in what it leaves.
 */
export function blastRadiusOf(
  facts: FixFacts,
  step: Pick<Step, 'takesDown' | 'leaves'>,
  operator: readonly string[],
): BlastRadius {
  const gone = [
    ...(step.takesDown ?? []).map((id): Change => ({ change: 'fail', id })),
    ...(step.leaves ?? []).filter(({ change }) => change === 'fail'),
  ];
  const during = factsAfter(facts, gone);
  const routesBefore = carrying(facts);
  const left = new Set(carrying(during).map(({ id }) => id));
  const lost = routesBefore.filter(({ id }) => !left.has(id));
  const named = destinations(facts.model);
  const targets = [...Map.groupBy(lost, ({ targetId }) => targetId)].map(([id, routes]) => {
    const all = routesBefore.filter(({ targetId }) => targetId === id);
    return {
      target: named.get(id) ?? { id, kind: 'target' as const, name: id },
      losesPaths: routes.map(entityOfRoute),
      remaining: all.length - routes.length,
      of: all.length,
    };
  });
  const lostDisks = missing(disksWithPaths(facts), disksWithPaths(during));
  const lostShares = missing(sharesWithPaths(facts), sharesWithPaths(during));
  const touchesManagement =
    operator.length > 0 && holdsAddress(facts, operator) && !holdsAddress(during, operator);
  const radius = {
    targets,
    lostDisks,
    lostShares,
    dark: [
      ...new Set([...gone.flatMap((one) => ('id' in one ? [one.id] : [])), ...lost.map(({ id }) => id)]),
    ],
    touchesManagement,
  };
  return { ...radius, text: textOf(radius) };
}

function textOf(radius: Omit<BlastRadius, 'text'>): string {
  const parts = radius.targets.map(
    ({ target, losesPaths, remaining, of }) =>
      `${target.name} loses ${losesPaths.length} of ${counted(of, 'path')} meanwhile; ${remaining === 0 ? 'none remains' : `${remaining} ${remaining === 1 ? 'remains' : 'remain'}`}`,
  );
  const harmed = [...radius.lostDisks, ...radius.lostShares];
  if (harmed.length > 0) parts.push(`no working path is left to ${entitiesText(harmed, 4)}`);
  if (radius.touchesManagement) parts.push('the connection you work over stands still');
  if (parts.length === 0) return 'No path to storage is touched.';
  const text = parts.join('; ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
