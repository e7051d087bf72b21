/** The calls of the group `host`: its state, looking again, stopping a look, and what the host said. */
import * as z from 'zod';
import { everyObservationName, type Capture } from '#shared/capture.ts';
import type { MainHandlers } from '#shared/contract.ts';
import { succeed } from '#shared/result.ts';
import type { HostWatch } from './host-watch.ts';
import { hostRecords, lookRecord, observationPart } from './observed.ts';
import type { GroupSchemas } from './request-schemas.ts';

export const hostSchemas: GroupSchemas<'host'> = {
  state: z.strictObject({}),
  lookAgain: z.strictObject({ sendsPackets: z.boolean().exactOptional() }),
  cancel: z.strictObject({ lookId: z.string().max(64) }),
  observation: z.strictObject({
    name: z.enum(everyObservationName),
    from: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
  }),
  observations: z.strictObject({}),
  records: z.strictObject({}),
};

export function hostHandlers(watch: HostWatch): MainHandlers['host'] {
  const ofCapture = <T>(show: (capture: Capture) => T): T | null => {
    const capture = watch.capture();
    return capture === undefined ? null : show(capture);
  };
  return {
    state: () => succeed(watch.state()),
    lookAgain: ({ sendsPackets = false }) => succeed({ lookId: watch.lookAgain({ sendsPackets }) }),
    cancel: ({ lookId }) => succeed({ wasRunning: watch.cancel(lookId) }),
    observation: ({ name, from }) => succeed(ofCapture((capture) => observationPart(capture, name, from))),
    observations: () => succeed(ofCapture(lookRecord)),
    records: () => succeed(ofCapture(hostRecords)),
  };
}
