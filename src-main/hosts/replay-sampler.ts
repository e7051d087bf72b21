/** Hands the samples of a recording out as if they were taken now: at any pace, with pauses, from any moment on. */
import type { SamplerState } from '#shared/live.ts';
import type { Failure } from '#shared/result.ts';
import type { Sample } from '#shared/sample.ts';
import type { OpenedRecording } from '../discovery/recording-file.ts';
import { periodOf, Timeline } from '../sampling/timeline.ts';
import type { Sampler, SamplerOptions } from './host.ts';

/** So many samples tell how often they were taken. */
const firstSamples = 20;
/** So many are handed out without letting anything else have its turn. */
const mostAtOnce = 25;

const nothingRecorded: Failure = {
  kind: 'refused',
  message: 'This capture holds no samples of the counters, so there is nothing to replay.',
  remedy: 'Record some with "switchyard record" on the host.',
};

interface Run {
  isOver: boolean;
  /** Ends a wait, since something about it changed. */
  wake: () => void;
}

export interface ReplayOptions extends SamplerOptions {
  readonly speed?: number;
}

/** `open` is called once; where it fails the replay has ended before it began. */
export function openReplay(
  open: () => Promise<OpenedRecording | undefined>,
  { onSample, onState, speed: firstSpeed = 1 }: ReplayOptions,
): Sampler {
  const nowText = (): string => new Date().toISOString();
  let phase: SamplerState['phase'] = 'starting';
  let since = nowText();
  let periodMs = 1000;
  let speed = firstSpeed;
  let isPaused = false;
  let lengthMs = 0;
  /** Where the replay stood, and when, in ms of a clock that only runs forward. */
  let base = { positionMs: 0, at: performance.now() };
  let recording: OpenedRecording | undefined;
  let run: Run | undefined;
  let hasHanded = false;

  const setPhase = (next: SamplerState['phase']): void => {
    if (phase === next) return;
    phase = next;
    since = nowText();
    onState();
  };
  const position = (): number => {
    if (phase === 'ended') return lengthMs;
    return isPaused ? base.positionMs : base.positionMs + (performance.now() - base.at) * speed;
  };
  const stand = (positionMs: number): void => {
    base = { positionMs, at: performance.now() };
  };

  /** Until it is `positionMs` in the recording; false where the run ended meanwhile. */
  const until = async (current: Run, positionMs: number): Promise<boolean> => {
    for (;;) {
      if (current.isOver) return false;
      const missingMs = positionMs - position();
      if (!isPaused && missingMs <= 0) return true;
      await new Promise<void>((resolve) => {
        const timer = isPaused ? undefined : setTimeout(resolve, Math.max(1, missingMs / speed));
        current.wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  };

  /** All samples up to `fromMs` at once, then each when its time has come. */
  const play = async (opened: OpenedRecording, fromMs: number): Promise<void> => {
    const current: Run = { isOver: false, wake: () => undefined };
    run = current;
    const timeline = new Timeline(periodMs);
    let began: number | undefined;
    let inARow = 0;
    let held: Sample[] | undefined = [];
    const hand = async (sample: Sample): Promise<boolean> => {
      const timeMs = timeline.timeOf(sample);
      began ??= timeMs;
      const offset = timeMs - began;
      if (offset > fromMs && !(await until(current, offset))) return false;
      hasHanded = true;
      onSample(sample);
      inARow += 1;
      if (inARow % mostAtOnce === 0) await new Promise((resolve) => setImmediate(resolve));
      return !current.isOver;
    };
    const begin = async (samples: readonly Sample[]): Promise<boolean> => {
      periodMs = periodOf(samples) ?? periodMs;
      timeline.setPeriod(periodMs);
      stand(fromMs);
      setPhase(isPaused ? 'paused' : 'running');
      onState();
      for (const sample of samples) if (!(await hand(sample))) return false;
      return true;
    };
    for await (const sample of opened.samples()) {
      if (held !== undefined) {
        held.push(sample);
        if (held.length < firstSamples) continue;
        const first = held;
        held = undefined;
        if (!(await begin(first))) return;
      } else if (!(await hand(sample))) return;
    }
    if (held !== undefined && !(await begin(held))) return;
    if (!current.isOver) setPhase('ended');
  };

  const start = async (): Promise<void> => {
    recording = await open();
    if (recording === undefined) {
      setPhase('ended');
      return;
    }
    recording.lengthMs().then((length) => {
      lengthMs = length;
      onState();
    }, end);
    await play(recording, 0);
  };
  // A file that can be read no further is at its end.
  const end = (): void => setPhase('ended');
  start().catch(end);

  const restart = (fromMs: number): void => {
    if (recording === undefined) return;
    if (run !== undefined) {
      run.isOver = true;
      run.wake();
    }
    phase = isPaused ? 'paused' : 'running';
    stand(fromMs);
    play(recording, fromMs).catch(end);
  };

  return {
    state: () => ({
      phase,
      since,
      intervalMs: periodMs,
      sources: [
        {
          name: 'recording',
          phase: 'running',
          since,
          failures: 0,
          skipped: 0,
          ...(phase === 'ended' && !hasHanded ? { failure: nothingRecorded } : {}),
        },
      ],
      replay: { speed, positionMs: Math.max(0, position()), lengthMs },
    }),
    setInterval: () => undefined,
    replay: {
      setSpeed: (wanted) => {
        stand(position());
        speed = wanted;
        run?.wake();
      },
      setPaused: (wanted) => {
        if (wanted === isPaused || phase === 'ended') return;
        stand(position());
        isPaused = wanted;
        setPhase(isPaused ? 'paused' : 'running');
        run?.wake();
      },
      goTo: restart,
    },
    close: () => {
      if (run !== undefined) {
        run.isOver = true;
        run.wake();
      }
      return Promise.resolve();
    },
  };
}
