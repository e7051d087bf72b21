/** Faults that tests put into a simulated host: the n-th call of a command from now on goes wrong. */
import type { CmdletError } from './cmdlet-value.ts';

export interface Fault {
  readonly command: string;
  /** Which of the coming calls; default 1, the next. */
  readonly nth?: number;
  /**
   * `error`: refused, nothing happens. `hang`: never answers, nothing happens. `lost`: takes effect, and the answer is
   * lost with the connection. `late-error`: takes effect, and says that it failed.
   */
  readonly kind: 'error' | 'hang' | 'lost' | 'late-error';
  /** For the errors; default a generic failure. */
  readonly error?: CmdletError;
}

export class FaultList {
  private faults: { readonly fault: Fault; left: number }[] = [];

  add(fault: Fault): void {
    this.faults.push({ fault, left: fault.nth ?? 1 });
  }

  clear(): void {
    this.faults = [];
  }

  /** The fault of this call, which is spent with it. */
  take(command: string): Fault | undefined {
    const waiting = this.faults.filter(
      (entry) => entry.fault.command.toLowerCase() === command.toLowerCase(),
    );
    for (const entry of waiting) entry.left -= 1;
    const due = waiting.find((entry) => entry.left === 0);
    this.faults = this.faults.filter((entry) => entry.left > 0);
    return due?.fault;
  }
}
