/** Get-NetAdapterVmqQueue: which MAC addresses the queues of each adapter serve now. */
import type { QueueAddressRecord } from '#shared/host/network-records.ts';
import { defineProbe } from '../define-probe.ts';
import { queueAddresses } from '../queue-addresses.ts';
import { key, keyFrom, maybe, recordOf } from '../read-record.ts';
import { countNumber, text } from '../read-values.ts';

export const probe = defineProbe({
  name: 'NetAdapterVmqQueue',
  record: recordOf<QueueAddressRecord>({
    name: key('Name', text),
    queueId: maybe('QueueID', countNumber),
    macAddresses: keyFrom(['FilterList', 'MacAddress'], queueAddresses),
  }),
});
