/** Whether the clock of this machine was set: time of day against time that only runs forward. */

/** Small corrections are no jump: a clock is led to the right time in small steps. */
const jumpMs = 5000;
const lookEveryMs = 1000;

export interface Clocks {
  /** ms since 1970. */
  readonly wall: () => number;
  /** ms since some moment; it only runs forward. */
  readonly monotonic: () => number;
}

const realClocks: Clocks = { wall: () => Date.now(), monotonic: () => performance.now() };

/** Calls `onJump` after each jump until the answer is called. Keeps no program from ending. */
export function watchClockJumps(onJump: () => void, clocks: Clocks = realClocks): () => void {
  const difference = (): number => clocks.wall() - clocks.monotonic();
  let known = difference();
  const timer = setInterval(() => {
    const now = difference();
    if (Math.abs(now - known) <= jumpMs) return;
    known = now;
    onJump();
  }, lookEveryMs);
  timer.unref();
  return () => clearInterval(timer);
}
