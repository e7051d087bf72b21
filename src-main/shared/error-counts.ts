/** Errors of sessions and paths while their counters were sampled. */

interface CountedErrors {
  /** Id of what was counted. */
  readonly subjectId: string;
  /** In how many of the intervals between samples some came. */
  readonly intervalsWithErrors: number;
  readonly intervals: number;
  readonly seconds: number;
}

/** Of an iSCSI session. */
export interface SessionErrors extends CountedErrors {
  /** PDUs whose checksum was wrong. */
  readonly digest: number;
  /** Times that a connection did not answer in time. */
  readonly timeouts: number;
  /** PDUs that were not as the protocol has them. */
  readonly format: number;
}

/** Of one path of MPIO. */
export interface PathErrors extends CountedErrors {
  /** Requests that ended in an error. */
  readonly failed: number;
  /** Requests that were sent again. */
  readonly retried: number;
}
