/** Get-ClusterSharedVolumeState: how each node reaches each cluster volume. */
import type { ClusterSharedVolumeStateRecord } from '#shared/host/system-records.ts';
import { defineProbe } from '../define-probe.ts';
import { key, maybe, recordOf } from '../read-record.ts';
import { text } from '../read-values.ts';

export const probe = defineProbe({
  name: 'ClusterSharedVolumeState',
  record: recordOf<ClusterSharedVolumeStateRecord>({
    name: key('Name', text),
    node: maybe(['Node.Name', 'Node'], text),
    state: maybe('StateInfo', text),
    fileSystemReason: maybe('FileSystemRedirectedIOReason', text),
    blockReason: maybe('BlockRedirectedIOReason', text),
  }),
});
