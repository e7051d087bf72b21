/** Get-MSDSMAutomaticClaimSettings: the bus types that the Microsoft DSM claims by itself. */
import type { MsdsmAutomaticClaimRecord } from '#shared/host/storage-records.ts';
import { defineProbe } from '../define-probe.ts';
import { key, recordOf } from '../read-record.ts';
import { bool, text } from '../read-values.ts';

export const probe = defineProbe({
  name: 'MSDSMAutomaticClaimSettings',
  record: recordOf<MsdsmAutomaticClaimRecord>({
    busType: key('BusType', text),
    enabled: key('Enabled', bool),
  }),
});
