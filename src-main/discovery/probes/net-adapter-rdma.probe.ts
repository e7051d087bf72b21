/** Get-NetAdapterRdma: remote direct memory access of each adapter that can do it. */
import type { NetAdapterRdmaRecord } from '#shared/host/network-records.ts';
import { defineProbe } from '../define-probe.ts';
import { key, maybe, recordOf } from '../read-record.ts';
import { bool, countNumber, text } from '../read-values.ts';

export const probe = defineProbe({
  name: 'NetAdapterRdma',
  record: recordOf<NetAdapterRdmaRecord>({
    name: key('Name', text),
    enabled: key('Enabled', bool),
    maxQueuePairs: maybe('MaxQueuePairCount', countNumber),
  }),
});
