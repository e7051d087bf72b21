/** What one look told of the host whose traffic is judged. */
import type { HostModel } from '#shared/host/host-model.ts';
import type { Snapshot } from '#shared/host/snapshot.ts';
import type { PathGraph, TargetCeilings } from '#shared/path-graph.ts';
import type { TrafficRole } from '#shared/traffic-role.ts';

export interface TrafficHost {
  readonly model: HostModel;
  readonly graph: PathGraph;
  readonly targets: readonly TargetCeilings[];
  readonly snapshot: Snapshot;
  /** All that an interface is there for. */
  readonly rolesOf: (interfaceId: string) => readonly TrafficRole[];
  /** Of what a link carries to a target, the part that counters of data count; null where it is not known. */
  readonly payloadShareOf: (targetId: string) => number | null;
}
