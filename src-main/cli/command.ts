/** What a command is, and how its words are read. A wrong call ends in a hint, never in a guess. */
import { parseArgs } from 'node:util';
import { visibleText } from '#shared/visible-text.ts';
import { nearest } from '../app/nearest.ts';
import type { Terminal } from './terminal.ts';

interface OptionShape {
  readonly type: 'string' | 'boolean';
  readonly short?: string;
  readonly choices?: readonly string[];
  /** A word without a name before it is the value of this option; of a list, every such word. */
  readonly isWord?: boolean;
  /** May be given several times; its value is the list of all, empty where it was not given. */
  readonly isList?: boolean;
}

export type OptionShapes = Readonly<Record<string, OptionShape>>;

export type OptionValues<Shapes extends OptionShapes> = {
  readonly [Name in keyof Shapes]: Shapes[Name]['type'] extends 'boolean'
    ? boolean
    : Shapes[Name] extends { readonly isList: true }
      ? readonly string[]
      : string | undefined;
};

export interface Command<Shapes extends OptionShapes = OptionShapes> {
  /** Printed by `--help`. */
  readonly help: string;
  readonly options: Shapes;
  /** Answers the exit code. */
  readonly run: (options: OptionValues<Shapes>, terminal: Terminal) => Promise<number>;
}

export function defineCommand<const Shapes extends OptionShapes>(command: Command<Shapes>): Command<Shapes> {
  return command;
}

/** The person called the program wrongly: exit code 64. */
export class WrongCall extends Error {
  readonly hint: string | undefined;

  constructor(message: string, hint?: string) {
    super(message);
    this.name = 'WrongCall';
    this.hint = hint;
  }
}

/** The options that every command shares: which host is meant. */
export const hostOptions = {
  capture: { type: 'string' },
  demo: { type: 'string' },
  host: { type: 'string' },
} as const satisfies OptionShapes;

export const hostHelp = `Which host
  --host local      this machine (default on Windows)
  --capture FILE    a capture file, plain or gzipped
  --demo NAME       a simulated host; "switchyard demos" lists them`;

/** The options of every command that judges: which host, and what was set for it. */
export const judgingOptions = {
  ...hostOptions,
  settings: { type: 'string' },
} as const satisfies OptionShapes;

export const judgingHelp = `${hostHelp}
  --settings FILE   what was set for the host; without it your own file. See switchyard settings --help`;

/** Throws {@link WrongCall}. */
export function readOptions<Shapes extends OptionShapes>(
  shapes: Shapes,
  words: readonly string[],
): OptionValues<Shapes> {
  const { tokens } = parseArgs({
    args: [...words],
    options: Object.fromEntries(
      Object.entries(shapes).map(([name, { type, short }]) => [name, { type, ...(short && { short }) }]),
    ),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const values = new Map<string, string | boolean | readonly string[]>();
  for (const token of tokens) {
    if (token.kind === 'option-terminator') continue;
    if (token.kind === 'positional') {
      const [name, word] = Object.entries(shapes).find(([, { isWord }]) => isWord === true) ?? [];
      if (name !== undefined && word?.isList === true) {
        values.set(name, [...((values.get(name) ?? []) as readonly string[]), token.value]);
        continue;
      }
      if (name !== undefined && !values.has(name)) {
        values.set(name, token.value);
        continue;
      }
      throw new WrongCall(
        `Nothing is expected at "${visibleText(token.value)}".`,
        optionMeant(token.value, shapes),
      );
    }
    const shape = Object.hasOwn(shapes, token.name) ? shapes[token.name] : undefined;
    if (shape === undefined) {
      throw new WrongCall(
        `There is no option ${visibleText(token.rawName)}.`,
        optionMeant(token.name, shapes),
      );
    }
    const there = values.get(token.name);
    const value = valueOf(token, shape);
    if (shape.isList === true && typeof value === 'string') {
      values.set(token.name, Array.isArray(there) ? [...(there as readonly string[]), value] : [value]);
      continue;
    }
    if (there !== undefined) throw new WrongCall(`${token.rawName} is given twice.`);
    values.set(token.name, value);
  }
  return Object.fromEntries(
    Object.entries(shapes).map(([name, { type, isList }]) => [
      name,
      values.get(name) ?? (type === 'boolean' ? false : isList === true ? [] : undefined),
    ]),
  ) as OptionValues<Shapes>;
}

function valueOf(
  token: { rawName: string; value?: string | undefined; inlineValue?: boolean | undefined },
  shape: OptionShape,
): string | boolean {
  const { rawName, value } = token;
  if (shape.type === 'boolean') {
    if (value !== undefined) throw new WrongCall(`${rawName} takes no value.`);
    return true;
  }
  // An option where the value should be: it was forgotten. A value that begins so can be given as --name=value.
  if (value === undefined || value === '' || (token.inlineValue !== true && value.startsWith('-'))) {
    const choices = shape.choices ? `: ${shape.choices.join(', ')}` : '';
    throw new WrongCall(`${rawName} needs a value${choices}.`);
  }
  if (shape.choices && !shape.choices.includes(value)) {
    const meant = nearest(value, shape.choices);
    throw new WrongCall(
      `${rawName} cannot be "${visibleText(value)}".`,
      meant === undefined ? `It can be: ${shape.choices.join(', ')}.` : `Did you mean ${rawName} ${meant}?`,
    );
  }
  return value;
}

function optionMeant(typed: string, shapes: OptionShapes): string | undefined {
  const meant = nearest(typed.replace(/^-+/, ''), [...Object.keys(shapes), 'help']);
  return meant === undefined ? undefined : `Did you mean --${meant}?`;
}
