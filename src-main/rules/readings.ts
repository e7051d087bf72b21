/** What a rule may conclude from an observation: an answer, a part of one, or none and why. */
import type { ObservationName } from '#shared/capture.ts';
import type { Reading, Snapshot } from '#shared/host/snapshot.ts';
import type { ObservationFailureKind } from '#shared/result.ts';
import type { RuleOutcome } from './define-rule.ts';

/** The reading of any observation; one that no reader exists for counts as not asked. */
function readingOf(snapshot: Snapshot, name: ObservationName): Reading<unknown> {
  const readings: Readonly<Partial<Record<ObservationName, Reading<unknown>>>> = snapshot.readings;
  return readings[name] ?? { status: 'not-asked' };
}

/** The thing cannot exist on this host: as good an answer as an empty list. */
function meansNone(kind: ObservationFailureKind): boolean {
  return kind === 'feature-missing' || kind === 'not-on-this-windows';
}

/** True where the host said what there is, or that there can be nothing of the kind. */
export function isAnswered(snapshot: Snapshot, name: ObservationName): boolean {
  const reading = readingOf(snapshot, name);
  return reading.status === 'ok' || (reading.status === 'unavailable' && meansNone(reading.error.kind));
}

/** True where the host answered that there can be nothing of the kind. */
export function isAbsent(snapshot: Snapshot, name: ObservationName): boolean {
  const reading = readingOf(snapshot, name);
  return reading.status === 'unavailable' && meansNone(reading.error.kind);
}

/** Why there is no verdict, and what the person can do about it. */
export interface Gap {
  readonly reason: string;
  readonly remedy: string;
}

/** The gap that an unanswered observation leaves; undefined where it answered. */
export function gapOf(snapshot: Snapshot, name: ObservationName): Gap | undefined {
  if (isAnswered(snapshot, name)) return undefined;
  const reading = readingOf(snapshot, name);
  if (reading.status === 'not-asked') {
    return {
      reason: `${name} was not asked in this capture.`,
      remedy: 'Take a new capture with this version and check that.',
    };
  }
  if (reading.status === 'ok') return undefined;
  return {
    reason: `${name} could not be read: ${asSentence(reading.error.message)}`,
    remedy: remedyFor(reading.error.kind, name),
  };
}

/** The gap that single unreadable objects leave in an observation that otherwise answered. */
function partialGapOf(snapshot: Snapshot, name: ObservationName): Gap | undefined {
  const reading = readingOf(snapshot, name);
  if (reading.status !== 'ok' || reading.itemErrors.length === 0) return undefined;
  const unread = reading.itemErrors.length;
  const total = unread + reading.records.length;
  const [first] = reading.itemErrors;
  const which = first?.item === undefined ? '' : `${first.item}: `;
  return {
    reason: `${name} is incomplete: ${unread} of ${total} could not be read (${which}${withoutStop(first?.message ?? 'no reason given')}).`,
    remedy: 'See what is wrong with the object named here, then look again.',
  };
}

/** The gap of an observation that did not answer, or not for every object. */
export function anyGapOf(snapshot: Snapshot, name: ObservationName): Gap | undefined {
  return gapOf(snapshot, name) ?? partialGapOf(snapshot, name);
}

/**
 * The answer of a rule that found nothing, where that rests on observations beyond its `needs`: fine only if each of
 * them answered for every object.
 */
export function fineIfRead(snapshot: Snapshot, names: readonly ObservationName[]): RuleOutcome {
  for (const name of names) {
    const gap = anyGapOf(snapshot, name);
    if (gap !== undefined) return { notEvaluated: gap.reason, remedy: gap.remedy };
  }
  return [];
}

function withoutStop(message: string): string {
  return message.trim().replace(/[.\s]+$/u, '');
}

function asSentence(message: string): string {
  return message.trim() === '' ? 'the host gave no reason.' : `${withoutStop(message)}.`;
}

function remedyFor(kind: ObservationFailureKind, name: ObservationName): string {
  switch (kind) {
    case 'not-elevated':
      return 'Run Switchyard as administrator and look again.';
    case 'access-denied':
      return 'Run Switchyard as administrator, with an account that may read this, and look again.';
    case 'cmdlet-missing':
      return `Install the PowerShell module that gives ${name} on this host and look again.`;
    case 'service-stopped':
      return name.startsWith('Iscsi') || name === 'InitiatorPort'
        ? 'If this host uses iSCSI, start the Microsoft iSCSI initiator (Start-Service MSiSCSI) and look again; if it does not, there is nothing to judge here.'
        : 'Start the service named in the reason and look again.';
    case 'timed-out':
      return 'Look again; if it takes this long every time, find out why the host is slow to answer.';
    case 'cancelled':
      return 'Look again and let it finish.';
    case 'exited':
    case 'start-failed':
      return 'Look again; if PowerShell ends each time, see the log for what ended it.';
    case 'constrained-language':
      return 'Run Switchyard where PowerShell is not held in constrained language mode, then look again.';
    case 'bad-output':
    case 'too-large':
    case 'script-error':
    case 'unexpected':
      return 'Look again; if it fails each time, see the log for the technical detail.';
    case 'feature-missing':
    case 'not-on-this-windows':
      return 'Nothing to do: this host does not have it.';
  }
}
