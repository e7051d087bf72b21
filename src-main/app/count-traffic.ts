/** Traffic of a host counted for a while and judged, for a command that answers and ends. */
import type { Check } from '#shared/finding.ts';
import type { HostOrigin } from '#shared/host-state.ts';
import { fail, succeed, type Failure, type Result } from '#shared/result.ts';
import type { Capture } from '#shared/capture.ts';
import type { Snapshot } from '#shared/host/snapshot.ts';
import type { TrafficJudgement } from '#shared/spread.ts';
import { readSnapshot } from '../discovery/read-snapshot.ts';
import type { Host } from '../hosts/host.ts';
import { SeriesRecorder } from '../sampling/series-recorder.ts';
import type { SpreadLimits } from '../spread/limits.ts';
import { TrafficJudge } from '../spread/traffic-judge.ts';
import { checkSnapshot } from './check.ts';
import type { JudgeSettings } from './judge-settings.ts';
import { selectHost, type HostChoice } from './select-host.ts';
import { judgeCapture, trafficHost, trafficLimits } from './traffic.ts';

/** How long it counts where nobody says, and the shortest that tells something: three windows of ten seconds. */
export const countingSeconds = { usual: 60, least: 30, most: 3600 } as const;

const windows = 3;
const intervalMs = 1000;
/** The moments that series are kept for: only the newest are asked for. */
const momentsKept = 600;
/** A sampler that says nothing for this long says nothing at all. */
const silentMs = 120_000;

export interface CountedTraffic {
  readonly origin: HostOrigin;
  readonly check: Check;
  readonly traffic: TrafficJudgement;
}

export interface CountOptions {
  /** Undefined: a recording as it is, a running host for the usual time. */
  readonly seconds: number | undefined;
  readonly settingsOf: (capture: Capture) => Promise<JudgeSettings>;
  readonly signal: AbortSignal;
  readonly onProgress: (text: string) => void;
}

/** The host is closed again in every case. */
export async function countTraffic(
  choice: HostChoice,
  { seconds, settingsOf, signal, onProgress }: CountOptions,
): Promise<Result<CountedTraffic>> {
  const selected = selectHost(choice);
  if (!selected.ok) return selected;
  const host = selected.value;
  try {
    onProgress(`Looking at ${host.label} ...`);
    const captured = await host.look({ signal });
    if (signal.aborted) return fail('cancelled', 'The look was stopped.');
    if (!captured.ok) return captured;
    const capture = captured.value;
    const settings = await settingsOf(capture);
    const snapshot = readSnapshot(capture);
    const check = checkSnapshot(snapshot, capture, host.source, settings);
    const limits = trafficLimits(settings.host);
    const isRecorded =
      (capture.samples?.length ?? 0) >= 2 && (host.source === 'capture' || seconds === undefined);
    const traffic = isRecorded
      ? recorded(capture, check, snapshot, limits, seconds)
      : await counted(host, check, snapshot, limits, seconds ?? countingSeconds.usual, signal, onProgress);
    return traffic.ok
      ? succeed({ origin: { source: host.source, label: host.label }, check, traffic: traffic.value })
      : traffic;
  } finally {
    await host.close();
  }
}

function recorded(
  { samples = [] }: Capture,
  check: Check,
  snapshot: Snapshot,
  limits: SpreadLimits,
  seconds: number | undefined,
): Result<TrafficJudgement> {
  const end = Date.parse(samples.at(-1)?.at ?? '');
  const part =
    seconds === undefined
      ? samples
      : samples.filter(({ at }) => Date.parse(at) >= end - (seconds + 2) * 1000);
  const set = seconds === undefined ? limits : { ...limits, windowSeconds: seconds / windows };
  const traffic = judgeCapture({ samples: part }, check, snapshot, set, 'all');
  return traffic === undefined
    ? fail('bad-request', 'The recording is too short to tell a rate.')
    : succeed(traffic);
}

async function counted(
  host: Pick<Host, 'openSampler' | 'label'>,
  check: Check,
  snapshot: Snapshot,
  limits: SpreadLimits,
  seconds: number,
  signal: AbortSignal,
  onProgress: (text: string) => void,
): Promise<Result<TrafficJudgement>> {
  const { MpioDisk } = snapshot.readings;
  const recorder = new SeriesRecorder({
    model: check.model,
    mpio: MpioDisk.status === 'ok' ? MpioDisk.records : [],
    periodMs: intervalMs,
    capacity: momentsKept,
  });
  const judge = new TrafficJudge(trafficHost(check, snapshot), {
    limits: { ...limits, windowSeconds: seconds / windows },
    periodMs: intervalMs,
    about: 'recording',
  });
  const { promise, resolve } = Promise.withResolvers<Failure | undefined>();
  const silent = (): Failure => ({
    kind: 'timed-out',
    message: `The counters of ${host.label} did not answer.`,
  });
  let watchdog = setTimeout(() => resolve(silent()), silentMs);
  let firstMs: number | undefined;
  const opened =
    host.openSampler?.({
      intervalMs,
      onSample: (sample) => {
        clearTimeout(watchdog);
        watchdog = setTimeout(() => resolve(silent()), silentMs);
        const moment = recorder.take(sample);
        judge.take(moment);
        // The first reading tells no rate yet.
        if (moment.values.size === 0) return;
        firstMs ??= moment.timeMs;
        const passed = (moment.timeMs - firstMs) / 1000;
        onProgress(`Counting: ${Math.min(seconds, Math.floor(passed))} of ${seconds} seconds`);
        if (passed >= seconds) resolve(undefined);
      },
      onState: () => undefined,
    }) ?? fail('refused', `The counters of ${host.label} cannot be read.`);
  if (!opened.ok) {
    clearTimeout(watchdog);
    return opened;
  }
  const stop = (): void => resolve({ kind: 'cancelled', message: 'Counting was stopped.' });
  signal.addEventListener('abort', stop);
  try {
    const failure = await promise;
    return failure === undefined ? succeed(judge.judgement()) : { ok: false, failure };
  } finally {
    clearTimeout(watchdog);
    signal.removeEventListener('abort', stop);
    await opened.value.close();
  }
}
