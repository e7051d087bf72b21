/** The verdict on a target: the gravest among the groups that its own traffic is shared by. */
import { listed } from '#shared/listed.ts';
import type { Direction, Route, TargetCeilings } from '#shared/path-graph.ts';
import {
  spreadVerdicts,
  type DirectionVerdict,
  type SharedMember,
  type SpreadGroup,
  type TargetSpread,
} from '#shared/spread.ts';
import { counted, formatAmount } from '#shared/units.ts';

const rank = new Map(spreadVerdicts.map((verdict, at) => [verdict, at]));

export function isGraver(a: DirectionVerdict, b: DirectionVerdict): boolean {
  return (rank.get(a.verdict) ?? 0) < (rank.get(b.verdict) ?? 0);
}

interface Seen {
  readonly groups: readonly SpreadGroup[];
  readonly sharedMembers: readonly SharedMember[];
  /** From this use of the busiest link on, unevenness costs. */
  readonly costlyUse: number;
  /** Default: both. */
  readonly directions?: readonly Direction[];
}

/** `routes`: those of the target. */
export function targetSpread(
  target: TargetCeilings,
  routes: readonly Route[],
  { groups, sharedMembers, costlyUse, directions = ['read', 'write'] }: Seen,
): TargetSpread {
  const endpoints = new Set(routes.flatMap(({ endpointId, isStandby }) => (isStandby ? [] : [endpointId])));
  const shared = sharedMembers.find(
    ({ vnics, direction }) =>
      directions.includes(direction) &&
      endpoints.size > 1 &&
      [...endpoints].every((id) => vnics.some((vnic) => vnic.id === id)),
  );
  const spread = spreadOf(target, groups, directions);
  return shared === undefined || spread.verdict !== 'spreads'
    ? spread
    : onOneMember(spread, shared, groups, costlyUse);
}

/** The gravest verdict of the groups that share a target's traffic. vNICs only show what the groups above them do. */
function spreadOf(
  target: TargetCeilings,
  groups: readonly SpreadGroup[],
  directions: readonly Direction[],
): TargetSpread {
  const { id: targetId, name } = target;
  let decided: { readonly group: SpreadGroup; readonly by: DirectionVerdict } | undefined;
  for (const group of groups) {
    if (group.kind === 'vnics' || !group.targetIds.includes(targetId)) continue;
    for (const by of directions.map((direction) => group[direction])) {
      if (decided === undefined || isGraver(by, decided.by)) decided = { group, by };
    }
  }
  if (decided === undefined) {
    return {
      targetId,
      name,
      verdict: 'not-enough-traffic',
      groupId: null,
      direction: null,
      message: 'Nothing on this host counts the paths to this target.',
    };
  }
  const { group, by } = decided;
  const shared = target.sharedBehind.find(
    ({ what, between }) =>
      (what === 'adapter' || what === 'member') && between.length >= target.routeIds.length,
  );
  // Paths that look apart and are not: what spreads over them does not spread over links.
  const reason = by.reason ?? (by.verdict === 'spreads' ? shared?.sentence : undefined);
  return {
    targetId,
    name,
    verdict: by.verdict,
    groupId: group.id,
    direction: by.direction,
    ...(by.cost !== undefined && { cost: by.cost }),
    message: by.message,
    ...(reason !== undefined && { reason }),
  };
}

/** Paths that spread over vNICs, all of which one member of a team carries: over links they do not spread. */
function onOneMember(
  spread: TargetSpread,
  { team, member, vnics, direction, window, share }: SharedMember,
  groups: readonly SpreadGroup[],
  costlyUse: number,
): TargetSpread {
  const group = groups.find(({ kind, subject }) => kind === 'team' && subject.id === team.id);
  const use = group?.[direction].shares.find(({ path }) => path.id === member.id)?.use ?? null;
  return {
    ...spread,
    verdict: 'one-path',
    groupId: group?.id ?? spread.groupId,
    direction,
    cost: use === null ? 'unknown' : use > costlyUse ? 'costs' : 'harmless',
    message: `${member.name} carries ${Math.round(share * 100)} % of ${formatAmount(window.bytes)} that team ${team.name} ${direction === 'read' ? 'received' : 'sent'} in ${counted(Math.round((window.toMs - window.fromMs) / 1000), 'second')}, and every path to ${spread.name} goes over it.`,
    reason: `${listed(vnics.map(({ name }) => name))} stand on the same member, ${member.name}: the others of team ${team.name} carried less than either of them.`,
  };
}
