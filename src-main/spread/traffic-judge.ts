/**
 * All verdicts on the traffic of a host, fed moment by moment: from a running sampler, or from a recording. What it
 * keeps does not grow: sums of the window that runs, and how many windows in a row showed what.
 */
import { listed } from '#shared/listed.ts';
import type { Route, TargetCeilings } from '#shared/path-graph.ts';
import {
  spreadVerdicts,
  type DirectionVerdict,
  type SharedMember,
  type SpreadGroup,
  type TargetSpread,
  type TrafficJudgement,
} from '#shared/spread.ts';
import { counted, formatAmount } from '#shared/units.ts';
import type { Moment } from '../sampling/moment.ts';
import { BusyQueues } from './busy-queues.ts';
import { DirectionJudge } from './direction-judge.ts';
import type { SpreadLimits } from './limits.ts';
import { NearCeilings } from './near-ceilings.ts';
import type { GroupPlan } from './plan.ts';
import { planGroups, planSignature } from './plan-groups.ts';
import { SharedMembersJudge } from './shared-members.ts';
import type { TrafficHost } from './traffic-host.ts';
import { WhoseTrafficJudge } from './whose-traffic.ts';

export interface JudgeOptions {
  readonly limits: SpreadLimits;
  /** How often samples are taken, in ms. */
  readonly periodMs: number;
  /** `recording`: told as a whole, with what lasted long enough at any time of it. `running`: only what is now. */
  readonly about: 'recording' | 'running';
}

interface Judged {
  readonly plan: GroupPlan;
  readonly signature: string;
  readonly read: DirectionJudge;
  readonly write: DirectionJudge;
}

const rank = new Map(spreadVerdicts.map((verdict, at) => [verdict, at]));

function isGraver(a: DirectionVerdict, b: DirectionVerdict): boolean {
  return (rank.get(a.verdict) ?? 0) < (rank.get(b.verdict) ?? 0);
}

export class TrafficJudge {
  readonly #limits: SpreadLimits;
  #periodMs: number;
  readonly #queues: BusyQueues;
  readonly #ceilings: NearCeilings;
  readonly #whose: WhoseTrafficJudge;
  readonly #members: SharedMembersJudge;
  #groups: readonly Judged[] = [];
  #targets: readonly TargetCeilings[] = [];
  /** By target. */
  #routes: ReadonlyMap<string, readonly Route[]> = new Map();
  #fromMs: number | undefined;
  #toMs = 0;

  constructor(host: TrafficHost, { limits, periodMs, about }: JudgeOptions) {
    const keepsEnded = about === 'recording';
    this.#limits = limits;
    this.#periodMs = periodMs;
    this.#queues = new BusyQueues(limits, keepsEnded);
    this.#ceilings = new NearCeilings(limits, keepsEnded);
    this.#whose = new WhoseTrafficJudge(limits);
    this.#members = new SharedMembersJudge(limits);
    this.adopt(host);
  }

  setPeriod(periodMs: number): void {
    this.#periodMs = periodMs;
  }

  /** A new look. Groups of which something changed that verdicts rest on begin anew, the others go on. */
  adopt(host: TrafficHost): void {
    const { model, graph, targets, rolesOf } = host;
    this.#routes = Map.groupBy(graph.routes, ({ targetId }) => targetId);
    const before = new Map(this.#groups.map((one) => [one.plan.id, one]));
    const plans = planGroups(host);
    this.#groups = plans.map((plan): Judged => {
      const signature = planSignature(plan);
      const there = before.get(plan.id);
      return there?.signature === signature
        ? there
        : {
            plan,
            signature,
            read: new DirectionJudge(plan, 'read', this.#limits),
            write: new DirectionJudge(plan, 'write', this.#limits),
          };
    });
    this.#targets = targets;
    this.#queues.adopt(model, plans);
    this.#ceilings.adopt(host);
    this.#whose.adopt(model, rolesOf);
    this.#members.adopt(model);
  }

  take(moment: Moment): void {
    this.#fromMs ??= moment.timeMs;
    this.#toMs = moment.timeMs;
    for (const { read, write } of this.#groups) {
      read.take(moment, this.#periodMs);
      write.take(moment, this.#periodMs);
    }
    this.#queues.take(moment);
    this.#ceilings.take(moment);
    this.#whose.take(moment, this.#periodMs);
    this.#members.take(moment, this.#periodMs);
  }

  judgement(): TrafficJudgement {
    const groups = this.#groups.map(({ plan, read, write }): SpreadGroup => {
      const verdicts = { read: read.verdict(), write: write.verdict() };
      return {
        id: plan.id,
        kind: plan.kind,
        subject: plan.subject,
        targetIds: plan.targetIds,
        expectation: plan.expectation,
        ...verdicts,
        verdict: (isGraver(verdicts.write, verdicts.read) ? verdicts.write : verdicts.read).verdict,
      };
    });
    const sharedMembers = this.#members.shared();
    return {
      fromMs: this.#fromMs ?? 0,
      toMs: this.#toMs,
      groups,
      targets: this.#targets.map((target) => {
        const endpoints = new Set(
          (this.#routes.get(target.id) ?? []).flatMap(({ endpointId, isStandby }) =>
            isStandby ? [] : [endpointId],
          ),
        );
        const shared = sharedMembers.find(
          ({ vnics }) =>
            endpoints.size > 1 && [...endpoints].every((id) => vnics.some((vnic) => vnic.id === id)),
        );
        const spread = spreadOf(target, groups);
        return shared === undefined || spread.verdict !== 'spreads'
          ? spread
          : onOneMember(spread, shared, groups, this.#limits.costlyUse);
      }),
      whose: this.#whose.whose(),
      queues: this.#queues.busy(),
      nearCeilings: this.#ceilings.near(),
      sharedMembers,
    };
  }
}

/** The gravest verdict of the groups that share a target's traffic. vNICs only show what the groups above them do. */
function spreadOf(target: TargetCeilings, groups: readonly SpreadGroup[]): TargetSpread {
  const { id: targetId, name } = target;
  let decided: { readonly group: SpreadGroup; readonly by: DirectionVerdict } | undefined;
  for (const group of groups) {
    if (group.kind === 'vnics' || !group.targetIds.includes(targetId)) continue;
    for (const by of [group.read, group.write]) {
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
