/** Live sampling of the host of a window: the sampler, the last hour of what it gave, and who wants to hear of it. */
import type { ContractEvent } from '#shared/contract.ts';
import type { HostModel } from '#shared/host/host-model.ts';
import { livePace, type LiveState, type LiveVerdicts, type SamplerState } from '#shared/live.ts';
import { fail, succeed, type Failure, type Result } from '#shared/result.ts';
import type { MissingClass, Sample, SeriesRequest, SeriesWindow } from '#shared/sample.ts';
import type { Host, Sampler } from '../hosts/host.ts';
import type { MpioInstance } from '../sampling/attribution.ts';
import { SeriesRecorder } from '../sampling/series-recorder.ts';
import { ThinnedSamples } from '../sampling/thinned-samples.ts';
import { TrafficJudge } from '../spread/traffic-judge.ts';
import type { JudgedBy } from './live-verdicts.ts';

const keptMs = 3_600_000;

/** What a look told: whose counters they are. */
export interface LookedAt {
  readonly model: HostModel;
  readonly mpio: readonly MpioInstance[];
}

interface ReplayWish {
  readonly speed?: number;
  readonly isPaused?: boolean;
  readonly positionMs?: number;
}

export interface Live {
  readonly state: () => LiveState;
  readonly start: (intervalMs?: number) => LiveState;
  readonly stop: () => Promise<LiveState>;
  readonly replay: (wish: ReplayWish) => Result<LiveState>;
  /** Undefined where nothing was sampled yet. */
  readonly window: (request: SeriesRequest) => SeriesWindow | undefined;
  /** Null where nothing was sampled yet. */
  readonly verdicts: () => LiveVerdicts | null;
  /** A look came to its end: series go on under their ids, and so do the verdicts on what did not change. */
  readonly adopt: (looked: LookedAt) => void;
  readonly close: () => Promise<void>;
}

export interface LiveOptions {
  readonly host: Pick<Host, 'openSampler'>;
  /** The newest look, if there was one. */
  readonly looked: () => LookedAt | undefined;
  /** What traffic is judged by, from the newest look; without it nothing is judged. */
  readonly judging?: () => JudgedBy | undefined;
  readonly tell: (event: ContractEvent) => void;
  readonly now?: () => Date;
}

function capacityFor(intervalMs: number): number {
  return Math.ceil(keptMs / intervalMs) + 1;
}

function off(since: Date): SamplerState {
  return { phase: 'off', since: since.toISOString(), intervalMs: livePace.usualMs, sources: [] };
}

