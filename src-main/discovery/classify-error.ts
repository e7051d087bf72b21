/**
 * Tells what kind of answer an error record is, by ids, categories and numbers.
 *
 * Messages are in the language of the host and are never looked at.
 */
import { observationFailureKinds, type Failure, type ObservationFailureKind } from '#shared/result.ts';
import type { ScriptError } from '../powershell/shell.ts';

/** What is known about the question beside its error. */
export interface ErrorContext {
  /** False where the engine said that it does not run as administrator: a denied call is then a missing right. */
  readonly isElevated?: boolean;
  /**
   * What a missing command, class or namespace means for this question. Left out: that it is not known whether the
   * thing exists (`cmdlet-missing`).
   */
  readonly absence?: 'feature-missing' | 'not-on-this-windows' | 'cmdlet-missing';
}

const kinds: ReadonlySet<string> = new Set(observationFailureKinds);

export function isObservationFailureKind(kind: string): kind is ObservationFailureKind {
  return kinds.has(kind);
}

/** What an error number says, before the context is asked. */
type Meaning = ObservationFailureKind | 'absent';

/** Unsigned 32-bit HRESULTs, of WMI (winmgmt's 0x8004xxxx) and of .NET. */
const hresultMeanings: ReadonlyMap<number, Meaning> = new Map([
  [0x80041003, 'access-denied'], // WBEM_E_ACCESS_DENIED
  [0x80041062, 'access-denied'], // WBEM_E_PRIVILEGE_NOT_HELD
  [0x80070005, 'access-denied'], // E_ACCESSDENIED
  [0x8013150a, 'access-denied'], // COR_E_SECURITY
  [0x8004100e, 'absent'], // WBEM_E_INVALID_NAMESPACE
  [0x80041010, 'absent'], // WBEM_E_INVALID_CLASS
  [0x80041032, 'cancelled'], // WBEM_E_CALL_CANCELLED
  [0x80041069, 'timed-out'], // WBEM_E_TIMED_OUT
  [0x80131505, 'timed-out'], // COR_E_TIMEOUT
  // WBEM_E_NOT_SUPPORTED is left out on purpose: an MPIO class says it on a host with MPIO and without MPIO disks.
]);

/** Win32 error codes; 0x8007xxxx carries the same numbers. */
const win32Meanings: ReadonlyMap<number, Meaning> = new Map([
  [5, 'access-denied'], // ERROR_ACCESS_DENIED
  [740, 'not-elevated'], // ERROR_ELEVATION_REQUIRED
  [1058, 'service-stopped'], // ERROR_SERVICE_DISABLED
  [1060, 'service-stopped'], // ERROR_SERVICE_DOES_NOT_EXIST
  [1062, 'service-stopped'], // ERROR_SERVICE_NOT_ACTIVE
  [1068, 'service-stopped'], // ERROR_SERVICE_DEPENDENCY_FAIL
  [1223, 'cancelled'], // ERROR_CANCELLED
  [1314, 'access-denied'], // ERROR_PRIVILEGE_NOT_HELD
  [1460, 'timed-out'], // ERROR_TIMEOUT
  [1722, 'service-stopped'], // RPC_S_SERVER_UNAVAILABLE
  [1753, 'service-stopped'], // EPT_S_NOT_REGISTERED
]);

/** MI_Result, the code of a CimException. The same small numbers mean other things in Win32. */
const miMeanings: ReadonlyMap<number, Meaning> = new Map([
  [2, 'access-denied'], // MI_RESULT_ACCESS_DENIED
  [3, 'absent'], // MI_RESULT_INVALID_NAMESPACE
  [5, 'absent'], // MI_RESULT_INVALID_CLASS
]);

const categoryMeanings: ReadonlyMap<string, Meaning> = new Map([
  ['PermissionDenied', 'access-denied'],
  ['SecurityError', 'access-denied'],
  ['AuthenticationError', 'access-denied'],
  ['OperationTimeout', 'timed-out'],
]);

const exceptionMeanings: ReadonlyMap<string, Meaning> = new Map([
  ['System.Management.Automation.CommandNotFoundException', 'absent'],
  ['System.UnauthorizedAccessException', 'access-denied'],
  ['System.Security.SecurityException', 'access-denied'],
  ['System.TimeoutException', 'timed-out'],
]);

