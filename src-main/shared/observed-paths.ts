/** Whether a check rests on anything: a host whose storage paths could not be seen at all has not been checked. */
import type { Capture, ObservationName } from './capture.ts';
import type { Check } from './finding.ts';
import type { Failure, ObservationFailureKind } from './result.ts';

/** Each of them shows a way to storage. Disks alone do not: they say nothing of how they are reached. */
const pathObservations: readonly ObservationName[] = [
  'IscsiSession',
  'IscsiConnection',
  'SmbConnection',
  'SmbMultichannelConnection',
  'MpioDisk',
  'Mpclaim',
];

/** In the order in which they explain the others. */
const telling: readonly (readonly [ObservationFailureKind, string])[] = [
  ['constrained-language', 'Start Switchyard where PowerShell runs in full language mode.'],
  ['start-failed', 'Check that Windows PowerShell starts on this host.'],
  ['not-elevated', 'Start Switchyard from an elevated prompt.'],
  ['access-denied', 'Start Switchyard as an administrator of the host.'],
  ['timed-out', 'Try again; if it stays so, the WMI service of the host may be stuck.'],
  ['cmdlet-missing', 'Check that the host is a Windows Server or a Windows with Hyper-V.'],
];

/** Why nothing could be judged, or undefined where at least one way to storage was asked for and answered. */
export function nothingObserved(check: Check): Failure | undefined {
  const gaps = new Map(
    check.gaps.filter(({ status }) => status !== 'partial').map((gap) => [gap.observation, gap]),
  );
  if (pathObservations.some((name) => !gaps.has(name))) return undefined;
  const errors = pathObservations.flatMap((name) => gaps.get(name)?.error ?? []);
  return describe('No storage path of the host could be observed, so nothing could be checked.', errors);
}

/** Ways to storage that may be there and were not seen: an empty list of targets means nothing about them. */
function unseenPaths(check: Pick<Check, 'gaps'>): ObservationName[] {
  return check.gaps
    .filter(({ observation, status, error }) => {
      const cannotExist = error?.kind === 'feature-missing' || error?.kind === 'not-on-this-windows';
      return pathObservations.includes(observation) && status !== 'partial' && !cannotExist;
    })
    .map(({ observation }) => observation);
}

/** What a list of targets without any says: that there are none, or that not all could be seen. */
export function noTargetText(check: Pick<Check, 'gaps'>): string {
  const unseen = unseenPaths(check);
  return unseen.length === 0
    ? 'This host uses no storage over a network or several paths.'
    : `No storage target could be seen; no answer came from ${unseen.join(', ')}.`;
}

/** Why a capture has nothing in it to judge: undefined where any observation at all was answered. */
export function nothingCaptured(capture: Capture): Failure | undefined {
  const answers = Object.values(capture.observations);
  if (answers.some(({ status }) => status === 'ok')) return undefined;
  return describe(
    'Nothing of the host could be observed.',
    answers.flatMap((answer) => (answer.status === 'ok' ? [] : answer.error)),
  );
}

function describe(
  what: string,
  errors: readonly { kind: ObservationFailureKind; message: string }[],
): Failure {
  const found = telling.find(([kind]) => errors.some((error) => error.kind === kind));
  const example = errors.find(({ kind }) => kind === found?.[0]) ?? errors[0];
  const reason = example === undefined ? 'The capture does not have them.' : example.message;
  return {
    kind: example?.kind ?? 'unexpected',
    message: `${what} ${reason}`,
    remedy: found?.[1] ?? 'See the observations that gave no answer.',
  };
}
