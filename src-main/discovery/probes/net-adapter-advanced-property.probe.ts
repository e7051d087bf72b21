/** Get-NetAdapterAdvancedProperty: the driver settings of each adapter. */
import type { NetAdapterAdvancedPropertyRecord } from '#shared/host/network-records.ts';
import { defineProbe } from '../define-probe.ts';
import { key, maybe, recordOf } from '../read-record.ts';
import { listOf, text, textOrNumber } from '../read-values.ts';

export const probe = defineProbe({
  name: 'NetAdapterAdvancedProperty',
  record: recordOf<NetAdapterAdvancedPropertyRecord>({
    name: key('Name', text),
    registryKeyword: key('RegistryKeyword', text),
    registryValue: key('RegistryValue', listOf(textOrNumber)),
    displayName: maybe('DisplayName', text),
    displayValue: maybe('DisplayValue', textOrNumber),
  }),
});
