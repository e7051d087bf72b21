/**
 * From samples to series: takes one sample after the other, keeps the last of them, and answers for windows of time.
 * The same for the samples of a file and for those of a running host.
 */
import type { Entity, HostModel } from '#shared/host/host-model.ts';
import {
  seriesUnits,
  type MissingClass,
  type Sample,
  type Series,
  type SeriesPoints,
  type UnjoinedInstance,
} from '#shared/sample.ts';
import { attributeTo, type Attribute, type Attribution, type MpioInstance } from './attribution.ts';
import { counterClasses, type CounterClass, type SeriesRule } from './counters.ts';
import { readClass, type InstanceReading } from './instances.ts';
import { summarise } from './percentiles.ts';
import { RateMeter, type Change } from './rates.ts';
import { SeriesRing } from './ring-buffer.ts';
import { channelEstimate, estimateChannels, type Flow } from './smb-estimate.ts';
import { Timeline } from './timeline.ts';

export interface RecorderOptions {
  readonly model: HostModel;
  readonly mpio: readonly MpioInstance[];
  /** How often samples are taken, in ms. */
  readonly periodMs: number;
  /** Moments that are kept. */
  readonly capacity: number;
}

/** 100 ns in ms. */
const waitingUnitMs = 1e-4;
const flows: readonly Flow[] = ['in', 'out'];

/** The value of a series over one change; undefined where the counters for it are not there, or nothing ended. */
function valueOf(rule: SeriesRule, { elapsedMs, counts }: Change): number | undefined {
  if ('rate' in rule) {
    const count = counts.get(rule.rate);
    return count === undefined ? undefined : Math.round((Number(count) / elapsedMs) * 1000);
  }
  if ('mean' in rule) {
    const waiting = counts.get(rule.mean);
    return waiting === undefined ? undefined : (Number(waiting) * waitingUnitMs) / elapsedMs;
  }
  const waiting = counts.get(rule.each.waiting);
  const requests = counts.get(rule.each.requests);
  if (waiting === undefined || requests === undefined || requests === 0n) return undefined;
  return (Number(waiting) * waitingUnitMs) / Number(requests);
}

type SeriesKey = Pick<Series, 'measure' | 'direction' | 'part'>;

function seriesId(subjectId: string, { measure, direction, part }: SeriesKey): string {
  return [subjectId, measure, direction, ...(part === 'all' ? [] : [part])].join('|');
}

export class SeriesRecorder {
  readonly #model: HostModel;
  readonly #attribute: Attribute;
  readonly #timeline: Timeline;
  readonly #ring: SeriesRing;
  readonly #meters: ReadonlyMap<CounterClass, RateMeter>;
  readonly #attributed = new Map<string, Attribution>();
  readonly #series = new Map<string, Series>();
  readonly #unjoined = new Map<string, UnjoinedInstance>();
  readonly #missing = new Map<string, MissingClass & { readonly counterClass: string; count: number }>();

  constructor({ model, mpio, periodMs, capacity }: RecorderOptions) {
    this.#model = model;
    this.#attribute = attributeTo(model, mpio);
    this.#timeline = new Timeline(periodMs);
    this.#ring = new SeriesRing(capacity);
    this.#meters = new Map(counterClasses.map((cls) => [cls, new RateMeter(cls.counters, periodMs)]));
  }

