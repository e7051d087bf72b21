/** Get-NetAdapterBinding: which protocols and filters each interface carries. */
import type { NetAdapterBindingRecord } from '#shared/host/network-records.ts';
import { defineProbe } from '../define-probe.ts';
import { key, maybe, recordOf } from '../read-record.ts';
import { bool, text } from '../read-values.ts';

export const probe = defineProbe({
  name: 'NetAdapterBinding',
  record: recordOf<NetAdapterBindingRecord>({
    name: key('Name', text),
    componentId: key('ComponentID', text),
    enabled: key('Enabled', bool),
    displayName: maybe('DisplayName', text),
    interfaceDescription: maybe('InterfaceDescription', text),
  }),
});
