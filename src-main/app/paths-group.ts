/** The calls of the group `paths`: what would be if something failed or were added. */
import * as z from 'zod';
import type { Capture } from '#shared/capture.ts';
import type { MainHandlers } from '#shared/contract.ts';
import type { CheckSource } from '#shared/finding.ts';
import { fail, succeed } from '#shared/result.ts';
import { mostChanges } from '#shared/what-if.ts';
import type { HostWatch } from './host-watch.ts';
import type { JudgeSettings } from './judge-settings.ts';
import type { GroupSchemas } from './request-schemas.ts';
import { simulate } from './what-if.ts';

const id = z.string().min(1).max(512);
const name = z.string().min(1).max(256);
const address = z.string().min(2).max(64);
const prefixLength = z.number().int().min(1).max(128);

const change = z.discriminatedUnion('change', [
  z.strictObject({ change: z.literal('fail'), id }),
  z.strictObject({
    change: z.literal('add-nic'),
    name,
    bitsPerSecond: z.number().int().min(1e6).max(1e13).optional(),
    to: z.union([z.strictObject({ memberOf: id }), z.strictObject({ address, prefixLength })]),
  }),
  z.strictObject({ change: z.literal('add-vnic'), name, vswitchId: id, address, prefixLength }),
  z.strictObject({
    change: z.literal('add-session'),
    initiatorAddress: address,
    portalAddress: address,
    targetId: id.optional(),
  }),
  z.strictObject({
    change: z.literal('add-portal'),
    address,
    port: z.number().int().min(1).max(65_535).optional(),
    targetId: id.optional(),
  }),
]);

export const pathsSchemas: GroupSchemas<'paths'> = {
  whatIf: z.strictObject({ changes: z.array(change).max(mostChanges) }),
};

/** `settle`: what is set for the host of a capture. */
export function pathsHandlers(
  watch: HostWatch,
  source: CheckSource,
  settle: (capture: Capture) => Promise<JudgeSettings>,
): MainHandlers['paths'] {
  return {
    whatIf: async ({ changes }) => {
      const capture = watch.capture();
      return capture === undefined
        ? fail('refused', 'The host has not been looked at yet, so there is nothing to simulate on.')
        : succeed(simulate(capture, source, changes, await settle(capture)));
    },
  };
}
