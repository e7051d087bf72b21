/**
 * Adds up what the paths of one group moved in one direction, window after window. A window in which a counter was
 * missing, set back or gone is thrown away: nothing is concluded across such a gap.
 */
import type { Direction } from '#shared/path-graph.ts';
import type { CounterLayer } from '#shared/spread.ts';
import type { Moment } from '../sampling/moment.ts';
import type { PathCount, WindowCount } from './judge-window.ts';
import type { SpreadLimits } from './limits.ts';
import type { GroupPlan, PathCounter } from './plan.ts';
import { pathRateAt, queueAt, requestsAt, throughputAt, type Rate } from './readings.ts';

export interface MeteredWindow {
  readonly fromMs: number;
  readonly toMs: number;
  readonly count: WindowCount;
  readonly layer: CounterLayer;
  readonly source: string;
  readonly isEstimate: boolean;
  /** The nearer counters stand still while the disk moves. */
  readonly areNearerOff: boolean;
}

/** `closed`: a whole window. `running`: what there is of one so far. */
export type Metered =
  | { readonly state: 'closed' | 'running'; readonly window: MeteredWindow }
  | { readonly state: 'gap' }
  | { readonly state: 'no-counters' };

/** Parts of a window: what one part shows, the others have to show as well. */
const mostParts = 6;
/** By how many periods a reading may be late. */
const latePeriods = 2.5;
/** How much of its own length may lie between a reading and the one before it, by clocks that differ a little. */
const seam = 0.6;

interface Running {
  readonly layer: CounterLayer;
  readonly source: string;
  readonly isEstimate: boolean;
  readonly fromMs: number;
  readonly parts: number;
  /** By path: until when it is counted. */
  readonly covered: number[];
  readonly bytes: (number[] | undefined)[];
  readonly requests: (number | undefined)[];
  readonly opposite: { readonly bytes: number[]; readonly requests: (number | undefined)[] };
  groupRequests: number;
  queueTime: number | undefined;
  queueMs: number;
  ownBytes: number | undefined;
  diskBytes: number;
}

const oppositeOf = { read: 'write', write: 'read' } as const;

/** Where one reading says nothing of them, the window does not either. */
function addRequests(to: (number | undefined)[], at: number, asked: Rate | undefined, spanMs: number): void {
  const there = to[at];
  to[at] = asked === undefined || there === undefined ? undefined : there + (asked.value * spanMs) / 1000;
}

export class WindowMeter {
  readonly #group: GroupPlan;
  readonly #direction: Direction;
  readonly #windowMs: number;
  readonly #limits: SpreadLimits;
  #running: Running | undefined;
  #hasCounted = false;
  readonly #off = new Set<CounterLayer>();

  constructor(group: GroupPlan, direction: Direction, windowMs: number, limits: SpreadLimits) {
    this.#group = group;
    this.#direction = direction;
    this.#windowMs = windowMs;
    this.#limits = limits;
  }