  get unjoined(): readonly UnjoinedInstance[] {
    return [...this.#unjoined.values()];
  }

  /** Classes that did not answer at least once. */
  get missing(): readonly (MissingClass & { readonly counterClass: string; readonly count: number })[] {
    return [...this.#missing.values()];
  }

  take(sample: Sample): void {
    const values = new Map<string, number>();
    const wallMs = Date.parse(sample.at);
    for (const [cls, meter] of this.#meters) {
      const read = readClass(cls, sample);
      if (read === undefined) continue;
      for (const key of read.repeated) this.#leaveRepeated(cls, key);
      const changes = meter.take(read.instances, { tickMs: sample.ticks?.[cls.name], wallMs });
      for (const reading of read.instances) this.#put(cls, reading, changes.get(reading.key), values);
    }
    for (const [counterClass, why] of Object.entries(sample.missing ?? {})) {
      const known = this.#missing.get(counterClass);
      if (known === undefined) this.#missing.set(counterClass, { ...why, counterClass, count: 1 });
      else known.count += 1;
    }
    this.#estimate(values);
    this.#ring.push(this.#timeline.timeOf(sample), values);
  }

  /** The series of the last `windowMs` at the same times; of all subjects where none are named. */
  window(
    windowMs: number,
    subjectIds?: ReadonlySet<string>,
  ): { readonly times: readonly number[]; readonly series: readonly SeriesPoints[] } {
    const { times, valuesOf } = this.#ring.window(windowMs);
    const wanted = [...this.#series.values()].filter(
      ({ subject }) => subjectIds === undefined || subjectIds.has(subject.id),
    );
    return {
      times: [...times],
      series: wanted.map((series) => {
        const values = valuesOf(series.id);
        return {
          ...series,
          values: Array.from(values, (value) => (Number.isNaN(value) ? null : value)),
          summary: summarise(values),
        };
      }),
    };
  }

  #put(
    cls: CounterClass,
    reading: InstanceReading,
    change: Change | undefined,
    values: Map<string, number>,
  ): void {
    const place = `${cls.name}\n${reading.key}`;
    let attribution = this.#attributed.get(place);
    if (attribution === undefined) {
      attribution = this.#attribute(cls.instance, reading);
      this.#attributed.set(place, attribution);
    }
    if ('reason' in attribution) {
      this.#unjoined.set(place, {
        counterClass: cls.name,
        instance: reading.name,
        reason: attribution.reason,
      });
      return;
    }
    for (const rule of cls.series) {
      const series = this.#know(
        attribution.subject,
        { measure: rule.measure, direction: rule.direction, part: rule.part ?? 'all' },
        cls.name,
      );
      // Another class counts the same already.
      if (series.source !== cls.name) continue;
      const value = change === undefined ? undefined : valueOf(rule, change);
      if (value !== undefined) values.set(series.id, value);
    }
  }

  #know(subject: Entity, key: SeriesKey, source: string, estimate?: string): Series {
    const id = seriesId(subject.id, key);
    const there = this.#series.get(id);
    if (there !== undefined) return there;
    const { id: subjectId, kind, name } = subject;
    const series: Series = {
      id,
      subject: { id: subjectId, kind, name },
      ...key,
      unit: seriesUnits[key.measure],
      source,
      ...(estimate === undefined ? {} : { estimate }),
    };
    this.#series.set(id, series);
    return series;
  }

  #estimate(values: Map<string, number>): void {
    const rate = (subjectId: string, direction: Series['direction'], part: Series['part'] = 'all') =>
      values.get(seriesId(subjectId, { measure: 'throughput', direction, part }));
    for (const server of this.#model.smbServers) {
      for (const flow of flows) {
        const estimated = estimateChannels(
          server,
          flow,
          (shareId) => rate(shareId, flow === 'in' ? 'read' : 'write'),
          (interfaceId) => {
            const both = [rate(interfaceId, flow), rate(interfaceId, flow, 'rdma')].filter(
              (value) => value !== undefined,
            );
            // Some drivers count RDMA among the whole, some beside it: the larger one is certainly there.
            return both.length === 0 ? undefined : Math.max(...both);
          },
        );
        for (const channel of server.channels) {
          const value = estimated.get(channel.id);
          if (value === undefined) continue;
          const series = this.#know(
            channel,
            { measure: 'throughput', direction: flow, part: 'all' },
            'Win32_PerfRawData_Counters_SMBClientShares',
            channelEstimate,
          );
          values.set(series.id, value);
        }
      }
    }
  }

  #leaveRepeated(cls: CounterClass, key: string): void {
    const [name = key] = key.split('\n');
    this.#unjoined.set(`${cls.name}\n${key}`, {
      counterClass: cls.name,
      instance: name,
      reason: 'Several instances have this name, and which of them is which cannot be told.',
    });
  }
}
