/** What a target got while counters were recorded: the sum over its sessions, its shares or its disks. */
import type { Entity, HostModel } from '#shared/host/host-model.ts';
import type { Direction, TargetCeilings } from '#shared/path-graph.ts';
import type { SeriesDirection, SeriesPoints, SeriesWindow } from '#shared/sample.ts';
import { counted } from '#shared/units.ts';
import type { MeasuredRate } from '#shared/what-if.ts';
import { summarise } from './percentiles.ts';

interface Counted {
  readonly noun: string;
  readonly of: readonly Entity[];
  readonly directions: Readonly<Record<Direction, SeriesDirection>>;
}

const onWire = { read: 'in', write: 'out' } as const;
const onDisk = { read: 'read', write: 'write' } as const;

/** What may tell the rate, the surest first. A disk that other targets lead to as well tells nothing about one. */
export function countedOf(
  { kind, id, diskNumbers }: Pick<TargetCeilings, 'kind' | 'id' | 'diskNumbers'>,
  model: HostModel,
): readonly Counted[] {
  const disks = model.disks.filter(({ number }) => diskNumbers.includes(number));
  if (kind === 'smb') {
    const shares = model.smbServers.find((server) => server.id === id)?.shares ?? [];
    return [{ noun: 'share', of: shares, directions: onDisk }];
  }
  if (kind === 'disk') return [{ noun: 'disk', of: disks, directions: onDisk }];
  const isOwn = (sessionId: string): boolean =>
    model.sessions.some((session) => session.id === sessionId && session.targetId === id);
  const areDisksOwn = disks.every(({ sessionIds }) => sessionIds?.every(isOwn) === true);
  return [
    {
      noun: 'iSCSI session',
      of: model.sessions.filter(({ targetId, isConnected }) => targetId === id && isConnected !== false),
      directions: onWire,
    },
    ...(areDisksOwn ? [{ noun: 'disk', of: disks, directions: onDisk }] : []),
  ];
}

/** Moment by moment; a moment at which one of them has no rate is a gap. */
function sumOf(series: readonly SeriesPoints[], moments: number): Float64Array {
  return Float64Array.from({ length: moments }, (_, at) =>
    series.reduce((sum, { values }) => sum + (values[at] ?? Number.NaN), 0),
  );
}

function lengthText(times: readonly number[]): string {
  const seconds = Math.round(((times.at(-1) ?? 0) - (times[0] ?? 0)) / 1000);
  return seconds < 120 ? counted(seconds, 'second') : counted(Math.round(seconds / 60), 'minute');
}

/**
 * In byte/s of data, in the direction that moved more at its 95th percentile. Undefined where the recording does not
 * tell it. SMB counts by share: shares without a counter were not used while it ran, but one at least has to have one.
 */
export function measuredRate(
  target: Pick<TargetCeilings, 'kind' | 'id' | 'diskNumbers'>,
  model: HostModel,
  { times, series }: Pick<SeriesWindow, 'times' | 'series'>,
): MeasuredRate | undefined {
  for (const { noun, of, directions } of countedOf(target, model)) {
    const rates = (direction: Direction) =>
      of.flatMap(
        ({ id }) =>
          series.find(
            ({ subject, measure, part, direction: found, estimate }) =>
              subject.id === id &&
              measure === 'throughput' &&
              part === 'all' &&
              found === directions[direction] &&
              estimate === undefined,
          ) ?? [],
      );
    const found = (['read', 'write'] as const).flatMap((direction) => {
      const own = rates(direction);
      if (own.length === 0 || (noun !== 'share' && own.length < of.length)) return [];
      const { p50, p95 } = summarise(sumOf(own, times.length));
      const [first] = own;
      return p50 === null || p95 === null || first === undefined
        ? []
        : [{ direction, median: p50, p95, count: own.length, source: first.source }];
    });
    const [first, second] = found;
    if (first === undefined || second === undefined) continue;
    const { direction, median, p95, count, source } = second.p95 > first.p95 ? second : first;
    return {
      direction,
      median,
      p95,
      from: `Counted at ${counted(count, noun)} (${source}), ${counted(times.length, 'sample')} over ${lengthText(times)}.`,
    };
  }
  return undefined;
}
