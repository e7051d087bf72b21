/** Changes of one host while a window is open on it: the plans that were shown, the change under way, the history. */
import { randomUUID } from 'node:crypto';
import { userInfo } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import type { Capture } from '#shared/capture.ts';
import type { Check } from '#shared/finding.ts';
import type { ChangeRun, ChangesState, FixPlan, History, PlanWish, Refusal } from '#shared/fix-plan.ts';
import type { ReadObservationName } from '#shared/host/snapshot.ts';
import { fail, succeed, type Result } from '#shared/result.ts';
import { readSnapshot } from '../discovery/read-snapshot.ts';
import type { Host, HostChanges } from '../hosts/host.ts';
import { factsOf } from '../remediation/blast-radius.ts';
import { judgeRestart } from '../remediation/after-restart.ts';
import { buildPlan, type BuiltPlan, type PlanSubject } from '../remediation/build-plan.ts';
import { makePrivateFolder } from '../platform/private-folder.ts';
import type { Fix, FixFacts } from '../remediation/define-fix.ts';
import { historyEntry, noRollback, toldChanges, type ToldChange } from '../remediation/history.ts';
import { fileJournal, memoryJournal, type Journal } from '../remediation/journal.ts';
import { fileLock, memoryLock, type ChangeLock } from '../remediation/lock.ts';
import { planScript } from '../remediation/plan-script.ts';
import { runPlan, type ChangeDoors, type Clock } from '../remediation/run-plan.ts';
import { runRollback } from '../remediation/run-rollback.ts';
import { readSurroundings, surroundingQuestions } from '../remediation/surroundings.ts';
import { leftoversOf } from './leftovers.ts';

/** Plans that can still be applied; an older one has to be shown again. */
const plansKept = 32;

interface ApplyRequest {
  readonly planHash: string;
  readonly typed: readonly string[];
  readonly secrets: Readonly<Record<string, string>>;
}

