/**
 * The safe load of one host: a plan is shown, confirmed by its hash, and run; one at a time in the whole program. What
 * is read is decided in src-main/load, how a run goes in run-load.ts.
 */
import { createHash, randomBytes } from 'node:crypto';
import type { Check } from '#shared/finding.ts';
import type { LoadFile, LoadPlan, LoadRun, LoadWish, ShownLoadPlan } from '#shared/load.ts';
import { fail, succeed, type Result } from '#shared/result.ts';
import type { Host } from '../hosts/host.ts';
import { planLoad } from '../load/plan-load.ts';
import { quoted } from '../remediation/render-line.ts';
import { readNow, type LoadAbout } from './load-counters.ts';
import { runLoad, unattended } from './run-load.ts';

/** What is read from a target changes; a plan that is asked for again within this time takes what was counted. */
const freshMs = 30_000;
const plansKept = 20;
const filesKept = 200;

/** What the last look told. */
export interface LoadLook extends LoadAbout {
  readonly check: Check;
}

export interface Load {
  /** Null where there was none yet. */
  readonly run: () => LoadRun | null;
  /** Nothing is read by it; what is read from the target now is counted for a moment. */
  readonly plan: (wish: LoadWish) => Promise<Result<ShownLoadPlan>>;
  /** Of a share, by its id in the model; `fileOf` knows the path behind each id. */
  readonly files: (shareId: string) => Promise<Result<readonly LoadFile[]>>;
  readonly fileOf: (id: string) => string | undefined;
  /** Of a plan that was shown. */
  readonly start: (planHash: string) => Result<{ readonly runId: string }>;
  /** False where that run is over, or never was. */
  readonly stop: (runId: string) => boolean;
  /** When no run is under way. */
  readonly settled: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface LoadOptions {
  readonly host: Pick<Host, 'load' | 'openSampler' | 'label'>;
  readonly look: () => LoadLook | undefined;
  readonly tell: (run: LoadRun) => void;
  /** A run ends where nobody has asked for it this long. Left out: it goes on. */
  readonly unattendedMs?: number;
}

/** One run in this program, whatever the number of hosts and windows. */
let isAnyRunning = false;

export function createLoad({ host, look, tell, unattendedMs }: LoadOptions): Load {
  const plans = new Map<string, LoadPlan>();
  const files = new Map<string, string>();
  const counted = new Map<string, { readonly at: number; readonly bytesPerSecond: number | null }>();
  let run: LoadRun | null = null;
  let stopping = new AbortController();
  let working: Promise<void> | undefined;
  let askedAt = performance.now();

  const keep = (next: LoadRun): void => {
    run = next;
    tell(next);
  };

  const countNow = async (about: LoadLook, targetId: string): Promise<number | null> => {
    const known = counted.get(targetId);
    if (known !== undefined && performance.now() - known.at < freshMs) return known.bytesPerSecond;
    const target = about.check.targets.find(({ id }) => id === targetId);
    const bytesPerSecond = target === undefined ? null : await readNow(host, about, target);
    counted.set(targetId, { at: performance.now(), bytesPerSecond });
    return bytesPerSecond;
  };

  const go = async (id: string, plan: LoadPlan, about: LoadLook): Promise<void> => {
    const watchdog = setInterval(() => {
      if (unattendedMs !== undefined && performance.now() - askedAt > unattendedMs) {
        stopping.abort(unattended);
      }
    }, 1000);
    watchdog.unref();
    const result = await runLoad({
      host,
      plan,
      about,
      signal: stopping.signal,
      onStep: (step) => keep({ id, plan, ...step, isStopping: stopping.signal.aborted }),
    }).catch((error: unknown) =>
      fail('unexpected', 'Something went wrong inside Switchyard; nothing is read any more.', {
        detail: error instanceof Error ? error.name : 'unknown',
      }),
    );
    clearInterval(watchdog);
    isAnyRunning = false;
    working = undefined;
    const { streams = 1, progress = null } = run ?? {};
    keep({
      id,
      plan,
      phase: 'over',
      streams,
      progress,
      isStopping: false,
      ...(result.ok ? { result: result.value } : { failure: failureOf(result.failure) }),
    });
  };

  return {
    run: () => {
      askedAt = performance.now();
      return run;
    },
    plan: async (wish) => {
      const about = look();
      if (about === undefined) return fail('refused', 'Nobody has looked at this host yet.');
      const plan = planLoad(wish, about.check);
      const hash = hashOf(plan);
      plans.set(hash, plan);
      forgetOldest(plans, plansKept);
      const nowBytesPerSecond =
        plan.target === null || plan.refusals.length > 0 || isAnyRunning
          ? null
          : await countNow(about, plan.target.id);
      return succeed({
        ...plan,
        hash,
        nowBytesPerSecond,
        lines: plan.refusals.length > 0 ? [] : linesOf(plan),
      });
    },
    files: async (shareId) => {
      const server = look()?.check.model.smbServers.find(({ shares }) =>
        shares.some(({ id }) => id === shareId),
      );
      const share = server?.shares.find(({ id }) => id === shareId);
      if (server === undefined || share === undefined || host.load === undefined) {
        return fail('bad-request', 'This host has no such share in use.');
      }
      const path = `\\\\${server.name}\\${share.shareName}`;
      const found = await host.load.findFiles(path);
      if (!found.ok) return found;
      const list = found.value
        .toSorted((a, b) => b.bytes - a.bytes)
        .slice(0, filesKept)
        .map((file): LoadFile => {
          const full = `${path}\\${file.name}`;
          return { id: shortHash(full), share: path, ...file };
        });
      for (const { id, name } of list) files.set(id, `${path}\\${name}`);
      forgetOldest(files, filesKept * 4);
      return succeed(list);
    },
    fileOf: (id) => files.get(id),
    start: (planHash) => {
      const plan = plans.get(planHash);
      const about = look();
      if (plan === undefined || about === undefined) {
        return fail('refused', 'That plan was not shown here.', { remedy: 'Make the plan again.' });
      }
      // What was shown has to be what a look of now comes to.
      if (hashOf(planLoad(wishOf(plan), about.check)) !== planHash) {
        return fail('refused', 'The host is another by now than the plan was made for.', {
          remedy: 'Make the plan again.',
        });
      }
      const [refusal] = plan.refusals;
      if (refusal !== undefined) return fail('refused', refusal.message);
      if (isAnyRunning) return fail('refused', 'A load is running already.', { remedy: 'Stop it first.' });
      isAnyRunning = true;
      stopping = new AbortController();
      askedAt = performance.now();
      const id = randomBytes(8).toString('hex');
      keep({ id, plan, phase: 'counting', streams: 1, progress: null, isStopping: false });
      working = go(id, plan, about);
      return succeed({ runId: id });
    },
    stop: (runId) => {
      if (working === undefined || run?.id !== runId) return false;
      stopping.abort();
      keep({ ...run, isStopping: true });
      return true;
    },
    settled: async () => {
      await working;
    },
    close: async () => {
      stopping.abort();
      await working;
    },
  };
}

/** All that a plan was made of: made again of the same facts it is the same. */
function wishOf({ source, streams, seconds, bitsPerSecond, bytes }: LoadPlan): LoadWish {
  return { source, streams, seconds, bitsPerSecond, bytes };
}

function hashOf(plan: LoadPlan): string {
  return createHash('sha256').update(JSON.stringify(plan)).digest('hex');
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

function forgetOldest(map: Map<string, unknown>, most: number): void {
  for (const key of map.keys()) {
    if (map.size <= most) return;
    map.delete(key);
  }
}

function failureOf({
  message,
  remedy,
  detail,
}: {
  readonly message: string;
  readonly remedy?: string;
  readonly detail?: string;
}): NonNullable<LoadRun['failure']> {
  return {
    message: detail === undefined ? message : `${message} (${detail})`,
    ...(remedy !== undefined && { remedy }),
  };
}

/** The call of each run, as PowerShell gets it. */
function linesOf({
  source,
  identity,
  seconds,
  bitsPerSecond,
  bytes,
  blockBytes,
  streams,
}: LoadPlan): readonly string[] {
  const what =
    source.kind === 'disk'
      ? `-Disk ${source.number} -UniqueId ${quoted(identity?.uniqueId ?? '')} -Size ${identity?.sizeBytes ?? 0}`
      : `-Path ${quoted(source.path)}`;
  return [1, streams].map(
    (readers) =>
      `Start-Load ${what} -Streams ${readers} -Seconds ${seconds} -BytesPerSecond ${Math.floor(bitsPerSecond / 8)} -Bytes ${Math.floor(bytes / 2)} -Block ${blockBytes}`,
  );
}
