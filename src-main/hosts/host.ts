/** Where a capture comes from: this machine, a file, or a simulated host. */
import type { Capture, Observation, ObservationName } from '#shared/capture.ts';
import type { AskedQuestion, ChangeCommand, CommandReport, QuestionAnswer } from '#shared/change-command.ts';
import type { CheckSource } from '#shared/finding.ts';
import type { SamplerState } from '#shared/live.ts';
import type { LoadPlan, LoadProgress } from '#shared/load.ts';
import type { PacketPair } from '#shared/packet-probe.ts';
import type { Result } from '#shared/result.ts';
import type { Sample } from '#shared/sample.ts';

export interface LookProgress {
  readonly observation: ObservationName;
  readonly state: 'asking' | 'ok' | 'unavailable' | 'failed';
  readonly done: number;
  readonly total: number;
}

export interface LookOptions {
  readonly onProgress?: (progress: LookProgress) => void;
  readonly signal?: AbortSignal;
  /** Only these are asked; the capture has no others. */
  readonly only?: readonly ObservationName[];
}

/** A revert that undoes a change by itself unless it is disarmed in time, whatever becomes of Switchyard. */
export interface GuardOrder {
  /** That of the change. */
  readonly id: string;
  readonly title: string;
  /** Every step's way back, the last step's first; each command is harmless where its step was never done. */
  readonly undo: readonly ChangeCommand[];
  readonly seconds: number;
}

export interface ArmedGuard {
  /** ISO 8601: from then on it undoes the change. */
  readonly until: string;
}

export interface FoundGuard {
  readonly id: string;
  readonly title: string;
  readonly until?: string;
  /** ISO 8601: when it began to undo the change; absent where it has not. */
  /** It undoes nothing: the change was confirmed, or Switchyard ended before the guard was armed. */
  readonly isDisarmed?: boolean;
  readonly firedAt?: string;
  /** Undefined: it has not finished. */
  readonly reports?: readonly CommandReport[];
}

export interface HostGuard {
  /** Arms it and proves that it would run; a failure leaves nothing behind. */
  readonly arm: (order: GuardOrder) => Promise<Result<ArmedGuard>>;
  /** The full window again, from now on. */
  readonly extend: (id: string, seconds: number) => Promise<Result<ArmedGuard>>;
  /** Takes it away and looks whether it is gone. What it did, if it was faster. */
  readonly disarm: (id: string) => Promise<Result<{ readonly fired: FoundGuard | null }>>;
  /** Every guard that is on the host. */
  readonly find: () => Promise<Result<readonly FoundGuard[]>>;
}

/** How a host is changed. Commands are held to the list of allowed ones again where they run. */
export interface HostChanges {
  /** Changes nothing. One answer for each question, in their order. */
  readonly ask: (questions: readonly AskedQuestion[]) => Promise<Result<readonly QuestionAnswer[]>>;
  /** Fails where it is not known whether the command ran: PowerShell ended, or no answer came in time. */
  readonly run: (
    command: ChangeCommand,
    secrets: Readonly<Record<string, string>>,
  ) => Promise<Result<CommandReport>>;
  readonly guard: HostGuard;
  /** Of a simulated host alone: a real one is restarted by a person. */
  readonly restart?: () => Promise<void>;
  /** Where the journal lies; absent where a change ends with the program, as that of a demo does. */
  readonly journalFolder?: string;
  readonly close: () => Promise<void>;
}

export interface SamplerOptions {
  readonly intervalMs: number;
  /** In the order taken. */
  readonly onSample: (sample: Sample) => void;
  /** Whenever the state is another one; `state` of the sampler says it already. */
  readonly onState: () => void;
}

/** Reads the counters of a host from its opening on, again and again, until it is closed. */
export interface Sampler {
  readonly state: () => SamplerState;
  readonly setInterval: (intervalMs: number) => void;
  /** Of a recording alone: undefined elsewhere. */
  readonly replay?: ReplayControl;
  readonly close: () => Promise<void>;
}

interface ReplayControl {
  readonly setSpeed: (speed: number) => void;
  readonly setPaused: (isPaused: boolean) => void;
  /** From the beginning of the recording; what was handed out before is handed out again where it lies behind. */
  readonly goTo: (positionMs: number) => void;
}

/** One run of a load: the bounds are those of the plan, or less. */
export interface LoadOrder extends Pick<LoadPlan, 'source' | 'identity' | 'blockBytes' | 'seconds'> {
  readonly streams: number;
  readonly bytesPerSecond: number;
  readonly bytes: number;
}

/** A read that is under way. It ends by itself at its bounds, and when nobody asks how it goes for ten seconds. */
export interface RunningLoad {
  readonly progress: () => Promise<Result<LoadProgress>>;
  /** Ends it, and answers what it came to. Harmless where it has ended. */
  readonly stop: () => Promise<Result<LoadProgress>>;
  /** Ends it at once, whatever it is doing; nothing of it is left. */
  readonly close: () => Promise<void>;
}

/** Reads what a person chose, within bounds, and throws away what it read. Nothing is written. */
export interface HostLoad {
  /** Fails with `refused` where what is to be read is not what the plan says, or cannot be read plainly. */
  readonly open: (order: LoadOrder) => Promise<Result<RunningLoad>>;
  /** Files on a share (`\\\\server\\share`) that are large enough, in its top folder and those in that. */
  readonly findFiles: (share: string) => Promise<Result<readonly FoundFile[]>>;
}

export interface FoundFile {
  /** Below the share. */
  readonly name: string;
  readonly bytes: number;
}

export interface Host {
  readonly source: CheckSource;
  /** What the person is told it is: "this machine", a file's name, "demo host iscsi-on-team". */
  readonly label: string;
  /** A look is complete in itself: what could not be observed is in the capture, with the reason. */
  readonly look: (options?: LookOptions) => Promise<Result<Capture>>;
  /** Sends packets over these pairs and says what came of each. Absent: a host that cannot be asked anything any more. */
  readonly probePackets?: (
    pairs: readonly PacketPair[],
    options?: { readonly onProgress?: (done: number) => void; readonly signal?: AbortSignal },
  ) => Promise<Observation>;
  /** Absent: this host cannot be changed from here. */
  readonly changes?: HostChanges;
  /** Fails where nothing can be read: not Windows, a capture without samples. A host that can never be sampled has none. */
  readonly openSampler?: (options: SamplerOptions) => Result<Sampler>;
  /** Absent: nothing is read from this host on purpose. */
  readonly load?: HostLoad;
  readonly close: () => Promise<void>;
}
