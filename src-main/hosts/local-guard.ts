/**
 * The guard of this machine: a scheduled task that runs as SYSTEM and undoes a change unless it is disarmed in time. It
 * needs nothing of Switchyard but the folder it finds its undo in, and that undo must be the one that was armed.
 */
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { CommandReport } from '#shared/change-command.ts';
import { fail, succeed, type Result } from '#shared/result.ts';
import { readResource } from '../platform/resources.ts';
import type { Shell } from '../powershell/shell.ts';
import { watchClockJumps } from './clock-jumps.ts';
import type { ArmedGuard, FoundGuard, GuardOrder, HostGuard } from './host.ts';

export interface GuardFiles {
  readonly journalFolder: string;
  /** One folder inside for each guard. */
  readonly guardFolder: string;
  /** Makes a folder that only SYSTEM and administrators may open. */
  readonly makePrivate: (folder: string) => Result<void>;
}

/** Where this lies in its folder a guard undoes nothing (Invoke-Undo.ps1). */
const confirmedFile = 'confirmed.txt';
const taskDeadlineMs = 60_000;
const proofMs = 15_000;
const undoMs = 60_000;
const lookEveryMs = 200;

function jsonOf(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    // Not there, or being written this very moment: the next look sees it.
    return undefined;
  }
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

function textProperty(value: unknown, name: string): string | undefined {
  const found = property(value, name);
  return typeof found === 'string' ? found : undefined;
}

