/** Get-MSDSMGlobalDefaultLoadBalancePolicy: what newly claimed disks get. */
import type { MsdsmGlobalPolicyRecord } from '#shared/host/storage-records.ts';
import { defineProbe } from '../define-probe.ts';
import { key, recordOf } from '../read-record.ts';
import { wordOrOther } from '../read-values.ts';

export const probe = defineProbe({
  name: 'MSDSMGlobalDefaultLoadBalancePolicy',
  record: recordOf<MsdsmGlobalPolicyRecord>({
    policy: key(['Value', 'Policy'], wordOrOther({ 0: 'None', 1: 'FOO', 2: 'RR', 4: 'LQD', 6: 'LB' })),
  }),
});
