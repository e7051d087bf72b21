/**
 * Counters over time: the raw sample that a host gives, and the series that are computed of samples.
 *
 * A sample holds what the counters read at one moment, nothing computed. A series holds rates; where none can be told
 * there is a gap, never a zero and never a guess.
 */
import type { Entity } from './host/host-model.ts';
import type { ObservationFailureKind } from './result.ts';

/** One instance of a counter class: `Instance` is its name as Windows writes it, the rest the class's own properties. */
export type CounterRow = Readonly<Record<string, unknown>>;

/** Why a class could not be read at one moment. */
export interface MissingClass {
  readonly kind: ObservationFailureKind;
  readonly message: string;
}

/** One reading of the counters. Values are raw and cumulative; 64-bit values may be decimal strings. */
export interface Sample {
  /** ISO 8601, UTC. The clock of the host: it may be set while samples are taken. */
  readonly at: string;
  /** By class: ms of a clock that only runs forward, read with the class; `sampler`: when the sample was put together. */
  readonly ticks?: Readonly<Record<string, number>>;
  /** By class: its instances. An empty list is an answer; a class that did not answer is left out. */
  readonly counters: Readonly<Record<string, readonly CounterRow[]>>;
  readonly missing?: Readonly<Record<string, MissingClass>>;
}

/** What a series measures; each has its unit. */
export const seriesUnits = {
  throughput: 'bytesPerSecond',
  latency: 'milliseconds',
  queue: 'requests',
  operations: 'requestsPerSecond',
} as const;
export type SeriesMeasure = keyof typeof seriesUnits;

/** `in` and `out` as the host sees the wire, `read` and `write` as it sees a disk or share; `both` cannot be split. */
export type SeriesDirection = 'in' | 'out' | 'read' | 'write' | 'both';

export interface Series {
  /** The same for the same thing in every answer. */
  readonly id: string;
  readonly subject: Entity;
  readonly measure: SeriesMeasure;
  readonly unit: (typeof seriesUnits)[SeriesMeasure];
  readonly direction: SeriesDirection;
  /** `rdma`: only what went by RDMA, which the whole may or may not contain. */
  readonly part: 'all' | 'rdma';
  /** The counter class that it comes from. */
  readonly source: string;
  /** How it is estimated, in one sentence, where no counter tells it. */
  readonly estimate?: string;
}

/** Of the values in a window that are no gaps; null where there is none. Percentiles by nearest rank. */
export interface SeriesSummary {
  /** The last value; null where the series ends in a gap. */
  readonly latest: number | null;
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
  readonly max: number | null;
}

export interface SeriesPoints extends Series {
  /** One for each of the window's times; null is a gap. */
  readonly values: readonly (number | null)[];
  readonly summary: SeriesSummary;
  /** When its thing was last counted, in ms since 1970, where the newest samples no longer have it. */
  readonly goneAtMs?: number;
}

/** A moment across which nothing may be concluded: before and after it the host was not the same. */
export interface SeriesMark {
  /** ms since 1970. */
  readonly timeMs: number;
  readonly kind: 'topology' | 'path-state';
  /** What changed, in one sentence. */
  readonly message: string;
}

/** A counter instance that belongs to nothing the host was found to have. */
export interface UnjoinedInstance {
  readonly counterClass: string;
  readonly instance: string;
  /** One sentence. */
  readonly reason: string;
}

/** Series of the same times, which rise. */
export interface SeriesWindow {
  readonly status: 'recorded';
  /** Whether the samples are taken now, or are those of a capture. */
  readonly origin: 'live' | 'recording';
  /** Of the whole recording, ISO 8601 UTC. */
  readonly startedAt: string;
  readonly endedAt: string;
  readonly sampleCount: number;
  /** The oldest moment that is kept of it, ms since 1970: of very many series not the whole hour is. */
  readonly keptFromMs: number;
  /**
   * ms since 1970. Where fewer moments were asked for than there are, each two of them stand for one part of the window:
   * the least and the greatest value of it, in the order in which they came. Summaries are of all values in any case.
   */
  readonly times: readonly number[];
  readonly series: readonly SeriesPoints[];
  /** Within the window. */
  readonly marks: readonly SeriesMark[];
  /** Of the whole recording, whatever was asked for. */
  readonly unjoined: readonly UnjoinedInstance[];
  /** Classes that did not answer at least once, and how often. */
  readonly missing: readonly (MissingClass & { readonly counterClass: string; readonly count: number })[];
}

export interface SeriesRequest {
  /** Of all where none are named. */
  readonly subjectIds?: readonly string[];
  readonly windowMs: number;
  /** At least 2; all moments where it is left out. */
  readonly mostMoments?: number;
}

export type SeriesAnswer =
  | SeriesWindow
  | {
      readonly status: 'none';
      /** One sentence. */
      readonly reason: string;
    };

/** How far back a window can look, in minutes. */
export const windowMinutes = [1, 5, 15, 60] as const;
