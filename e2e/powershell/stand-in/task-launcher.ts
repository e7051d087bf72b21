/**
 * Runs the action of a scheduled task as the Task Scheduler of a simulated host would, in the engine of the tests:
 * `node task-launcher.ts FOLDER EXECUTE ARGUMENTS`. Only powershell.exe is run, with -File or -Command.
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { quote } from '../modules.ts';
import type { PreparedEngine } from '../engine.ts';

const [folder = '', execute = '', given = ''] = process.argv.slice(2);

/** Words of a Windows command line: blanks part them, quotation marks hold them together. */
function wordsOf(line: string): string[] {
  return [...line.matchAll(/(?:[^\s"]|"[^"]*")+/g)].map(([word]) => word.replaceAll('"', ''));
}

/** The command that a call of powershell.exe stands for. */
function commandOf(line: string): string {
  const words = wordsOf(line);
  const at = words.findIndex((word) => /^-(?:File|Command)$/i.test(word));
  const [kind = '', first = '', ...rest] = words.slice(Math.max(at, 0));
  if (/^-Command$/i.test(kind)) return [first, ...rest].join(' ');
  if (!/^-File$/i.test(kind)) throw new Error(`Not a call with a script: ${line}`);
  const values = rest.map((word) => (/^-\w+$/.test(word) ? word : quote(word)));
  return `& ${quote(first)} ${values.join(' ')}; exit $LASTEXITCODE`;
}

if (!/powershell(?:\.exe)?$/i.test(execute)) {
  process.exitCode = 2;
} else {
  const prepared = JSON.parse(readFileSync(path.join(folder, 'engine.json'), 'utf8')) as PreparedEngine;
  const { executable, workingFolder, environment, moduleFolders } = prepared.engine;
  const prelude = Buffer.from(prepared.prelude).toString('base64');
  const command = [
    `. ([ScriptBlock]::Create([Text.Encoding]::UTF8.GetString([Convert]::FromBase64String('${prelude}'))))`,
    commandOf(given),
  ].join('; ');
  const child = spawn(executable, ['-NoLogo', '-NoProfile', '-NonInteractive', '-Command', command], {
    cwd: workingFolder,
    env: { ...environment, PSModulePath: moduleFolders.join(path.delimiter) },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  child.on('exit', (code) => process.exit(code ?? 1));
}
