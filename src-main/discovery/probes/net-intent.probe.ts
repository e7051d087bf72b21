/** Get-NetIntent: the intents of Network ATC. */
import type { NetIntentRecord } from '#shared/host/network-records.ts';
import { defineProbe } from '../define-probe.ts';
import { key, maybe, recordOf } from '../read-record.ts';
import { listOf, text } from '../read-values.ts';

export const probe = defineProbe({
  name: 'NetIntent',
  record: recordOf<NetIntentRecord>({
    name: key('IntentName', text),
    adapterNames: maybe('NetAdapterNamesAsList', listOf(text)),
  }),
});
