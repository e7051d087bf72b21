/**
 * From samples to series: takes one sample after the other, keeps the last of them, and answers for windows of time.
 * The same for the samples of a file and for those of a running host.
 */
import type { Entity, HostModel } from '#shared/host/host-model.ts';
import type { LiveRate } from '#shared/live.ts';
import {
  seriesUnits,
  type MissingClass,
  type Sample,
  type Series,
  type SeriesMark,
  type SeriesPoints,
  type SeriesWindow,
  type UnjoinedInstance,
} from '#shared/sample.ts';
import { attributeTo, type Attribute, type Attribution, type MpioInstance } from './attribution.ts';
import { counterClasses, type CounterClass, type SeriesRule } from './counters.ts';
import { readClass, type InstanceReading } from './instances.ts';
import { seriesId, type Moment } from './moment.ts';
import { summarise } from './percentiles.ts';
import { modelMarks } from './model-marks.ts';
import { RateMeter, type Change } from './rates.ts';
import { reduceMoments } from './reduce-moments.ts';
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

/** Marks that are kept; more than a window can show. */
const mostMarks = 200;
/** Instances that are kept of those that belong to nothing, so that a host that renames them for ever fills no memory. */
const mostUnjoined = 2000;
/** 100 ns in ms. */
const waitingUnitMs = 1e-4;
const flows: readonly Flow[] = ['in', 'out'];

