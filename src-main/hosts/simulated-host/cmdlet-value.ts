/**
 * A value as a Windows cmdlet gives it, with its type, so that it can cross to PowerShell and become the same there.
 *
 * Plain JSON values are themselves (numbers are Int32 when whole and small, Double otherwise); everything else is
 * tagged by `$`.
 */
export type IntegerType = 'uint8' | 'uint16' | 'uint32' | 'uint64' | 'int16' | 'int64';

export type CmdletValue =
  | null
  | string
  | boolean
  | number
  | readonly CmdletValue[]
  /** An integer of a width of its own; decimal text, since 64 bits do not fit a JSON number. */
  | { readonly $: IntegerType; readonly v: string }
  /** A .NET enumeration: shown as its name, a number in JSON. */
  | { readonly $: 'enum'; readonly type: string; readonly name: string; readonly value: number }
  /** DateTime, ISO 8601 UTC. */
  | { readonly $: 'datetime'; readonly v: string }
  /** TimeSpan in 100 ns ticks, decimal text; `max` is TimeSpan.MaxValue. */
  | { readonly $: 'timespan'; readonly v: string }
  /** System.Guid: serialises without braces. */
  | { readonly $: 'guid'; readonly v: string }
  | { readonly $: 'char'; readonly v: number }
  | { readonly $: 'hashtable'; readonly v: Readonly<Record<string, CmdletValue>> }
  | CmdletObject;

export interface CmdletObject {
  readonly $: 'object';
  /** Type names, nearest first, for example `Microsoft.Management.Infrastructure.CimInstance#root/StandardCimv2/MSFT_NetAdapter`. */
  readonly types: readonly string[];
  readonly props: Readonly<Record<string, CmdletValue>>;
  /**
   * What `.CimInstanceProperties['X'].Value` answers where it differs from the property: the raw number behind a
   * display name.
   */
  readonly cim?: Readonly<Record<string, CmdletValue>>;
  /** What `ToString()` answers, where it is not the type name. */
  readonly text?: string;
}

/** An error as a cmdlet raises it. */
export interface CmdletError {
  readonly message: string;
  /** FullyQualifiedErrorId. */
  readonly id: string;
  /** System.Management.Automation.ErrorCategory by name. */
  readonly category: string;
  /** True: ends the cmdlet even with -ErrorAction Continue. */
  readonly terminating: boolean;
  readonly hresult?: number;
  /** Full type name of the exception to raise, where it matters. */
  readonly exception?: string;
  readonly target?: string;
}

/** A call as the PowerShell modules forward it: the name and the bound parameters, nothing else. */
export interface CmdletCall {
  readonly name: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

export interface CmdletAnswer {
  readonly output: readonly CmdletValue[];
  readonly errors: readonly CmdletError[];
  readonly warnings?: readonly string[];
  /** Wait so long before answering; for hosts whose providers are slow or stuck. */
  readonly delayMs?: number;
  /** Of a program; default 1 with errors, else 0. */
  readonly exitCode?: number;
  /** The answer never arrives: the connection ends instead. */
  readonly isLost?: boolean;
}
