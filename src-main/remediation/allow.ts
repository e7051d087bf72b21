/** Holds a command to the list of what a change may run, before it is shown, journalled or sent anywhere. */
import { allowedCmdlets, allowedPrograms, type ParameterType } from '#shared/allowed-commands.ts';
import type { ChangeCommand, ParameterValue } from '#shared/change-command.ts';
import { isAdapter, isFound, isSecret } from '#shared/command-values.ts';
import { renderLine } from './render-line.ts';

function fits(type: ParameterType, value: ParameterValue): boolean {
  // A found value has the type of the property that it is taken from.
  if (isFound(value)) return type !== 'switch' && type !== 'secret';
  switch (type) {
    case 'text':
    case 'pattern':
      return typeof value === 'string';
    case 'number':
      return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
    case 'boolean':
      return typeof value === 'boolean';
    case 'switch':
      return value === true;
    case 'texts':
      return Array.isArray(value) && value.every((one) => typeof one === 'string');
    case 'numbers':
      return Array.isArray(value) && value.every((one) => Number.isSafeInteger(one));
    case 'secret':
      return isSecret(value);
    case 'adapter':
    case 'adapter-name':
      return isAdapter(value);
  }
}

/** Why the command may not run, in one sentence, or undefined. */
export function notAllowed(command: ChangeCommand): string | undefined {
  if ('program' in command) {
    const program = Object.hasOwn(allowedPrograms, command.program)
      ? allowedPrograms[command.program]
      : undefined;
    if (program === undefined) return `${command.program} is not among the programs of changes.`;
    const bad = command.arguments.find((argument) => program.never.includes(argument.toLowerCase()));
    return bad === undefined ? unshowable(command) : `${command.program} is never given ${bad}.`;
  }
  const { cmdlet, parameters } = command;
  const allowed = Object.hasOwn(allowedCmdlets, cmdlet) ? allowedCmdlets[cmdlet] : undefined;
  if (allowed === undefined) return `${cmdlet} is not among the commands of changes.`;
  for (const [name, value] of Object.entries(parameters)) {
    const type = Object.hasOwn(allowed.parameters, name) ? allowed.parameters[name] : undefined;
    if (type === undefined) return `${cmdlet} is never given -${name}.`;
    if (!fits(type, value)) return `-${name} of ${cmdlet} is no ${type}.`;
  }
  const missing = allowed.required.find((name) => {
    const value = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
    return value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
  });
  if (missing !== undefined) return `${cmdlet} without -${missing} would act on more than is meant.`;
  return unshowable(command);
}

function unshowable(command: ChangeCommand): string | undefined {
  try {
    renderLine(command);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