/** The loader with its two values, as an argument of powershell.exe: no quote of it is a double one. */
export function loaderArgument(folder: string, hash: string): string {
  const lines = readResource('powershell/changes/Open-Guard.ps1')
    .replace(/<#.*?#>/s, '')
    .split('\n');
  const loader = lines
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join(' ');
  const values = `-Folder '${folder.replaceAll("'", "''")}' -Hash '${hash}'`;
  return `-NoProfile -NonInteractive -WindowStyle Hidden -Command "& { ${loader} } ${values}"`;
}

export function localGuard(shell: Shell, { guardFolder, makePrivate }: GuardFiles): HostGuard {
  const script = readResource('powershell/changes/Invoke-GuardTask.ps1');
  const folderOf = (id: string): string => path.join(guardFolder, id);
  const taskName = (id: string): string => `Undo ${id}`;

  const runTask = async (
    action: 'register' | 'start' | 'list' | 'remove',
    more: Readonly<Record<string, string | number>> = {},
  ): Promise<Result<readonly unknown[]>> => {
    const reply = await shell.run({
      script,
      parameters: { Action: action, ...more },
      deadlineMs: taskDeadlineMs,
    });
    if (!reply.ok) return reply;
    const problem = reply.value.fatal ?? reply.value.errors[0];
    return problem === undefined
      ? succeed(reply.value.data)
      : fail('script-error', `The Task Scheduler refused the guard: ${problem.message}`, {
          remedy: 'See whether the service Task Scheduler runs and whether a policy forbids tasks.',
          ...(problem.id !== undefined && { detail: problem.id }),
        });
  };

  const register = async (id: string, title: string, seconds: number): Promise<Result<ArmedGuard>> => {
    const folder = folderOf(id);
    const registered = await runTask('register', {
      TaskName: taskName(id),
      Description: `Undoes "${title}" unless Switchyard disarms it in time.`,
      Argument: loaderArgument(folder, hashOf(folder)),
      Folder: folder,
      Seconds: seconds,
    });
    if (!registered.ok) return registered;
    const until = textProperty(registered.value[0], 'Until');
    return until === undefined
      ? fail('bad-output', 'The guard was registered without a deadline.')
      : succeed({ until: new Date(until).toISOString() });
  };

  /** Started once for nothing: it must answer with a word that only this run knows. */
  const prove = async (id: string): Promise<Result<void>> => {
    const folder = folderOf(id);
    const word = randomBytes(16).toString('hex');
    writeFileSync(path.join(folder, 'probe.txt'), word, { flag: 'wx' });
    const started = await runTask('start', { TaskName: taskName(id) });
    if (!started.ok) return started;
    for (let waited = 0; waited < proofMs; waited += lookEveryMs) {
      const proof = jsonOf(path.join(folder, 'proof.json'));
      if (textProperty(proof, 'word') === word) {
        const missing = property(proof, 'missing');
        return Array.isArray(missing) && missing.length > 0
          ? fail('cmdlet-missing', `The guard could not undo it: ${missing.join(', ')} is missing for it.`)
          : succeed(undefined);
      }
      if (existsSync(path.join(folder, 'refused.txt'))) {
        return fail('refused', 'The guard did not accept the files that were written for it.');
      }
      await pause(lookEveryMs);
    }
    return fail('timed-out', `The guard did not prove within ${proofMs / 1000} s that it runs.`, {
      remedy:
        'See the Task Scheduler, folder Switchyard; security software may keep PowerShell from starting.',
    });
  };

  /** By id: while it is armed from here. */
  const watches = new Map<string, () => void>();
  const stopWatch = (id: string): void => {
    watches.get(id)?.();
    watches.delete(id);
  };
  /** The Task Scheduler goes by the time of day, so after a jump of the clock the rest of the window is armed anew. */
  const watch = (id: string, title: string, seconds: number): void => {
    stopWatch(id);
    const ends = performance.now() + seconds * 1000;
    const armAnew = (): void => {
      const left = Math.max(1, Math.ceil((ends - performance.now()) / 1000));
      // Where it fails the guard is as it was: its other deadline, and each start of Windows, still hold.
      if (existsSync(path.join(folderOf(id), 'fired.json'))) return;
      register(id, title, left).catch(() => undefined);
    };
    watches.set(id, watchClockJumps(armAnew));
  };

  const remove = async (id: string): Promise<Result<void>> => {
    stopWatch(id);
    const removed = await runTask('remove', { TaskName: taskName(id) });
    if (!removed.ok) return removed;
    rmSync(folderOf(id), { recursive: true, force: true });
    return succeed(undefined);
  };

  const arm = async (order: GuardOrder): Promise<Result<ArmedGuard>> => {
    const folder = folderOf(order.id);
    const made = makePrivate(folder);
    if (!made.ok) return made;
    writeFileSync(path.join(folder, 'undo.json'), JSON.stringify(order), { flag: 'wx' });
    for (const name of ['Invoke-Step.ps1', 'Invoke-Undo.ps1']) {
      writeFileSync(path.join(folder, name), readResource(`powershell/changes/${name}`), { flag: 'wx' });
    }
    const armed = await register(order.id, order.title, order.seconds);
    const proven = armed.ok ? await prove(order.id) : armed;
    if (proven.ok) {
      watch(order.id, order.title, order.seconds);
      return armed;
    }
    const removed = await remove(order.id);
    return removed.ok
      ? proven
      : fail(
          proven.failure.kind,
          `${proven.failure.message} And it could not be removed: ${removed.failure.message}`,
        );
  };

  return {
    arm: async (order) => {
      try {
        return await arm(order);
      } catch (cause) {
        await remove(order.id);
        return fail('bad-file', `The files of the guard could not be written in ${folderOf(order.id)}.`, {
          detail: String(cause),
        });
      }
    },
    extend: async (id, seconds) => {
      const title = textProperty(jsonOf(path.join(folderOf(id), 'undo.json')), 'title');
      if (title === undefined || existsSync(path.join(folderOf(id), 'fired.json'))) {
        return fail('refused', 'The guard is no longer armed.');
      }
      const extended = await register(id, title, seconds);
      if (extended.ok) watch(id, title, seconds);
      return extended;
    },
    disarm: async (id) => {
      const folder = folderOf(id);
      if (!existsSync(folder)) {
        stopWatch(id);
        const removed = await runTask('remove', { TaskName: taskName(id) });
        return removed.ok ? succeed({ fired: null }) : removed;
      }
      // A run of the guard that begins now sees it and ends.
      writeFileSync(path.join(folder, confirmedFile), '');
      const fired = await firedGuard(id, folder);
      const removed = await remove(id);
      return removed.ok ? succeed({ fired }) : removed;
    },
    find: async () => {
      const listed = await runTask('list');
      if (!listed.ok) return listed;
      const tasks = listed.value.flatMap((task) => {
        const name = textProperty(task, 'TaskName') ?? '';
        return name.startsWith('Undo ') ? [name.slice('Undo '.length)] : [];
      });
      const folders = existsSync(guardFolder) ? readdirSync(guardFolder) : [];
      return succeed(
        [...new Set([...tasks, ...folders])].map((id) => ({
          ...foundGuard(id, folderOf(id)),
          // A folder alone is one that was being made, or being removed.
          ...((!tasks.includes(id) || existsSync(path.join(folderOf(id), confirmedFile))) && {
            isDisarmed: true,
          }),
        })),
      );
    },
  };
}

function hashOf(folder: string): string {
  const texts = ['Invoke-Step.ps1', 'Invoke-Undo.ps1', 'undo.json'].map((name) =>
    readFileSync(path.join(folder, name), 'utf8'),
  );
  return createHash('sha256').update(texts.join('|')).digest('hex').toUpperCase();
}

function foundGuard(id: string, folder: string): FoundGuard {
  const firedAt = textProperty(jsonOf(path.join(folder, 'fired.json')), 'at');
  const until = textProperty(jsonOf(path.join(folder, 'deadline.json')), 'until');
  const result = jsonOf(path.join(folder, 'result.json'));
  const reports = property(result, 'reports');
  return {
    id,
    title: textProperty(jsonOf(path.join(folder, 'undo.json')), 'title') ?? id,
    ...(until !== undefined && { until }),
    ...(firedAt !== undefined && { firedAt }),
    ...(Array.isArray(reports) && { reports: reports as readonly CommandReport[] }),
  };
}

/** What the guard did, if it began before it was disarmed; waits for its end. */
async function firedGuard(id: string, folder: string): Promise<FoundGuard | null> {
  for (let waited = 0; waited < undoMs; waited += lookEveryMs) {
    const found = foundGuard(id, folder);
    if (found.firedAt === undefined) return null;
    if (found.reports !== undefined) return found;
    await pause(lookEveryMs);
  }
  return foundGuard(id, folder);
}
