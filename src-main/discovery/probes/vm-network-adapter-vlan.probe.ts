/** Get-VMNetworkAdapterVlan: the VLAN of each virtual adapter, where the VLAN commands set it. */
import type { VMNetworkAdapterVlanRecord } from '#shared/host/network-records.ts';
import { defineProbe } from '../define-probe.ts';
import { isOfManagementOs, managementOsProperties, vnicName, vnicNameProperties } from '../parent-adapter.ts';
import { keyFrom, maybe, maybeFrom, recordOf } from '../read-record.ts';
import { text, textOrNull, wholeNumberOrNull, word } from '../read-values.ts';

export const probe = defineProbe({
  name: 'VMNetworkAdapterVlan',
  record: recordOf<VMNetworkAdapterVlanRecord>({
    vnicName: keyFrom(vnicNameProperties, vnicName),
    vnicId: maybe('ParentAdapter.Id', text),
    vmName: maybe(['VMName', 'ParentAdapter.VMName'], textOrNull),
    isManagementOs: maybeFrom(managementOsProperties, isOfManagementOs),
    operationMode: maybe('OperationMode', word({ 0: 'Untagged', 1: 'Access', 2: 'Trunk', 3: 'Private' })),
    accessVlanId: maybe('AccessVlanId', wholeNumberOrNull),
  }),
});
