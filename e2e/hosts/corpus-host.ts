/** A host of the corpus: what it is modelled on, what it shows, and what the product has to say of it. */
import type { Capture } from '../../src-main/shared/capture.ts';
import type { Severity } from '../../src-main/shared/finding.ts';

/** Gbit/s of a target: single stream, guaranteed, possible. Null: not known, and said so. */
export type Figures = readonly [
  singleStream: number | null,
  guaranteed: number | null,
  possible: number | null,
];

export interface CorpusHost {
  readonly id: string;
  /** The kind of host or the public description that it follows, in a sentence. */
  readonly modelledOn: string;
  readonly capture: Capture;
  /** Every error and warning there is, by rule; none of them on a healthy host. */
  readonly alarms: Readonly<Record<string, Exclude<Severity, 'info'>>>;
  /** Rules that have to say something at info. Others may. */
  readonly hints?: readonly string[];
  /** Rules that must be silent at every severity. */
  readonly silent?: readonly string[];
  /** By the name of the target; a target that is not named here must not be there. */
  readonly ceilings: Readonly<Record<string, Figures>>;
}
