/** Get-DnsClient: which interfaces register their addresses in DNS. */
import type { DnsClientRecord } from '#shared/host/network-records.ts';
import { defineProbe } from '../define-probe.ts';
import { key, maybe, recordOf } from '../read-record.ts';
import { bool, countNumber } from '../read-values.ts';

export const probe = defineProbe({
  name: 'DnsClient',
  record: recordOf<DnsClientRecord>({
    interfaceIndex: key('InterfaceIndex', countNumber),
    registersAddresses: maybe('RegisterThisConnectionsAddress', bool),
  }),
});
