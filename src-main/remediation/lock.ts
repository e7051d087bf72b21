/**
 * One change at a time on a host, across windows, processes and users.
 *
 * Each holder has a number one higher than the last and a file of that name, which only one process can make. A number
 * whose holder let go or died is over. Nobody takes another's file away, so two who find a dead holder cannot both
 * win.
 */
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { fail, succeed, type Result } from '#shared/result.ts';

interface LockHolder {
  readonly pid: number;
  readonly by: string;
  /** ISO 8601. */
  readonly since: string;
  readonly what: string;
}

interface HeldLock {
  readonly release: () => void;
}

export interface ChangeLock {
  /** Fails with `refused`, and says who holds it and since when. */
  readonly take: (holder: LockHolder) => Result<HeldLock>;
  /** Who holds it now. */
  readonly holder: () => LockHolder | undefined;
}

const nameOf = /^(lock|over)-(\d{1,9})$/;

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Another user's process may not be asked: then it is there.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The file is there with all its text, or it is not there: it gets its name when it is whole. */
function makeOnce(file: string, text: string): boolean {
  const draft = `${file}.${process.pid}.${randomBytes(6).toString('hex')}`;
  const handle = openSync(draft, 'wx', 0o600);
  try {
    writeSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    unlinkSync(draft);
  }
}

function removeOld(file: string): void {
  try {
    unlinkSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

function readHolder(file: string): LockHolder | undefined {
  try {
    const value = JSON.parse(readFileSync(file, 'utf8')) as LockHolder;
    return typeof value.pid === 'number' ? value : undefined;
  } catch {
    // Gone meanwhile, or lost with the power: nobody holds what nobody can read.
    return undefined;
  }
}

export function fileLock(folder: string): ChangeLock {
  const file = (kind: 'lock' | 'over', number: number): string => path.join(folder, `${kind}-${number}`);
  const numbers = (): { readonly locks: readonly number[]; readonly over: ReadonlySet<number> } => {
    const found = readdirSync(folder).flatMap((name) => {
      const [, kind, digits] = nameOf.exec(name) ?? [];
      return kind === undefined ? [] : [{ kind, number: Number(digits) }];
    });
    const of = (kind: string): number[] =>
      found.flatMap((one) => (one.kind === kind ? [one.number] : [])).sort((a, b) => a - b);
    return { locks: of('lock'), over: new Set(of('over')) };
  };
  /** The number that is held, with its holder, or the highest one that was. */
  const newest = (): { readonly number: number; readonly holder?: LockHolder } => {
    const { locks, over } = numbers();
    const number = locks.at(-1) ?? 0;
    if (number === 0 || over.has(number)) return { number };
    const holder = readHolder(file('lock', number));
    return holder !== undefined && isAlive(holder.pid) ? { number, holder } : { number };
  };
  return {
    holder: () => {
      try {
        return newest().holder;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
      }
    },
    take: (holder) => {
      try {
        mkdirSync(folder, { recursive: true });
        const found = newest();
        if (found.holder !== undefined) return refusedBy(found.holder);
        const mine = found.number + 1;
        if (!makeOnce(file('lock', mine), JSON.stringify(holder))) {
          const winner = readHolder(file('lock', mine));
          return refusedBy(winner ?? { ...holder, by: 'somebody else', what: 'a change' });
        }
        const { locks } = numbers();
        if ((locks.at(-1) ?? mine) > mine) {
          // Looked at an old list: a newer holder is there.
          removeOld(file('lock', mine));
          const winner = newest().holder;
          return refusedBy(winner ?? { ...holder, by: 'somebody else', what: 'a change' });
        }
        for (const old of locks) {
          if (old >= mine) continue;
          removeOld(file('lock', old));
          removeOld(file('over', old));
        }
        return succeed({ release: () => void makeOnce(file('over', mine), '') });
      } catch (cause) {
        return fail('refused', `The lock for changes (${folder}) cannot be taken.`, {
          remedy: 'See whether the folder can be written; no change is made meanwhile.',
          detail: String(cause),
        });
      }
    },
  };
}

function refusedBy({ by, since, pid, what }: LockHolder): Result<never> {
  return fail('refused', `${by} is changing this host since ${since} (${what}).`, {
    remedy: 'One change runs at a time: wait until it has ended.',
    detail: `process ${pid}`,
  });
}

/** Of a demo: within this program. */
export function memoryLock(): ChangeLock {
  let held: LockHolder | undefined;
  return {
    holder: () => held,
    take: (holder) => {
      if (held !== undefined) return refusedBy(held);
      held = holder;
      return succeed({
        release: () => {
          held = undefined;
        },
      });
    },
  };
}
