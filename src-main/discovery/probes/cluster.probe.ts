/** Get-Cluster: the failover cluster that this host is a node of. */
import type { ClusterRecord } from '#shared/host/system-records.ts';
import { defineProbe } from '../define-probe.ts';
import { key, maybe, recordOf } from '../read-record.ts';
import { bool, text } from '../read-values.ts';

export const probe = defineProbe({
  name: 'Cluster',
  record: recordOf<ClusterRecord>({
    name: key('Name', text),
    isS2dEnabled: maybe('S2DEnabled', bool),
  }),
});