/** The part of a FullyQualifiedErrorId before the command that raised it. */
const idMeanings: ReadonlyMap<string, Meaning> = new Map([
  ['CommandNotFoundException', 'absent'],
  ['CouldNotAutoLoadModule', 'absent'],
  ['CouldNotAutoloadMatchingModule', 'absent'],
  ['Modules_ModuleNotFound', 'absent'],
  // Hyper-V's cmdlets raise VirtualizationException for everything and say the kind here.
  ['AccessDenied', 'access-denied'],
]);

function meaningOfHresult(value: number): Meaning | undefined {
  const unsigned = value >>> 0;
  const isWin32 = unsigned >>> 16 === 0x8007;
  return hresultMeanings.get(unsigned) ?? (isWin32 ? win32Meanings.get(unsigned & 0xffff) : undefined);
}

function meaningOfId(id: string): Meaning | undefined {
  const [reason = ''] = id.split(',', 1);
  if (/ConstrainedLanguage/i.test(reason)) return 'constrained-language';
  const known = idMeanings.get(reason);
  if (known !== undefined) return known;
  // The CIM cmdlets write their code into the id: HRESULT 0x80041010, MI RESULT 5, Windows System Error 5.
  const code = /^(HRESULT|MI RESULT|Windows System Error) (0x[0-9a-f]{1,8}|\d{1,10})$/i.exec(reason);
  if (code?.[1] === undefined || code[2] === undefined) return undefined;
  const value = Number(code[2]);
  const family = code[1].toUpperCase();
  if (family === 'HRESULT') return meaningOfHresult(value);
  return (family === 'MI RESULT' ? miMeanings : win32Meanings).get(value);
}

/** Above 0x80000000, or negative, a code is an HRESULT whoever says it; small ones need their family. */
function meaningOfNativeError(value: number, exception: string | undefined): Meaning | undefined {
  if (value < 0 || value >= 0x80000000) return meaningOfHresult(value);
  if (exception?.endsWith('.CimException') === true) return miMeanings.get(value);
  if (exception?.endsWith('.Win32Exception') === true) return win32Meanings.get(value);
  return undefined;
}

/** A query by value that matched nothing: the CIM cmdlets answer "none" with an error. */
export function saysNothingFound(error: ScriptError): boolean {
  return error.id?.startsWith('CmdletizationQuery_NotFound') === true;
}

/** The kind of an error record. What the script itself said goes first; what nothing names is `script-error`. */
export function classifyScriptError(error: ScriptError, context: ErrorContext = {}): ObservationFailureKind {
  if (error.kind !== undefined && isObservationFailureKind(error.kind)) {
    return withoutRights(error.kind, context);
  }
  const meaning =
    (error.id === undefined ? undefined : meaningOfId(error.id)) ??
    (error.exception === undefined ? undefined : exceptionMeanings.get(error.exception)) ??
    (error.nativeError === undefined
      ? undefined
      : meaningOfNativeError(error.nativeError, error.exception)) ??
    (error.hresult === undefined ? undefined : meaningOfHresult(error.hresult)) ??
    (error.category === undefined ? undefined : categoryMeanings.get(error.category)) ??
    'script-error';
  if (meaning === 'absent') return context.absence ?? 'cmdlet-missing';
  return withoutRights(meaning, context);
}

function withoutRights(kind: ObservationFailureKind, context: ErrorContext): ObservationFailureKind {
  return kind === 'access-denied' && context.isElevated === false ? 'not-elevated' : kind;
}

/** The kind of a call that did not come back with a reply. */
export function classifyFailure(failure: Failure, context: ErrorContext = {}): ObservationFailureKind {
  return isObservationFailureKind(failure.kind) ? withoutRights(failure.kind, context) : 'unexpected';
}

/**
 * `unavailable`: the host has no answer to give, because the thing, its command or its service is not there.
 * `failed`: the host may have an answer and it did not arrive.
 */
export function statusOfKind(kind: ObservationFailureKind): 'unavailable' | 'failed' {
  switch (kind) {
    case 'feature-missing':
    case 'not-on-this-windows':
    case 'cmdlet-missing':
    case 'service-stopped':
      return 'unavailable';
    case 'not-elevated':
    case 'access-denied':
    case 'timed-out':
    case 'cancelled':
    case 'exited':
    case 'start-failed':
    case 'bad-output':
    case 'too-large':
    case 'constrained-language':
    case 'script-error':
    case 'unexpected':
      return 'failed';
  }
}
