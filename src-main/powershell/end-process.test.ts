import { spawn } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { describe, expect, it } from 'vitest';
import { endProcess, hasEnded, treeEnder } from './end-process.ts';

describe('ending a process', () => {
  it('uses the tool of Windows for whole trees, by absolute path', () => {
    expect(treeEnder(4711, 'C:\\Windows')).toEqual({
      file: 'C:\\Windows\\System32\\taskkill.exe',
      args: ['/PID', '4711', '/T', '/F'],
    });
  });

  it('ends one that does not listen, and is done when it has', async () => {
    const child = spawn(process.execPath, [
      '-e',
      "process.on('SIGTERM',()=>0);console.log(1);setInterval(()=>0,9)",
    ]);
    await once(child.stdout, 'data');
    expect(hasEnded(child)).toBe(false);
    await endProcess(child);
    expect(hasEnded(child)).toBe(true);
    expect(child.signalCode ?? child.exitCode).toBeTruthy();
  });

  it('is done at once with one that has ended, and with one that never started', async () => {
    const ended = spawn(process.execPath, ['-e', '0']);
    await once(ended, 'exit');
    await endProcess(ended);
    const missing = spawn('/nowhere/powershell', []);
    await once(missing, 'error');
    await endProcess(missing);
    expect(hasEnded(missing)).toBe(true);
  });
});
