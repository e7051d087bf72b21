/**
 * Disks with more requests in flight than their paths or spindles take at once, for longer than a moment. A queue alone
 * blames nobody: a disk that is busy and as quick as ever does its work, so latency stands beside it.
 */
import type { Disk, HostModel } from '#shared/host/host-model.ts';
import { entityOf } from '#shared/entity.ts';
import type { BusyQueue } from '#shared/spread.ts';
import { counted } from '#shared/units.ts';
import type { Moment } from '../sampling/moment.ts';
import { Buckets } from './buckets.ts';
import { Episodes, type Episode } from './episodes.ts';
import type { SpreadLimits } from './limits.ts';
import type { GroupPlan } from './plan.ts';
import { latencyAt, queueAt, requestsAt } from './readings.ts';

const bucketMs = 10_000;
/** Of the latency at rest, this part is replaced by each newer mean. */
const forgetting = 0.1;
/** A queue shorter than this is rest, and what requests take then is usual. */
const restDepth = 1;

const digits = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });

export class BusyQueues {
  readonly #limits: SpreadLimits;
  readonly #buckets = new Buckets(bucketMs);
  readonly #usual = new Map<string, number>();
  /** By disk: its depth for each path, and its latency beside it. */
  readonly #deep: Episodes;
  #disks: readonly { readonly disk: Disk; readonly paths: number }[] = [];

  /** `keepsEnded`: a recording is told as a whole, a running host only as it is. */
  constructor(limits: SpreadLimits, keepsEnded: boolean) {
    this.#limits = limits;
    this.#deep = new Episodes(limits.queueSeconds * 1000, keepsEnded);
  }

  adopt(model: HostModel, plans: readonly GroupPlan[]): void {
    const pathsOf = new Map(
      plans.flatMap(({ diskId, directions }) =>
        diskId === undefined
          ? []
          : [[diskId, directions.read.paths.filter(({ expected }) => expected !== 'idle').length] as const],
      ),
    );
    this.#disks = model.disks.map((disk) => ({ disk, paths: Math.max(1, pathsOf.get(disk.id) ?? 1) }));
  }

  take(moment: Moment): void {
    for (const { disk } of this.#disks) {
      const queue = queueAt(moment, disk.id);
      if (queue === undefined) continue;
      this.#buckets.add(`${disk.id}|queue`, queue.value, queue.spanMs);
      for (const direction of ['read', 'write'] as const) {
        const latency = latencyAt(moment, disk.id, direction);
        const asked = requestsAt(moment, disk.id, direction);
        if (latency === undefined) continue;
        this.#buckets.add(
          `${disk.id}|latency`,
          latency.value,
          latency.spanMs,
          (asked?.value ?? 1) * latency.spanMs,
        );
      }
    }
    const bucket = this.#buckets.close(moment.timeMs);
    if (bucket === undefined) return;
    for (const { disk, paths } of this.#disks) {
      const depth = bucket.whole.get(`${disk.id}|queue`);
      const latency = bucket.means.get(`${disk.id}|latency`);
      if (depth !== undefined && depth / paths > this.#limits.queueDepth) {
        this.#deep.show(disk.id, bucket, depth / paths, latency);
      } else if (
        this.#deep.miss(disk.id) &&
        depth !== undefined &&
        depth / paths < restDepth &&
        latency !== undefined
      ) {
        const before = this.#usual.get(disk.id);
        this.#usual.set(disk.id, before === undefined ? latency : before + (latency - before) * forgetting);
      }
    }
  }

  busy(): readonly BusyQueue[] {
    return this.#disks.flatMap(({ disk, paths }) => {
      const longest = this.#deep.longest(disk.id);
      return longest === undefined ? [] : [this.#tell(disk, paths, longest)];
    });
  }

  #tell(
    disk: Disk,
    paths: number,
    { sinceMs, untilMs, mean: depth, meanBeside: latencyMs }: Episode,
  ): BusyQueue {
    const usualLatencyMs = this.#usual.get(disk.id) ?? null;
    const isHealthy =
      latencyMs !== null &&
      (usualLatencyMs === null
        ? latencyMs <= this.#limits.quickMilliseconds
        : latencyMs <= Math.max(usualLatencyMs * this.#limits.latencyRise, 1));
    const each =
      latencyMs === null ? 'how long each took is not known' : `each took ${digits.format(latencyMs)} ms`;
    const usual =
      usualLatencyMs === null
        ? 'it was never seen at rest'
        : `${digits.format(usualLatencyMs)} ms is what they take at rest`;
    return {
      disk: entityOf(disk),
      depth,
      paths,
      sinceMs,
      untilMs,
      latencyMs,
      usualLatencyMs,
      isHealthy,
      message: `${disk.name} had ${digits.format(depth)} requests in flight ${paths > 1 ? `for each of ${counted(paths, 'path')}` : 'at a time'}, for ${counted(Math.round((untilMs - sinceMs) / 1000), 'second')}; ${each}, and ${usual}.${isHealthy ? ' It is busy and quick.' : ''}`,
    };
  }
}
