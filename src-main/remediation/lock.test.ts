import { fork, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { fileLock, memoryLock, type ChangeLock } from './lock.ts';

const scratch = mkdtempSync(path.join(tmpdir(), 'switchyard-lock-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
const holder = { pid: process.pid, by: 'anna', since: '2026-01-01T00:00:00.000Z', what: 'Test' };

describe.each<[string, () => ChangeLock]>([
  ['of files', () => fileLock(mkdtempSync(path.join(scratch, 'l-')))],
  ['of a demo', memoryLock],
])('the lock %s', (_, open) => {
  it('is held by one, who is named to the others, until it is released', () => {
    const lock = open();
    expect(lock.holder()).toBeUndefined();
    const held = lock.take(holder);
    expect(held.ok).toBe(true);
    expect(lock.holder()).toMatchObject({ by: 'anna' });
    expect(lock.take({ ...holder, by: 'ben' })).toMatchObject({
      ok: false,
      failure: { message: 'anna is changing this host since 2026-01-01T00:00:00.000Z (Test).' },
    });
    if (held.ok) held.value.release();
    expect(lock.holder()).toBeUndefined();
    expect(lock.take(holder).ok).toBe(true);
  });
});

describe('the lock of files', () => {
  it('of a dead process is free at once, and keeps no heap of old files', () => {
    const folder = mkdtempSync(path.join(scratch, 'l-'));
    const dead = spawnSync(process.execPath, ['-e', '0']).pid;
    for (let number = 1; number <= 5; number += 1) {
      const held = fileLock(folder).take({ ...holder, pid: dead });
      expect(held.ok).toBe(true);
    }
    expect(fileLock(folder).holder()).toBeUndefined();
    expect(readdirSync(folder)).toEqual(['lock-5']);
  });

  it('that nobody can read is held by nobody', () => {
    const folder = mkdtempSync(path.join(scratch, 'l-'));
    writeFileSync(path.join(folder, 'lock-3'), '{"pid"');
    expect(fileLock(folder).take(holder).ok).toBe(true);
  });

  it('raced by two processes a thousand times has one winner each time', async () => {
    const folder = mkdtempSync(path.join(scratch, 'l-'));
    const program = path.join(folder, 'racer.ts');
    const lockFile = path.join(import.meta.dirname, 'lock.ts');
    // Each notes in a file of its own when it holds the lock; a holder that meets another's note has found a fault.
    writeFileSync(
      program,
      `import { existsSync, unlinkSync, writeFileSync } from 'node:fs';
       import { fileLock } from ${JSON.stringify(lockFile)};
       const lock = fileLock(${JSON.stringify(path.join(folder, 'locks'))});
       const mark = ${JSON.stringify(path.join(folder, 'held'))};
       let won = 0; let clashes = 0;
       while (won < 500) {
         const held = lock.take({ pid: process.pid, by: 'racer', since: '', what: '' });
         if (!held.ok) continue;
         try { writeFileSync(mark, String(process.pid), { flag: 'wx' }); } catch { clashes += 1; }
         if (existsSync(mark)) unlinkSync(mark);
         won += 1;
         held.value.release();
       }
       process.send?.({ won, clashes });`,
    );
    const said = (child: ChildProcess): Promise<unknown[]> => once(child, 'message');
    const racers = [0, 1].map(() => fork(program, { cwd: path.join(import.meta.dirname, '../..') }));
    const results = (await Promise.all(racers.map(said))).map(([result]) => result);
    expect(results).toEqual([
      { won: 500, clashes: 0 },
      { won: 500, clashes: 0 },
    ]);
  });
});