export function createLive({ host, looked, judging, tell, now = () => new Date() }: LiveOptions): Live {
  let sampler: Sampler | undefined;
  let ended: SamplerState = off(now());
  let wantedMs: number = livePace.usualMs;
  let revision = 0;
  let failure: Failure | undefined;
  let recorder: SeriesRecorder | undefined;
  let first: Sample | undefined;
  let newest: Sample | undefined;
  let missing: Readonly<Record<string, MissingClass>> = {};
  let wasMissing = '';
  let periodMs = 0;
  let judge: { readonly by: JudgedBy; readonly traffic: TrafficJudge } | undefined;
  let thinned = new ThinnedSamples();

  const samplerState = (): SamplerState => sampler?.state() ?? ended;
  const state = (): LiveState => ({
    ...samplerState(),
    revision,
    wantedIntervalMs: wantedMs,
    ...(first === undefined ? {} : { startedAt: first.at }),
    sampleCount: recorder?.sampleCount ?? 0,
    missing: Object.entries(missing).map(([counterClass, why]) => ({ ...why, counterClass })),
    ...(failure === undefined ? {} : { failure }),
  });
  const changed = (): void => {
    revision += 1;
    tell({ event: 'live.changed', payload: { revision } });
  };
  const forget = (): void => {
    recorder = undefined;
    judge = undefined;
    thinned = new ThinnedSamples();
    first = undefined;
    newest = undefined;
  };

  const follow = (): void => {
    const { intervalMs } = samplerState();
    if (intervalMs !== periodMs) {
      periodMs = intervalMs;
      recorder?.setPace(periodMs, capacityFor(periodMs));
      judge?.traffic.setPeriod(periodMs);
    }
    changed();
  };

  /** Where a threshold is another one now, what was seen by the old one counts no more. */
  const judgeBy = (by: JudgedBy | undefined): void => {
    if (by === undefined) return;
    const isSame = judge !== undefined && JSON.stringify(judge.by.limits) === JSON.stringify(by.limits);
    if (isSame) judge?.traffic.adopt(by.host);
    judge = {
      by,
      traffic:
        isSame && judge !== undefined
          ? judge.traffic
          : new TrafficJudge(by.host, { limits: by.limits, periodMs, about: 'running' }),
    };
  };

  const take = (sample: Sample): void => {
    const about = looked();
    // Whose counters they are is not known before the first look.
    if (about === undefined) return;
    recorder ??= new SeriesRecorder({ ...about, periodMs, capacity: capacityFor(periodMs) });
    first ??= sample;
    newest = sample;
    const moment = recorder.take(sample);
    if (judge === undefined) judgeBy(judging?.());
    judge?.traffic.take(moment);
    thinned.take(sample, moment.timeMs);
    missing = sample.missing ?? {};
    const nowMissing = Object.keys(missing).join();
    if (nowMissing !== wasMissing) changed();
    wasMissing = nowMissing;
    revision += 1;
    const latest = recorder.latest();
    if (latest !== undefined) {
      tell({ event: 'live.tick', payload: { revision, phase: samplerState().phase, ...latest } });
    }
  };

  const stop = async (): Promise<void> => {
    const open = sampler;
    if (open === undefined) return;
    const { intervalMs } = open.state();
    sampler = undefined;
    ended = { ...off(now()), intervalMs };
    missing = {};
    changed();
    await open.close();
  };

  return {
    state,
    start: (intervalMs) => {
      wantedMs = intervalMs ?? wantedMs;
      if (sampler !== undefined) {
        sampler.setInterval(wantedMs);
        return state();
      }
      const opened =
        host.openSampler?.({
          intervalMs: wantedMs,
          onSample: take,
          onState: follow,
        }) ?? fail('refused', 'The counters of this host cannot be read.');
      failure = opened.ok ? undefined : opened.failure;
      if (opened.ok) sampler = opened.value;
      follow();
      return state();
    },
    stop: async () => {
      await stop();
      return state();
    },
    replay: ({ speed, isPaused, positionMs }) => {
      const control = sampler?.replay;
      if (control === undefined) return fail('bad-request', 'No recording is being shown.');
      if (positionMs !== undefined) {
        forget();
        control.goTo(positionMs);
      }
      if (speed !== undefined) control.setSpeed(speed);
      if (isPaused !== undefined) control.setPaused(isPaused);
      changed();
      return succeed(state());
    },
    window: ({ windowMs, subjectIds, mostMoments }) => {
      if (recorder === undefined || first === undefined || newest === undefined) return undefined;
      return {
        status: 'recorded',
        origin: 'live',
        startedAt: first.at,
        endedAt: newest.at,
        sampleCount: recorder.sampleCount,
        ...recorder.window(windowMs, subjectIds && new Set(subjectIds), mostMoments),
        unjoined: recorder.unjoined,
        missing: recorder.missing,
      };
    },
    verdicts: () => {
      if (judge === undefined) return null;
      const traffic = judge.traffic.judgement();
      return { revision, traffic, ...judge.by.judge(traffic, thinned.samples) };
    },
    adopt: ({ model, mpio }) => {
      recorder?.adopt(model, mpio);
      if (judge !== undefined) judgeBy(judging?.());
    },
    close: stop,
  };
}
