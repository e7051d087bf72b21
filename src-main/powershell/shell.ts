/** What the rest of the product knows of a PowerShell process: a script and data in, an answer or a failure out. */
import type { Result } from '#shared/result.ts';

export type JsonValue =
  null | boolean | number | string | readonly JsonValue[] | { readonly [name: string]: JsonValue };

export interface ScriptRequest {
  /** The text of a script file as it stands. Values never enter it; they travel in `parameters`. */
  readonly script: string;
  /** Bound to the script's parameters by name. */
  readonly parameters?: Readonly<Record<string, JsonValue>>;
  /** The call is settled within this time; then the process is ended and replaced. */
  readonly deadlineMs: number;
  readonly signal?: AbortSignal;
}

/** An error record of the script, as data. The message is in the host's language: decide by id, category and numbers. */
export interface ScriptError {
  readonly message: string;
  /** FullyQualifiedErrorId. */
  readonly id?: string;
  /** CategoryInfo.Category, for example `PermissionDenied`. */
  readonly category?: string;
  /** HResult of the innermost exception, as a signed number. */
  readonly hresult?: number;
  /** Type name of the innermost exception. */
  readonly exception?: string;
  /** NativeErrorCode or StatusCode of a CIM exception. */
  readonly nativeError?: number;
  /** The command that wrote it. */
  readonly command?: string;
  /** TargetObject as text, where the record has one. */
  readonly target?: string;
  /** Set where the script itself said what kind of answer this is. */
  readonly kind?: string;
}

export interface ScriptReply {
  /** The objects that the script wrote to its output, in order. */
  readonly data: readonly unknown[];
  /** Errors that did not end the script. */
  readonly errors: readonly ScriptError[];
  /** The error that ended the script, where one did. */
  readonly fatal?: ScriptError;
  readonly warnings: readonly string[];
  /** Time inside PowerShell. */
  readonly durationMs: number;
}

/** Facts about the engine, read once when it starts. */
export interface ShellFacts {
  /** `$PSVersionTable.PSVersion`. */
  readonly version: string;
  readonly languageMode: string;
  readonly isElevated: boolean;
  readonly is64Bit: boolean;
  readonly computerName: string;
}

/** One or several PowerShell processes behind one door. Every call settles; nothing is thrown. */
export interface Shell {
  /** Starts a process where none runs yet. */
  readonly facts: (signal?: AbortSignal) => Promise<Result<ShellFacts>>;
  readonly run: (request: ScriptRequest) => Promise<Result<ScriptReply>>;
  /** Ends all processes. Calls in flight answer `cancelled`. */
  readonly close: () => Promise<void>;
}
