/** Get-VMNetworkAdapterTeamMapping: which member of a switch team each virtual adapter is mapped to. */
import type { VMNetworkAdapterTeamMappingRecord } from '#shared/host/network-records.ts';
import { defineProbe } from '../define-probe.ts';
import { vnicName, vnicNameProperties } from '../parent-adapter.ts';
import { keyFrom, maybe, recordOf } from '../read-record.ts';
import { guidOrNull, text, textOrNull } from '../read-values.ts';

export const probe = defineProbe({
  name: 'VMNetworkAdapterTeamMapping',
  record: recordOf<VMNetworkAdapterTeamMappingRecord>({
    vnicName: keyFrom(vnicNameProperties, vnicName),
    vnicId: maybe('ParentAdapter.Id', text),
    memberName: maybe('NetAdapterName', textOrNull),
    memberInterfaceGuid: maybe('NetAdapterDeviceId', guidOrNull),
  }),
});
