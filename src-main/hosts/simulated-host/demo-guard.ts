/** The guard of a demo host: it lives with the host, as the scheduled task does on Windows, and not with who armed it. */
import type { ChangeCommand, CommandReport } from '#shared/change-command.ts';
import { fail, succeed } from '#shared/result.ts';
import type { FoundGuard, GuardOrder, HostGuard } from '../host.ts';

/** What the guard waits by: ms since 1970. */
export interface GuardClock {
  readonly now: () => number;
  /** Does the work at that time; gives what takes it back. */
  readonly at: (time: number, work: () => void) => () => void;
}

const realClock: GuardClock = {
  now: () => Date.now(),
  at: (time, work) => {
    const timer = setTimeout(work, time - Date.now());
    // A demo must not keep the program from ending.
    timer.unref();
    return () => clearTimeout(timer);
  },
};

interface Armed {
  readonly order: GuardOrder;
  readonly until: number;
  stop: () => void;
  firedAt?: number;
  reports?: readonly CommandReport[];
}

function iso(time: number): string {
  return new Date(time).toISOString();
}

export function demoGuard(
  run: (command: ChangeCommand) => CommandReport,
  clock: GuardClock = realClock,
): HostGuard & {
  /** A restart before the confirmation counts as none. */
  readonly startAnew: () => void;
  readonly close: () => void;
} {
  const armed = new Map<string, Armed>();
  const fire = (guard: Armed): void => {
    guard.firedAt = clock.now();
    guard.reports = guard.order.undo.map(run);
  };
  const wait = (order: GuardOrder, until: number): Armed => {
    const guard: Armed = { order, until, stop: () => undefined };
    guard.stop = clock.at(until, () => fire(guard));
    return guard;
  };
  const shown = ({ order, until, firedAt, reports }: Armed): FoundGuard => ({
    id: order.id,
    title: order.title,
    until: iso(until),
    ...(firedAt !== undefined && { firedAt: iso(firedAt) }),
    ...(reports !== undefined && { reports }),
  });
  return {
    arm: (order) => {
      const until = clock.now() + order.seconds * 1000;
      armed.set(order.id, wait(order, until));
      return Promise.resolve(succeed({ until: iso(until) }));
    },
    extend: (id, seconds) => {
      const guard = armed.get(id);
      if (guard === undefined || guard.firedAt !== undefined) {
        return Promise.resolve(fail('refused', 'The guard is no longer armed.'));
      }
      guard.stop();
      const until = clock.now() + seconds * 1000;
      armed.set(id, wait(guard.order, until));
      return Promise.resolve(succeed({ until: iso(until) }));
    },
    disarm: (id) => {
      const guard = armed.get(id);
      if (guard === undefined) return Promise.resolve(succeed({ fired: null }));
      guard.stop();
      armed.delete(id);
      return Promise.resolve(succeed({ fired: guard.firedAt === undefined ? null : shown(guard) }));
    },
    find: () => Promise.resolve(succeed([...armed.values()].map(shown))),
    startAnew: () => {
      for (const guard of armed.values()) {
        guard.stop();
        if (guard.firedAt === undefined) fire(guard);
      }
    },
    close: () => {
      for (const guard of armed.values()) guard.stop();
      armed.clear();
    },
  };
}
