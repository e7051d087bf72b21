/** Puts every question to the host, side by side, and gathers the answers into one capture. */
import { hostname } from 'node:os';
import {
  captureFormat,
  captureVersion,
  type Capture,
  type CaptureHost,
  type ItemError,
  type Observation,
  type ObservationError,
  type ObservationName,
  type RawItem,
} from '#shared/capture.ts';
import { fail, succeed, type Failure, type ObservationFailureKind, type Result } from '#shared/result.ts';
import { ChangedResource, readResource } from '../platform/resources.ts';
import { productName, productVersion } from '../platform/version.ts';
import type { ScriptError, ScriptReply, Shell, ShellFacts } from '../powershell/shell.ts';
import {
  classifyFailure,
  classifyScriptError,
  saysNothingFound,
  statusOfKind,
  type ErrorContext,
} from './classify-error.ts';
import type { AnyProbe } from './define-probe.ts';
import { probes as allProbes } from './probes/index.ts';

export interface DiscoverProgress {
  readonly observation: ObservationName;
  readonly state: 'asking' | 'ok' | 'unavailable' | 'failed';
  /** Observations with an answer, or with the reason that there is none. */
  readonly done: number;
  readonly total: number;
}

export interface DiscoverOptions {
  /** Default: all. */
  readonly probes?: readonly AnyProbe[];
  readonly onProgress?: (progress: DiscoverProgress) => void;
  /** Ends the whole look: what has no answer yet is `failed` with kind `cancelled`. */
  readonly signal?: AbortSignal;
  readonly now?: () => Date;
  readonly tool?: Capture['tool'];
  /** Questions in flight at once: as many as the shell has processes, so that no deadline runs while one waits. */
  readonly sideBySide?: number;
  /** The text of a script under resources/powershell. */
  readonly readScript?: (path: string) => string;
}

/** Processes of a look on this machine; the pool has as many. */
export const defaultSideBySide = 3;

const sentences: Readonly<Record<ObservationFailureKind, string>> = {
  'feature-missing': 'The role or feature that it belongs to is not installed.',
  'not-on-this-windows': 'This release of Windows does not have it.',
  'cmdlet-missing': 'The command or class that gives it is not on this host.',
  'service-stopped': 'The service that answers is not running.',
  'not-elevated': 'Reading it takes administrator rights, and Switchyard runs without them.',
  'access-denied': 'Windows denied access.',
  'timed-out': 'No answer came in time.',
  cancelled: 'The look was cancelled before the answer came.',
  exited: 'PowerShell ended before the answer was complete.',
  'start-failed': 'PowerShell could not be started.',
  'bad-output': 'The answer was not complete or not in a known form.',
  'too-large': 'The answer was larger than Switchyard accepts.',
  'constrained-language': 'PowerShell runs in constrained language mode and refuses what discovery needs.',
  'script-error': 'The command ended with an error.',
  unexpected: 'Something unexpected happened.',
};

type Answer = Result<ScriptReply>;

const cancelled: Result<never> = {
  ok: false,
  failure: { kind: 'cancelled', message: sentences.cancelled },
};

/**
 * A capture of the host behind `shell`. It is complete in itself: whatever could not be observed is in it with the
 * reason, also where the shell does not start at all. Nothing is thrown, and a cancelled look settles at once.
 */
export async function discover(shell: Shell, options: DiscoverOptions = {}): Promise<Result<Capture>> {
  const {
    probes = allProbes,
    signal,
    onProgress,
    now = () => new Date(),
    tool = { name: productName, version: productVersion },
    sideBySide = defaultSideBySide,
    readScript = (path) => readResource(`powershell/${path}`),
  } = options;
  const takenAt = now().toISOString();
  const observations = new Map<ObservationName, Observation>();
  const tell = (observation: ObservationName, state: DiscoverProgress['state']) =>
    onProgress?.({ observation, state, done: observations.size, total: probes.length });
  const settle = (probe: AnyProbe, observation: Observation) => {
    observations.set(probe.name, observation);
    tell(probe.name, observation.status);
  };

  const facts = await settled(() => shell.facts(signal), signal);
  if (facts.ok) {
    const context: ErrorContext = { isElevated: facts.value.isElevated };
    const waiting = [...probes];
    const worker = async () => {
      for (let probe = waiting.shift(); probe !== undefined; probe = waiting.shift()) {
        const { deadlineMs, script: path } = probe;
        const startedAt = performance.now();
        if (signal?.aborted !== true) tell(probe.name, 'asking');
        const answer = await settled(async () => {
          const script = readScript(path);
          return shell.run({ script, deadlineMs, ...(signal === undefined ? {} : { signal }) });
        }, signal);
        settle(probe, asObservation(answer, Math.round(performance.now() - startedAt), context));
      }
    };
    await Promise.all(Array.from({ length: Math.max(1, sideBySide) }, worker));
  } else {
    for (const probe of probes) settle(probe, ofFailure(facts.failure, 0, {}));
  }

  return succeed({
    format: captureFormat,
    version: captureVersion,
    tool,
    takenAt,
    host: hostOf(facts),
    redacted: false,
    // In the order of the probes, not of the answers: two captures of one host compare line by line.
    observations: Object.fromEntries(
      probes.flatMap(({ name }) => {
        const observation = observations.get(name);
        return observation === undefined ? [] : [[name, observation]];
      }),
    ),
  });
}

