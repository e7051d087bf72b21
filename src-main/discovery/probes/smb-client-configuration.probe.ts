/** Get-SmbClientConfiguration. */
import type { SmbClientConfigurationRecord } from '#shared/host/storage-records.ts';
import { defineProbe } from '../define-probe.ts';
import { maybe, recordOf } from '../read-record.ts';
import { bool, countNumber } from '../read-values.ts';

export const probe = defineProbe({
  name: 'SmbClientConfiguration',
  record: recordOf<SmbClientConfigurationRecord>({
    isMultichannelEnabled: maybe('EnableMultiChannel', bool),
    connectionsPerRssInterface: maybe('ConnectionCountPerRssNetworkInterface', countNumber),
    maximumConnectionsPerServer: maybe('MaximumConnectionCountPerServer', countNumber),
  }),
});
