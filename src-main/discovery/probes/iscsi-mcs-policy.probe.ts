/** MSiSCSI_QueryLBPolicy: how several connections inside one session are used. */
import type { IscsiMcsPolicyRecord } from '#shared/host/storage-records.ts';
import { defineProbe } from '../define-probe.ts';
import { maybe, recordOf } from '../read-record.ts';
import { hexId64, text, word } from '../read-values.ts';

/** As MPIO's up to 5; there is no "least blocks" inside a session. */
const policies = { 1: 'FOO', 2: 'RR', 3: 'RRWS', 4: 'LQD', 5: 'WP', 6: 'VS' } as const;

export const probe = defineProbe({
  name: 'IscsiMcsPolicy',
  record: recordOf<IscsiMcsPolicyRecord>({
    sessionIdentifier: maybe('SessionIdentifier', text),
    uniqueSessionId: maybe('UniqueSessionId', hexId64),
    lbPolicy: maybe('LoadBalancePolicy', word(policies)),
  }),
});
