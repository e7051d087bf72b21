/** Frames that an adapter could not deliver while its counters were sampled. */
export interface AdapterErrors {
  /** Id of the adapter. */
  readonly adapterId: string;
  /** Damaged frames, received and sent: cables, transceivers and ports make them. */
  readonly errors: number;
  /** Frames that were dropped for want of room, received and sent. */
  readonly discards: number;
  /** In how many of the intervals between samples damaged frames came. */
  readonly intervalsWithErrors: number;
  readonly intervals: number;
  readonly seconds: number;
}
