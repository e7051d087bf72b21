/** Ends a PowerShell process with all it started, and never waits for ever. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

const patienceMs = 2_000;

export function hasEnded(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}

/** Windows ends only the process itself; its tool for whole trees, by absolute path. */
export function treeEnder(pid: number, systemRoot: string): { file: string; args: string[] } {
  return {
    file: path.win32.join(systemRoot, 'System32', 'taskkill.exe'),
    args: ['/PID', String(pid), '/T', '/F'],
  };
}

async function endTree(child: ChildProcess, systemRoot: string): Promise<void> {
  if (child.pid === undefined) return;
  const { file, args } = treeEnder(child.pid, systemRoot);
  const ender = spawn(file, args, { windowsHide: true, stdio: 'ignore' });
  // Whatever becomes of the tool, the process itself is ended afterwards.
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, patienceMs / 2);
    const done = (): void => {
      clearTimeout(timer);
      resolve();
    };
    ender.once('error', done);
    ender.once('exit', done);
  });
}

/**
 * Resolves when the process has ended, at the latest after about three seconds: a process that is stuck in a call of
 * the kernel may not end, and is let go then.
 */
export async function endProcess(child: ChildProcess, systemRoot?: string): Promise<void> {
  if (!hasEnded(child)) {
    if (process.platform === 'win32' && systemRoot !== undefined) await endTree(child, systemRoot);
    if (!hasEnded(child)) {
      child.kill('SIGKILL');
      const patience = new AbortController();
      const timer = setTimeout(() => patience.abort(), patienceMs);
      // Rejects only when patience ends first.
      await once(child, 'exit', { signal: patience.signal }).catch(() => undefined);
      clearTimeout(timer);
    }
  }
  child.stdin?.destroy();
  child.stdout?.destroy();
  child.stderr?.destroy();
  child.unref();
}