export interface Changes {
  readonly plan: (request: PlanWish) => Promise<Result<FixPlan>>;
  /** A plan that was shown, as a script to read or to run by hand. */
  readonly script: (planHash: string) => Result<string>;
  readonly apply: (request: ApplyRequest) => Result<{ readonly runId: string }>;
  readonly state: () => Promise<ChangesState>;
  readonly cancel: (runId: string) => boolean;
  /** False: nobody asked, or it is too late. */
  readonly stillThere: (runId: string) => boolean;
  readonly history: () => History;
  readonly rollback: (
    id: string,
    typed: readonly string[],
    secrets: Readonly<Record<string, string>>,
  ) => Result<{ readonly runId: string }>;
  /** After a restart: looks whether it brought what a change waited for, and ends its story. */
  readonly resume: (id: string) => Promise<Result<History>>;
  /** Of a simulated host alone: restarts it, then as {@link Changes.resume}. */
  readonly restart: (id: string) => Promise<Result<History>>;
  /** Closes what is left of a change that nobody finished. Its guard is taken away. */
  readonly dismiss: (id: string) => Promise<Result<History>>;
  /** Settles when the change under way has ended. */
  readonly settled: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface ChangesOptions {
  readonly host: Host;
  readonly judge: (capture: Capture) => Check;
  /** The last look, or undefined. */
  readonly capture: () => Capture | undefined;
  readonly tell: (run: ChangeRun) => void;
  /** A change has ended: what is known of the host is old. */
  readonly onEnd: () => void;
  /** Why this shell changes nothing, or undefined. */
  readonly closed?: Refusal;
  /** Has to be typed with every change. A function: the host's name is known after a look. */
  readonly typeToConfirm?: (capture: Capture) => string;
  readonly clock?: Clock;
  readonly catalogue?: readonly Fix[];
  /** Default: where the host keeps them. */
  readonly journal?: Journal;
  readonly lock?: ChangeLock;
}

const realClock: Clock = {
  now: () => Date.now(),
  sleep: async (ms, signal) => {
    await wait(ms, undefined, signal === undefined ? {} : { signal }).catch(() => undefined);
  },
};

const noDoor: Refusal = {
  reason: 'capture-file',
  message: 'This host is a capture file: nothing on it can be changed.',
  remedy: 'Run Switchyard on the host itself.',
};

interface Running {
  run: ChangeRun;
  readonly abort: AbortController;
  answer?: (isThere: boolean) => void;
  ended: Promise<void>;
}

export function createChanges(options: ChangesOptions): Changes {
  const { host, judge, clock = realClock } = options;
  const { changes } = host;
  const folder = changes?.journalFolder;
  const journal = options.journal ?? (folder === undefined ? memoryJournal() : fileJournal(folder));
  const lock = options.lock ?? (folder === undefined ? memoryLock() : fileLock(folder));
  const shown = new Map<string, BuiltPlan>();
  const by = userInfo().username;
  let current: Running | undefined;
  /** The newest whole look for a change. */
  let lookedAt: Capture | undefined;

  const subjectOf = async (capture: Capture): Promise<PlanSubject> => {
    const check = judge(capture);
    const answers = changes === undefined ? undefined : await changes.ask(surroundingQuestions);
    const confirm = options.typeToConfirm?.(capture);
    return {
      check,
      snapshot: readSnapshot(capture),
      surroundings: readSurroundings(answers?.ok === true ? answers.value : [], capture),
      isSimulated: host.source === 'demo',
      ...(confirm !== undefined && { typeToConfirm: confirm }),
    };
  };
  const look = async (): Promise<Result<PlanSubject>> => {
    const captured = await host.look();
    if (!captured.ok) return captured;
    lookedAt = captured.value;
    return succeed(await subjectOf(captured.value));
  };
  /** After a change the window's own look is still under way when that of the change is there. */
  const newestCapture = (): Capture | undefined => {
    const shownLast = options.capture();
    return lookedAt !== undefined && lookedAt.takenAt > (shownLast?.takenAt ?? '') ? lookedAt : shownLast;
  };
  const lookAt = async (only: readonly ReadObservationName[]): Promise<Result<FixFacts>> => {
    // Joins need more than the one list that changed, and asking all of them is slow on a real host.
    const captured = await host.look({ only: [...new Set([...alwaysRead, ...only])] });
    return captured.ok ? succeed(factsOf(readSnapshot(captured.value))) : captured;
  };
  const doorsOf = (doors: HostChanges): ChangeDoors => ({
    changes: doors,
    journal,
    lock,
    clock,
    look,
    lookAt,
    by,
    pid: process.pid,
    ...(options.catalogue !== undefined && { catalogue: options.catalogue }),
  });
  const closed = options.closed ?? (changes === undefined ? noDoor : undefined);

  /** The way to the host, where this shell may use it. */
  const permitted = (): Result<HostChanges> => {
    if (changes !== undefined && closed === undefined) return succeed(changes);
    const { message, remedy } = closed ?? noDoor;
    return fail('refused', message, { remedy });
  };

  const begin = (
    id: string,
    work: (running: Running, doors: ChangeDoors) => Promise<ChangeRun>,
  ): Result<{ readonly runId: string }> => {
    const doors = permitted();
    if (!doors.ok) return doors;
    if (current !== undefined && current.run.phase !== 'ended') {
      return fail('refused', `${current.run.title} is under way.`, {
        remedy: 'One change runs at a time: wait until it has ended.',
      });
    }
    const made = folder === undefined ? succeed(undefined) : makePrivateFolder(folder);
    if (!made.ok) return made;
    const running: Running = {
      run: {
        id,
        kind: 'fix',
        title: '',
        planHash: '',
        phase: 'looking',
        steps: [],
        isSimulated: host.source === 'demo',
      },
      abort: new AbortController(),
      ended: Promise.resolve(),
    };
    current = running;
    running.ended = work(running, doorsOf(doors.value)).then((run) => {
      running.run = run;
      options.tell(run);
      options.onEnd();
    });
    return succeed({ runId: id });
  };
  const follow = (running: Running) => (run: ChangeRun) => {
    running.run = run;
    // The end is told when it is settled, so that whoever hears it can begin the next.
    if (run.phase !== 'ended') options.tell(run);
  };

  const told = (): readonly ToldChange[] => {
    const read = journal.read();
    return read.ok ? toldChanges(read.value.events) : [];
  };
  const note = (event: Parameters<Journal['append']>[0]): Result<void> => journal.append(event);
  const at = (): string => new Date(clock.now()).toISOString();
  const history = (): History => {
    const read = journal.read();
    if (!read.ok) return { entries: [], failure: read.failure };
    const entries = toldChanges(read.value.events).map(historyEntry);
    const [gap] = read.value.gaps;
    return gap === undefined
      ? { entries }
      : { entries, failure: { kind: 'bad-file', message: `A part of the journal is lost. ${gap}` } };
  };

  const wordToType = (): string | undefined => {
    const capture = newestCapture();
    return capture === undefined ? undefined : options.typeToConfirm?.(capture);
  };
  const isBusy = (): boolean =>
    (current !== undefined && current.run.phase !== 'ended') || lock.holder() !== undefined;
  const leftovers = async (): Promise<Pick<ChangesState, 'leftovers' | 'guardsUnknown'>> => {
    if (changes === undefined || isBusy()) return { leftovers: [] };
    const guards = await changes.guard.find();
    return {
      leftovers: leftoversOf(told(), guards, changes.restart !== undefined),
      ...(!guards.ok && { guardsUnknown: guards.failure }),
    };
  };
  /** Ends the story of a change that waited for a restart which has been. */
  const endAfterRestart = (change: ToldChange, subject: PlanSubject): Result<History> => {
    const { beginning, steps } = change;
    const { next, ...end } = judgeRestart(change, subject, options.catalogue);
    const noted = note({ at: at(), change: beginning.change, event: 'ends', ...end });
    if (!noted.ok) return noted;
    const run: ChangeRun = {
      id: beginning.change,
      kind: beginning.kind,
      title: beginning.title,
      planHash: beginning.planHash,
      phase: 'ended',
      steps: steps.map((step) => step.run),
      isSimulated: beginning.isSimulated,
      ...end,
      ...(next !== undefined && { next }),
    };
    current = { run, abort: new AbortController(), ended: Promise.resolve() };
    options.tell(run);
    options.onEnd();
    return succeed(history());
  };
  const waiting = (id: string): Result<ToldChange> => {
    const doors = permitted();
    if (!doors.ok) return doors;
    const change = told().find(({ beginning }) => beginning.change === id);
    if (change?.outcome !== 'waits-for-restart') {
      return fail('bad-request', `No change "${id}" waits for a restart.`);
    }
    return isBusy()
      ? fail('refused', 'A change is under way.', { remedy: 'Wait until it has ended.' })
      : succeed(change);
  };

  return {
    plan: async (request) => {
      const capture = newestCapture();
      if (capture === undefined) {
        return fail('refused', 'The host has not been looked at yet, so there is nothing to plan on.');
      }
      const built = buildPlan(await subjectOf(capture), request, options.catalogue);
      if (!built.ok) return built;
      const { hash } = built.value.plan;
      shown.delete(hash);
      shown.set(hash, built.value);
      for (const old of shown.keys()) {
        if (shown.size <= plansKept) break;
        shown.delete(old);
      }
      const { plan } = built.value;
      return succeed(closed === undefined ? plan : { ...plan, refusals: withFirst(plan.refusals, closed) });
    },
    script: (planHash) => {
      const built = shown.get(planHash);
      return built === undefined ? unknownPlan() : succeed(planScript(built.plan));
    },
    apply: ({ planHash, typed, secrets }) => {
      const built = shown.get(planHash);
      if (built === undefined) return unknownPlan();
      const id = randomUUID();
      return begin(id, (running, doors) =>
        runPlan(
          built,
          {
            id,
            typed,
            secrets,
            signal: running.abort.signal,
            onProgress: follow(running),
            stillThere: (until) =>
              new Promise((resolve) => {
                running.answer = resolve;
                if (until.aborted) resolve(false);
                until.addEventListener('abort', () => resolve(false), { once: true });
              }),
          },
          doors,
        ),
      );
    },
    state: async () => {
      const confirm = wordToType();
      return {
        ...(current !== undefined && { run: current.run }),
        ...(await leftovers()),
        ...(closed !== undefined && { closed }),
        ...(confirm !== undefined && { typeToConfirm: confirm }),
      };
    },
    cancel: (runId) => {
      if (current?.run.id !== runId || current.run.phase === 'ended') return false;
      current.abort.abort();
      return true;
    },
    stillThere: (runId) => {
      if (current?.run.id !== runId || current.run.phase !== 'asking') return false;
      current.answer?.(true);
      return true;
    },
    history,
    rollback: (id, typed, secrets) => {
      const permission = permitted();
      if (!permission.ok) return permission;
      const change = told().find(({ beginning }) => beginning.change === id);
      if (change === undefined) return fail('bad-request', `The history has no change "${id}".`);
      const stuck = noRollback(change);
      if (stuck !== undefined) return fail('refused', stuck);
      const confirm = wordToType();
      if (confirm !== undefined && !typed.includes(confirm)) {
        return fail('refused', 'The name of the host was not typed.', {
          remedy: `Type ${confirm} to confirm it.`,
        });
      }
      const runId = randomUUID();
      return begin(runId, (running, doors) =>
        runRollback(change, { id: runId, typed, secrets, onProgress: follow(running) }, doors),
      );
    },
    resume: async (id) => {
      const change = waiting(id);
      if (!change.ok) return change;
      const subject = await look();
      if (!subject.ok) return subject;
      return subject.value.surroundings.bootedAt === change.value.beginning.bootedAt
        ? fail('refused', 'The host has not been restarted yet.', { remedy: 'Restart it, then try again.' })
        : endAfterRestart(change.value, subject.value);
    },
    restart: async (id) => {
      const change = waiting(id);
      if (!change.ok) return change;
      if (changes?.restart === undefined) {
        return fail('refused', 'Switchyard restarts no real host.', { remedy: 'Restart it yourself.' });
      }
      await changes.restart();
      const subject = await look();
      return subject.ok ? endAfterRestart(change.value, subject.value) : subject;
    },
    dismiss: async (id) => {
      const doors = permitted();
      if (!doors.ok) return doors;
      const change = told().find(({ beginning }) => beginning.change === id);
      if (change === undefined) return fail('bad-request', `The history has no change "${id}".`);
      const disarmed = await doors.value.guard.disarm(id);
      if (!disarmed.ok) return disarmed;
      const { fired } = disarmed.value;
      if (fired !== null) {
        const isWhole = fired.reports?.every(({ error }) => error === undefined) === true;
        note({
          at: at(),
          change: id,
          event: 'ends',
          outcome: isWhole ? 'reverted-by-guard' : 'partly-undone',
          message: isWhole ? 'The guard undid it.' : 'The guard could not undo all of it.',
        });
      }
      const noted = note({ at: at(), change: id, event: 'dismissed' });
      return noted.ok ? succeed(history()) : noted;
    },
    settled: () => current?.ended ?? Promise.resolve(),
    close: async () => {
      current?.abort.abort();
      current?.answer?.(false);
      await current?.ended;
      await changes?.close();
    },
  };
}

/** Every join of the model rests on these. */
const alwaysRead: readonly ReadObservationName[] = [
  'OperatingSystem',
  'NetAdapter',
  'NetIPAddress',
  'IscsiSession',
  'IscsiConnection',
  'Disk',
];

function unknownPlan(): Result<never> {
  return fail('bad-request', 'No such plan was shown here, or it is too long ago.', {
    remedy: 'Make the plan again and confirm that one.',
  });
}

function withFirst(refusals: readonly Refusal[], first: Refusal): readonly Refusal[] {
  return [first, ...refusals.filter(({ reason }) => reason !== first.reason)];
}
