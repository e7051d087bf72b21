/**
 * Every call that a window can make and every event that it can hear, once.
 *
 * From this one object follow the handlers that main must have, the bridge that the window gets, and the loop of the
 * preload. Adding a call is one line here and its schema and handler in src-main/app.
 */
import type { ObservationName } from './capture.ts';
import type { ChangeRun, ChangesState, FixPlan, History, PlanWish } from './fix-plan.ts';
import type { ComparedFile, HostDiff } from './host-diff.ts';
import type { HostState, LookState } from './host-state.ts';
import type { HostRecords, LookRecord, ObservationPart } from './observed.ts';
import type { PackageLicence } from './licence.ts';
import type { LiveState, LiveTick, LiveVerdicts } from './live.ts';
import type { LoadFile, LoadRequest, LoadRun, ShownLoadPlan } from './load.ts';
import type { ReportFile, ReportFormat } from './report-file.ts';
import type { Result } from './result.ts';
import type { SeriesAnswer, SeriesRequest } from './sample.ts';
import type { PageEdit, SettingsState } from './settings.ts';
import type { Change, WhatIfAnswer } from './what-if.ts';

/** A request without content. */
export type Nothing = Readonly<Record<string, never>>;

export interface RulePage {
  readonly rule: string;
  /** Markdown. */
  readonly text: string;
}

export interface About {
  readonly name: string;
  readonly version: string;
  readonly shell: 'desktop' | 'browser';
}

export const contract = {
  host: {
    state: invoke<Nothing, HostState>(),
    /** Starts a look, or answers with the one under way. `sendsPackets`: to the ends of storage, when it has looked. */
    lookAgain: invoke<{ readonly sendsPackets?: boolean }, { readonly lookId: string }>(),
    /** Cancelling a look that has ended is no error. */
    cancel: invoke<{ readonly lookId: string }, { readonly wasRunning: boolean }>(),
    /** What one cmdlet said in the last look, from an item on; null where it was not asked, or nobody looked yet. */
    observation: invoke<{ readonly name: ObservationName; readonly from: number }, ObservationPart | null>(),
    /** What was asked in the last look; null where nobody looked yet. */
    observations: invoke<Nothing, LookRecord | null>(),
    /** Records that no check carries; null where nobody looked yet. */
    records: invoke<Nothing, HostRecords | null>(),
    progress: notify<LookState>(),
    /** The state moved on: ask for it. */
    changed: notify<{ readonly revision: number }>(),
  },
  samples: {
    /** Series over the last part of what was sampled: live where the host is or was sampled live, else recorded. */
    series: invoke<SeriesRequest, SeriesAnswer>(),
  },
  live: {
    state: invoke<Nothing, LiveState>(),
    /** Starts, or changes the pace of what runs. What was sampled before stays. Of a recording: its replay. */
    start: invoke<{ readonly intervalMs?: number }, LiveState>(),
    /** What was sampled stays and can be asked for. */
    stop: invoke<Nothing, LiveState>(),
    /** Of a recording alone. `positionMs` begins anew from there. */
    replay: invoke<
      { readonly speed?: number; readonly isPaused?: boolean; readonly positionMs?: number },
      LiveState
    >(),
    /** Null where nothing was sampled yet. Worth asking every few seconds: windows are longer. */
    verdicts: invoke<Nothing, LiveVerdicts | null>(),
    tick: notify<LiveTick>(),
    /** The state moved on in more than its newest rates: ask for it. */
    changed: notify<{ readonly revision: number }>(),
  },
  load: {
    /** The run under way, or the last one; null where there was none. Who stops asking for it while it reads ends it. */
    state: invoke<Nothing, LoadRun | null>(),
    /** Files on a share in use that are large enough to be read. */
    files: invoke<{ readonly shareId: string }, readonly LoadFile[]>(),
    /** Of the last look. Nothing is read by it; what moves already is counted for a moment. */
    plan: invoke<LoadRequest, ShownLoadPlan>(),
    /** The scripts that read, as they run. */
    script: invoke<Nothing, { readonly text: string }>(),
    /** Starts a plan that was shown. One at a time. */
    start: invoke<{ readonly planHash: string }, { readonly runId: string }>(),
    /** What was seen up to then is told. Stopping a run that is over is no error. */
    stop: invoke<{ readonly runId: string }, { readonly wasRunning: boolean }>(),
    progress: notify<LoadRun>(),
  },
  findings: {
    page: invoke<{ readonly rule: string }, RulePage>(),
  },
  paths: {
    /** Of the last look that gave a capture; nothing on the host is touched. No changes: the host as it is. */
    whatIf: invoke<{ readonly changes: readonly Change[] }, WhatIfAnswer>(),
  },
  changes: {
    /** For findings of the last look. Nothing is changed by it; asked again with each answer. */
    plan: invoke<PlanWish, FixPlan>(),
    /** A plan that was shown, as a PowerShell script to read or to run by hand. */
    script: invoke<{ readonly planHash: string }, { readonly text: string }>(),
    /**
     * Starts a plan that was shown. `typed`: the sentences that its refusals ask for, and the name of the host where it
     * asks for that. `secrets`: by the id of the choice; kept until the change has ended and written nowhere.
     */
    apply: invoke<
      {
        readonly planHash: string;
        readonly typed: readonly string[];
        readonly secrets: Readonly<Record<string, string>>;
      },
      { readonly runId: string }
    >(),
    state: invoke<Nothing, ChangesState>(),
    /** After the step under way; what was done is undone. */
    cancel: invoke<{ readonly runId: string }, { readonly wasRunning: boolean }>(),
    /** The person is still connected. */
    stillThere: invoke<{ readonly runId: string }, { readonly wasInTime: boolean }>(),
    history: invoke<Nothing, History>(),
    rollback: invoke<
      {
        readonly id: string;
        readonly typed: readonly string[];
        readonly secrets: Readonly<Record<string, string>>;
      },
      { readonly runId: string }
    >(),
    /** After a restart that a change waited for. */
    resume: invoke<{ readonly id: string }, History>(),
    /** Of a simulated host alone: restarts it, then as `resume`. */
    restart: invoke<{ readonly id: string }, History>(),
    /** Of a leftover: seen, and closed. */
    dismiss: invoke<{ readonly id: string }, History>(),
    progress: notify<ChangeRun>(),
  },
  settings: {
    /** Of the host of the last look; null where nobody looked yet. */
    state: invoke<Nothing, SettingsState | null>(),
    /** Sets one thing and judges the last look anew. */
    change: invoke<{ readonly edit: PageEdit }, SettingsState>(),
    /** Pins the last look as the host's baseline. */
    pinBaseline: invoke<Nothing, SettingsState>(),
    /** What changed from the pinned look to the last one; null where none is pinned. */
    sinceBaseline: invoke<Nothing, HostDiff | null>(),
  },
  compare: {
    /**
     * A capture file that the person chose is about to come, of so many bytes as it lies on the disk. One comes at a
     * time: another beginning forgets the one before.
     */
    begin: invoke<{ readonly bytes: number }, { readonly uploadId: string }>(),
    /** The next piece, in base64; `index` counts from 0. Answers with how many bytes are there. */
    piece: invoke<
      { readonly uploadId: string; readonly index: number; readonly parts: readonly string[] },
      { readonly received: number }
    >(),
    /** The file is whole: what is different between it and the last look. Nothing of it is kept. */
    finish: invoke<{ readonly uploadId: string }, ComparedFile>(),
  },
  report: {
    /** Of the last look that gave a check, for the person to save; null where nobody looked yet. */
    make: invoke<{ readonly format: ReportFormat; readonly isRedacted: boolean }, ReportFile | null>(),
  },
  app: {
    about: invoke<Nothing, About>(),
    /** Whose work is part of the product; empty in a checkout that has not been built. */
    licences: invoke<Nothing, readonly PackageLicence[]>(),
  },
};

