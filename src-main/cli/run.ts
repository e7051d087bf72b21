/** From the words of a call to an exit code. */
import { visibleText } from '#shared/visible-text.ts';
import { nearest } from '../app/nearest.ts';
import { crashSentence, writeCrashReport } from '../platform/crash-report.ts';
import { ChangedResource } from '../platform/resources.ts';
import { productName, productVersion } from '../platform/version.ts';
import { readOptions, WrongCall } from './command.ts';
import { commands, overview } from './commands.ts';
import { exitCodes } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';

const helpWords = new Set(['--help', '-h']);

/** Never throws: what goes wrong inside is said, and the check counts as not made. */
export async function run(words: readonly string[], terminal: Terminal): Promise<number> {
  try {
    return await dispatch(words, terminal);
  } catch (error) {
    terminal.progress('');
    if (error instanceof WrongCall) {
      terminal.remark(`switchyard: ${error.message}`);
      if (error.hint !== undefined) terminal.remark(error.hint);
      terminal.remark(`See switchyard ${commandOf(words)}--help.`);
      return exitCodes.wrongCall;
    }
    if (error instanceof ChangedResource) {
      terminal.remark(`switchyard: ${visibleText(error.message)}\n${error.remedy}`);
      return exitCodes.notMade;
    }
    const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const report = crashSentence(writeCrashReport({ shell: 'terminal', error }));
    terminal.remark(`switchyard: Something went wrong inside Switchyard.\n${told}\n${report}`);
    return exitCodes.notMade;
  }
}

async function dispatch(words: readonly string[], terminal: Terminal): Promise<number> {
  const [first, ...rest] = words;
  if (first === undefined) throw new WrongCall('Which command?', Object.keys(commands).join(', '));
  if (helpWords.has(first) || (first === 'help' && rest.length === 0)) {
    terminal.answer(overview);
    return exitCodes.fine;
  }
  if (first === '--version' || first === '-V') {
    terminal.answer(`${productName} ${productVersion}`);
    return exitCodes.fine;
  }
  if (first === 'help') return dispatch([...rest, '--help'], terminal);
  const entry = Object.hasOwn(commands, first) ? commands[first] : undefined;
  if (entry === undefined) throw unknownCommand(first, rest);
  const { command } = await entry.load();
  const beforeEnd = rest.includes('--') ? rest.slice(0, rest.indexOf('--')) : rest;
  if (beforeEnd.some((word) => helpWords.has(word))) {
    terminal.answer(command.help);
    return exitCodes.fine;
  }
  return command.run(readOptions(command.options, rest), terminal);
}

function unknownCommand(word: string, rest: readonly string[]): WrongCall {
  if (word.startsWith('-')) {
    const named = rest.find((other) => Object.hasOwn(commands, other)) ?? 'check';
    return new WrongCall(
      `The command comes first, before ${visibleText(word)}.`,
      `Such as: switchyard ${named} ${visibleText(word)}`,
    );
  }
  const meant = nearest(word, Object.keys(commands));
  return new WrongCall(
    `There is no command "${visibleText(word)}".`,
    meant === undefined
      ? `There are: ${Object.keys(commands).join(', ')}.`
      : `Did you mean switchyard ${meant}?`,
  );
}

function commandOf(words: readonly string[]): string {
  const first = words[0];
  return first !== undefined && Object.hasOwn(commands, first) ? `${first} ` : '';
}
