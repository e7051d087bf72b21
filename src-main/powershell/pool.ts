/** Several PowerShell sessions behind one door, so that probes run side by side. */
import type { Failure, Result } from '#shared/result.ts';
import { openSession, type Session, type SessionOptions } from './session.ts';
import type { Shell } from './shell.ts';

export interface PoolOptions extends SessionOptions {
  /** The greatest number of processes. Each starts when a call finds no idle one. */
  readonly size: number;
}

interface Task {
  readonly start: (session: Session) => Promise<void>;
  readonly refuse: (failure: Failure) => void;
}

const cancelled: Failure = { kind: 'cancelled', message: 'The call was cancelled.' };
const closed: Failure = { kind: 'cancelled', message: 'PowerShell was closed before the call was done.' };

/**
 * A shell over `size` sessions. A call waits until a session is free for it, so a stuck session delays its own call
 * alone; the deadline of a call counts from when its script is handed to a process.
 */
export function openPool({ size, ...options }: PoolOptions, open = openSession): Shell {
  const sessions = Array.from({ length: size }, () => open(options));
  const busy = new Set<Session>();
  const queue: Task[] = [];
  let isClosed = false;

  /** A free session that runs, else one that can be started, else none; those that refuse only when all do. */
  function choose(): Session | undefined {
    const free = sessions.filter((session) => !busy.has(session));
    const areAllRefusing = sessions.every((session) => session.state() === 'refusing');
    return (
      free.find((session) => session.state() === 'ready') ??
      free.find((session) => session.state() === 'cold' || areAllRefusing)
    );
  }

  function dispatch(): void {
    for (let session = choose(); session !== undefined; session = choose()) {
      const task = queue.shift();
      if (task === undefined) return;
      busy.add(session);
      void task.start(session);
    }
  }

  function call<T>(
    signal: AbortSignal | undefined,
    ask: (session: Session) => Promise<Result<T>>,
  ): Promise<Result<T>> {
    if (isClosed) return Promise.resolve({ ok: false, failure: closed });
    if (signal?.aborted) return Promise.resolve({ ok: false, failure: cancelled });
    return new Promise((resolve) => {
      const settle = (result: Result<T>): void => {
        signal?.removeEventListener('abort', cancel);
        resolve(result);
      };
      const task: Task = {
        async start(session) {
          const result = await ask(session);
          // Free before the caller hears, so that its next call finds this session and starts no other.
          busy.delete(session);
          const neverRan = !result.ok && result.failure.kind === 'start-failed';
          // Where one process does not start while another runs, the call is still worth asking there.
          if (
            neverRan &&
            !isClosed &&
            !signal?.aborted &&
            sessions.some((other) => other.state() === 'ready')
          ) {
            queue.unshift(task);
          } else {
            settle(result);
          }
          dispatch();
        },
        refuse: (failure) => settle({ ok: false, failure }),
      };
      const cancel = (): void => {
        const place = queue.indexOf(task);
        if (place < 0) return;
        queue.splice(place, 1);
        task.refuse(cancelled);
      };
      signal?.addEventListener('abort', cancel);
      queue.push(task);
      dispatch();
    });
  }

  return {
    facts(signal) {
      const ready = isClosed ? undefined : sessions.find((session) => session.state() === 'ready');
      return ready ? ready.facts(signal) : call(signal, (session) => session.facts(signal));
    },
    run: (request) => call(request.signal, (session) => session.run(request)),
    async close() {
      isClosed = true;
      for (const task of queue.splice(0)) task.refuse(closed);
      await Promise.all(sessions.map((session) => session.close()));
    },
  };
}
