/** Get-NetAdapterVPort: which MAC addresses the ports inside each adapter serve now. */
import type { QueueAddressRecord } from '#shared/host/network-records.ts';
import { defineProbe } from '../define-probe.ts';
import { queueAddresses } from '../queue-addresses.ts';
import { key, keyFrom, maybe, recordOf } from '../read-record.ts';
import { countNumber, text } from '../read-values.ts';

export const probe = defineProbe({
  name: 'NetAdapterVPort',
  record: recordOf<QueueAddressRecord>({
    name: key('Name', text),
    queueId: maybe('VPortID', countNumber),
    macAddresses: keyFrom(['FilterList', 'MacAddress'], queueAddresses),
  }),
});
