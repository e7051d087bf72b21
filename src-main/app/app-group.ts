/** The calls of the group `app`: what this program is, and whose work is in it. */
import * as z from 'zod';
import type { About, MainHandlers } from '#shared/contract.ts';
import { succeed } from '#shared/result.ts';
import { shippedLicences } from '../platform/licences.ts';
import { productVersion } from '../platform/version.ts';
import type { GroupSchemas } from './request-schemas.ts';

export const appSchemas: GroupSchemas<'app'> = {
  about: z.strictObject({}),
  licences: z.strictObject({}),
};

export function appHandlers(shell: About['shell']): MainHandlers['app'] {
  return {
    about: () => succeed({ name: 'Switchyard', version: productVersion, shell }),
    licences: () => succeed(shippedLicences()),
  };
}
