/** Time limits of disks, iSCSI and MPIO in the registry. */
import type { StorageTimerRecord } from '#shared/host/storage-records.ts';
import { defineProbe } from '../define-probe.ts';
import { key, maybe, recordOf } from '../read-record.ts';
import { text, wholeNumber } from '../read-values.ts';

export const probe = defineProbe({
  name: 'StorageTimers',
  record: recordOf<StorageTimerRecord>({
    key: key('Key', text),
    name: key('Name', text),
    value: maybe('Value', wholeNumber),
  }),
});
