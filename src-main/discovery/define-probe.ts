/** What a probe is: the question to the host (a script) and the reader of its answer, under one name. */
import type { ItemError, ObservationName, RawItem } from '#shared/capture.ts';
import type { ReadObservationName, RecordOf } from '#shared/host/snapshot.ts';
import type * as z from 'zod';

/** The longest a probe may take before its process is ended and replaced. */
const defaultDeadlineMs = 60_000;

/** Records of one observation, and the objects among its answer that could not be read. */
export interface ReadItems<T> {
  readonly records: readonly T[];
  readonly itemErrors: readonly ItemError[];
}

type ReaderOf<T> =
  /** The usual case: each raw object is one record. */
  | { readonly record: z.ZodType<T> }
  /** Where objects make sense only together: lines of a listing, a header and its rows. Never throws. */
  | { readonly readAll: (items: readonly RawItem[]) => ReadItems<T> };

/** Names that the model or a rule reads need a reader; the others have none, and their answer stays raw in the capture. */
type Reader<N extends ObservationName> = N extends ReadObservationName
  ? ReaderOf<RecordOf[N]>
  : { readonly record?: never; readonly readAll?: never };

interface ProbeQuestion<N extends ObservationName> {
  readonly name: N;
  /** Where the answer takes longer by nature than others; 60 s otherwise. */
  readonly deadlineMs?: number;
}

export type Probe<N extends ObservationName> = ProbeQuestion<N> &
  Reader<N> & {
    readonly deadlineMs: number;
    /** Under resources/powershell. */
    readonly script: string;
  };

/** A probe of any name, as the list of probes holds it. */
export interface AnyProbe {
  readonly name: ObservationName;
  readonly deadlineMs: number;
  readonly script: string;
  readonly record?: z.ZodType;
  readonly readAll?: (items: readonly RawItem[]) => ReadItems<unknown>;
}

/** The script of the observation X is always `probes/Get-X.ps1`, so that script, reader and fixtures share one name. */
export function defineProbe<const N extends ObservationName>(probe: ProbeQuestion<N> & Reader<N>): Probe<N> {
  return {
    ...probe,
    deadlineMs: probe.deadlineMs ?? defaultDeadlineMs,
    script: `probes/Get-${probe.name}.ps1`,
  };
}
