import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { watchClockJumps } from './clock-jumps.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('tells of each jump of the clock once, whichever way, and of no small correction', () => {
  let set = 0;
  let passed = 0;
  const onJump = vi.fn();
  const stop = watchClockJumps(onJump, { wall: () => passed + set, monotonic: () => passed });
  const wait = (): void => {
    passed += 1000;
    vi.advanceTimersByTime(1000);
  };
  wait();
  set += 4000;
  wait();
  expect(onJump).toHaveBeenCalledTimes(0);
  set += 3_600_000;
  wait();
  wait();
  expect(onJump).toHaveBeenCalledTimes(1);
  set -= 7_200_000;
  wait();
  expect(onJump).toHaveBeenCalledTimes(2);
  stop();
  set = 0;
  wait();
  expect(onJump).toHaveBeenCalledTimes(2);
});