/** The value of a series over one change; undefined where the counters for it are not there, or nothing ended. */
function valueOf(rule: SeriesRule, { elapsedMs, counts }: Change): number | undefined {
  if ('rate' in rule) {
    const count = counts.get(rule.rate);
    if (count === undefined) return undefined;
    const perSecond = (Number(count) / elapsedMs) * 1000;
    // Of bytes, parts of one say nothing; of requests there may be less than one in a second.
    return rule.measure === 'throughput' ? Math.round(perSecond) : perSecond;
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

type Mutable<T> = { -readonly [Name in keyof T]: T[Name] };

type SeriesKey = Pick<Series, 'measure' | 'direction' | 'part'>;

/** A moment while it is gathered. */
interface Gathered {
  readonly timeMs: number;
  readonly values: Map<string, number>;
  readonly spans: Map<string, number>;
}

export class SeriesRecorder {
  #model: HostModel;
  #attribute: Attribute;
  readonly #timeline: Timeline;
  readonly #ring: SeriesRing;
  readonly #meters: ReadonlyMap<CounterClass, RateMeter>;
  readonly #attributed = new Map<string, Attribution>();
  readonly #series = new Map<string, Series>();
  readonly #unjoined = new Map<string, UnjoinedInstance>();
  readonly #missing = new Map<string, MissingClass & { readonly counterClass: string; count: number }>();
  /** When a class last answered, and when an instance of a series was last in an answer. */
  readonly #answered = new Map<string, number>();
  readonly #seen = new Map<string, number>();
  #marks: readonly SeriesMark[] = [];
  #latest: Moment | undefined;
  #taken = 0;

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

  get sampleCount(): number {
    return this.#taken;
  }

  /** How often samples are taken from now on, and how many moments are kept. */
  setPace(periodMs: number, capacity: number): void {
    this.#timeline.setPeriod(periodMs);
    for (const meter of this.#meters.values()) meter.setPeriod(periodMs);
    this.#ring.setCapacity(capacity);
  }

  /** A new look: series of the same thing go on under their ids, and what changed is marked. */
  adopt(model: HostModel, mpio: readonly MpioInstance[]): void {
    const timeMs = this.#latest?.timeMs;
    if (timeMs !== undefined) {
      const marks = modelMarks(this.#model, model).map((mark) => ({ ...mark, timeMs }));
      this.#marks = [...this.#marks, ...marks].slice(-mostMarks);
    }
    this.#model = model;
    this.#attribute = attributeTo(model, mpio);
    this.#attributed.clear();
    this.#unjoined.clear();
  }

  /** The newest rate of each thing that has one or had one a moment ago. Undefined before the first sample. */
  latest(): { readonly timeMs: number; readonly rates: readonly LiveRate[] } | undefined {
    if (this.#latest === undefined) return undefined;
    const { timeMs, values } = this.#latest;
    const rates = new Map<string, Mutable<LiveRate>>();
    for (const { id, subject, measure, direction, part } of this.#series.values()) {
      if (part !== 'all' || measure === 'operations' || this.#goneAt(id) !== undefined) continue;
      const rate = rates.get(subject.id) ?? { subjectId: subject.id, in: null, out: null };
      rates.set(subject.id, rate);
      const value = values.get(id) ?? null;
      switch (measure) {
        case 'throughput':
          rate[direction === 'in' || direction === 'read' ? 'in' : 'out'] = value;
          break;
        case 'queue':
          rate.queue = value;
          break;
        case 'latency':
          rate.latencyMs = value === null ? (rate.latencyMs ?? null) : Math.max(rate.latencyMs ?? 0, value);
          break;
      }
    }
    return { timeMs, rates: [...rates.values()] };
  }

  /** What the sample brought. */
  take(sample: Sample): Moment {
    const values = new Map<string, number>();
    const spans = new Map<string, number>();
    const wallMs = Date.parse(sample.at);
    const timeMs = this.#timeline.timeOf(sample);
    for (const [cls, meter] of this.#meters) {
      const read = readClass(cls, sample);
      if (read === undefined) continue;
      this.#answered.set(cls.name, timeMs);
      for (const key of read.repeated) this.#leaveRepeated(cls, key);
      const changes = meter.take(read.instances, { tickMs: sample.ticks?.[cls.name], wallMs });
      for (const reading of read.instances) {
        this.#put(cls, reading, read.instances, changes.get(reading.key), { values, spans, timeMs });
      }
    }
    for (const [counterClass, why] of Object.entries(sample.missing ?? {})) {
      const known = this.#missing.get(counterClass);
      if (known === undefined) this.#missing.set(counterClass, { ...why, counterClass, count: 1 });
      else known.count += 1;
    }
    this.#estimate(values, spans);
    this.#ring.push(timeMs, values);
    const moment: Moment = { timeMs, values, spans, series: this.#series };
    this.#latest = moment;
    this.#taken += 1;
    if (this.#taken % this.#ring.capacity === 0) this.#forgetOld();
    return moment;
  }

  /** The series of the last `windowMs` at the same times; of all subjects where none are named. */
  window(
    windowMs: number,
    subjectIds?: ReadonlySet<string>,
    mostMoments?: number,
  ): Pick<SeriesWindow, 'times' | 'series' | 'marks' | 'keptFromMs'> {
    const { times, valuesOf } = this.#ring.window(windowMs);
    const fewer = mostMoments === undefined ? undefined : reduceMoments(times, mostMoments);
    const [first = Infinity] = times;
    const series = [...this.#series.values()].flatMap((one): readonly SeriesPoints[] => {
      if (subjectIds !== undefined && !subjectIds.has(one.subject.id)) return [];
      const values = valuesOf(one.id);
      const goneAtMs = this.#goneAt(one.id);
      const shown = fewer === undefined ? values : fewer.reduce(values);
      return [
        {
          ...one,
          values: Array.from(shown, (value) => (Number.isNaN(value) ? null : value)),
          summary: summarise(values),
          ...(goneAtMs === undefined ? {} : { goneAtMs }),
        },
      ];
    });
    return {
      keptFromMs: this.#ring.oldestMs ?? 0,
      times: fewer === undefined ? [...times] : fewer.times,
      series,
      marks: this.#marks.filter(({ timeMs }) => timeMs >= first),
    };
  }

  /** When a thing was last counted that its class no longer tells of. */
  #goneAt(id: string): number | undefined {
    const seen = this.#seen.get(id);
    const source = this.#series.get(id)?.source;
    const answered = source === undefined ? undefined : this.#answered.get(source);
    return seen !== undefined && answered !== undefined && seen < answered ? seen : undefined;
  }

  /** What has nothing to show in any window any more is forgotten; it comes back under the same id. */
  #forgetOld(): void {
    for (const id of this.#ring.dropEmpty()) {
      if (this.#goneAt(id) === undefined) continue;
      this.#series.delete(id);
      this.#seen.delete(id);
    }
    this.#attributed.clear();
  }

  #put(
    cls: CounterClass,
    reading: InstanceReading,
    others: readonly InstanceReading[],
    change: Change | undefined,
    { values, spans, timeMs }: Gathered,
  ): void {
    const place = `${cls.name}\n${reading.key}`;
    let attribution = this.#attributed.get(place);
    if (attribution === undefined) {
      attribution = this.#attribute(cls.instance, reading, others);
      this.#attributed.set(place, attribution);
    }
    if ('reason' in attribution) {
      this.#leaveOut(place, { counterClass: cls.name, instance: reading.name, reason: attribution.reason });
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
      this.#seen.set(series.id, timeMs);
      const value = change === undefined ? undefined : valueOf(rule, change);
      if (value === undefined || change === undefined) continue;
      values.set(series.id, value);
      spans.set(series.id, change.elapsedMs);
    }
  }

  #know(subject: Entity, key: SeriesKey, source: string, estimate?: string): Series {
    const id = seriesId(subject.id, key);
    const there = this.#series.get(id);
    if (there?.subject.name === subject.name) return there;
    const { id: subjectId, kind, name } = subject;
    const series: Series = {
      id,
      subject: { id: subjectId, kind, name },
      ...key,
      unit: seriesUnits[key.measure],
      source: there?.source ?? source,
      ...(estimate === undefined ? {} : { estimate }),
    };
    this.#series.set(id, series);
    return series;
  }

  #estimate(values: Map<string, number>, spans: Map<string, number>): void {
    const idOf = (subjectId: string, direction: Series['direction'], part: Series['part'] = 'all') =>
      seriesId(subjectId, { measure: 'throughput', direction, part });
    const rate = (subjectId: string, direction: Series['direction'], part: Series['part'] = 'all') =>
      values.get(idOf(subjectId, direction, part));
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
          const spanMs = spans.get(idOf(channel.clientInterfaceId ?? '', flow));
          if (spanMs !== undefined) spans.set(series.id, spanMs);
        }
      }
    }
  }

  #leaveRepeated(cls: CounterClass, key: string): void {
    const [name = key] = key.split('\n');
    this.#leaveOut(`${cls.name}\n${key}`, {
      counterClass: cls.name,
      instance: name,
      reason: 'Several instances have this name, and which of them is which cannot be told.',
    });
  }

  #leaveOut(place: string, instance: UnjoinedInstance): void {
    if (this.#unjoined.size < mostUnjoined || this.#unjoined.has(place)) this.#unjoined.set(place, instance);
  }
}
