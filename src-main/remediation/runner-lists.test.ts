import { describe, expect, it } from 'vitest';
import { allowedCmdlets, allowedPrograms, readingCmdlets } from '#shared/allowed-commands.ts';
import { readResource } from '../platform/resources.ts';

const script = readResource('powershell/changes/Invoke-Step.ps1');

/** The entries of one table of the script, by name. */
function table(name: string): Readonly<Record<string, string>> {
  const [, body = ''] = new RegExp(`^\\$${name} = @\\{\\n([^}]*)^\\}`, 'm').exec(script) ?? [];
  return Object.fromEntries(
    [...body.matchAll(/^ {4}'([^']+)' = '([^']*)'$/gm)].map(([, key = '', value = '']) => [key, value]),
  );
}

describe('the runner of steps', () => {
  it('holds the list of commands that lines are made from', () => {
    const expected = Object.entries(allowedCmdlets).map(([name, { only, ...allowed }]) => {
      const flags = `${allowed.confirms ? 'c' : ''}${allowed.forces === true ? 'f' : ''}`;
      const parameters = Object.entries(allowed.parameters).map(
        ([parameter, type]) => `${parameter}${allowed.required.includes(parameter) ? '!' : ''}:${type}`,
      );
      const match = only === undefined ? '' : `${only.read} ${only.parameter} ${only.by}`;
      return [name, [allowed.module, flags, match, parameters.join(' ')].join('|')];
    });
    expect(table('allowedCommands')).toEqual(Object.fromEntries(expected));
  });

  it('holds the list of programs', () => {
    const expected = Object.entries(allowedPrograms).map(([name, { never }]) => [name, never.join(' ')]);
    expect(table('allowedPrograms')).toEqual(Object.fromEntries(expected));
  });

  it('holds the list of questions', () => {
    expect(table('readingCommands')).toEqual(readingCmdlets);
  });
});
