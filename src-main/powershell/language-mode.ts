/** Asks a PowerShell of its own for the language mode, where a session gets no answer. */
import { spawn } from 'node:child_process';
import { endProcess } from './end-process.ts';
import type { Engine } from './engine.ts';

const answerMs = 20_000;

/**
 * The language mode in which the engine runs what Switchyard sends, or undefined where it does not say. In constrained
 * language node-powershell cannot frame a call, for its marker lines call .NET; this line calls nothing.
 */
export function askLanguageMode(engine: Engine, signal: AbortSignal): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = spawn(engine.executable, ['-NoLogo', '-NoProfile', '-NonInteractive', '-Command', '-'], {
      cwd: engine.workingFolder,
      env: engine.environment,
      windowsHide: true,
      stdio: 'pipe',
    });
    let output = '';
    const finish = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', finish);
      void endProcess(child, engine.environment['SystemRoot']);
      resolve(/\b(?:Full|Constrained|Restricted|No)Language\b/.exec(output)?.[0]);
    };
    const timer = setTimeout(finish, answerMs);
    signal.addEventListener('abort', finish);
    child.once('error', finish);
    child.once('close', finish);
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      output = (output + chunk).slice(-4096);
    });
    child.stderr.resume();
    // A process that ended early has closed its input; `close` says the same.
    child.stdin.on('error', () => undefined);
    child.stdin.end('$ExecutionContext.SessionState.LanguageMode\n');
  });
}
