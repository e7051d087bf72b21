/** Something that reads counters when it is asked to: a PowerShell process, or the simulated host in this one. */
import type { LiveSource } from '#shared/live.ts';
import type { Result } from '#shared/result.ts';
import type { CounterRow, MissingClass } from '#shared/sample.ts';

/** One class as it was read, or why it was not. */
export type ClassAnswer =
  | { readonly counterClass: string; readonly tickMs: number; readonly rows: readonly CounterRow[] }
  | { readonly counterClass: string; readonly missing: MissingClass };

export interface SourceReading {
  /** ISO 8601 UTC, by the clock of the host. */
  readonly at: string;
  readonly answers: readonly ClassAnswer[];
  /** From question to answer, inside the source. */
  readonly durationMs: number;
  /** CPU time of the source's process since it was started; undefined where it has none of its own. */
  readonly cpuMs?: number;
}

export interface CounterSource {
  readonly name: LiveSource['name'];
  /** What it is expected to read. */
  readonly classes: readonly string[];
  /** Settles always, at the latest when its deadline has passed. Not to be called while another is under way. */
  readonly read: () => Promise<Result<SourceReading>>;
  readonly close: () => Promise<void>;
}
