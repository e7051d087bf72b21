/** Get-SmbClientNetworkInterface: the interfaces that the SMB client could use. */
import type { SmbClientNetworkInterfaceRecord } from '#shared/host/storage-records.ts';
import { defineProbe } from '../define-probe.ts';
import { key, maybe, recordOf } from '../read-record.ts';
import { bitsPerSecondOrNull, bool, ipAddress, listOf, text, wholeNumber } from '../read-values.ts';

export const probe = defineProbe({
  name: 'SmbClientNetworkInterface',
  record: recordOf<SmbClientNetworkInterfaceRecord>({
    interfaceIndex: key('InterfaceIndex', wholeNumber),
    friendlyName: maybe('FriendlyName', text),
    isRssCapable: maybe('RssCapable', bool),
    isRdmaCapable: maybe('RdmaCapable', bool),
    linkBitsPerSecond: maybe('LinkSpeed', bitsPerSecondOrNull),
    ipAddresses: maybe('IpAddresses', listOf(ipAddress)),
  }),
});
