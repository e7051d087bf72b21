/** Commands as the PowerShell lines a person reads and may run by hand. Rendered from the very data that runs. */
import { escapedPattern, isAdapter, isFound, isSecret } from '#shared/command-values.ts';
import { allowedCmdlets, readingCmdlets, type ParameterType } from '#shared/allowed-commands.ts';
import type {
  ChangeCommand,
  CmdletCommand,
  Condition,
  ParameterValue,
  Presence,
  ProgramCommand,
  Question,
} from '#shared/change-command.ts';

/** A value that no line can show as it is: it must not reach a command either. */
class UnshowableValue extends Error {
  constructor(what: string) {
    super(`${what}, so it can stand in no command.`);
    this.name = 'UnshowableValue';
  }
}

/** PowerShell takes each of these for a single quote: the straight one and four typographic ones. */
const singleQuotes = /['\u2018\u2019\u201A\u201B]/g;
// Control characters, line and paragraph separators, and signs that turn the direction of the text around them.
// eslint-disable-next-line no-control-regex -- these are what is looked for
const unshowable = /[\u0000-\u001F\u007F-\u009F\u2028\u2029\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/;

/** A text as PowerShell takes it literally. Throws {@link UnshowableValue}. */
export function quoted(text: string): string {
  if (unshowable.test(text)) throw new UnshowableValue('A text holds a control character');
  return `'${text.replace(singleQuotes, '$&$&')}'`;
}

function scalar(value: string | number | boolean | null): string {
  if (value === null) return '$null';
  if (typeof value === 'boolean') return value ? '$true' : '$false';
  return typeof value === 'number' ? String(value) : quoted(value);
}

function list(values: readonly (string | number)[]): string {
  return values.length === 0 ? '@()' : values.map(scalar).join(', ');
}

function conditionText(condition: Condition): string {
  const property = condition.property === '' ? '$_' : `$_.${condition.property}`;
  if ('isNoneOf' in condition) return `@(${list(condition.isNoneOf)}) -notcontains ${property}`;
  // An empty text and nothing at all are the same answer.
  if (condition.is === null) return `-not ${property}`;
  return `${property} -eq ${scalar(condition.is)}`;
}

/** `Get-X -Y 'z' | Where-Object { ... }`. */
export function questionText(question: Question): string {
  if (!Object.hasOwn(readingCmdlets, question.read)) throw new Error(`${question.read} is no question.`);
  const parameters = Object.entries(question.parameters ?? {}).map(([name, value]) => {
    if (typeof value === 'object' && 'objects' in value) return `-${name} (${questionText(value.objects)})`;
    if (value === true) return `-${name}`;
    return typeof value === 'object' ? `-${name} ${list(value)}` : `-${name} ${scalar(value)}`;
  });
  const asked = [question.read, ...parameters, '-ErrorAction SilentlyContinue'].join(' ');
  const where = (question.where ?? []).map(conditionText);
  return where.length === 0 ? asked : `${asked} | Where-Object { ${where.join(' -and ')} }`;
}

function secretPrompt(name: string): string {
  const asked = `Read-Host -AsSecureString -Prompt ${quoted(name)}`;
  return `([Runtime.InteropServices.Marshal]::PtrToStringBSTR([Runtime.InteropServices.Marshal]::SecureStringToBSTR((${asked}))))`;
}

function valueText(name: string, type: ParameterType, value: ParameterValue): string {
  if (typeof value !== 'object') {
    return type === 'pattern' && typeof value === 'string' ? quoted(escapedPattern(value)) : scalar(value);
  }
  if (isSecret(value)) return secretPrompt(name);
  if (isAdapter(value)) {
    return quoted(type === 'adapter-name' ? value.name : escapedPattern(value.name));
  }
  if (isFound(value)) {
    const objects = `(${questionText(value.found)})`;
    const found = value.take === '' ? objects : `${objects}.${value.take}`;
    return type === 'pattern' || type === 'adapter'
      ? `(${found} -replace '[\`*?[\\]]', '\`$0')`
      : `(${found})`;
  }
  return list(value);
}

function presenceText({ question, isThere, atLeast = 1 }: Presence): string {
  const count = `@(${questionText(question)}).Count`;
  const asked = atLeast === 1 ? count : `(${count} -ge ${atLeast})`;
  return isThere ? `-not ${asked}` : asked;
}

function programText(command: ProgramCommand): string {
  // The call operator and the full path: nothing of the same name elsewhere is meant.
  const words = command.arguments.map((argument) => {
    if (argument.includes('"')) throw new UnshowableValue('An argument of a program holds a quotation mark');
    return quoted(argument);
  });
  return [`& "$env:SystemRoot\\System32\\${command.program}.exe"`, ...words].join(' ');
}

/** One line. Throws {@link UnshowableValue}, and an error for a command that is not allowed. */
export function renderLine(command: ChangeCommand): string {
  const line = 'program' in command ? programText(command) : cmdletText(command);
  return command.unless === undefined ? line : `if (${presenceText(command.unless)}) { ${line} }`;
}

function cmdletText({ cmdlet, parameters }: CmdletCommand): string {
  const allowed = Object.hasOwn(allowedCmdlets, cmdlet) ? allowedCmdlets[cmdlet] : undefined;
  if (allowed === undefined) throw new Error(`${cmdlet} is not among the commands of changes.`);
  const words = Object.entries(parameters).map(([name, value]) => {
    const type = allowed.parameters[name];
    if (type === undefined) throw new Error(`${cmdlet} is never given -${name}.`);
    if (type === 'switch') return value === true ? `-${name}` : `-${name}:$false`;
    return `-${name} ${valueText(name, type, value)}`;
  });
  return [
    cmdlet,
    ...words,
    ...(allowed.forces === true ? ['-Force'] : []),
    ...(allowed.confirms ? ['-Confirm:$false'] : []),
    '-ErrorAction Stop',
  ].join(' ');
}
