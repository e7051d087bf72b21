/** Get-SmbBandwidthLimit: how much SMB traffic of each kind may take. */
import type { SmbBandwidthLimitRecord } from '#shared/host/storage-records.ts';
import { defineProbe } from '../define-probe.ts';
import { key, recordOf } from '../read-record.ts';
import { text, wholeNumber } from '../read-values.ts';

export const probe = defineProbe({
  name: 'SmbBandwidthLimit',
  record: recordOf<SmbBandwidthLimitRecord>({
    category: key('Category', text),
    bytesPerSecond: key('BytesPerSecond', wholeNumber),
  }),
});
