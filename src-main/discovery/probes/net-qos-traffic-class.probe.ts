/** Get-NetQosTrafficClass: the traffic classes of data center bridging. */
import type { NetQosTrafficClassRecord } from '#shared/host/network-records.ts';
import { defineProbe } from '../define-probe.ts';
import { key, maybe, recordOf } from '../read-record.ts';
import { text, wholeNumberOrNull } from '../read-values.ts';

export const probe = defineProbe({
  name: 'NetQosTrafficClass',
  record: recordOf<NetQosTrafficClassRecord>({
    name: key('Name', text),
    algorithm: maybe('Algorithm', text),
    bandwidthPercent: maybe(['BandwidthPercentage', 'Bandwidth'], wholeNumberOrNull),
  }),
});
