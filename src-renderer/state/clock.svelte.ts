/** The time, as often as the words for an age can change. */
import { createSubscriber } from 'svelte/reactivity';

const tickMs = 5000;

const subscribe = createSubscriber((update) => {
  const ticking = setInterval(update, tickMs);
  return () => clearInterval(ticking);
});

/** ms since 1970; whoever reads it while rendering is rendered again as it goes on. */
export function nowMs(): number {
  subscribe();
  return Date.now();
}

const subscribeToSeconds = createSubscriber((update) => {
  const ticking = setInterval(update, 1000);
  return () => clearInterval(ticking);
});

/** As {@link nowMs}, for what counts down by the second. */
export function nowMsBySecond(): number {
  subscribeToSeconds();
  return Date.now();
}
