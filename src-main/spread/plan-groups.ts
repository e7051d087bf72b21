/** Every group of paths of a host that is meant to share traffic. */
import type { GroupPlan } from './plan.ts';
import { planDisks } from './plan-disks.ts';
import { planServers } from './plan-servers.ts';
import { planSessions } from './plan-sessions.ts';
import { planTeams } from './plan-teams.ts';
import type { TrafficHost } from './traffic-host.ts';

export function planGroups({
  model,
  targets,
  snapshot,
}: Pick<TrafficHost, 'model' | 'targets' | 'snapshot'>): readonly GroupPlan[] {
  const disks = planDisks(model, targets);
  const known = new Set(targets.map(({ id }) => id));
  const all = [
    ...disks,
    ...planSessions(model, new Map(disks.map((plan) => [plan.id, plan]))),
    ...planServers(model),
    ...planTeams(model, snapshot),
  ];
  return all.map((plan) => ({ ...plan, targetIds: plan.targetIds.filter((id) => known.has(id)) }));
}

/** The same where nothing of it changed that a verdict rests on: another policy, path or state is another plan. */
export function planSignature({ directions, targetIds }: GroupPlan): string {
  return JSON.stringify([
    targetIds,
    ...[directions.read, directions.write].map(({ sharing, flows, paths }) => [
      sharing,
      flows,
      paths.map(({ path, over, expected, weight }) => [path.id, expected, weight, over.map(({ id }) => id)]),
    ]),
  ]);
}
