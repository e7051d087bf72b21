/** The clock of a simulated host: that of this machine, until somebody sets it; from then on it stands still. */
export class HostClock {
  private stopped: number | undefined;

  /** Milliseconds since 1970. */
  readonly now = (): number => this.stopped ?? Date.now();

  set(now: number): void {
    this.stopped = now;
  }
}
