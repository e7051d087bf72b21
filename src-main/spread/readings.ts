/** What the series of a moment say of a path, a disk or a share. */
import type { SeriesDirection } from '#shared/sample.ts';
import type { Direction } from '#shared/path-graph.ts';
import type { CounterLayer } from '#shared/spread.ts';
import { seriesId, type Moment } from '../sampling/moment.ts';
import type { PathCounter } from './plan.ts';

/** A rate, and over how many ms it is the mean. */
export interface Rate {
  readonly value: number;
  readonly spanMs: number;
  /** Id of the series it comes from; of several, of the first. */
  readonly seriesId: string;
}

const onWire = { read: 'in', write: 'out' } as const;

/** A disk, a share and a path are read and written; everything else receives and sends. */
function wordOf(layer: CounterLayer | 'disk' | 'share', direction: Direction): SeriesDirection {
  return layer === 'path' || layer === 'disk' || layer === 'share' ? direction : onWire[direction];
}

function rateAt(moment: Moment, id: string): Rate | undefined {
  const value = moment.values.get(id);
  const spanMs = moment.spans.get(id);
  return value === undefined || spanMs === undefined ? undefined : { value, spanMs, seriesId: id };
}

/** Bytes per second of one thing. Some drivers count RDMA among the whole, some beside it: the larger one is certainly there. */
export function throughputAt(
  moment: Moment,
  layer: CounterLayer | 'disk' | 'share',
  subjectId: string,
  direction: Direction,
): Rate | undefined {
  const key = { measure: 'throughput', direction: wordOf(layer, direction) } as const;
  const all = rateAt(moment, seriesId(subjectId, { ...key, part: 'all' }));
  if (layer !== 'interface') return all;
  const rdma = rateAt(moment, seriesId(subjectId, { ...key, part: 'rdma' }));
  return rdma !== undefined && rdma.value > (all?.value ?? -1) ? rdma : all;
}

/** The sum over the subjects of a counter; undefined where one of them has no value. */
export function pathRateAt(
  moment: Moment,
  { layer, subjectIds }: PathCounter,
  direction: Direction,
): Rate | undefined {
  const rates = subjectIds.map((id) => throughputAt(moment, layer, id, direction));
  const [first] = rates;
  if (first === undefined || !rates.every((rate) => rate !== undefined)) return undefined;
  return { ...first, value: rates.reduce((sum, { value }) => sum + value, 0) };
}

/** Requests per second. */
export function requestsAt(moment: Moment, subjectId: string, direction: Direction): Rate | undefined {
  return rateAt(moment, seriesId(subjectId, { measure: 'operations', direction, part: 'all' }));
}

/** Mean number of requests in flight. */
export function queueAt(moment: Moment, diskId: string): Rate | undefined {
  return rateAt(moment, seriesId(diskId, { measure: 'queue', direction: 'both', part: 'all' }));
}

export function latencyAt(moment: Moment, diskId: string, direction: Direction): Rate | undefined {
  return rateAt(moment, seriesId(diskId, { measure: 'latency', direction, part: 'all' }));
}
