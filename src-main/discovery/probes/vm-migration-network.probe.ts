/** Get-VMMigrationNetwork: the networks that live migration may use. */
import type { VMMigrationNetworkRecord } from '#shared/host/system-records.ts';
import { defineProbe } from '../define-probe.ts';
import { key, recordOf } from '../read-record.ts';
import { text } from '../read-values.ts';

export const probe = defineProbe({
  name: 'VMMigrationNetwork',
  record: recordOf<VMMigrationNetworkRecord>({ subnet: key('Subnet', text) }),
});