  /** `periodMs`: how often samples are taken. */
  take(moment: Moment, periodMs: number): Metered {
    const running = this.#running ?? this.#start(moment, periodMs);
    if (running === undefined) return { state: this.#hasCounted ? 'gap' : 'no-counters' };
    if (moment.timeMs === running.fromMs)
      return { state: 'running', window: this.#windowOf(running, moment.timeMs) };
    if (!this.#add(running, moment, periodMs)) {
      // The reading after the gap begins the next window.
      this.#running = undefined;
      this.#start(moment, periodMs);
      return { state: 'gap' };
    }
    const window = this.#windowOf(running, moment.timeMs);
    // Readings never come at exactly their time: the one nearest to the end is the end.
    const isWhole = moment.timeMs - running.fromMs >= this.#windowMs - periodMs / 2;
    if (!isWhole) return { state: 'running', window };
    this.#running = undefined;
    if (this.#arePathsOff(running)) this.#off.add('path');
    this.#start(moment, periodMs);
    return this.#off.has(running.layer) ? { state: 'running', window } : { state: 'closed', window };
  }

  #counterOf(at: number, layer: CounterLayer): PathCounter | undefined {
    return this.#group.directions[this.#direction].paths[at]?.counters.find((one) => one.layer === layer);
  }

  /** The nearest counters that every path has which should carry. */
  #start(moment: Moment, periodMs: number): Running | undefined {
    const { paths } = this.#group.directions[this.#direction];
    const needed = paths.flatMap(({ expected }, at) => (expected === 'idle' ? [] : [at]));
    const basis = needed.length > 0 ? needed : paths.map((_, at) => at);
    const layers = basis[0] === undefined ? [] : (paths[basis[0]]?.counters.map(({ layer }) => layer) ?? []);
    for (const layer of layers) {
      if (this.#off.has(layer)) continue;
      const rates = paths.map((_, at): Rate | undefined => {
        const counter = this.#counterOf(at, layer);
        return counter === undefined ? undefined : pathRateAt(moment, counter, this.#direction);
      });
      const first = rates[basis[0] ?? 0];
      if (first === undefined || !basis.every((at) => rates[at] !== undefined)) continue;
      const series = moment.series.get(first.seriesId);
      const parts = Math.max(1, Math.min(mostParts, Math.floor(this.#windowMs / periodMs)));
      this.#hasCounted = true;
      this.#running = {
        layer,
        source: series?.source ?? '',
        isEstimate: series?.estimate !== undefined,
        fromMs: moment.timeMs,
        parts,
        covered: paths.map(() => moment.timeMs),
        bytes: rates.map((rate) => (rate === undefined ? undefined : new Array<number>(parts).fill(0))),
        requests: paths.map(() => 0),
        opposite: { bytes: paths.map(() => 0), requests: paths.map(() => 0) },
        groupRequests: 0,
        queueTime: undefined,
        queueMs: 0,
        ownBytes: undefined,
        diskBytes: 0,
      };
      return this.#running;
    }
    return undefined;
  }

  /** False where something is missing between this reading and the one before. */
  #add(running: Running, moment: Moment, periodMs: number): boolean {
    const { paths } = this.#group.directions[this.#direction];
    const passed = moment.timeMs - running.fromMs;
    const part = Math.min(
      running.parts - 1,
      Math.max(0, Math.ceil((passed / this.#windowMs) * running.parts) - 1),
    );
    for (const [at, { expected, path }] of paths.entries()) {
      const bytes = running.bytes[at];
      const counter = this.#counterOf(at, running.layer);
      if (bytes === undefined || counter === undefined) continue;
      const rate = pathRateAt(moment, counter, this.#direction);
      const covered = running.covered[at] ?? running.fromMs;
      if (rate === undefined) {
        if (moment.timeMs - covered <= latePeriods * periodMs) continue;
        if (expected !== 'idle') return false;
        // A path that stands by may go; what is left is judged.
        running.bytes[at] = undefined;
        continue;
      }
      if (moment.timeMs - rate.spanMs - covered > seam * rate.spanMs) return false;
      running.covered[at] = moment.timeMs;
      const spanMs = Math.min(rate.spanMs, passed);
      bytes[part] = (bytes[part] ?? 0) + (rate.value * spanMs) / 1000;
      const back = oppositeOf[this.#direction];
      const moved = pathRateAt(moment, counter, back);
      if (moved !== undefined) {
        running.opposite.bytes[at] = (running.opposite.bytes[at] ?? 0) + (moved.value * spanMs) / 1000;
      }
      if (running.layer !== 'path') continue;
      addRequests(running.requests, at, requestsAt(moment, path.id, this.#direction), spanMs);
      addRequests(running.opposite.requests, at, requestsAt(moment, path.id, back), spanMs);
    }
    this.#addGroup(running, moment);
    return true;
  }

  #addGroup(running: Running, moment: Moment): void {
    const { diskId, shareIds } = this.#group;
    if (diskId !== undefined) {
      const asked = requestsAt(moment, diskId, this.#direction);
      if (asked !== undefined) running.groupRequests += (asked.value * asked.spanMs) / 1000;
      const moved = throughputAt(moment, 'disk', diskId, this.#direction);
      if (moved !== undefined) running.diskBytes += (moved.value * moved.spanMs) / 1000;
      const queue = queueAt(moment, diskId);
      if (queue !== undefined) {
        running.queueTime = (running.queueTime ?? 0) + queue.value * queue.spanMs;
        running.queueMs += queue.spanMs;
      }
    }
    // An estimate is made of the shares already.
    if (shareIds === undefined || running.layer !== 'interface') return;
    for (const id of shareIds) {
      const moved = throughputAt(moment, 'share', id, this.#direction);
      if (moved !== undefined)
        running.ownBytes = (running.ownBytes ?? 0) + (moved.value * moved.spanMs) / 1000;
    }
  }

  /** Statistics of paths can be switched off; then all of them stay where they are. */
  #arePathsOff({ layer, bytes, diskBytes, fromMs }: Running): boolean {
    const isStill = bytes.every((parts) => parts === undefined || parts.every((moved) => moved === 0));
    return (
      layer === 'path' &&
      fromMs > 0 &&
      isStill &&
      diskBytes > (this.#limits.leastBytesPerSecond * this.#windowMs) / 1000
    );
  }

  #windowOf(running: Running, toMs: number): MeteredWindow {
    const { layer, source, isEstimate, fromMs, parts, bytes, requests, opposite, queueTime, queueMs } =
      running;
    const { groupRequests, ownBytes } = running;
    const areRequestsCounted = this.#group.diskId !== undefined && layer === 'path';
    return {
      fromMs,
      toMs,
      layer,
      source,
      isEstimate,
      areNearerOff: this.#off.size > 0,
      count: {
        partSeconds: Math.max(1e-3, toMs - fromMs) / 1000 / parts,
        paths: bytes.map((moved, at): PathCount | undefined => {
          const asked = requests[at];
          const asOften = opposite.requests[at];
          return moved === undefined
            ? undefined
            : {
                bytes: [...moved],
                ...(areRequestsCounted && asked !== undefined && { requests: asked }),
                opposite: {
                  bytes: opposite.bytes[at] ?? 0,
                  ...(areRequestsCounted && asOften !== undefined && { requests: asOften }),
                },
              };
        }),
        ...(this.#group.diskId !== undefined && { requests: groupRequests }),
        ...(queueTime !== undefined && { queue: queueTime / queueMs }),
        ...(ownBytes !== undefined && { ownBytes }),
      },
    };
  }
}
