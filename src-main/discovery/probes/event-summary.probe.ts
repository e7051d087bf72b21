/** Warnings and errors of drivers in the system log, counted. */
import type { EventSummaryRecord } from '#shared/host/system-records.ts';
import { defineProbe } from '../define-probe.ts';
import { key, maybe, recordOf } from '../read-record.ts';
import { bool, countNumber, guidOrNull, text } from '../read-values.ts';

export const probe = defineProbe({
  name: 'EventSummary',
  record: recordOf<EventSummaryRecord>({
    source: key('Source', text),
    id: key('Id', countNumber),
    level: maybe('Level', countNumber),
    count: maybe('Count', countNumber),
    last: maybe('Last', text),
    days: maybe('Days', countNumber),
    isComplete: maybe('IsComplete', bool),
    interfaceGuid: maybe('InterfaceGuid', guidOrNull),
  }),
});