export interface Invoke<Request, Response> {
  readonly kind: 'invoke';
  /** Carries the types; never there. */
  readonly types?: { readonly request: Request; readonly response: Response };
}

export interface Notify<Payload> {
  readonly kind: 'notify';
  readonly types?: { readonly payload: Payload };
}

// Function declarations, so that the contract itself can stand first.
function invoke<Request, Response>(): Invoke<Request, Response> {
  return { kind: 'invoke' };
}

function notify<Payload>(): Notify<Payload> {
  return { kind: 'notify' };
}

type Contract = typeof contract;
export type GroupName = keyof Contract;

type CallsOf<Group> = {
  readonly [Name in keyof Group as Group[Name] extends { kind: 'invoke' } ? Name : never]: Group[Name];
};
type EventsOf<Group> = {
  readonly [Name in keyof Group as Group[Name] extends { kind: 'notify' } ? Name : never]: Group[Name];
};

/** What main must answer: a call left out does not compile. */
export type MainHandlers = {
  readonly [Group in GroupName]: {
    readonly [Name in keyof CallsOf<Contract[Group]>]: CallsOf<Contract[Group]>[Name] extends Invoke<
      infer Request,
      infer Response
    >
      ? (request: Request) => Promise<Result<Response>> | Result<Response>
      : never;
  };
};

/** What the window gets: `bridge.host.state({})`, and `bridge.host.onProgress(listener)`, which gives its own undo. */
export type WindowBridge = {
  readonly [Group in GroupName]: {
    readonly [Name in keyof CallsOf<Contract[Group]>]: CallsOf<Contract[Group]>[Name] extends Invoke<
      infer Request,
      infer Response
    >
      ? (request: Request) => Promise<Result<Response>>
      : never;
  } & {
    readonly [Name in keyof EventsOf<Contract[Group]> as `on${Capitalize<Name & string>}`]: EventsOf<
      Contract[Group]
    >[Name] extends Notify<infer Payload>
      ? (listener: (payload: Payload) => void) => () => void
      : never;
  };
};

/** Every event by its full name, with its payload. */
export type ContractEvent = {
  [Group in GroupName]: {
    [Name in keyof EventsOf<Contract[Group]> & string]: EventsOf<Contract[Group]>[Name] extends Notify<
      infer Payload
    >
      ? { readonly event: `${Group}.${Name}`; readonly payload: Payload }
      : never;
  }[keyof EventsOf<Contract[Group]> & string];
}[GroupName];

/**
 * The window's end of the contract, over any transport. `call` gets full names such as `host.state`; `listen` gives
 * the undo.
 */
export function bridgeOver(transport: {
  readonly call: (name: string, request: unknown) => Promise<Result<unknown>>;
  readonly listen: (event: string, listener: (payload: unknown) => void) => () => void;
}): WindowBridge {
  const groups = Object.entries(contract).map(([group, entries]) => {
    const members = Object.entries(entries).map(([name, entry]: [string, { kind: string }]) =>
      entry.kind === 'invoke'
        ? [name, (request: unknown) => transport.call(`${group}.${name}`, request)]
        : [
            `on${name.charAt(0).toUpperCase()}${name.slice(1)}`,
            (listener: (payload: unknown) => void) => transport.listen(`${group}.${name}`, listener),
          ],
    );
    return [group, Object.fromEntries(members) as unknown] as const;
  });
  return Object.fromEntries(groups) as WindowBridge;
}
