/**
 * Changes of a demo host: the same data that runs on Windows, executed by the simulated host. What
 * resources/powershell/changes/Invoke-Step.ps1 does in PowerShell is done here without one.
 */
import {
  allowedCmdlets,
  allowedPrograms,
  readingCmdlets,
  type AllowedCmdlet,
} from '#shared/allowed-commands.ts';
import type {
  ChangeCommand,
  CommandReport,
  ParameterValue,
  Presence,
  Question,
  QuestionAnswer,
} from '#shared/change-command.ts';
import { escapedPattern, holds, isAdapter, isFound, isSecret, propertyOf } from '#shared/command-values.ts';
import { succeed } from '#shared/result.ts';
import type { HostChanges } from '../host.ts';
import { captureValue } from './capture-item.ts';
import type { CmdletAnswer, CmdletError } from './cmdlet-value.ts';
import { demoGuard, type GuardClock } from './demo-guard.ts';
import type { SimulatedHost } from './simulated-host.ts';

type Row = Readonly<Record<string, unknown>>;

/** What stands in the way of a command, as PowerShell would say it. */
class CommandProblem extends Error {
  readonly id: string;

  constructor(id: string, message: string) {
    super(message);
    this.name = 'CommandProblem';
    this.id = id;
  }
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A text or a number alone has itself under the empty name. */
function rowsOf(answer: CmdletAnswer): readonly Row[] {
  return answer.output.map((value) => {
    const plain = captureValue(value);
    return isRow(plain) ? plain : { '': plain };
  });
}

function problemOf({ id, message }: CmdletError): CommandProblem {
  return new CommandProblem(id, message);
}

/** Throws {@link CommandProblem} where the host answers with an error alone. */
function askRows(host: SimulatedHost, question: Question): readonly Row[] {
  if (!Object.hasOwn(readingCmdlets, question.read)) {
    throw new CommandProblem('NotAllowed', `${question.read} is no question.`);
  }
  const parameters = Object.fromEntries(
    Object.entries(question.parameters ?? {}).map(([name, value]) => [
      name,
      typeof value === 'object' && 'objects' in value ? askRows(host, value.objects) : value,
    ]),
  );
  const answer = host.call({ name: question.read, parameters });
  const [problem] = answer.errors;
  if (problem !== undefined && answer.output.length === 0) throw problemOf(problem);
  const where = question.where ?? [];
  return rowsOf(answer).filter((row) => where.every((condition) => holds(condition, row)));
}

function isSo(host: SimulatedHost, { question, isThere, atLeast = 1 }: Presence): boolean {
  try {
    return askRows(host, question).length >= atLeast === isThere;
  } catch (error) {
    if (error instanceof CommandProblem) return !isThere;
    throw error;
  }
}

function theAdapter(host: SimulatedHost, guid: string, name: string): string {
  const found = askRows(host, {
    read: 'Get-NetAdapter',
    where: [{ property: 'InterfaceGuid', is: `{${guid}}` }],
  });
  const [only] = found;
  if (found.length !== 1 || only === undefined) {
    throw new CommandProblem('AdapterNotFound', `No adapter has the GUID {${guid}}.`);
  }
  if (only['Name'] !== name) {
    throw new CommandProblem('AdapterRenamed', `The adapter ${name} is now called ${String(only['Name'])}.`);
  }
  return name;
}

function valueFor(
  host: SimulatedHost,
  type: string,
  value: ParameterValue,
  secrets: Readonly<Record<string, string>>,
): unknown {
  if (typeof value !== 'object') {
    return type === 'pattern' && typeof value === 'string' ? escapedPattern(value) : value;
  }
  if (isSecret(value)) {
    const secret = secrets[value.secret];
    if (secret === undefined) throw new CommandProblem('SecretMissing', 'The secret was not given.');
    return secret;
  }
  if (isAdapter(value)) {
    const name = theAdapter(host, value.adapter, value.name);
    return type === 'adapter-name' ? name : escapedPattern(name);
  }
  if (isFound(value)) {
    const found = askRows(host, value.found).map((row) => propertyOf(row, value.take));
    if (found.length === 0) {
      throw new CommandProblem('NothingFound', `${value.found.read} found nothing that fits.`);
    }
    const plain = found.map((one) =>
      (type === 'pattern' || type === 'adapter') && typeof one === 'string' ? escapedPattern(one) : one,
    );
    return plain.length === 1 ? plain[0] : plain;
  }
  return value;
}

function seesOnlyOne(
  host: SimulatedHost,
  allowed: AllowedCmdlet,
  bound: Readonly<Record<string, unknown>>,
): void {
  if (allowed.only === undefined) return;
  const { read, parameter, by } = allowed.only;
  const found = askRows(host, { read, parameters: { [parameter]: String(bound[by]) } });
  if (found.length !== 1) {
    throw new CommandProblem('NotExactlyOne', `-${by} means ${found.length} objects instead of one.`);
  }
}

function execute(
  host: SimulatedHost,
  command: ChangeCommand,
  secrets: Readonly<Record<string, string>>,
): CommandReport {
  if (command.unless !== undefined && isSo(host, command.unless)) return { state: 'skipped', output: [] };
  let answer: CmdletAnswer;
  if ('program' in command) {
    if (!Object.hasOwn(allowedPrograms, command.program)) {
      throw new CommandProblem('NotAllowed', `${command.program} is not among the programs of changes.`);
    }
    answer = host.call({ name: `${command.program}.exe`, parameters: { arguments: command.arguments } });
  } else {
    const { cmdlet } = command;
    const allowed = Object.hasOwn(allowedCmdlets, cmdlet) ? allowedCmdlets[cmdlet] : undefined;
    if (allowed === undefined) {
      throw new CommandProblem('NotAllowed', `${cmdlet} is not among the commands of changes.`);
    }
    const bound: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(command.parameters)) {
      bound[name] = valueFor(host, allowed.parameters[name] ?? '', value, secrets);
    }
    seesOnlyOne(host, allowed, bound);
    answer = host.call({
      name: cmdlet,
      parameters: {
        ...bound,
        ...(allowed.forces === true && { Force: true }),
        ...(allowed.confirms && { Confirm: false }),
      },
    });
  }
  const [problem] = answer.errors;
  if (problem !== undefined) throw problemOf(problem);
  const said = answer.output.flatMap((value) => (typeof value === 'string' ? [value] : []));
  if ('program' in command && (answer.exitCode ?? 0) !== 0) {
    throw new CommandProblem(
      'ProgramFailed',
      `${command.program} ended with code ${answer.exitCode ?? 0}. ${said.filter((line) => line !== '').join(' ')}`,
    );
  }
  return { state: 'done', output: [...(answer.warnings ?? []).map((text) => `Warning: ${text}`), ...said] };
}

