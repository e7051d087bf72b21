/** What was not observed, in words: observations that are missing for the same reason together. */
import type { ItemError } from './capture.ts';
import type { ObservationGap } from './finding.ts';
import type { ObservationFailureKind } from './result.ts';

export interface GapGroup {
  readonly status: ObservationGap['status'];
  /** "3 failed", "1 not there". */
  readonly head: string;
  readonly names: readonly string[];
  /** Why, in our words where they say all there is, else in the host's. */
  readonly reason: string;
}

const heads: Readonly<Record<ObservationGap['status'], string>> = {
  failed: 'failed',
  partial: 'in part',
  unavailable: 'not there',
  'not-asked': 'not asked',
};

/** Kinds whose name says it all. The host's own message, in its own language, adds nothing to them. */
const reasons: Partial<Record<ObservationFailureKind, string>> = {
  'feature-missing': 'The role or feature is not installed.',
  'not-on-this-windows': 'This release of Windows does not have it.',
  'cmdlet-missing': 'The command that would answer is not on this host.',
  'service-stopped': 'The service that would answer is not running.',
  'not-elevated': 'It needs an elevated start.',
  'access-denied': 'Access was denied.',
  'timed-out': 'No answer came in time.',
  cancelled: 'The look was stopped.',
  exited: 'PowerShell ended in the middle of the call.',
  'start-failed': 'PowerShell could not be started.',
  'constrained-language': 'PowerShell runs in constrained language mode, which refuses it.',
};

/** Failures first, then what is there in part, then what is not there at all. */
export function groupGaps(gaps: readonly ObservationGap[]): GapGroup[] {
  return (Object.keys(heads) as ObservationGap['status'][]).flatMap((status) => {
    const byReason = Map.groupBy(
      gaps.filter((gap) => gap.status === status),
      reasonOf,
    );
    return [...byReason].map(([reason, alike]) => ({
      status,
      head: `${alike.length} ${heads[status]}`,
      names: alike.map(({ observation }) => observation),
      reason,
    }));
  });
}

function reasonOf({ status, error, itemErrors = [] }: ObservationGap): string {
  if (status === 'not-asked')
    return 'The capture does not have them: it is of another version, or was cut down.';
  if (error) return reasons[error.kind] ?? error.message;
  return [...new Set(itemErrors.map(itemReason))].join(' ');
}

function itemReason({ item, message }: ItemError): string {
  return item === undefined ? message : `${item}: ${message}`;
}