/** The answer of a call, or `cancelled` as soon as the signal says so, whatever the call does by then. */
export async function settled<T>(call: () => Promise<Result<T>>, signal?: AbortSignal): Promise<Result<T>> {
  if (signal?.aborted === true) return cancelled;
  let stop: (() => void) | undefined;
  const aborted = new Promise<Result<T>>((resolve) => {
    stop = () => resolve(cancelled);
    signal?.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([call(), aborted]);
  } catch (error) {
    if (error instanceof ChangedResource) return fail('unexpected', error.message, { remedy: error.remedy });
    return {
      ok: false,
      failure: { kind: 'unexpected', message: sentences.unexpected, detail: String(error) },
    };
  } finally {
    if (stop !== undefined) signal?.removeEventListener('abort', stop);
  }
}

function hostOf(facts: Result<ShellFacts>): CaptureHost {
  if (!facts.ok) {
    const { kind } = facts.failure;
    return {
      name: hostname(),
      elevated: false,
      ...(kind === 'constrained-language' ? { languageMode: 'ConstrainedLanguage' } : {}),
    };
  }
  const { computerName, isElevated, version, languageMode } = facts.value;
  return { name: computerName, elevated: isElevated, powershell: version, languageMode };
}

/** The observation that a call without an answer gives. */
export function ofFailure(failure: Failure, durationMs: number, context: ErrorContext): Observation {
  const kind = classifyFailure(failure, context);
  return {
    status: statusOfKind(kind),
    durationMs,
    error: {
      kind,
      message: failure.message === '' ? sentences[kind] : failure.message,
      ...(failure.detail === undefined ? {} : { detail: failure.detail }),
    },
  };
}

/** What the script said about itself is ours to show; what Windows said, in any language, is the detail. */
function errorOf(error: ScriptError, context: ErrorContext): ObservationError {
  const kind = classifyScriptError(error, context);
  const windows = [error.id, error.message].filter((part) => part !== undefined && part !== '').join(': ');
  if (kind === error.kind && error.message !== '') {
    // What a script throws itself has its own message for an id.
    return { kind, message: error.message };
  }
  return { kind, message: sentences[kind], ...(windows === '' ? {} : { detail: windows }) };
}

function isItem(value: unknown): value is RawItem {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The observation that the reply of a probe's script gives. */
export function asObservation(answer: Answer, elapsedMs: number, context: ErrorContext): Observation {
  if (!answer.ok) return ofFailure(answer.failure, elapsedMs, context);
  const { data, fatal, durationMs } = answer.value;
  const errors = answer.value.errors.filter((error) => !saysNothingFound(error));
  const failed = (error: ObservationError): Observation => ({
    status: statusOfKind(error.kind),
    durationMs,
    error,
  });
  // A script that ended early may have left objects out: its list would be read as the whole.
  if (fatal !== undefined && !saysNothingFound(fatal)) return failed(errorOf(fatal, context));
  if (data.length === 0 && errors.length > 0) {
    const told = errors.map((error) => errorOf(error, context));
    const best = told.find(({ kind }) => kind !== 'script-error') ?? told[0];
    if (best !== undefined) return failed(best);
  }
  const odd = data.findIndex((item) => !isItem(item));
  if (odd >= 0) {
    return failed({
      kind: 'bad-output',
      message: sentences['bad-output'],
      detail: `item ${odd} is ${data[odd] === null ? 'null' : typeof data[odd]}, not an object`,
    });
  }
  const itemErrors = errors.map((error): ItemError => ({
    ...(error.target === undefined ? {} : { item: error.target }),
    message: error.message === '' ? sentences[classifyScriptError(error, context)] : error.message,
  }));
  return {
    status: 'ok',
    durationMs,
    data: data.filter(isItem),
    ...(itemErrors.length === 0 ? {} : { itemErrors }),
  };
}