/** Never throws for what a command or the host says; secrets are struck out of it. */
function runCommand(
  host: SimulatedHost,
  command: ChangeCommand,
  secrets: Readonly<Record<string, string>> = {},
): CommandReport {
  const hidden = Object.values(secrets).filter((secret) => secret !== '');
  const clean = (text: string): string =>
    hidden.reduce((shown, secret) => shown.replaceAll(secret, '\u2022\u2022\u2022\u2022'), text);
  try {
    const report = execute(host, command, secrets);
    return { ...report, output: report.output.map(clean) };
  } catch (error) {
    if (!(error instanceof CommandProblem)) throw error;
    return { state: 'failed', output: [], error: { id: error.id, message: clean(error.message) } };
  }
}

/** `clock`: what the guard waits by; default real time. */
export function demoChanges(host: SimulatedHost, clock?: GuardClock): HostChanges {
  const guard = demoGuard((command) => runCommand(host, command), clock);
  return {
    ask: (questions) =>
      Promise.resolve(
        succeed(
          questions.map((question): QuestionAnswer => {
            try {
              const rows = askRows(host, question);
              return {
                rows: rows.map((row) =>
                  Object.fromEntries(question.take.map((name) => [name, propertyOf(row, name)])),
                ),
              };
            } catch (error) {
              if (!(error instanceof CommandProblem)) throw error;
              return { error: { id: error.id, message: error.message } };
            }
          }),
        ),
      ),
    run: (command, secrets) => Promise.resolve(succeed(runCommand(host, command, secrets))),
    guard,
    restart: () => {
      host.restart();
      guard.startAnew();
      return Promise.resolve();
    },
    close: () => {
      guard.close();
      return Promise.resolve();
    },
  };
}
