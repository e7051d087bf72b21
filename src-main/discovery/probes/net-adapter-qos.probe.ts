/** Get-NetAdapterQos: data center bridging as each adapter does it. */
import type { NetAdapterQosRecord } from '#shared/host/network-records.ts';
import { defineProbe } from '../define-probe.ts';
import { key, maybe, recordOf } from '../read-record.ts';
import { bool, listOf, text } from '../read-values.ts';

export const probe = defineProbe({
  name: 'NetAdapterQos',
  record: recordOf<NetAdapterQosRecord>({
    name: key('Name', text),
    enabled: key('Enabled', bool),
    pausedPriorities: maybe('OperationalSettings.PriorityFlowControlEnableArray', listOf(bool).nullable()),
  }),
});
