/** Get-SmbMultichannelConnection, also the pairs of interfaces that SMB did not choose. */
import type { SmbMultichannelConnectionRecord } from '#shared/host/storage-records.ts';
import { defineProbe } from '../define-probe.ts';
import { key, maybe, recordOf } from '../read-record.ts';
import { bitsPerSecondOrNull, bool, countNumber, ipAddress, text, wholeNumber } from '../read-values.ts';
import { smbInstance } from './storage-values.ts';

export const probe = defineProbe({
  name: 'SmbMultichannelConnection',
  record: recordOf<SmbMultichannelConnectionRecord>({
    serverName: key('ServerName', text),
    clientInterfaceIndex: key('ClientInterfaceIndex', wholeNumber),
    serverInterfaceIndex: key('ServerInterfaceIndex', wholeNumber),
    clientIpAddress: maybe('ClientIpAddress', ipAddress),
    serverIpAddress: maybe('ServerIpAddress', ipAddress),
    isSelected: maybe('Selected', bool),
    isFailed: maybe('Failed', bool),
    failureCount: maybe('FailureCount', countNumber),
    clientRssCapable: maybe('ClientRSSCapable', bool),
    clientRdmaCapable: maybe('ClientRdmaCapable', bool),
    serverRssCapable: maybe('ServerRSSCapable', bool),
    serverRdmaCapable: maybe('ServerRdmaCapable', bool),
    clientLinkBitsPerSecond: maybe('ClientLinkSpeed', bitsPerSecondOrNull),
    serverLinkBitsPerSecond: maybe('ServerLinkSpeed', bitsPerSecondOrNull),
    currentChannels: maybe('CurrentChannels', countNumber),
    maxChannels: maybe('MaxChannels', countNumber),
    smbInstance: maybe('SmbInstance', smbInstance),
  }),
});
