/** Get-VMNetworkAdapterIsolation: the VLAN of each virtual adapter, where it is set as isolation. */
import type { VMNetworkAdapterIsolationRecord } from '#shared/host/network-records.ts';
import { defineProbe } from '../define-probe.ts';
import { vnicName, vnicNameProperties } from '../parent-adapter.ts';
import { keyFrom, maybe, recordOf } from '../read-record.ts';
import { text, textOrNull, wholeNumberOrNull, wordOrOther } from '../read-values.ts';

export const probe = defineProbe({
  name: 'VMNetworkAdapterIsolation',
  record: recordOf<VMNetworkAdapterIsolationRecord>({
    vnicName: keyFrom(vnicNameProperties, vnicName),
    vnicId: maybe('ParentAdapter.Id', text),
    vmName: maybe(['VMName', 'ParentAdapter.VMName'], textOrNull),
    isolationMode: maybe(
      'IsolationMode',
      wordOrOther({ 0: 'None', 1: 'NativeVirtualSubnet', 2: 'ExternalVirtualSubnet', 3: 'Vlan' }),
    ),
    defaultIsolationId: maybe('DefaultIsolationID', wholeNumberOrNull),
  }),
});
