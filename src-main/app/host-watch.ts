/** One host while a window is open on it: its last check, the look under way, and who wants to hear of both. */
import { randomUUID } from 'node:crypto';
import type { ContractEvent } from '#shared/contract.ts';
import type { Check } from '#shared/finding.ts';
import type { HostState, LookState } from '#shared/host-state.ts';
import { fail, type Failure, type Result } from '#shared/result.ts';
import type { Host, LookOptions, LookProgress } from '../hosts/host.ts';
import type { Capture } from '#shared/capture.ts';

export interface HostWatch {
  readonly state: () => HostState;
  /** Of the last look that gave a check. */
  readonly capture: () => Capture | undefined;
  /** Judges the last look anew, as when a setting changed; the host is not asked. Throws what `judge` throws. */
  readonly judgeAgain: () => Promise<void>;
  /** The id of the look that it starts, or of the one under way. */
  readonly lookAgain: (options?: { readonly sendsPackets?: boolean }) => string;
  /** The host was changed: where a look is under way, which may have seen it before, another one follows it. */
  readonly lookAfterChange: () => void;
  /** False: that look is not under way. */
  readonly cancel: (lookId: string) => boolean;
  /** The undo is what it gives. A listener must not throw. */
  readonly listen: (listener: (event: ContractEvent) => void) => () => void;
  /** Tells everybody who listens. */
  readonly tell: (event: ContractEvent) => void;
  /** Settles when the look under way has ended, if there is one. */
  readonly settled: () => Promise<void>;
  readonly close: () => Promise<void>;
}

interface Look {
  readonly id: string;
  readonly abort: AbortController;
  state: LookState;
  ended: Promise<void>;
}

/** Adds to a capture what came of packets that were sent for it. */
type SendPackets = (
  capture: Capture,
  options: Required<Pick<LookOptions, 'signal' | 'onProgress'>>,
) => Promise<Result<Capture>>;

/** `judge` turns a capture into a check; what it or the host throws goes to `report` and becomes a failure. */
export function watchHost(
  host: Host,
  judge: (capture: Capture) => Check | Promise<Check>,
  report: (error: unknown) => Failure,
  sendPackets?: SendPackets,
): HostWatch {
  const listeners = new Set<(event: ContractEvent) => void>();
  let revision = 0;
  let judgements = 0;
  let checked: { readonly lookId: string; readonly capture: Capture; readonly check: Check } | undefined;
  let failure: Failure | undefined;
  let look: Look | undefined;
  /** What the look under way sees is old already: another one follows it. */
  let mustFollow = false;

  const tell = (event: ContractEvent): void => {
    for (const listener of listeners) listener(event);
  };

  const moveOn = (): void => {
    revision += 1;
    tell({ event: 'host.changed', payload: { revision } });
  };

  const follow = (current: Look, progress: LookProgress): void => {
    if (look !== current) return;
    current.state = advance(current.state, progress);
    tell({ event: 'host.progress', payload: current.state });
  };

  const run = async (current: Look, sendsPackets: boolean): Promise<void> => {
    let judged: Result<{ readonly capture: Capture; readonly check: Check }>;
    try {
      const options = {
        signal: current.abort.signal,
        onProgress: (progress: LookProgress) => follow(current, progress),
      };
      let captured = await host.look(options);
      if (captured.ok && sendsPackets && sendPackets !== undefined && !options.signal.aborted) {
        captured = await sendPackets(captured.value, options);
      }
      judged = captured.ok
        ? { ok: true, value: { capture: captured.value, check: await judge(captured.value) } }
        : captured;
    } catch (error) {
      judged = { ok: false, failure: report(error) };
    }
    // A look that the person stopped says nothing about the host: what was known stays.
    if (current.abort.signal.aborted) {
      judged = fail('cancelled', 'The look was stopped.');
    }
    look = undefined;
    if (judged.ok) {
      checked = { lookId: current.id, ...judged.value };
      failure = undefined;
    } else {
      failure = judged.failure;
    }
    moveOn();
    if (mustFollow) begin(false);
  };

  const begin = (sendsPackets: boolean): string => {
    mustFollow = false;
    const id = randomUUID();
    const current: Look = {
      id,
      abort: new AbortController(),
      state: {
        lookId: id,
        done: 0,
        total: 0,
        asking: [],
        answered: { ok: 0, unavailable: 0, failed: 0 },
      },
      ended: Promise.resolve(),
    };
    look = current;
    moveOn();
    current.ended = run(current, sendsPackets);
    return id;
  };

  return {
    state: () => ({
      revision,
      origin: { source: host.source, label: host.label },
      ...(look && { look: look.state }),
      ...(checked && { check: checked.check, checkLookId: checked.lookId }),
      ...(failure && { failure }),
    }),
    capture: () => checked?.capture,
    judgeAgain: async () => {
      const before = checked;
      if (before === undefined) return;
      const check = await judge(before.capture);
      // Another look may have brought a newer check in the meantime.
      if (checked?.capture !== before.capture) return;
      judgements += 1;
      checked = { ...before, lookId: `${before.lookId.replace(/#.*$/, '')}#${judgements}`, check };
      moveOn();
    },
    lookAgain: ({ sendsPackets = false } = {}) => look?.id ?? begin(sendsPackets),
    lookAfterChange: () => {
      if (look === undefined) begin(false);
      else mustFollow = true;
    },
    cancel: (lookId) => {
      if (look?.id !== lookId) return false;
      look.abort.abort();
      return true;
    },
    listen: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    tell,
    settled: () => look?.ended ?? Promise.resolve(),
    close: async () => {
      mustFollow = false;
      const last = look;
      last?.abort.abort();
      await last?.ended;
      listeners.clear();
      await host.close();
    },
  };
}

function advance(state: LookState, progress: LookProgress): LookState {
  const { observation, state: answer, done, total } = progress;
  const others = state.asking.filter((name) => name !== observation);
  if (answer === 'asking') return { ...state, done, total, asking: [...others, observation] };
  const answered = { ...state.answered, [answer]: state.answered[answer] + 1 };
  return { ...state, done, total, asking: others, answered };
}
