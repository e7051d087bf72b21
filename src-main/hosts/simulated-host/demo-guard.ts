/** The guard of a demo host: it lives with the host, as the scheduled task does on Windows, and not with who armed it. */
import type { ChangeCommand, CommandReport } from '#shared/change-command.ts';
import { fail, succeed } from '#shared/result.ts';
import type { FoundGuard, GuardOrder, HostGuard } from '../host.ts';

interface Armed {
  readonly order: GuardOrder;
  until: number;
  timer: NodeJS.Timeout;
  firedAt?: number;
  reports?: readonly CommandReport[];
}

function iso(time: number): string {
  return new Date(time).toISOString();
}

export function demoGuard(
  run: (command: ChangeCommand) => CommandReport,
): HostGuard & { readonly close: () => void } {
  const armed = new Map<string, Armed>();
  const fire = (guard: Armed): void => {
    guard.firedAt = Date.now();
    guard.reports = guard.order.undo.map(run);
  };
  const wait = (order: GuardOrder, until: number): Armed => {
    const guard: Armed = {
      order,
      until,
      timer: setTimeout(() => fire(guard), until - Date.now()),
    };
    // A demo must not keep the program from ending.
    guard.timer.unref();
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
      const until = Date.now() + order.seconds * 1000;
      armed.set(order.id, wait(order, until));
      return Promise.resolve(succeed({ until: iso(until) }));
    },
    extend: (id, seconds) => {
      const guard = armed.get(id);
      if (guard === undefined || guard.firedAt !== undefined) {
        return Promise.resolve(fail('refused', 'The guard is no longer armed.'));
      }
      clearTimeout(guard.timer);
      const until = Date.now() + seconds * 1000;
      armed.set(id, wait(guard.order, until));
      return Promise.resolve(succeed({ until: iso(until) }));
    },
    disarm: (id) => {
      const guard = armed.get(id);
      if (guard === undefined) return Promise.resolve(succeed({ fired: null }));
      clearTimeout(guard.timer);
      armed.delete(id);
      return Promise.resolve(succeed({ fired: guard.firedAt === undefined ? null : shown(guard) }));
    },
    find: () => Promise.resolve(succeed([...armed.values()].map(shown))),
    close: () => {
      for (const guard of armed.values()) clearTimeout(guard.timer);
      armed.clear();
    },
  };
}
