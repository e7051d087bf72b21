/** Get-InitiatorPort: the ports through which the host reaches storage. */
import type { InitiatorPortRecord } from '#shared/host/storage-records.ts';
import { defineProbe } from '../define-probe.ts';
import { key, maybe, recordOf } from '../read-record.ts';
import { text, wordOrOther } from '../read-values.ts';

export const probe = defineProbe({
  name: 'InitiatorPort',
  record: recordOf<InitiatorPortRecord>({
    nodeAddress: key('NodeAddress', text),
    instanceName: maybe('InstanceName', text),
    connectionType: maybe(
      'ConnectionType',
      wordOrOther({ 0: 'Other', 1: 'Fibre Channel', 2: 'iSCSI', 3: 'SAS' }),
    ),
    portAddress: maybe('PortAddress', text),
  }),
});
