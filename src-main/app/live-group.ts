/** The calls of the group `live`: the counters of the host as they are read now. */
import * as z from 'zod';
import type { MainHandlers } from '#shared/contract.ts';
import { livePace, replaySpeeds } from '#shared/live.ts';
import { succeed } from '#shared/result.ts';
import type { Live } from './live.ts';
import type { GroupSchemas } from './request-schemas.ts';

/** A recording of a week. */
const longestReplayMs = 7 * 24 * 3_600_000;

export const liveSchemas: GroupSchemas<'live'> = {
  state: z.strictObject({}),
  start: z.strictObject({
    intervalMs: z.int().min(livePace.fastestMs).max(livePace.slowestMs).exactOptional(),
  }),
  stop: z.strictObject({}),
  verdicts: z.strictObject({}),
  replay: z.strictObject({
    speed: z.number().min(replaySpeeds.slowest).max(replaySpeeds.fastest).exactOptional(),
    isPaused: z.boolean().exactOptional(),
    positionMs: z.number().min(0).max(longestReplayMs).exactOptional(),
  }),
};

export function liveHandlers(live: Live): MainHandlers['live'] {
  return {
    state: () => succeed(live.state()),
    start: ({ intervalMs }) => succeed(live.start(intervalMs)),
    stop: async () => succeed(await live.stop()),
    replay: (wish) => live.replay(wish),
    verdicts: () => succeed(live.verdicts()),
  };
}
