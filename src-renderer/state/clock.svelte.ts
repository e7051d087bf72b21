/** The time, as often as the words that are made of it can change. */
import { createSubscriber } from 'svelte/reactivity';

/** Whoever reads the time by it while rendering is rendered again as it goes on. */
function clock(tickMs: number): () => number {
  const subscribe = createSubscriber((update) => {
    const ticking = setInterval(update, tickMs);
    return () => clearInterval(ticking);
  });
  return () => {
    subscribe();
    return Date.now();
  };
}

/** ms since 1970, for the words of an age. */
export const nowMs = clock(5000);

/** ms since 1970, for what counts down by the second. */
export const nowMsBySecond = clock(1000);
