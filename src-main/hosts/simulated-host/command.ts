/** What a command of the simulated host is, and how those over CIM classes are made. */
import type { ObservationName } from '#shared/capture.ts';
import type { WindowsRelease } from '#shared/host/host-model.ts';
import { asCmdletObject, plain, type CimClass, type CimRow } from './cim.ts';
import type { CmdletAnswer, CmdletError, CmdletValue } from './cmdlet-value.ts';
import { nothingFound } from './errors.ts';
import type { Machine } from './machine.ts';
import type { Parameters } from './parameters.ts';
import { matcherOf } from './wql.ts';

/** The classes of one machine, each rendered at most once. */
interface ClassReader {
  readonly rows: (cls: CimClass) => readonly CimRow[];
}

export interface Command {
  /** The module that has it on Windows. */
  readonly module: string;
  readonly since?: WindowsRelease;
  /** Exists only with this feature. */
  readonly feature?: string;
  /** Not on client Windows. */
  readonly isServerOnly?: boolean;
  readonly isProtected?: boolean;
  readonly needs?: CimClass['needs'];
  readonly observation?: ObservationName;
  readonly answer: (
    machine: Machine,
    parameters: Parameters,
    classes: ClassReader,
    /** The command's own name, as errors carry it. */
    name: string,
  ) => CmdletAnswer;
}

export function output(...values: readonly CmdletValue[]): CmdletAnswer {
  return { output: values, errors: [] };
}

export function refuse(...errors: readonly CmdletError[]): CmdletAnswer {
  return { output: [], errors };
}

export function hasWildcard(text: string): boolean {
  return /[*?]/.test(text);
}

/** `*` and `?` as PowerShell means them, without case; a test for one of several patterns. */
export function anyOf(patterns: readonly string[]): (text: string) => boolean {
  const exact = new Set(patterns.filter((text) => !hasWildcard(text)).map((text) => text.toLowerCase()));
  const wild = patterns.filter(hasWildcard).map((text) => matcherOf(text, '*', '?'));
  return (text) => exact.has(text.toLowerCase()) || wild.some((matches) => matches(text));
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
      const errors: CmdletError[] = [];
      for (const name of parameters.names()) {
        if (general.has(name.toLowerCase()) || handled.has(name.toLowerCase())) continue;
        const wanted = parameters.texts(name) ?? [];
        const property = propertyNamed(rows, name);
        const before = rows;
        const fits = anyOf(wanted);
        rows = property === undefined ? [] : before.filter((row) => textsOf(row, property).some(fits));
        for (const value of wanted) {
          if (hasWildcard(value)) continue;
          const fitsValue = anyOf([value]);
          if (property !== undefined && rows.some((row) => textsOf(row, property).some(fitsValue))) continue;
          errors.push(nothingFound(cls.name, property ?? name, value, command));
        }
      }
      return { output: rows.map((row) => asCmdletObject(cls.namespace, cls.name, row)), errors };
    },
  };
}

function propertyNamed(rows: readonly CimRow[], name: string): string | undefined {
  const [first] = rows;
  if (first === undefined) return undefined;
  const wanted = name.toLowerCase();
  return [...Object.keys(first.raw), ...Object.keys(first.shown ?? {})].find(
    (key) => key.toLowerCase() === wanted,
  );
}
