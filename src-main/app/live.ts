/** Live sampling of the host of a window: the sampler, the last hour of what it gave, and who wants to hear of it. */
import type { ContractEvent } from '#shared/contract.ts';
import type { HostModel } from '#shared/host/host-model.ts';
import { livePace, type LiveState, type SamplerState } from '#shared/live.ts';
import { fail, succeed, type Failure, type Result } from '#shared/result.ts';
import type { MissingClass, Sample, SeriesRequest, SeriesWindow } from '#shared/sample.ts';
import type { Host, Sampler } from '../hosts/host.ts';
import type { MpioInstance } from '../sampling/attribution.ts';
import { SeriesRecorder } from '../sampling/series-recorder.ts';

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
  /** A look came to its end: series go on under their ids. */
  readonly adopt: (looked: LookedAt) => void;
  readonly close: () => Promise<void>;
}

export interface LiveOptions {
  readonly host: Pick<Host, 'openSampler'>;
  /** The newest look, if there was one. */
  readonly looked: () => LookedAt | undefined;
  readonly tell: (event: ContractEvent) => void;
  readonly now?: () => Date;
}

function capacityFor(intervalMs: number): number {
  return Math.ceil(keptMs / intervalMs) + 1;
}

function off(since: Date): SamplerState {
  return { phase: 'off', since: since.toISOString(), intervalMs: livePace.usualMs, sources: [] };
}

export function createLive({ host, looked, tell, now = () => new Date() }: LiveOptions): Live {
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
    first = undefined;
    newest = undefined;
  };

  const follow = (): void => {
    const { intervalMs } = samplerState();
    if (intervalMs !== periodMs) {
      periodMs = intervalMs;
      recorder?.setPace(periodMs, capacityFor(periodMs));
    }
    changed();
  };

  const take = (sample: Sample): void => {
    const about = looked();
    // Whose counters they are is not known before the first look.
    if (about === undefined) return;
    recorder ??= new SeriesRecorder({ ...about, periodMs, capacity: capacityFor(periodMs) });
    first ??= sample;
    newest = sample;
    recorder.take(sample);
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
    adopt: ({ model, mpio }) => recorder?.adopt(model, mpio),
    close: stop,
  };
}
