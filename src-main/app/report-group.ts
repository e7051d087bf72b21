/** The calls of the group `report`: the last look as a file that the person saves. */
import * as z from 'zod';
import type { MainHandlers } from '#shared/contract.ts';
import { reportFormats } from '#shared/report-file.ts';
import { succeed } from '#shared/result.ts';
import type { HostWatch } from './host-watch.ts';
import { makeReport } from './make-report.ts';
import type { GroupSchemas } from './request-schemas.ts';

export const reportSchemas: GroupSchemas<'report'> = {
  make: z.strictObject({ format: z.enum(reportFormats), isRedacted: z.boolean() }),
};

export function reportHandlers(watch: HostWatch): MainHandlers['report'] {
  return {
    make: (wish) => {
      const capture = watch.capture();
      const { check, origin } = watch.state();
      return succeed(
        capture === undefined || check === undefined ? null : makeReport({ capture, check, origin }, wish),
      );
    },
  };
}
