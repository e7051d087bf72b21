/** Get-NetQosPolicy: which traffic is slowed, and by how much. What gives it a priority stays raw in the capture. */
import type { NetQosPolicyRecord } from '#shared/host/network-records.ts';
import { defineProbe } from '../define-probe.ts';
import { key, maybe, recordOf } from '../read-record.ts';
import { text, textOrNull, wholeNumberOrNull, wordOrOther } from '../read-values.ts';

export const probe = defineProbe({
  name: 'NetQosPolicy',
  record: recordOf<NetQosPolicyRecord>({
    name: key('Name', text),
    throttleRate: maybe('ThrottleRateAction', wholeNumberOrNull),
    template: maybe(['Template', 'TemplateMatchCondition'], wordOrOther({ 0: 'None' })),
    ipPort: maybe('IPPortMatchCondition', wholeNumberOrNull),
    ipProtocol: maybe(
      ['IPProtocolMatchCondition', 'IPProtocol'],
      wordOrOther({ 0: 'None', 1: 'TCP', 2: 'UDP', 3: 'Both' }),
    ),
    appPath: maybe('AppPathNameMatchCondition', textOrNull),
  }),
});
