/**
 * What each target can get and what holds it back: the flow model of docs/ceilings.md, put together for every iSCSI
 * target, file server and multipath disk. Each target is judged as if there were no other traffic.
 */
import type { HostModel } from '#shared/host/host-model.ts';
import type { Snapshot } from '#shared/host/snapshot.ts';
import type { PathGraph, TargetCeilings, ToldFacts } from '#shared/path-graph.ts';
import { gatherFacts } from './ceiling-facts.ts';
import { ceilingsOfDisk } from './disk-ceilings.ts';
import { ceilingsOfTarget } from './iscsi-ceilings.ts';
import { ceilingsOfServer } from './smb-ceilings.ts';
import { connectedTargets, multipathTargets, pathServers } from './targets.ts';

/**
 * The figures of each iSCSI target (per IQN), file server (per joined name) and multipath disk that neither reaches.
 * In bit/s; null with the reason where no honest number exists. `told`: what the user knows about targets and no look
 * can show. Pure; what is not in the model is read from the snapshot.
 */
export function targetCeilings(
  model: HostModel,
  graph: PathGraph,
  snapshot: Snapshot,
  told: ToldFacts = { targets: [] },
): TargetCeilings[] {
  const facts = gatherFacts(model, graph, snapshot, told);
  return [
    ...connectedTargets(model).map((target) => ceilingsOfTarget(target, facts)),
    ...pathServers(model, snapshot).map((server) => ceilingsOfServer(server, facts)),
    ...multipathTargets(model).map((disk) => ceilingsOfDisk(disk, facts)),
  ];
}
