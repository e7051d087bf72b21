/** Get-NetAdapterRss: receive side scaling of each adapter that can do it. */
import type { NetAdapterRssRecord } from '#shared/host/network-records.ts';
import { defineProbe } from '../define-probe.ts';
import { key, maybe, recordOf } from '../read-record.ts';
import { bool, countNumber, text } from '../read-values.ts';

export const probe = defineProbe({
  name: 'NetAdapterRss',
  record: recordOf<NetAdapterRssRecord>({
    name: key('Name', text),
    enabled: key('Enabled', bool),
    receiveQueues: maybe('NumberOfReceiveQueues', countNumber),
  }),
});
