/**
 * All verdicts on the traffic of a host, fed moment by moment: from a running sampler, or from a recording. What it
 * keeps does not grow: sums of the window that runs, and how many windows in a row showed what.
 */
import type { Route, TargetCeilings } from '#shared/path-graph.ts';
import type { SpreadGroup, TrafficJudgement } from '#shared/spread.ts';
import type { Moment } from '../sampling/moment.ts';
import { BusyQueues } from './busy-queues.ts';
import { DirectionJudge } from './direction-judge.ts';
import type { SpreadLimits } from './limits.ts';
import { NearCeilings } from './near-ceilings.ts';
import type { GroupPlan } from './plan.ts';
import { planGroups, planSignature } from './plan-groups.ts';
import { SharedMembersJudge } from './shared-members.ts';
import { isGraver, targetSpread } from './target-spread.ts';
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
      targets: this.#targets.map((target) =>
        targetSpread(target, this.#routes.get(target.id) ?? [], {
          groups,
          sharedMembers,
          costlyUse: this.#limits.costlyUse,
        }),
      ),
      whose: this.#whose.whose(),
      queues: this.#queues.busy(),
      nearCeilings: this.#ceilings.near(),
      sharedMembers,
    };
  }
}
