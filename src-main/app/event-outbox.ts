/** Events on their way to one window: of each kind only the newest waits, so a slow or dead window costs nothing. */
import type { ContractEvent } from '#shared/contract.ts';

export interface EventOutbox {
  readonly push: (event: ContractEvent) => void;
  /** The window can take more. */
  readonly drained: () => void;
  readonly waiting: () => number;
}

/** `send` answers false when the window can take no more until `drained`. */
export function createOutbox(send: (event: ContractEvent) => boolean): EventOutbox {
  const pending = new Map<ContractEvent['event'], ContractEvent>();
  let isFull = false;

  const flush = (): void => {
    for (const [name, event] of pending) {
      if (isFull) return;
      pending.delete(name);
      isFull = !send(event);
    }
  };

  return {
    push: (event) => {
      // Last in, last out: what is said now may rest on what was said of another kind before.
      pending.delete(event.event);
      pending.set(event.event, event);
      flush();
    },
    drained: () => {
      isFull = false;
      flush();
    },
    waiting: () => pending.size,
  };
}
