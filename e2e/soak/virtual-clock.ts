/**
 * A clock that stands still while the program works and jumps to the next timer when it waits, so that hours pass in
 * seconds. It takes the place of the timers and clocks of this process; what Node.js times inside its own sockets stays
 * real. Own code: what does this for tests comes as part of a test runner, and this is a program.
 */
import { syncBuiltinESMExports } from 'node:module';
import timersPromises from 'node:timers/promises';

export interface VirtualClock {
  /** Milliseconds since the clock was installed. */
  readonly nowMs: () => number;
  /** Timers that wait, intervals among them. */
  readonly timerCount: () => number;
  /** Jumps to the next timer, at the latest to `untilMs`, and runs what is due. */
  readonly advance: (untilMs: number) => void;
  /** Really waits. */
  readonly realPause: (ms: number) => Promise<void>;
  /** Milliseconds of the real clock, which only runs forward. */
  readonly realNowMs: () => number;
}

type Work = (...words: unknown[]) => void;

export function installVirtualClock(): VirtualClock {
  const realNowMs = performance.now.bind(performance);
  const realSetTimeout = globalThis.setTimeout;
  const realClearTimeout = globalThis.clearTimeout;
  const RealDate = Date;
  const beganAt = RealDate.now();
  const waiting = new Set<VirtualTimer>();
  let nowMs = 0;
  let made = 0;

  class VirtualTimer {
    readonly number = (made += 1);
    dueMs = 0;
    readonly work: () => void;
    readonly delayMs: number;
    readonly isRepeated: boolean;

    constructor(work: () => void, delayMs: number, isRepeated: boolean) {
      this.work = work;
      this.delayMs = Math.max(1, Number.isFinite(delayMs) ? delayMs : 1);
      this.isRepeated = isRepeated;
      this.refresh();
    }

    refresh(): this {
      this.dueMs = nowMs + this.delayMs;
      waiting.add(this);
      return this;
    }
    close(): this {
      waiting.delete(this);
      return this;
    }
    ref(): this {
      return this;
    }
    unref(): this {
      return this;
    }
    hasRef(): boolean {
      return true;
    }
    [Symbol.toPrimitive](): number {
      return this.number;
    }
  }

  const clear = (timer: unknown): void => {
    if (timer instanceof VirtualTimer) timer.close();
    else realClearTimeout(timer as NodeJS.Timeout | undefined);
  };
  const pause = <T>(
    delayMs = 1,
    value?: T,
    { signal }: { readonly signal?: AbortSignal } = {},
  ): Promise<T | undefined> =>
    new Promise((resolve, reject) => {
      const stop = (): void => {
        timer.close();
        reject(new DOMException('The pause was ended.', 'AbortError'));
      };
      const timer = new VirtualTimer(
        () => {
          signal?.removeEventListener('abort', stop);
          resolve(value);
        },
        delayMs,
        false,
      );
      if (signal?.aborted === true) stop();
      else signal?.addEventListener('abort', stop, { once: true });
    });
  Object.assign(globalThis, {
    setTimeout: (work: Work, delayMs = 1, ...words: unknown[]) =>
      new VirtualTimer(() => work(...words), delayMs, false),
    setInterval: (work: Work, delayMs = 1, ...words: unknown[]) =>
      new VirtualTimer(() => work(...words), delayMs, true),
    clearTimeout: clear,
    clearInterval: clear,
    Date: class extends RealDate {
      constructor(...words: ConstructorParameters<DateConstructor>) {
        super(...words);
        if (arguments.length === 0) this.setTime(beganAt + nowMs);
      }
      static override now(): number {
        return beganAt + nowMs;
      }
    },
  });
  performance.now = () => nowMs;
  Object.assign(timersPromises, { setTimeout: pause });
  // Who imported a function by its name gets the new one as well.
  syncBuiltinESMExports();

  return {
    nowMs: () => nowMs,
    timerCount: () => waiting.size,
    realNowMs,
    realPause: (ms) => new Promise((resolve) => void realSetTimeout(resolve, ms)),
    advance: (untilMs) => {
      let next: VirtualTimer | undefined;
      for (const timer of waiting) {
        const isEarlier =
          next === undefined ||
          timer.dueMs < next.dueMs ||
          (timer.dueMs === next.dueMs && timer.number < next.number);
        if (isEarlier) next = timer;
      }
      if (next === undefined || next.dueMs > untilMs) {
        nowMs = Math.max(nowMs, untilMs);
        return;
      }
      nowMs = Math.max(nowMs, next.dueMs);
      if (next.isRepeated) next.refresh();
      else next.close();
      next.work();
    },
  };
}
