/** What a command of the simulated host is, and how those over CIM classes are made. */
import type { ObservationName } from '#shared/capture.ts';
import type { WindowsRelease } from '#shared/host/host-model.ts';
import { asCmdletObject, plain, type CimClass, type CimRow } from './cim.ts';
import type { CmdletAnswer, CmdletError, CmdletValue } from './cmdlet-value.ts';
import { nothingFound } from './errors.ts';
import type { Machine } from './machine.ts';
import type { Parameters } from './parameters.ts';
import type { Scenario } from './scenario.ts';
import { anyOf, hasWildcard } from './wildcard.ts';

/** The classes of one machine, each rendered at most once. */
interface ClassReader {
  readonly rows: (cls: CimClass) => readonly CimRow[];
}

interface CommandPlace {
  /** The module that has it on Windows; empty for a program. */
  readonly module: string;
  readonly since?: WindowsRelease;
  /** Exists only with this feature. */
  readonly feature?: string;
  /** Not on client Windows. */
  readonly isServerOnly?: boolean;
  readonly isProtected?: boolean;
  readonly needs?: CimClass['needs'];
  readonly observation?: ObservationName;
}

export interface Command extends CommandPlace {
  readonly answer: (
    machine: Machine,
    parameters: Parameters,
    classes: ClassReader,
    /** The command's own name, as errors carry it. */
    name: string,
  ) => CmdletAnswer;
}

/** What a changing command finds. */
export interface Situation {
  readonly machine: Machine;
  readonly parameters: Parameters;
  /** Its own name, as errors carry it. */
  readonly command: string;
  /** Milliseconds since 1970, by the host's clock. */
  readonly now: number;
}

/** What a changing command does. Without a scenario nothing changes. */
export interface Outcome {
  readonly scenario?: Scenario;
  /** Interfaces that live on under another name. */
  readonly renamed?: readonly (readonly [from: string, to: string])[];
  readonly output?: (after: Machine) => readonly CmdletValue[];
  readonly errors?: readonly CmdletError[];
  readonly warnings?: readonly string[];
  /** Of a program; default 1 with errors, else 0. */
  readonly exitCode?: number;
  /** Scheduled tasks to start or to end, by path and name in small letters. */
  readonly startsTasks?: readonly string[];
  readonly stopsTasks?: readonly string[];
  /** The command starts Windows anew. */
  readonly restarts?: boolean;
}

export interface ChangingCommand extends CommandPlace {
  /** Its parameters, with `@` and the release where they came later than the command. */
  readonly takes: string;
  /** Asks before it acts, unless told `-Confirm:$false`, or also `-Force` where it has that. */
  readonly asks?: boolean;
  readonly change: (situation: Situation) => Outcome;
}

export function output(...values: readonly CmdletValue[]): CmdletAnswer {
  return { output: values, errors: [] };
}

export function refuse(...errors: readonly CmdletError[]): CmdletAnswer {
  return { output: [], errors };
}

function textsOf(row: CimRow, property: string): string[] {
  const texts = [row.shown?.[property], row.raw[property]].map(plain).filter((value) => value !== null);
  return texts.map(String);
}

export interface CimCommandOptions extends Omit<Command, 'answer' | 'needs' | 'isProtected' | 'observation'> {
  readonly cls: CimClass;
  /** Parameters that are no plain filters; handled by `select`, or without effect here. */
  readonly special?: readonly string[];
  readonly select?: (rows: readonly CimRow[], parameters: Parameters, machine: Machine) => readonly CimRow[];
}

/** Parameters that change how much of a class is told, on several cmdlets alike. */
const general = new Set([
  'includehidden',
  'physical',
  'allproperties',
  'allbindings',
  'includeallcompartments',
  'cimsession',
  'throttlelimit',
  'asjob',
]);

/**
 * A cmdlet over one CIM class: every parameter that has a property's name filters by it, with wildcards; a value
 * without wildcards that fits nothing is an error, as cmdletized queries answer it.
 */
export function cimCommand({ cls, special = [], select, ...place }: CimCommandOptions): Command {
  const handled = new Set(special.map((name) => name.toLowerCase()));
  return {
    ...place,
    ...(cls.needs === undefined ? {} : { needs: cls.needs }),
    ...(cls.isProtected === undefined ? {} : { isProtected: cls.isProtected }),
    ...(cls.observation === undefined ? {} : { observation: cls.observation }),
    answer: (machine, parameters, classes, command) => {
      let rows = classes.rows(cls);
      if (rows.some((row) => row.isHidden === true) && !parameters.flag('IncludeHidden')) {
        rows = rows.filter((row) => row.isHidden !== true);
      }
      if (parameters.flag('Physical')) rows = rows.filter((row) => row.raw['HardwareInterface'] === true);
      if (select !== undefined) rows = select(rows, parameters, machine);
      const filters = parameters
        .names()
        .filter((name) => !general.has(name.toLowerCase()) && !handled.has(name.toLowerCase()));
      const kept = filterRows(cls.name, rows, parameters, filters, command);
      return {
        output: kept.rows.map((row) => asCmdletObject(cls.namespace, cls.name, row)),
        errors: kept.errors,
      };
    },
  };
}

/**
 * The rows that the parameters named by `filters` leave, as cmdletized queries filter: by the property of the same
 * name, with wildcards; a value without wildcards that fits nothing is an error.
 */
export function filterRows(
  className: string,
  all: readonly CimRow[],
  parameters: Parameters,
  filters: readonly string[],
  command: string,
): { readonly rows: readonly CimRow[]; readonly errors: readonly CmdletError[] } {
  let rows = all;
  const errors: CmdletError[] = [];
  for (const name of filters) {
    const wanted = parameters.texts(name) ?? [];
    const property = propertyNamed(rows, name);
    const fits = anyOf(wanted);
    rows = property === undefined ? [] : rows.filter((row) => textsOf(row, property).some(fits));
    for (const value of wanted) {
      if (hasWildcard(value)) continue;
      const fitsValue = anyOf([value]);
      if (property !== undefined && rows.some((row) => textsOf(row, property).some(fitsValue))) continue;
      errors.push(nothingFound(className, property ?? name, value, command));
    }
  }
  return { rows, errors };
}

function propertyNamed(rows: readonly CimRow[], name: string): string | undefined {
  const [first] = rows;
  if (first === undefined) return undefined;
  const wanted = name.toLowerCase();
  return [...Object.keys(first.raw), ...Object.keys(first.shown ?? {})].find(
    (key) => key.toLowerCase() === wanted,
  );
}
