/** One load from its first look at the counters to its result: a run with one reader, then one with many. */
import type { LoadEnd, LoadPhase, LoadPlan, LoadProgress, LoadResult, LoadStage } from '#shared/load.ts';
import { fail, succeed, type Result } from '#shared/result.ts';
import type { Host, RunningLoad } from '../hosts/host.ts';
import { judgeLoad, judgeRun, loadWindowSeconds, type LoadTarget } from '../load/judge-load.ts';
import { TrafficJudge } from '../spread/traffic-judge.ts';
import { loadIntervalMs, openCounters, type Counters, type LoadAbout } from './load-counters.ts';
import { trafficHost } from './traffic.ts';

const askEveryMs = 250;
/** The reason to abort a load with where nobody asks how it goes any more. */
export const unattended = 'unattended';

export interface LoadStep {
  readonly phase: Exclude<LoadPhase, 'over'>;
  readonly streams: number;
  readonly progress: LoadProgress | null;
}

export interface RunLoadOptions {
  readonly host: Pick<Host, 'load' | 'openSampler' | 'label'>;
  readonly plan: LoadPlan;
  readonly about: LoadAbout;
  readonly signal: AbortSignal;
  readonly onStep: (step: LoadStep) => void;
}

/** Ends of a run after which there is no other one. */
const last: ReadonlySet<LoadEnd> = new Set(['stopped', 'unattended', 'failed']);

/**
 * Stopped through `signal` it answers what it has seen up to then; `cancelled` where that is nothing. Nothing is read
 * where the plan has a refusal.
 */
export async function runLoad(options: RunLoadOptions): Promise<Result<LoadResult>> {
  const { host, plan, about, signal, onStep } = options;
  const [refusal] = plan.refusals;
  const target = about.check.targets.find(({ id }) => id === plan.target?.id);
  if (refusal !== undefined || target === undefined || host.load === undefined) {
    return fail('refused', refusal?.message ?? 'Nothing can be read from this host.', {
      ...(refusal?.remedy !== undefined && { remedy: refusal.remedy }),
    });
  }
  onStep({ phase: 'counting', streams: 1, progress: null });
  const counters = openCounters(host, about);
  if (!counters.ok) return counters;
  try {
    const silent = await counters.value.first(signal);
    if (silent !== undefined) return { ok: false, failure: silent };
    return await bothRuns(options, {
      counters: counters.value,
      seen: loadTarget(target, plan, about),
    });
  } finally {
    await counters.value.close();
  }
}

function loadTarget(target: LoadTarget['target'], plan: LoadPlan, about: LoadAbout): LoadTarget {
  const { model, graph } = about.check;
  const { source } = plan;
  return {
    target,
    routes: graph.routes.filter(({ targetId }) => targetId === target.id),
    diskId:
      source.kind === 'disk' ? model.disks.find(({ number }) => number === source.number)?.id : undefined,
    payloadShare: trafficHost(about.check, about.snapshot).payloadShareOf(target.id),
    costlyUse: about.limits.costlyUse,
  };
}

async function bothRuns(
  { host, plan, about, signal, onStep }: RunLoadOptions,
  { counters, seen }: { readonly counters: Counters; readonly seen: LoadTarget },
): Promise<Result<LoadResult>> {
  const stages: LoadStage[] = [];
  const bytesPerSecond = Math.floor(plan.bitsPerSecond / 8);
  for (const streams of [1, plan.streams]) {
    if (signal.aborted) break;
    const step = (phase: LoadStep['phase'], progress: LoadProgress | null): void =>
      onStep({ phase, streams, progress });
    step('opening', null);
    const opened = await host.load?.open({
      source: plan.source,
      ...(plan.identity !== undefined && { identity: plan.identity }),
      streams,
      seconds: plan.seconds,
      bytesPerSecond,
      bytes: Math.floor(plan.bytes / 2),
      blockBytes: plan.blockBytes,
    });
    if (opened?.ok !== true) {
      return opened ?? fail('refused', 'Nothing can be read from this host.');
    }
    const judge = new TrafficJudge(trafficHost(about.check, about.snapshot), {
      limits: { ...about.limits, windowSeconds: loadWindowSeconds(plan.seconds) },
      periodMs: loadIntervalMs,
      about: 'recording',
    });
    const forget = counters.listen((moment, periodMs) => {
      judge.setPeriod(periodMs);
      judge.take(moment);
    });
    const over = await watch(opened.value, signal, (progress) => step('reading', progress));
    forget();
    if (!over.ok) return over;
    const judgement = judge.judgement();
    const traffic = judgement.toMs === 0 ? null : judgement;
    const stage = judgeRun({ streams, progress: over.value, bytesPerSecond, traffic }, seen);
    stages.push(stage);
    if (stage.ended === 'failed') {
      const detail = over.value.problem;
      return stage.bytes === 0
        ? fail('script-error', 'Nothing could be read.', { ...(detail !== undefined && { detail }) })
        : succeed(judgeLoad(plan, stages));
    }
    if (last.has(stage.ended)) break;
  }
  return stages.length === 0
    ? fail('cancelled', 'It was stopped before anything was read.')
    : succeed(judgeLoad(plan, stages));
}

/** Until it is over, or stopped. Closed in every case. */
async function watch(
  running: RunningLoad,
  signal: AbortSignal,
  onProgress: (progress: LoadProgress) => void,
): Promise<Result<LoadProgress>> {
  try {
    for (;;) {
      const asked = await (signal.aborted ? running.stop() : running.progress());
      if (!asked.ok) return asked;
      const isLeft = asked.value.ended === 'stopped' && signal.reason === unattended;
      const now: LoadProgress = isLeft ? { ...asked.value, ended: 'unattended' } : asked.value;
      onProgress(now);
      if (now.ended !== undefined) return succeed(now);
      await wait(askEveryMs, signal);
    }
  } finally {
    await running.close();
  }
}

function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}
