/**
 * A change to a host as data: commands of an allow-list with typed parameters. The line that a person sees, the call
 * that runs, the undo, the guard, the history and the simulated host all hold the same data.
 */

/** Asked of the person when it is needed, by the id of the choice; never stored, never part of a line. */
export interface SecretValue {
  readonly secret: string;
}

/** A network adapter: found again by its GUID when the command runs, whatever its name holds. */
export interface AdapterValue {
  /** Lower case, without braces. */
  readonly adapter: string;
  /** Its name when the plan was made; another one at run time refuses the command. */
  readonly name: string;
}

/** A value that exists only once earlier commands have run: a property of the objects that a question finds. */
export interface FoundValue {
  readonly found: Question;
  readonly take: string;
}

/** The objects themselves, for parameters that take objects: only inside a question. */
interface FoundObjects {
  readonly objects: Question;
}

export type ParameterValue =
  string | number | boolean | readonly string[] | readonly number[] | SecretValue | AdapterValue | FoundValue;

/**
 * What an object must be to count. A property may lead into an object: `LoadBalancePolicy.LoadBalancePolicy`; of a
 * command that answers with bare values the property is ''.
 */
export type Condition =
  /** Texts are compared without case, as PowerShell does; null is "empty". */
  | { readonly property: string; readonly is: string | number | boolean | null }
  | { readonly property: string; readonly isNoneOf: readonly (string | number)[] };

/** A question to the host: a command that only reads, and which of its objects count. */
export interface Question {
  readonly read: string;
  readonly parameters?: Readonly<
    Record<string, string | number | boolean | readonly string[] | FoundObjects>
  >;
  readonly where?: readonly Condition[];
}

/** Whether a question finds anything. No answer because the thing is not there counts as nothing. */
export interface Presence {
  readonly question: Question;
  readonly isThere: boolean;
  /** How many objects it takes to be there; default 1. */
  readonly atLeast?: number;
}

interface CommandOf {
  /** Skipped where this holds: it is so already. Makes an undo harmless that runs twice. */
  readonly unless?: Presence;
}

export interface CmdletCommand extends CommandOf {
  readonly cmdlet: string;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
}

/** A program of Windows' system folder. It must end with code 0. */
export interface ProgramCommand extends CommandOf {
  readonly program: string;
  readonly arguments: readonly string[];
}

export type ChangeCommand = CmdletCommand | ProgramCommand;

/** A question with the properties whose values are wanted, as plain values. */
export interface AskedQuestion extends Question {
  readonly take: readonly string[];
}

/** Of one question: the objects, or the error that stood in the way (its FullyQualifiedErrorId). */
export type QuestionAnswer =
  | { readonly rows: readonly Readonly<Record<string, unknown>>[] }
  | { readonly error: { readonly id: string; readonly message: string } };

export interface CommandReport {
  /** `skipped`: it was so already. */
  readonly state: 'done' | 'skipped' | 'failed';
  /** What it said, line by line; secrets are never in it. */
  readonly output: readonly string[];
  /** Present exactly where it failed. */
  readonly error?: { readonly id: string; readonly message: string };
}
