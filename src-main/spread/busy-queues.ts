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
import type { SpreadLimits } from './limits.ts';
import type { GroupPlan } from './plan.ts';
import { latencyAt, queueAt, requestsAt } from './readings.ts';

const bucketMs = 10_000;
/** Of the latency at rest, this part is replaced by each newer mean. */
const forgetting = 0.1;
/** A queue shorter than this is rest, and what requests take then is usual. */
const restDepth = 1;

interface Episode {
  readonly sinceMs: number;
  untilMs: number;
  depthTime: number;
  latencyTime: number;
  latencyMs: number;
}

const digits = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });

export class BusyQueues {
  readonly #limits: SpreadLimits;
  readonly #keepsEnded: boolean;
  readonly #buckets = new Buckets(bucketMs);
  readonly #usual = new Map<string, number>();
  readonly #now = new Map<string, Episode>();
  /** The longest of each disk that is over. */
  readonly #ended = new Map<string, Episode>();
  #disks: readonly { readonly disk: Disk; readonly paths: number }[] = [];

  /** `keepsEnded`: a recording is told as a whole, a running host only as it is. */
  constructor(limits: SpreadLimits, keepsEnded: boolean) {
    this.#limits = limits;
    this.#keepsEnded = keepsEnded;
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
        this.#buckets.add(`${disk.id}|latency`, latency.value, (asked?.value ?? 1) * latency.spanMs);
      }
    }
    const bucket = this.#buckets.close(moment.timeMs);
    if (bucket === undefined) return;
    const lengthMs = bucket.toMs - bucket.fromMs;
    for (const { disk, paths } of this.#disks) {
      const depth = bucket.means.get(`${disk.id}|queue`);
      const latency = bucket.means.get(`${disk.id}|latency`);
      if (depth !== undefined && depth / paths > this.#limits.queueDepth) {
        const episode = this.#now.get(disk.id) ?? {
          sinceMs: bucket.fromMs,
          untilMs: bucket.toMs,
          depthTime: 0,
          latencyTime: 0,
          latencyMs: 0,
        };
        episode.untilMs = bucket.toMs;
        episode.depthTime += (depth / paths) * lengthMs;
        if (latency !== undefined) {
          episode.latencyTime += latency * lengthMs;
          episode.latencyMs += lengthMs;
        }
        this.#now.set(disk.id, episode);
        continue;
      }
      this.#end(disk.id);
      if (depth !== undefined && depth / paths < restDepth && latency !== undefined) {
        const before = this.#usual.get(disk.id);
        this.#usual.set(disk.id, before === undefined ? latency : before + (latency - before) * forgetting);
      }
    }
  }

  busy(): readonly BusyQueue[] {
    return this.#disks.flatMap(({ disk, paths }) => {
      const episodes = [this.#now.get(disk.id), this.#ended.get(disk.id)].filter((one) => one !== undefined);
      const [longest] = episodes.toSorted((a, b) => lengthOf(b) - lengthOf(a));
      if (longest === undefined || lengthOf(longest) < this.#limits.queueSeconds * 1000) return [];
      return [this.#tell(disk, paths, longest)];
    });
  }

  #end(diskId: string): void {
    const over = this.#now.get(diskId);
    if (over === undefined) return;
    this.#now.delete(diskId);
    const before = this.#ended.get(diskId);
    if (this.#keepsEnded && (before === undefined || lengthOf(before) < lengthOf(over))) {
      this.#ended.set(diskId, over);
    }
  }

  #tell(
    disk: Disk,
    paths: number,
    { sinceMs, untilMs, depthTime, latencyTime, latencyMs: told }: Episode,
  ): BusyQueue {
    const depth = depthTime / (untilMs - sinceMs);
    const latencyMs = told === 0 ? null : latencyTime / told;
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

function lengthOf({ sinceMs, untilMs }: Episode): number {
  return untilMs - sinceMs;
}
