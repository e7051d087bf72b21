/** The calls of the group `host`: its state, looking again, and stopping a look. */
import * as z from 'zod';
import type { MainHandlers } from '#shared/contract.ts';
import { succeed } from '#shared/result.ts';
import type { HostWatch } from './host-watch.ts';
import type { GroupSchemas } from './request-schemas.ts';

export const hostSchemas: GroupSchemas<'host'> = {
  state: z.strictObject({}),
  lookAgain: z.strictObject({}),
  cancel: z.strictObject({ lookId: z.string().max(64) }),
};

export function hostHandlers(watch: HostWatch): MainHandlers['host'] {
  return {
    state: () => succeed(watch.state()),
    lookAgain: () => succeed({ lookId: watch.lookAgain() }),
    cancel: ({ lookId }) => succeed({ wasRunning: watch.cancel(lookId) }),
  };
}
