/** A multipath disk that no network adapter leads to: its paths are known, their speed is not. */
import type { Disk, Entity } from '#shared/host/host-model.ts';
import type { TargetCeilings } from '#shared/path-graph.ts';
import type { Facts } from './ceiling-facts.ts';
import { openFigures } from './plan-figures.ts';
import { inAll } from './shared-behind.ts';

export function ceilingsOfDisk(disk: Disk, facts: Facts): TargetCeilings {
  const paths = (disk.mpio?.paths ?? []).filter(
    ({ state }) => state === undefined || state.startsWith('Active'),
  );
  const bus = disk.busType ?? 'a bus that is not known';
  return {
    kind: 'disk',
    id: disk.id,
    name: disk.name,
    aliases: [],
    diskNumbers: [disk.number],
    shares: [],
    routeIds: facts.routeIdsByTarget.get(disk.id) ?? [],
    ...openFigures(
      `The disk is reached over ${bus} and not over a network adapter: the speed of its links is not known.`,
    ),
    parts: [],
    limitedBy: [],
    singlePointsOfFailure: inAll(
      paths.map(({ pathId }): readonly Entity[] => [
        { kind: 'path', id: `path:${disk.id}/${pathId.toLowerCase()}`, name: pathId },
      ]),
    ),
    sharedBehind: [],
    assumptions: [],
  };
}
