/** Everything of a host that can be taken away, by id. */
import { failableKinds, type FailableKind } from '#shared/what-if.ts';
import type { Entity, HostModel } from '#shared/host/host-model.ts';
import { legOfChannel } from '../path-graph/legs.ts';
import { multipathTargets } from '../path-graph/targets.ts';
import { interfacesOf } from '../path-graph/walks.ts';

export interface Thing extends Entity {
  readonly kind: FailableKind;
}

function isFailable(entity: Entity): entity is Thing {
  return (failableKinds as readonly string[]).includes(entity.kind);
}

/** In the order of the model; each id once. */
export function failableThings(model: HostModel): ReadonlyMap<string, Thing> {
  const channels = model.smbServers.flatMap((server) => server.channels);
  const all: readonly Entity[] = [
    ...interfacesOf(model),
    ...model.teams,
    ...model.vswitches,
    ...model.addresses,
    ...model.sessions,
    ...model.sessions.flatMap((session) => session.connections),
    ...model.targetPortals,
    ...channels.flatMap((channel) => legOfChannel(model, channel).portal ?? []),
    ...model.targets,
    ...model.smbServers,
    ...channels,
    ...multipathTargets(model).flatMap((disk) =>
      (disk.mpio?.paths ?? []).map(({ pathId }): Entity => ({
        kind: 'path',
        id: `path:${disk.id}/${pathId.toLowerCase()}`,
        name: pathId,
      })),
    ),
  ];
  return new Map(
    all.filter(isFailable).map((thing) => [thing.id, { id: thing.id, kind: thing.kind, name: thing.name }]),
  );
}
