/** Get-NetAdapterVmq: virtual machine queues of each adapter that can do it. */
import type { NetAdapterVmqRecord } from '#shared/host/network-records.ts';
import { defineProbe } from '../define-probe.ts';
import { key, maybe, recordOf } from '../read-record.ts';
import { bool, countNumber, text } from '../read-values.ts';

export const probe = defineProbe({
  name: 'NetAdapterVmq',
  record: recordOf<NetAdapterVmqRecord>({
    name: key('Name', text),
    enabled: key('Enabled', bool),
    receiveQueues: maybe('NumberOfReceiveQueues', countNumber),
    baseProcessorNumber: maybe(['BaseProcessorNumber', 'BaseVmqProcessor'], countNumber),
    maxProcessors: maybe('MaxProcessors', countNumber),
  }),
});
